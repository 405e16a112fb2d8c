"""Reading an article through: sentences marked clear, and unread again."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, url_for

from annotator.access import READ
from annotator.db import unit_of_work
from annotator.services import loading
from annotator.services import reading_through as service
from annotator.web import changes, fragments
from annotator.web.forms.reading import SentencesForm
from annotator.web.whoami import me, signed_in

pages = Blueprint("reading", __name__)


@pages.post("/articles/<int:article_id>/sentences")
@signed_in(READ)
def mark(article_id: int) -> Response:
    """Mark sentences of the newest version clear, or unread. The pieces of the page that changed; without script, back
    to where the form stood."""
    form = SentencesForm()
    number, which = form.seen(), form.chosen()
    act = service.clear_sentences if form.clear.data else service.unclear_sentences
    with unit_of_work():
        article = loading.article(me(), article_id)
        since = article.revision
        act(me(), article, number, which)
    if not fragments.wanted():
        several = "" if len(which) == 1 else "s"
        flash(f"{len(which)} sentence{several} marked {'clear' if form.clear.data else 'unread'}.")
        return redirect(form.back(url_for("review.show", article_id=article_id)), 303)  # type: ignore[return-value]
    pieces, headers = changes.since(article_id, since)
    return fragments.answer(pieces, headers=headers)
