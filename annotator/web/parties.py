"""Parties on a card: who claims, says or denies, with the fields of the kind; and names to choose from."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, render_template, request

from annotator.access import READ
from annotator.db import unit_of_work
from annotator.errors import Invalid, Stale
from annotator.queries import parties as query
from annotator.queries import records
from annotator.services import loading, marking
from annotator.services.annotations import check_version
from annotator.services.marking import Changes
from annotator.services.parties import Named
from annotator.web import notes
from annotator.web.annotations import overtaken
from annotator.web.forms import show_refusal
from annotator.web.forms.annotation import as_typed, party_form
from annotator.web.sections import Forms
from annotator.web.whoami import me, signed_in

pages = Blueprint("parties", __name__)


@pages.get("/parties/suggestions")
@signed_in(READ)
def suggest() -> str:
    """Earlier parties whose name or alias contains what was typed, as options."""
    typed = request.args.get("party") or request.args.get("other") or ""
    return render_template("annotations/_parties.html", parties=query.suggestions(typed))


@pages.post("/annotations/<uuid:key>/party")
@signed_in(READ)
def name(key: UUID) -> Response:
    """Say whose claim, quote or denial it is, and what else is known of it. `take` is a name that was offered."""
    record = records.record(str(key))
    form = party_form(record.kind)
    try:
        with as_typed(), unit_of_work():
            annotation = loading.annotation(me(), record.id)
            since = annotation.article.revision
            check_version(annotation, form.seen())
            taken = request.form.get("take")
            marking.amend(me(), annotation, Changes(party=Named(taken)) if taken else form.changes())
    except Invalid as refusal:
        show_refusal(form, refusal)
        return notes.refused(record, Forms(party=form), 422)
    except Stale as stale:
        return overtaken(record.id, stale, Forms(party=form))
    return notes.saved(record.id, since)
