"""The right of reply of an article: one calm page, to be read and printed."""

from __future__ import annotations

from flask import Blueprint, render_template

from annotator.access import READ
from annotator.queries.right_of_reply import is_overdue, right_of_reply
from annotator.vocabulary import HARMS
from annotator.web.whoami import signed_in

pages = Blueprint("right_of_reply", __name__)


@pages.get("/articles/<int:article_id>/right-of-reply")
@signed_in(READ)
def show(article_id: int) -> str:
    """Every allegation, to whom it was put, what came back, and what is missing."""
    found = right_of_reply(article_id)
    return render_template("right_of_reply/page.html", found=found, harms=HARMS, is_overdue=is_overdue)
