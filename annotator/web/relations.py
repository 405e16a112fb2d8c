"""Ties on a card: made, taken away, and offered to choose from."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, render_template

from annotator.access import READ
from annotator.db import unit_of_work
from annotator.errors import Conflict, Invalid, Stale
from annotator.queries import offers, records
from annotator.services import loading
from annotator.services import relations as service
from annotator.vocabulary import RELATIONS
from annotator.web import notes
from annotator.web.annotations import overtaken
from annotator.web.forms import show_refusal
from annotator.web.forms.annotation import DeniesForm, TieForm
from annotator.web.refusing import refused
from annotator.web.sections import Forms
from annotator.web.sections.relations import picking
from annotator.web.whoami import me, signed_in

pages = Blueprint("relations", __name__)

TYPE = f"<any({', '.join(RELATIONS)}):type>"


@pages.get("/annotations/<uuid:key>/offers")
@signed_in(READ)
def offer(key: UUID) -> str:
    """What it may be tied to, the most plausible first: the form of the key `l`."""
    record = records.record(str(key))
    return render_template("review/_picking.html", card=record, **picking(record, offers.offers(record)))


@pages.post("/annotations/<uuid:key>/relations")
@signed_in(READ)
def tie(key: UUID) -> Response:
    """Tie it to another annotation of the article."""
    form = TieForm()
    try:
        with unit_of_work():
            annotation = loading.annotation(me(), str(key))
            since = annotation.article.revision
            service.relate(me(), annotation, form.type.data or "", form.to.data or "")
    except (Invalid, Conflict) as refusal:
        return refused(str(key), "tie", form, refusal)
    return notes.saved(str(key), since)


@pages.post(f"/annotations/<uuid:key>/relations/{TYPE}/<any(to, from):way>/<uuid:other>/removal")
@signed_in(READ)
def untie(key: UUID, type: str, way: str, other: UUID) -> Response:
    """Take a tie away that leads `to` another annotation or comes `from` it; nothing when it is gone already."""
    source, target = (key, other) if way == "to" else (other, key)
    with unit_of_work():
        annotation = loading.annotation(me(), str(source))
        since = annotation.article.revision
        service.unrelate(me(), annotation, type, str(target))
    return notes.saved(str(key), since)


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
