"""Sentences: one is marked clear by whoever read it and found nothing in it to check."""

from __future__ import annotations

from flask import Response

from annotator.access import ANNOTATE, Actor
from annotator.api import body, present
from annotator.api.area import VERSION, area
from annotator.api.replies import nothing, reply
from annotator.api.whoami import needs
from annotator.db import unit_of_work
from annotator.services import loading
from annotator.services import reading_through as service

routes = area("sentences", __name__)

CLEAR = "/sentences/<row:sentence>/clear"


@routes.put(VERSION + CLEAR)
@needs(ANNOTATE)
def clear(actor: Actor, article_id: int, number: int, sentence: int) -> Response:
    """Mark it clear. 201; 200 when it was, with who found it so. 409 when this is not the newest version."""
    body.read_if_any()
    with unit_of_work():
        article = loading.article(actor, article_id)
        check, new = service.clear_sentence(actor, article, number, sentence)
        told = present.clear(number, sentence, check)
    where = f"/articles/{article_id}/versions/{number}/sentences/{sentence}/clear" if new else None
    return reply(told, 201 if new else 200, location=where)


@routes.delete(VERSION + CLEAR)
@needs(ANNOTATE)
def unclear(actor: Actor, article_id: int, number: int, sentence: int) -> Response:
    """Take that back, as anybody who reads; also when it was not clear."""
    with unit_of_work():
        article = loading.article(actor, article_id)
        service.unclear_sentences(actor, article, number, [sentence])
    return nothing()
