"""The versions of an article."""

from __future__ import annotations

from flask import Response

from annotator.access import READ, Actor
from annotator.api import asked, present
from annotator.api.area import ARTICLE, VERSION, area
from annotator.api.replies import page, reply
from annotator.api.whoami import needs
from annotator.queries import articles, lists

routes = area("versions", __name__)


@routes.get(f"{ARTICLE}/versions")
@needs(READ)
def index(actor: Actor, article_id: int) -> Response:
    """The versions without their texts, by number."""
    asked.only("limit", "cursor")
    size = asked.limit()
    found = lists.versions_after(article_id, asked.cursor(1), size + 1)
    more = asked.encoded([found[size - 1].number]) if len(found) > size else None
    return page([present.head(one) for one in found[:size]], more)


@routes.get(VERSION)
@needs(READ)
def show(actor: Actor, article_id: int, number: int) -> Response:
    """One version with text, blocks and sentences."""
    asked.only()
    version_id, _ = articles.version_key(article_id, number)
    language = articles.article(article_id).language
    return reply(present.version(articles.version(article_id, number), articles.sentences_of(version_id, language)))
