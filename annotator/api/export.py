"""An article with everything written about it, as a file."""

from __future__ import annotations

from flask import Response

from annotator.access import READ, Actor
from annotator.api import asked
from annotator.api.area import ARTICLE, area
from annotator.api.replies import raw
from annotator.api.whoami import needs
from annotator.db import look_once
from annotator.exports import native
from annotator.queries import articles, sealing

routes = area("export", __name__)

FORMATS = ("json",)


@routes.get(f"{ARTICLE}/export")
@needs(READ)
def show(actor: Actor, article_id: int) -> Response:
    """The newest version and all its annotations in the format asked for."""
    asked.only("format")
    asked.choice("format", FORMATS, "json")
    look_once()
    shown = articles.snapshot_of(article_id)
    sealing.check_export(actor, shown)
    response = raw(native.to_bytes(shown))
    response.headers["Content-Disposition"] = f'attachment; filename="article-{article_id}.json"'
    return response
