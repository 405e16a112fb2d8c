"""The versions of an article: read, and followed by another."""

from __future__ import annotations

from flask import Response

from annotator import wire
from annotator.access import IMPORT, READ, Actor
from annotator.api import asked, body, present
from annotator.api.area import ARTICLE, VERSION, area
from annotator.api.replies import page, reply
from annotator.api.texts import extracted, source_of
from annotator.api.whoami import needs
from annotator.db import unit_of_work
from annotator.queries import articles, lists
from annotator.queries.coverage import sentences_with
from annotator.services import loading
from annotator.services import versions as service

routes = area("versions", __name__)


@routes.get(f"{ARTICLE}/versions")
@needs(READ)
def index(actor: Actor, article_id: int) -> Response:
    """The versions without their texts, by number."""
    asked.only("limit", "cursor")
    size = asked.limit()
    found, carried = lists.versions_after(article_id, asked.cursor(1), size + 1), lists.carried_to(article_id)
    more = asked.encoded([found[size - 1].number]) if len(found) > size else None
    return page([present.head(one, carried) for one in found[:size]], more)


@routes.post(f"{ARTICLE}/versions")
@needs(IMPORT)
def create(actor: Actor, article_id: int) -> Response:
    """Add a draft and carry everything to it. 201; 200 when the newest version has this very text."""
    sent = body.read("text", "html", "change_note")
    source = source_of(sent)
    drafts, _ = extracted(sent, source)
    articles.revision(article_id)
    with body.called(text=source):
        prepared = service.prepare(article_id, drafts, source, wire.text(sent, "change_note", ""))
    with unit_of_work():
        added = service.add_version(actor, loading.article(actor, article_id, IMPORT), prepared)
    where = f"/articles/{article_id}/versions/{added.number}" if added.new else None
    return reply(present.added(added), 201 if added.new else 200, location=where)


@routes.get(VERSION)
@needs(READ)
def show(actor: Actor, article_id: int, number: int) -> Response:
    """One version with text, blocks and sentences, and how each of these has been read."""
    asked.only()
    version_id, _ = articles.version_key(article_id, number)
    spans = articles.sentences_of(version_id, articles.language(article_id))
    read, carried = sentences_with(version_id, spans), lists.carried_to(article_id)
    return reply(present.version(articles.version(article_id, number), read, carried))
