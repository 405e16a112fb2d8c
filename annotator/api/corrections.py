"""Corrections: other words suggested, changed, decided on, taken back and brought back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Response

from annotator import wire
from annotator.access import ANNOTATE, Actor
from annotator.api import body, etag, present, values
from annotator.api.area import ANNOTATION, area
from annotator.api.replies import nothing, reply
from annotator.api.whoami import needs
from annotator.db import unit_of_work
from annotator.errors import Invalid, Stale
from annotator.models import Correction
from annotator.queries import asking as query
from annotator.services import corrections as service
from annotator.services import loading
from annotator.services.corrections import Suggestion

routes = area("corrections", __name__)

CORRECTION = "/corrections/<uuid:key>"
WORDS = ("suggested", "reason", "severity")
DECISION = ("state", "remark")


@routes.post(f"{ANNOTATION}/corrections")
@needs(ANNOTATE)
def create(actor: Actor, key: UUID) -> Response:
    """Suggest other words. 201; 200 when the same request, with the same id, came before."""
    sent = body.read("id", *WORDS)
    uuid = values.uuid(sent, "id") if sent.get("id") is not None else None
    suggestion = Suggestion(
        wire.text(sent, "suggested"), wire.text(sent, "reason", ""), wire.text(sent, "severity", "")
    )
    with unit_of_work():
        made, new = service.propose_correction(actor, loading.annotation(actor, str(key)), suggestion, uuid)
        correction = made.uuid
    return whole(correction, 201 if new else 200)


def whole(key: str, status: int = 200) -> Response:
    """The correction as it is now, with its ETag."""
    _, value = query.record_of_correction(key)
    return reply(present.correction(value), status, row=value.row_version)


@routes.patch(CORRECTION)
@needs(ANNOTATE)
def change(actor: Actor, key: UUID) -> Response:
    """Decide on it with `state` and `remark`; or, for its maker, change the words."""
    sent = body.read(*WORDS, *DECISION)
    deciding = _is_decision(sent)
    etag.require()
    try:
        with unit_of_work():
            correction = _seen(actor, key)
            (_decide if deciding else _write)(actor, correction, sent)
    except Stale as refusal:
        raise _overtaken(refusal, key) from None
    return whole(str(key))


def _is_decision(sent: dict[str, Any]) -> bool:
    deciding = [name for name in DECISION if name in sent]
    if deciding and any(name in sent for name in WORDS):
        raise Invalid(dict.fromkeys(deciding, "Send either a decision or other words, not both."))
    return bool(deciding)


def _decide(actor: Actor, correction: Correction, sent: dict[str, Any]) -> None:
    service.decide_correction(actor, correction, wire.text(sent, "state"), wire.text(sent, "remark", ""), None)


def _write(actor: Actor, correction: Correction, sent: dict[str, Any]) -> None:
    words = {name: wire.text(sent, name, "") for name in WORDS if name in sent}
    service.change_correction(actor, correction, replace(service.as_suggested(correction), **words), None)


@routes.delete(CORRECTION)
@needs(ANNOTATE)
def take_back(actor: Actor, key: UUID) -> Response:
    """Take it back, until it is decided; nothing of it is lost."""
    etag.require()
    try:
        with unit_of_work():
            service.take_back_correction(actor, _seen(actor, key))
    except Stale as refusal:
        raise _overtaken(refusal, key) from None
    return nothing()


@routes.post(f"{CORRECTION}/restoration")
@needs(ANNOTATE)
def bring_back(actor: Actor, key: UUID) -> Response:
    """Bring it back. 201; 200 when it was there already."""
    body.read_if_any()
    with unit_of_work():
        correction = loading.correction(actor, str(key), taken_back=True)
        gone = correction.deleted_at is not None
        service.bring_back_correction(actor, correction)
    return whole(str(key), 201 if gone else 200)


def _seen(actor: Actor, key: UUID) -> Correction:
    correction = loading.correction(actor, str(key))
    etag.check(correction.row_version)
    return correction


def _overtaken(refusal: Stale, key: UUID) -> Stale:
    return Stale(refusal.message, current=present.correction(query.record_of_correction(str(key))[1]))
