"""Articles: import one, read one, list them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Response

from annotator import wire
from annotator.access import IMPORT, READ, Actor
from annotator.api import asked, body, present
from annotator.api.area import ARTICLE, area
from annotator.api.replies import page, reply
from annotator.api.texts import extracted, source_of
from annotator.api.whoami import needs
from annotator.db import unit_of_work
from annotator.extract import Extracted
from annotator.queries import lists
from annotator.services.articles import LENGTHS, Details, import_article
from annotator.services.reading import completed

routes = area("articles", __name__)


@routes.post("/articles")
@needs(IMPORT)
def create(actor: Actor) -> Response:
    """Import an article from plain text or HTML."""
    sent = body.read("text", "html", *LENGTHS)
    source = source_of(sent)
    drafts, found = extracted(sent, source)
    details = _details(sent, found)
    with body.called(text=source), unit_of_work():
        article_id = import_article(actor, details, drafts, source).id
    return reply(present.article(lists.article(article_id)), 201, location=f"/articles/{article_id}")


def _details(sent: dict[str, Any], found: Extracted) -> Details:
    typed = Details(**{name: wire.text(sent, name, "") for name in LENGTHS})
    left_empty = {name: "" for name in LENGTHS if sent.get(name) is not None and not getattr(typed, name).strip()}
    return replace(completed(typed, found), **left_empty)


@routes.get("/articles")
@needs(READ)
def index(actor: Actor) -> Response:
    """All articles, by id."""
    asked.only("limit", "cursor")
    size = asked.limit()
    found = lists.articles_after(asked.cursor(1), size + 1)
    more = asked.encoded([found[size - 1].article.id]) if len(found) > size else None
    return page([present.article(one) for one in found[:size]], more)


@routes.get(ARTICLE)
@needs(READ)
def show(actor: Actor, article_id: int) -> Response:
    """One article without its text."""
    asked.only()
    listed = lists.article(article_id)
    return reply(present.article(listed), row=listed.article.row_version)
