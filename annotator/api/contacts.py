"""Contacts: who was asked, what came back, follow-ups, taken back and brought back."""

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
from annotator.models import Contact
from annotator.queries import asking as query
from annotator.services import contacts as service
from annotator.services import loading, moments
from annotator.services.contacts import Asking, FollowUp
from annotator.services.parties import Named

routes = area("contacts", __name__)

CONTACT = "/contacts/<uuid:key>"
SAID = ("party", "channel", "questions", "asked_at", "deadline", "outcome", "answer", "answered_at", "in_text")
PARTY = {"role": "party.role", "organisation": "party.organisation"}


@routes.post(f"{ANNOTATION}/contacts")
@needs(ANNOTATE)
def create(actor: Actor, key: UUID) -> Response:
    """Write down who was asked. 201; 200 when the same request, with the same id, came before."""
    sent = body.read("id", *SAID)
    uuid = values.uuid(sent, "id") if sent.get("id") is not None else None
    said = _said(sent, Asking(Named("")))
    with body.called(**PARTY), unit_of_work():
        made, new = service.add_contact(actor, loading.annotation(actor, str(key)), said, uuid)
        contact = made.uuid
    return whole(contact, 201 if new else 200)


def whole(key: str, status: int = 200) -> Response:
    """The contact as it is now, with its ETag."""
    _, value = query.record_of_contact(key)
    return reply(present.contact(value), status, row=value.row_version)


@routes.patch(CONTACT)
@needs(ANNOTATE)
def change(actor: Actor, key: UUID) -> Response:
    """Change what is mentioned; null takes it away. An outcome closes the contact, null opens it again."""
    sent = body.read(*SAID)
    etag.require()
    try:
        with body.called(**PARTY), unit_of_work():
            contact = _seen(actor, key)
            service.change_contact(actor, contact, _said(sent, service.as_asked(contact)), None)
    except Stale as refusal:
        raise _overtaken(refusal, key) from None
    return whole(str(key))


@routes.post(f"{CONTACT}/follow-ups")
@needs(ANNOTATE)
def follow(actor: Actor, key: UUID) -> Response:
    """Add one more attempt. The very same one again, with its time `at`, is there once."""
    sent = body.read("channel", "remark", "at")
    at = moments.moment(wire.text(sent, "at", ""), "at")
    said = FollowUp(wire.text(sent, "channel", ""), wire.text(sent, "remark", ""), at)
    with unit_of_work():
        service.follow_up(actor, loading.contact(actor, str(key)), said)
    return whole(str(key), 201)


@routes.delete(CONTACT)
@needs(ANNOTATE)
def take_back(actor: Actor, key: UUID) -> Response:
    """Take it back; nothing of it is lost."""
    etag.require()
    try:
        with unit_of_work():
            service.take_back_contact(actor, _seen(actor, key))
    except Stale as refusal:
        raise _overtaken(refusal, key) from None
    return nothing()


@routes.post(f"{CONTACT}/restoration")
@needs(ANNOTATE)
def bring_back(actor: Actor, key: UUID) -> Response:
    """Bring it back. 201; 200 when it was there already."""
    body.read_if_any()
    with unit_of_work():
        contact = loading.contact(actor, str(key), taken_back=True)
        gone = contact.deleted_at is not None
        service.bring_back_contact(actor, contact)
    return whole(str(key), 201 if gone else 200)


def _seen(actor: Actor, key: UUID) -> Contact:
    contact = loading.contact(actor, str(key))
    etag.check(contact.row_version)
    return contact


def _overtaken(refusal: Stale, key: UUID) -> Stale:
    return Stale(refusal.message, current=present.contact(query.record_of_contact(str(key))[1]))


def _said(sent: dict[str, Any], before: Asking) -> Asking:
    """The contact as it was before, with what is sent. Raises Invalid by field."""
    plain = "channel", "questions", "outcome", "answer"
    told: dict[str, Any] = {name: wire.text(sent, name, "") for name in plain if name in sent}
    told |= moments.all_of(**{name: wire.text(sent, name, "") for name in service.TIMES if name in sent})
    if "party" in sent:
        told["party"] = values.party(sent) or Named("")
    if "in_text" in sent:
        told["in_text"] = _flag(sent, "in_text")
    return replace(before, **told)


def _flag(sent: dict[str, Any], name: str) -> bool | None:
    value = sent[name]
    if value is not None and not isinstance(value, bool):
        raise Invalid({name: f"{name} must be true, false, or null when nobody has said so."})
    return value
