"""What a draft has touched, looked at by a person: it still stands, is about other words now, or is closed."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, Response, redirect

from annotator.access import READ
from annotator.models import Annotation
from annotator.services import places as service
from annotator.web import fragments
from annotator.web.forms.touched import ClosureForm, StillForm, WordsForm
from annotator.web.sign_offs import decided
from annotator.web.whoami import me, signed_in

Form = StillForm | WordsForm | ClosureForm

pages = Blueprint("touched", __name__)

HERE = "/annotations/<uuid:key>"


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
    answer = decided(key, where, form, act)
    back = form.back("")
    if back and answer.status_code < 400 and not fragments.wanted():
        return redirect(back, 303)  # type: ignore[return-value]
    return answer
