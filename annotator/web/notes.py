"""Verification notes on a card: written, edited, and their earlier wordings."""

from __future__ import annotations

from uuid import UUID, uuid4

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from markupsafe import Markup

from annotator.access import READ
from annotator.db import unit_of_work
from annotator.errors import Conflict, Forbidden, Invalid, Stale
from annotator.exports import snapshot
from annotator.queries import articles, events, records, sealing
from annotator.services import loading
from annotator.services import notes as service
from annotator.services.evidence import EVIDENCE_LIMIT
from annotator.web import annotations as marks
from annotator.web import beside, cards, changes, files, fragments
from annotator.web.forms import row_version, show_refusal
from annotator.web.forms.note import NoteActForm, NoteForm
from annotator.web.sections import Forms
from annotator.web.whoami import me, signed_in

pages = Blueprint("notes", __name__)


@pages.post("/annotations/<uuid:key>/notes")
@signed_in(READ)
def add(key: UUID) -> Response:
    """Save a note, and the fields beside it; or only give the form more, less or other room for evidence."""
    record = records.record(str(key))
    forms = beside.forms(record)
    forms.note = form = NoteForm().for_kind(record.kind)
    if answer := reshaped(record, forms, form):
        return answer
    try:
        with unit_of_work():
            annotation = loading.annotation(me(), record.id)
            since = annotation.article.revision
            if not beside.write(me(), annotation, forms) or not form.nothing:
                service.add_note(me(), annotation, form.written(), form.uuid.data or None)
    except Invalid as refusal:
        return invalid(record, forms, refusal)
    except Stale as stale:
        return marks.overtaken(record.id, stale, forms)
    except Conflict:
        return saved_before(record.id, forms, form)
    return saved(record.id, since)


@pages.get("/notes/<uuid:key>/edit")
@signed_in(READ)
def edit(key: UUID) -> Response:
    """The card with one note's form open, for its author."""
    record, note = records.record_of_note(str(key))
    if note.author.username != me().username:
        raise Forbidden("Only the author of a note may edit it. Add a note of your own instead.")
    form = NoteForm.of(record.kind, service.as_written(note), note.row_version)
    return refused(record, Forms(note=form, edited=note.id, focus="body"), 200)


@pages.post("/notes/<uuid:key>")
@signed_in(READ)
def change(key: UUID) -> Response:
    """Write a note anew. 412 with the form and the stored wording when it was changed meanwhile."""
    record, note = records.record_of_note(str(key))
    forms = beside.forms(record)
    forms.note = form = NoteForm().for_kind(record.kind)
    forms.edited = note.id
    if answer := reshaped(record, forms, form):
        return answer
    try:
        with unit_of_work():
            stored = loading.note(me(), note.id)
            since = stored.annotation.article.revision
            service.edit_note(me(), stored, form.written(), row_version(form.row.data))
            beside.write(me(), stored.annotation, forms)
    except Invalid as refusal:
        return invalid(record, forms, refusal)
    except Stale as stale:
        return overtaken(note.id, forms, form, stale)
    return saved(record.id, since)


@pages.get("/notes/<uuid:key>/history")
@signed_in(READ)
def history(key: UUID) -> Response:
    """The earlier wordings of a note, newest first."""
    record, _ = sealing.record_of_note(me(), str(key))
    shown = {"record": record, "wordings": events.earlier_wordings(str(key))}
    if fragments.wanted():
        return make_response(render_template("notes/_history.html", **shown))
    article = articles.article(record.article)
    return make_response(render_template("notes/history.html", article=article, **shown))


@pages.post("/notes/<uuid:key>/deletion")
@signed_in(READ)
def take_back(key: UUID) -> Response:
    """Take a note back; it can be brought back. 412 with the card as it is when it was changed meanwhile."""
    record, _ = records.record_of_note(str(key))
    seen = row_version(NoteActForm().seen.data)
    try:
        with unit_of_work():
            note = loading.note(me(), str(key))
            since = note.annotation.article.revision
            service.check_seen(note, seen)
            service.take_back_note(me(), note)
    except Stale as stale:
        return marks.overtaken(record.id, stale, Forms())
    return saved(record.id, since)


@pages.post("/notes/<uuid:key>/restoration")
@signed_in(READ)
def bring_back(key: UUID) -> Response:
    """Bring a note back that was taken back."""
    with unit_of_work():
        note = loading.note(me(), str(key), taken_back=True)
        uuid, since = note.annotation.uuid, note.annotation.article.revision
        service.bring_back_note(me(), note)
    return saved(uuid, since)


def reshaped(record: snapshot.Annotation, forms: Forms, form: NoteForm) -> Response | None:
    """The same form when it is not to be saved yet, or brings a file that cannot be taken; else None.

    Files are kept first, so that whatever becomes of the note they need not be sent again.
    """
    if status := files.take(form):
        return refused(record, forms, status)
    if "more" in request.form:
        return with_more(record, forms, form)
    for act, change in (("less", form.without), ("detach", form.detach)):
        if (number := request.form.get(act, "")).isdecimal():
            change(int(number[:4]))
            forms.focus = "evidence"
            return refused(record, forms, 200)
    return None


def with_more(record: snapshot.Annotation, forms: Forms, form: NoteForm) -> Response:
    """The same form, with room for one more piece of evidence and all that was typed."""
    if len(form.evidence) >= EVIDENCE_LIMIT:
        form.form_errors.append(f"A note may have at most {EVIDENCE_LIMIT} pieces of evidence.")
        return refused(record, forms, 422)
    form.evidence.append_entry()
    forms.focus = "evidence"
    return refused(record, forms, 200)


def invalid(record: snapshot.Annotation, forms: Forms, refusal: Invalid) -> Response:
    """The card with each sentence at the field it is about: the party's, the denial's or the note's."""
    beside_it = [form for form in (forms.party, forms.denies) if form and set(refusal.fields) & set(form.data)]
    form = next(iter(beside_it), forms.note)
    if form:
        show_refusal(form, refusal)
    return refused(record, forms, 422)


def refused(record: snapshot.Annotation, forms: Forms, status: int) -> Response:
    """The card with its forms as they were sent."""
    return _card(record, cards.opened(record, me(), forms), status)


def saved_before(uuid: str, forms: Forms, form: NoteForm) -> Response:
    """An answer was lost, and the words were changed since: both are kept, the second once it is saved again."""
    form.uuid.data = str(uuid4())
    form.form_errors.append("This note was saved before with other words; see above. Save again to add these as well.")
    return refused(records.record(uuid), forms, 409)


def overtaken(uuid: str, forms: Forms, form: NoteForm, stale: Stale) -> Response:
    """Both versions: what is stored now above the form with what was typed, which now knows the newer state."""
    record, note = records.record_of_note(uuid)
    form.row.data = str(note.row_version)
    return _card(record, cards.opened(record, me(), forms, stale.message), 412)


def _card(record: snapshot.Annotation, card: Markup, status: int) -> Response:
    return fragments.answer([], main=card, status=status) if fragments.wanted() else cards.alone(record, card, status)


def saved(uuid: str, since: int) -> Response:
    """The card as it is now, and the pieces of the page that changed with it."""
    record = records.record(uuid)
    if not fragments.wanted():
        return redirect(url_for("annotations.show", key=UUID(uuid)))  # type: ignore[return-value]
    pieces, headers = changes.since(record.article, since, opened=uuid)
    told = {"since": since, "revision": headers["X-Revision"], "row": record.row_version}
    trigger = {"annotator:saved": told}
    return fragments.answer(pieces, main=cards.opened(record, me()), trigger=trigger)
