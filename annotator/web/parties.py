"""Parties on a card: who claims, says or denies, and what a denial denies."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, render_template, request

from annotator.access import READ
from annotator.db import unit_of_work
from annotator.errors import Invalid, Stale
from annotator.queries import parties as query
from annotator.queries import records
from annotator.services import loading
from annotator.services import parties as service
from annotator.web import notes
from annotator.web.annotations import overtaken
from annotator.web.forms import show_refusal
from annotator.web.forms.annotation import DeniesForm, PartyForm
from annotator.web.sections import Forms
from annotator.web.whoami import me, signed_in

pages = Blueprint("parties", __name__)


@pages.get("/parties")
@signed_in(READ)
def suggest() -> str:
    """Earlier parties whose name contains what was typed, as options."""
    return render_template("annotations/_parties.html", parties=query.suggestions(request.args.get("party", "")))


@pages.post("/annotations/<uuid:key>/party")
@signed_in(READ)
def name(key: UUID) -> Response:
    """Say whose claim, quote or denial it is."""
    record = records.record(str(key))
    form = PartyForm().for_kind(record.kind)
    try:
        with unit_of_work():
            annotation = loading.annotation(me(), record.id)
            since = annotation.article.revision
            service.name_party(me(), annotation, form.named(), form.seen())
    except Invalid as refusal:
        show_refusal(form, refusal)
        return notes.refused(record, Forms(party=form), 422)
    except Stale as stale:
        return overtaken(record.id, stale, Forms(party=form))
    return notes.saved(record.id, since)


@pages.post("/annotations/<uuid:key>/denies")
@signed_in(READ)
def link(key: UUID) -> Response:
    """Say which claim a denial denies."""
    record = records.record(str(key))
    form = DeniesForm()
    try:
        with unit_of_work():
            annotation = loading.annotation(me(), record.id)
            since = annotation.article.revision
            service.link_denial(me(), annotation, form.denies.data or None, form.seen())
    except Invalid as refusal:
        show_refusal(form, refusal)
        return notes.refused(record, Forms(denies=form), 422)
    except Stale as stale:
        return overtaken(record.id, stale, Forms(denies=form))
    return notes.saved(record.id, since)
