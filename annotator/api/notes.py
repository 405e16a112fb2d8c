"""Verification notes: write one, read one, write it anew, take it back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from flask import Response

from annotator.access import ANNOTATE, READ, Actor
from annotator.api import asked, body, etag, present, values
from annotator.api.area import ANNOTATION, NOTE, area
from annotator.api.replies import nothing, reply
from annotator.api.whoami import needs
from annotator.db import unit_of_work
from annotator.errors import Stale
from annotator.queries import sealing
from annotator.services import loading
from annotator.services import notes as service

routes = area("notes", __name__)


@routes.post(f"{ANNOTATION}/notes")
@needs(ANNOTATE)
def create(actor: Actor, key: UUID) -> Response:
    """Add a note with its evidence. 201; 200 when a note of the same author with this id is there."""
    sent = body.read("id", *values.NOTE)
    uuid = values.uuid(sent, "id") if sent.get("id") is not None else None
    written = values.written(sent)
    with unit_of_work():
        made, new = service.add_note(actor, loading.annotation(actor, str(key)), written, uuid)
        note = made.uuid
    return whole(actor, note, 201 if new else 200, made=new)


def whole(actor: Actor, key: str, status: int = 200, *, made: bool = False) -> Response:
    """The note as it is now, with its ETag."""
    _, value = sealing.record_of_note(actor, key)
    where = f"/notes/{key}" if made else None
    return reply(present.note(value), status, row=value.row_version, location=where)


@routes.get(NOTE)
@needs(READ)
def show(actor: Actor, key: UUID) -> Response:
    """One note; 304 when `If-None-Match` names its ETag."""
    asked.only()
    return etag.unless_known(whole(actor, str(key)))


@routes.patch(NOTE)
@needs(ANNOTATE)
def change(actor: Actor, key: UUID) -> Response:
    """Write a note anew; what is not mentioned stays. Evidence is replaced as a whole. Earlier wordings are kept."""
    sent = body.read(*values.NOTE)
    etag.require()
    with overtaken(actor, str(key)), unit_of_work():
        note = loading.note(actor, str(key))
        etag.check(note.row_version)
        service.edit_note(actor, note, values.written(sent, service.as_written(note)), None)
    return whole(actor, str(key))


@routes.delete(NOTE)
@needs(ANNOTATE)
def take_back(actor: Actor, key: UUID) -> Response:
    """Take it back; nothing of it is lost, and it can be brought back."""
    etag.require()
    with overtaken(actor, str(key)), unit_of_work():
        note = loading.note(actor, str(key))
        etag.check(note.row_version)
        service.take_back_note(actor, note)
    return nothing()


@routes.post(f"{NOTE}/restoration")
@needs(ANNOTATE)
def bring_back(actor: Actor, key: UUID) -> Response:
    """Bring back a note that was taken back. 201; 200 when it was there already."""
    body.read_if_any()
    with unit_of_work():
        gone = service.bring_back_note(actor, loading.note(actor, str(key), taken_back=True))
    return whole(actor, str(key), 201 if gone else 200, made=gone)


@contextmanager
def overtaken(actor: Actor, key: str) -> Iterator[None]:
    """Say what is stored now when somebody else was first."""
    try:
        yield
    except Stale as refusal:
        raise Stale(refusal.message, current=present.note(sealing.record_of_note(actor, key)[1])) from None
