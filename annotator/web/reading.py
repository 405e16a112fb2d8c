"""Reading an article through: sentences marked clear, and unread again."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, url_for

from annotator.access import READ
from annotator.db import unit_of_work
from annotator.errors import Conflict, Invalid
from annotator.models import Article
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
    to where the form stood, with why it was refused if it was."""
    form = SentencesForm()
    try:
        with unit_of_work():
            article = loading.article(me(), article_id)
            since, many = article.revision, _mark(article, form)
    except (Invalid, Conflict) as refusal:
        if fragments.wanted() or not form.back(""):
            raise
        flash(refusal.message, "error")
        # Without the place in it: the sentence stands at the top.
        return redirect(form.back("").partition("#")[0], 303)  # type: ignore[return-value]
    if not fragments.wanted():
        flash(f"{many} sentence{'' if many == 1 else 's'} marked {'clear' if form.clear.data else 'unread'}.")
        return redirect(form.back(url_for("review.show", article_id=article_id)), 303)  # type: ignore[return-value]
    pieces, headers = changes.since(article_id, since)
    return fragments.answer(pieces, headers=headers)


def _mark(article: Article, form: SentencesForm) -> int:
    """How many sentences were marked."""
    number, which = form.seen(), form.chosen()
    act = service.clear_sentences if form.clear.data else service.unclear_sentences
    act(me(), article, number, which)
    return len(which)
