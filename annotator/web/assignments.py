"""Who checks and who second-reads: taken, given and handed over."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, request, url_for
from markupsafe import escape

from annotator.access import ASSIGN, READ
from annotator.db import unit_of_work
from annotator.models import Annotation, Assignment, User
from annotator.services import assigning as service
from annotator.services import loading, second_reading
from annotator.services.moments import moment
from annotator.web import changes, fragments, notes
from annotator.web.forms.annotation import RowForm
from annotator.web.forms.deciding import AssignForm, ReaderForm
from annotator.web.sign_offs import decided
from annotator.web.whoami import me, signed_in

pages = Blueprint("assignments", __name__)


@pages.post("/annotations/<uuid:key>/taking")
@signed_in(READ)
def take(key: UUID) -> Response:
    """Take a check that nobody has."""
    return decided(key, "taking", RowForm(), lambda it: service.assign(me(), it.article, it, myself()))


@pages.post("/annotations/<uuid:key>/assignment")
@signed_in(READ)
def give(key: UUID) -> Response:
    """Give a check to somebody."""
    form = AssignForm()

    def act(it: Annotation) -> None:
        person, due = service.person_named(form.assignee.data or ""), moment(form.due.data or "", "due_at")
        service.assign(me(), it.article, it, person, due, form.seen())

    return decided(key, "assign", form, act)


@pages.post("/annotations/<uuid:key>/second-reading")
@signed_in(READ)
def ask(key: UUID) -> Response:
    """Ask somebody, or anybody, for a second reading."""
    form = ReaderForm()
    return decided(key, "reader", form, lambda it: second_reading.ask_second_reading(me(), it, chosen(form)))


def chosen(form: ReaderForm) -> User | None:
    """The person in the form; None for anybody."""
    return service.person_named(form.reader.data) if form.reader.data else None


def myself() -> User:
    """Who is asking, as a person to assign."""
    return service.person_named(me().username)


@pages.post("/assignments/<uuid:key>/taking")
@signed_in(READ)
def take_offered(key: UUID) -> Response:
    """Take what is offered to anybody."""
    return _change(key, lambda one: service.change_assignment(me(), one, myself(), one.due_at, _seen()))


@pages.post("/assignments/<uuid:key>/end")
@signed_in(READ)
def end(key: UUID) -> Response:
    """Give it back."""
    return _change(key, lambda one: service.end_assignment(me(), one, _seen()))


def _seen() -> int | None:
    return RowForm().seen()


def _change(key: UUID, act: Callable[[Assignment], object]) -> Response:
    with unit_of_work():
        assignment = loading.assignment(me(), str(key))
        article_id, since = assignment.article_id, assignment.article.revision
        of = assignment.annotation.uuid if assignment.annotation else None
        act(assignment)
    return notes.saved(of, since) if of else to_details(article_id)


def to_details(article_id: int) -> Response:
    """Back to the page where an article is arranged."""
    return redirect(url_for("articles.details", article_id=article_id), 303)  # type: ignore[return-value]


@pages.post("/articles/<int:article_id>/assignments")
@signed_in(ASSIGN)
def give_article(article_id: int) -> Response:
    """Give an article as a whole to somebody to check."""
    form = AssignForm()
    with unit_of_work():
        article, person = loading.article(me(), article_id), service.person_named(form.assignee.data or "")
        service.assign(me(), article, None, person, moment(form.due.data or "", "due_at"), form.seen())
    flash(f"{person.name} is to check this article.")
    return to_details(article_id)


@pages.post("/articles/<int:article_id>/hand-over")
@signed_in(READ)
def hand_over(article_id: int) -> Response:
    """Ask for a second reading of all that I have checked; `person` is the one asked last, when it is not sent."""
    with unit_of_work():
        article = loading.article(me(), article_id)
        since = article.revision
        handed = second_reading.hand_over(me(), article, _reader())
        sentence = handed.sentence
    if not fragments.wanted():
        flash(sentence)
        return redirect(url_for("review.show", article_id=article_id), 303)  # type: ignore[return-value]
    pieces, headers = changes.since(article_id, since)
    return fragments.answer(pieces, main=escape(sentence), headers=headers)


def _reader() -> User | None:
    named = request.form.get("person")
    if named is None:
        return second_reading.asked_last(me())
    return service.person_named(named) if named else None
