"""Sign-offs: somebody else answers for a verdict; and disagreements settled."""

from __future__ import annotations

from uuid import UUID

from flask import Response

from annotator import wire
from annotator.access import ANNOTATE, DECIDE, Actor
from annotator.api import annotations as marks
from annotator.api import body, present
from annotator.api.area import ANNOTATION, area
from annotator.api.replies import nothing, reply
from annotator.api.whoami import needs
from annotator.db import unit_of_work
from annotator.queries import records
from annotator.services import loading, notes
from annotator.services import signing_off as service

routes = area("sign_offs", __name__)


@routes.post(f"{ANNOTATION}/sign-off")
@needs(ANNOTATE)
def give(actor: Actor, key: UUID) -> Response:
    """Sign off. 201; 200 when the same person has. 409 names every reason that blocks it."""
    sent = body.read_if_any("remark")
    with unit_of_work():
        annotation = loading.annotation(actor, str(key))
        made, new = service.sign_off(actor, annotation, wire.text(sent, "remark", ""))
        signed = made.uuid
    found = next(one for one in records.record(str(key)).sign_offs if one.id == signed)
    where = f"/annotations/{key}/sign-off" if new else None
    return reply(present.sign_off(found), 201 if new else 200, location=where)


@routes.delete(f"{ANNOTATION}/sign-off")
@needs(ANNOTATE)
def withdraw(actor: Actor, key: UUID) -> Response:
    """Take it back; it is kept as one that has fallen."""
    with unit_of_work():
        service.withdraw_sign_off(actor, loading.annotation(actor, str(key)))
    return nothing()


@routes.post(f"{ANNOTATION}/resolution")
@needs(DECIDE)
def settle(actor: Actor, key: UUID) -> Response:
    """Say which verdict stands when people disagree, and why. The annotation comes back as it is then."""
    sent = body.read("verdict", "reason")
    verdict, reason = wire.text(sent, "verdict"), wire.text(sent, "reason")
    with unit_of_work():
        notes.resolve_disagreement(actor, loading.annotation(actor, str(key)), verdict, reason)
    return marks.whole(actor, str(key), 201)
