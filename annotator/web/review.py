"""The review page, and what has changed on it since it was opened."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template

from annotator.access import READ
from annotator.queries import articles, review
from annotator.vocabulary import KINDS, STATES
from annotator.web import changes, contexts, fragments
from annotator.web.addresses import asked
from annotator.web.whoami import signed_in

pages = Blueprint("review", __name__)


@pages.get("/articles/<int:article_id>")
@signed_in(READ)
def show(article_id: int) -> str:
    """The article's newest version, with its marks and cards."""
    return render_template("review/page.html", desk=contexts.desk(article_id), kinds=KINDS, states=STATES)


@pages.get("/articles/<int:article_id>/versions/<int:number>")
@signed_in(READ)
def show_version(article_id: int, number: int) -> str:
    """One version of the article, with its marks and cards."""
    return render_template("review/page.html", desk=contexts.desk(article_id, number), kinds=KINDS, states=STATES)


@pages.get("/articles/<int:article_id>/changes")
@signed_in(READ)
def changed(article_id: int) -> Response:
    """What happened after event `since`, as partials; 304 when nothing did."""
    since = asked("since", 0)
    revision = articles.revision(article_id)
    if revision <= since:
        return make_response("", 304)
    version_id, _ = articles.version_key(article_id, asked("version", 0) or None)
    happened = review.changes(article_id, version_id, since, revision)
    return fragments.answer(changes.pieces(article_id, version_id, happened), headers={"X-Revision": revision})
