"""History to read: of an article, and of one annotation."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request

from annotator.access import READ
from annotator.queries import articles, events, records
from annotator.web import fragments, telling
from annotator.web.whoami import signed_in

pages = Blueprint("history", __name__)

SIZE = 100


@pages.get("/articles/<int:article_id>/history")
@signed_in(READ)
def of_article(article_id: int) -> str:
    """What happened to an article and its annotations, newest first."""
    return _page("history/article.html", article_id, None)


@pages.get("/annotations/<uuid:key>/history")
@signed_in(READ)
def of_annotation(key: UUID) -> str:
    """What happened to one annotation, newest first; a deleted one has its history too."""
    record = records.record(str(key), deleted=True)
    template = "history/_lines.html" if fragments.wanted() else "history/annotation.html"
    return _page(template, record.article, record.id, record=record)


def _page(template: str, article_id: int, annotation: str | None, **more: object) -> str:
    article = articles.article(article_id)
    lines = events.timeline(article_id, annotation, request.args.get("below", type=int), SIZE + 1)
    below = lines[SIZE - 1].id if len(lines) > SIZE else None
    shown = {"lines": lines[:SIZE], "below": below, "telling": telling}
    return render_template(template, article=article, **shown, **more)
