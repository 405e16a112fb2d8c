"""The sign-off of a whole article: a lead answers for its text, read to the last sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Response

from annotator import wire
from annotator.access import ANNOTATE, Actor
from annotator.api import body, present
from annotator.api.area import ARTICLE, area
from annotator.api.replies import nothing, reply
from annotator.api.whoami import needs
from annotator.db import unit_of_work
from annotator.errors import Conflict
from annotator.queries.beneath import standing_sign_offs
from annotator.queries.gaps import gaps_of
from annotator.services import article_sign_offs as service
from annotator.services import loading

routes = area("article_sign_offs", __name__)


@routes.post(f"{ARTICLE}/sign-off")
@needs(ANNOTATE)
def give(actor: Actor, article_id: int) -> Response:
    """Sign the newest text off. 201; 200 when the same person has. 409 tells everything that is missing."""
    sent = body.read_if_any("remark", "sha256")
    remark = wire.text(sent, "remark", "")
    sha256 = wire.text(sent, "sha256") if sent.get("sha256") is not None else None
    with unfinished(article_id), unit_of_work():
        article = loading.article(actor, article_id)
        _, new = service.sign_off_article(actor, article, remark, sha256)
        told = present.article_sign_off(standing_sign_offs([article_id])[article_id])
    where = f"/articles/{article_id}/sign-off" if new else None
    return reply(told, 201 if new else 200, location=where)


@contextmanager
def unfinished(article_id: int) -> Iterator[None]:
    """Say what is unread and what nobody has looked at, when that is why it cannot be signed off."""
    try:
        yield
    except Conflict as refusal:
        if not refusal.fields.keys() & set(service.BLOCKING):
            raise
        missing = present.gaps(gaps_of(article_id))
        raise Conflict(refusal.message, fields=refusal.fields, current=missing) from None


@routes.delete(f"{ARTICLE}/sign-off")
@needs(ANNOTATE)
def withdraw(actor: Actor, article_id: int) -> Response:
    """Take it back; it is kept as one that has fallen."""
    with unit_of_work():
        service.withdraw(actor, loading.article(actor, article_id))
    return nothing()
