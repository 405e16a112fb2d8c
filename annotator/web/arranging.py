"""Arranging an article: who leads it, until when it is due, whether it is read blind, who checks it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, make_response, render_template

from annotator.access import ASSIGN
from annotator.db import unit_of_work
from annotator.errors import Invalid, Stale
from annotator.queries import articles, beneath, people
from annotator.services import arranging as service
from annotator.services import loading
from annotator.web.assignments import to_details
from annotator.web.forms import show_refusal
from annotator.web.forms.arranging import ArrangementForm
from annotator.web.forms.article import DetailsForm
from annotator.web.forms.deciding import AssignForm
from annotator.web.whoami import me, signed_in

pages = Blueprint("arranging", __name__)


def shown(article_id: int, form: ArrangementForm | None = None) -> dict[str, Any]:
    """What the page of an article's details is given besides the details."""
    assign = AssignForm(formdata=None)
    assign.assignee.choices = {"": "Choose"} | people.active()
    article = articles.article(article_id)
    return {
        "arrangement": form.with_people(article) if form else ArrangementForm.of(article),
        "assign_form": assign,
        "assigned": beneath.assignments_of(article_id),
    }


@pages.post("/articles/<int:article_id>/arrangement")
@signed_in(ASSIGN)
def arrange(article_id: int) -> Response:
    """Arrange how an article is worked on. 412 with what is stored when somebody else was first."""
    form = ArrangementForm()
    try:
        wanted = form.arrangement()
        with unit_of_work():
            service.arrange_article(me(), loading.article(me(), article_id), wanted, form.seen())
    except (Invalid, Stale) as refusal:
        return _again(article_id, form, refusal)
    flash("The arrangement is saved.")
    return to_details(article_id)


def _again(article_id: int, form: ArrangementForm, refusal: Invalid | Stale) -> Response:
    article, stored = articles.article(article_id), None
    if isinstance(refusal, Invalid):
        show_refusal(form, refusal)
    else:
        stored, form.row.data = ArrangementForm.of(article), str(article.row_version)
    besides = shown(article_id, form) | {"arranged": stored}
    page = render_template("articles/details.html", form=DetailsForm.of(article), article=article, **besides)
    return make_response(page, refusal.status)
