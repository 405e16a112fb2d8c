"""Sign-offs on a card, and disagreements settled."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, Response

from annotator.access import READ
from annotator.db import unit_of_work
from annotator.errors import Conflict, Invalid, Stale
from annotator.models import Annotation
from annotator.queries import records
from annotator.services import loading
from annotator.services import notes as note_service
from annotator.services import signing_off as service
from annotator.web import notes
from annotator.web.annotations import overtaken
from annotator.web.forms.annotation import RowForm
from annotator.web.forms.deciding import SettleForm, SignOffForm
from annotator.web.refusing import refused
from annotator.web.sections import Forms
from annotator.web.whoami import me, signed_in

pages = Blueprint("sign_offs", __name__)


@pages.post("/annotations/<uuid:key>/sign-off")
@signed_in(READ)
def give(key: UUID) -> Response:
    """Sign off."""
    form = SignOffForm()
    remark = form.remark.data or ""
    return decided(key, "sign_off", form, lambda it: service.sign_off(me(), it, remark, form.seen()))


@pages.post("/annotations/<uuid:key>/sign-off/withdrawal")
@signed_in(READ)
def withdraw(key: UUID) -> Response:
    """Take a sign-off back."""
    form = RowForm()
    return decided(key, "withdrawal", form, lambda it: service.withdraw_sign_off(me(), it, form.seen()))


@pages.post("/annotations/<uuid:key>/resolution")
@signed_in(READ)
def settle(key: UUID) -> Response:
    """Say which verdict stands when people disagree."""
    form = SettleForm()
    said = form.stands.data or "", form.settled.data or ""
    return decided(key, "settle", form, lambda it: note_service.resolve_disagreement(me(), it, *said, form.seen()))


def decided(key: UUID, where: str, form: RowForm, act: Callable[[Annotation], object]) -> Response:
    """Load the annotation, let `act` decide on it, commit, and answer with the card; refused, with the form as sent."""
    record = records.record(str(key))
    try:
        with unit_of_work():
            annotation = loading.annotation(me(), record.id)
            since = annotation.article.revision
            act(annotation)
    except (Invalid, Conflict) as refusal:
        return refused(record.id, where, form, refusal, getattr(form, "names", None))
    except Stale as stale:
        return overtaken(record.id, stale, Forms(others={where: form}))
    return notes.saved(record.id, since)
