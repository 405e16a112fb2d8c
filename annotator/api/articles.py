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
from annotator.api.whoami import needs
from annotator.db import unit_of_work
from annotator.errors import Invalid, TooLarge
from annotator.extract import from_html, from_paste
from annotator.queries import lists
from annotator.services.articles import LENGTHS, LIMIT, Details, import_article
from annotator.services.reading import completed
from annotator.text.blocks import Draft

routes = area("articles", __name__)


@routes.post("/articles")
@needs(IMPORT)
def create(actor: Actor) -> Response:
    """Import an article from plain text or HTML."""
    sent = body.read("text", "html", *LENGTHS)
    source = _source(sent)
    drafts, details = _read(sent, source)
    with body.called(text=source), unit_of_work():
        article_id = import_article(actor, details, drafts, source).id
    return reply(present.article(lists.article(article_id)), 201, location=f"/articles/{article_id}")


def _source(sent: dict[str, Any]) -> str:
    """Which field holds the article: `text` or `html`."""
    given = [name for name in ("text", "html") if sent.get(name) is not None]
    if len(given) != 1:
        raise Invalid({"text": "Send the article as text or as html, and not as both."})
    return given[0]


def _read(sent: dict[str, Any], source: str) -> tuple[tuple[Draft, ...], Details]:
    """Plain text stays as it is, paragraph by paragraph, so that a program can tell the offsets; HTML is reduced."""
    content = wire.text(sent, source)
    if len(content) > LIMIT:
        told = f"At most {LIMIT:,} characters can be read; these are {len(content):,}."
        raise TooLarge(told, fields={source: told})
    found = from_html(content) if source == "html" else from_paste(content)
    typed = Details(**{name: wire.text(sent, name, "") for name in LENGTHS})
    left_empty = {name: "" for name in LENGTHS if sent.get(name) is not None and not getattr(typed, name).strip()}
    return found.drafts if source == "html" else (Draft(content),), replace(completed(typed, found), **left_empty)


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
