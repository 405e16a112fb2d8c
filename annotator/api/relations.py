"""What an annotation is tied to: a denial denies a claim or a quote."""

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
from annotator.errors import Invalid, NotFound
from annotator.services import loading, marking

routes = area("relations", __name__)

TYPES = ("denies",)


@routes.post(f"{ANNOTATION}/relations")
@needs(ANNOTATE)
def create(actor: Actor, key: UUID) -> Response:
    """Tie it to another annotation. 201; 200 when it is tied to that one already."""
    sent = body.read("type", "to")
    kind, to = wire.text(sent, "type"), values.uuid(sent, "to")
    if kind not in TYPES:
        raise Invalid({"type": f"The type must be one of {', '.join(TYPES)}."})
    with body.called(denies="to"), unit_of_work():
        new = marking.tie(actor, loading.annotation(actor, str(key)), to)
    where = f"/annotations/{key}/relations/{kind}/{to}" if new else None
    return reply({"type": kind, "to": to}, 201 if new else 200, location=where)


@routes.delete(f"{ANNOTATION}/relations/<any({', '.join(TYPES)}):kind>/<uuid:to>")
@needs(ANNOTATE)
def delete(actor: Actor, key: UUID, kind: str, to: UUID) -> Response:
    """Take a tie away."""
    with unit_of_work():
        there = marking.untie(actor, loading.annotation(actor, str(key)), str(to))
    if not there:
        raise NotFound("There is no such relation.")
    return nothing()
