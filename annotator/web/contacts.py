"""Contacts on a card: who was asked, what came back, follow-ups, taken back and brought back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, Response, render_template, request

from annotator.access import READ
from annotator.db import unit_of_work
from annotator.errors import Conflict, Invalid, Stale
from annotator.models import Contact
from annotator.queries import asking, parties, records
from annotator.services import contacts as service
from annotator.services import loading
from annotator.web import notes
from annotator.web.annotations import overtaken
from annotator.web.forms.annotation import RowForm
from annotator.web.forms.contact import NAMES, AnswerForm, AskForm, FollowUpForm
from annotator.web.refusing import refused
from annotator.web.sections import Forms
from annotator.web.whoami import me, signed_in

pages = Blueprint("contacts", __name__)


@pages.get("/contacts/parties")
@signed_in(READ)
def suggest() -> str:
    """Earlier parties whose name contains what was typed, as options."""
    return render_template("annotations/_parties.html", parties=parties.suggestions(request.args.get("asked", "")))


@pages.post("/annotations/<uuid:key>/contacts")
@signed_in(READ)
def add(key: UUID) -> Response:
    """Write down who was asked."""
    record, form = records.record(str(key)), AskForm()
    try:
        with unit_of_work():
            annotation = loading.annotation(me(), record.id)
            since = annotation.article.revision
            service.add_contact(me(), annotation, form.asking(), form.uuid.data or None)
    except (Invalid, Conflict) as refusal:
        return refused(record.id, "ask", form, refusal, NAMES.get(type(form)))
    return notes.saved(record.id, since)


@pages.get("/contacts/<uuid:key>/edit")
@signed_in(READ)
def edit(key: UUID) -> Response:
    """The card with one contact's form open."""
    record, contact = asking.record_of_contact(str(key))
    forms = Forms(others={f"change:{contact.id}": AskForm.of(contact)}, focus="questions")
    return notes.refused(record, forms, 200)


@pages.post("/contacts/<uuid:key>")
@signed_in(READ)
def change(key: UUID) -> Response:
    """Write down anew who was asked what, by when."""
    form = AskForm()

    def act(contact: Contact) -> None:
        service.change_contact(me(), contact, form.asking(service.as_asked(contact)), form.seen())

    return _change(key, "change", form, act)


@pages.post("/contacts/<uuid:key>/answer")
@signed_in(READ)
def answer(key: UUID) -> Response:
    """Write down what came back."""
    form = AnswerForm()

    def act(contact: Contact) -> None:
        service.change_contact(me(), contact, form.asking(service.as_asked(contact)), form.seen())

    return _change(key, "answer", form, act)


@pages.post("/contacts/<uuid:key>/follow-ups")
@signed_in(READ)
def follow(key: UUID) -> Response:
    """Write down one more attempt."""
    form = FollowUpForm()
    return _change(key, "follow", form, lambda contact: service.follow_up(me(), contact, form.said(), form.seen()))


@pages.post("/contacts/<uuid:key>/deletion")
@signed_in(READ)
def take_back(key: UUID) -> Response:
    """Take a contact away; it can be brought back."""
    form = RowForm()
    return _change(key, "", form, lambda contact: service.take_back_contact(me(), contact, form.seen()))


@pages.post("/contacts/<uuid:key>/restoration")
@signed_in(READ)
def bring_back(key: UUID) -> Response:
    """Bring a contact back."""
    with unit_of_work():
        contact = loading.contact(me(), str(key), taken_back=True)
        uuid, since = contact.annotation.uuid, contact.annotation.article.revision
        service.bring_back_contact(me(), contact)
    return notes.saved(uuid, since)


def _change(key: UUID, act: str, form: RowForm, change: Callable[[Contact], object]) -> Response:
    """Load the contact, let `change` change it, commit, and answer with the card; refused, with the form as sent."""
    record, contact = asking.record_of_contact(str(key))
    where = f"{act}:{contact.id}"
    try:
        with unit_of_work():
            stored = loading.contact(me(), contact.id)
            since = stored.annotation.article.revision
            change(stored)
    except (Invalid, Conflict) as refusal:
        return refused(record.id, where, form, refusal, NAMES.get(type(form)))
    except Stale as stale:
        return overtaken(record.id, stale, Forms(others={where: form}))
    return notes.saved(record.id, since)
