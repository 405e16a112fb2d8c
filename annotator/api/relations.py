"""What an annotation is tied to: denies, answers, supports, contradicts, repeats, depends on."""

from __future__ import annotations

from uuid import UUID

from flask import Response

from annotator import wire
from annotator.access import ANNOTATE, Actor
from annotator.api import body, values
from annotator.api.area import ANNOTATION, area
from annotator.api.replies import nothing, reply
from annotator.api.whoami import needs
from annotator.db import unit_of_work
from annotator.errors import NotFound
from annotator.services import loading
from annotator.services import relations as service
from annotator.vocabulary import RELATIONS

routes = area("relations", __name__)


@routes.post(f"{ANNOTATION}/relations")
@needs(ANNOTATE)
def create(actor: Actor, key: UUID) -> Response:
    """Tie it to another annotation. 201; 200 when it is tied to that one already.

    `to` in the answer is what it is tied to: for `repeats` that may be what the one asked for repeats itself.
    """
    sent = body.read("type", "to")
    kind, to = service.checked_type(wire.text(sent, "type")).value, values.uuid(sent, "to")
    with unit_of_work():
        tied, new = service.relate(actor, loading.annotation(actor, str(key)), kind, to)
    where = f"/annotations/{key}/relations/{kind}/{tied}" if new else None
    return reply({"type": kind, "to": tied}, 201 if new else 200, location=where)


@routes.delete(f"{ANNOTATION}/relations/<any({', '.join(RELATIONS)}):kind>/<uuid:to>")
@needs(ANNOTATE)
def delete(actor: Actor, key: UUID, kind: str, to: UUID) -> Response:
    """Take a tie away."""
    with unit_of_work():
        there = service.unrelate(actor, loading.annotation(actor, str(key)), kind, str(to))
    if not there:
        raise NotFound("There is no such relation.")
    return nothing()
