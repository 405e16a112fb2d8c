"""What a draft has touched, looked at by a person: it still stands, is about other words now, or is closed."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, Response, make_response, redirect

from annotator.access import READ
from annotator.db import unit_of_work
from annotator.errors import Conflict, DomainError, Invalid, Stale
from annotator.models import Annotation
from annotator.services import loading
from annotator.services import places as service
from annotator.web import fragments, versions
from annotator.web.drafts import Refused
from annotator.web.forms.touched import ClosureForm, StillForm, WordsForm
from annotator.web.sign_offs import decided
from annotator.web.whoami import me, signed_in

Form = StillForm | WordsForm | ClosureForm

pages = Blueprint("touched", __name__)

HERE = "/annotations/<uuid:key>"
CHANGED = re.compile(r"/articles/\d{1,9}/versions/\d{1,9}/changed(#|$)")


@pages.post(f"{HERE}/confirmation")
@signed_in(READ)
def confirm(key: UUID) -> Response:
    """Say that it still stands on the new wording."""
    form = StillForm()
    return _done(key, "still", form, lambda it: service.still_stands(me(), it, form.seen()))


@pages.post(f"{HERE}/words")
@signed_in(READ)
def put(key: UUID) -> Response:
    """Put it on the words it is about now."""
    form = WordsForm()
    words = form.words.data or ""
    return _done(key, "words", form, lambda it: service.put_on_words(me(), it, words, form.seen()))


@pages.post(f"{HERE}/detachment")
@signed_in(READ)
def detach(key: UUID) -> Response:
    """Say that these are not the words it is about."""
    form = StillForm()
    return _done(key, "still", form, lambda it: service.detach(me(), it, form.seen()))


@pages.post(f"{HERE}/closure")
@signed_in(READ)
def close(key: UUID) -> Response:
    """Close one whose words are gone, with a reason."""
    form = ClosureForm()
    reason = form.reason.data or ""
    return _done(key, "closure", form, lambda it: service.close_annotation(me(), it, reason, form.seen()))


@pages.post(f"{HERE}/closure/withdrawal")
@signed_in(READ)
def take_up(key: UUID) -> Response:
    """Open one again that was closed."""
    form = StillForm()
    return _done(key, "still", form, lambda it: service.take_up(me(), it))


def _done(key: UUID, where: str, form: Form, act: Callable[[Annotation], object]) -> Response:
    """The card as it is then; for a form that stood on another page, that page."""
    back = form.back("")
    if CHANGED.match(back) and not fragments.wanted():
        return _done_there(key, back, form, act)
    answer = decided(key, where, form, act)
    if back and answer.status_code < 400 and not fragments.wanted():
        return redirect(back, 303)  # type: ignore[return-value]
    return answer


def _done_there(key: UUID, back: str, form: Form, act: Callable[[Annotation], object]) -> Response:
    """The page *What changed* again, with what was refused at its row."""
    try:
        with unit_of_work():
            act(loading.annotation(me(), str(key)))
    except (Invalid, Conflict, Stale) as refusal:
        article, number = (int(part) for part in back.split("/")[2:5:2])
        shown = versions.what_changed(article, number, _refused(key, form, refusal))
        return make_response(shown, refusal.status)
    return redirect(back, 303)  # type: ignore[return-value]


def _refused(key: UUID, form: Form, refusal: DomainError) -> Refused:
    typed = {name: form[name].data or "" for name in ("words", "reason") if name in form}
    field = next((name for name in typed if name in refusal.fields), "")
    return Refused(str(key), typed, field, refusal.fields.get(field, refusal.message))
