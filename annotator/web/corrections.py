"""Corrections on a card: words suggested, changed, decided on, taken back and brought back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, Response

from annotator.access import READ
from annotator.db import unit_of_work
from annotator.errors import Conflict, Forbidden, Invalid, Stale
from annotator.models import Correction
from annotator.queries import asking, records
from annotator.services import corrections as service
from annotator.services import loading
from annotator.web import notes
from annotator.web.annotations import overtaken
from annotator.web.forms.annotation import RowForm
from annotator.web.forms.correction import NAMES, CorrectionForm, DecisionForm
from annotator.web.refusing import refused
from annotator.web.sections import Forms
from annotator.web.whoami import me, signed_in

pages = Blueprint("corrections", __name__)


@pages.post("/annotations/<uuid:key>/corrections")
@signed_in(READ)
def propose(key: UUID) -> Response:
    """Suggest other words."""
    record, form = records.record(str(key)), CorrectionForm()
    try:
        with unit_of_work():
            annotation = loading.annotation(me(), record.id)
            since = annotation.article.revision
            service.propose_correction(me(), annotation, form.suggestion(), form.uuid.data or None)
    except (Invalid, Conflict) as refusal:
        return refused(record.id, "correct", form, refusal, NAMES)
    return notes.saved(record.id, since)


@pages.get("/corrections/<uuid:key>/edit")
@signed_in(READ)
def edit(key: UUID) -> Response:
    """The card with one correction's form open, for who made it."""
    record, correction = asking.record_of_correction(str(key))
    if correction.created_by.username != me().username:
        raise Forbidden("Only the person who suggested these words may change them. Suggest others of your own.")
    forms = Forms(others={f"correct:{correction.id}": CorrectionForm.of(correction)}, focus="suggested")
    return notes.refused(record, forms, 200)


@pages.post("/corrections/<uuid:key>")
@signed_in(READ)
def change(key: UUID) -> Response:
    """Write a correction anew."""
    form = CorrectionForm()

    def act(correction: Correction) -> None:
        service.change_correction(me(), correction, form.suggestion(), form.seen())

    return _change(key, "correct", form, act)


@pages.post("/corrections/<uuid:key>/decision")
@signed_in(READ)
def decide(key: UUID) -> Response:
    """Accept or reject a correction."""
    form = DecisionForm()

    def act(correction: Correction) -> None:
        service.decide_correction(me(), correction, form.decision.data or "", form.remark.data or "", form.seen())

    return _change(key, "decide", form, act)


@pages.post("/corrections/<uuid:key>/deletion")
@signed_in(READ)
def take_back(key: UUID) -> Response:
    """Take a correction away; it can be brought back."""
    form = RowForm()
    return _change(key, "", form, lambda correction: service.take_back_correction(me(), correction, form.seen()))


@pages.post("/corrections/<uuid:key>/restoration")
@signed_in(READ)
def bring_back(key: UUID) -> Response:
    """Bring a correction back."""
    with unit_of_work():
        correction = loading.correction(me(), str(key), taken_back=True)
        uuid, since = correction.annotation.uuid, correction.annotation.article.revision
        service.bring_back_correction(me(), correction)
    return notes.saved(uuid, since)


def _change(key: UUID, act: str, form: RowForm, change: Callable[[Correction], object]) -> Response:
    """Load the correction, let `change` change it, commit, and answer with the card; refused, with the form as sent."""
    record, correction = asking.record_of_correction(str(key))
    where = f"{act}:{correction.id}"
    try:
        with unit_of_work():
            stored = loading.correction(me(), correction.id)
            since = stored.annotation.article.revision
            change(stored)
    except (Invalid, Conflict) as refusal:
        return refused(record.id, where, form, refusal, NAMES)
    except Stale as stale:
        return overtaken(record.id, stale, Forms(others={where: form}))
    return notes.saved(record.id, since)
