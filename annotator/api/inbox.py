"""The inbox of whoever is asking."""

from __future__ import annotations

from typing import Any

from flask import Response

from annotator import wire
from annotator.access import ANNOTATE, READ, Actor
from annotator.api import asked, body
from annotator.api.area import area
from annotator.api.replies import nothing, page
from annotator.api.whoami import needs
from annotator.clock import iso
from annotator.db import unit_of_work
from annotator.queries import inbox as query
from annotator.queries.inbox import Entry
from annotator.services import notices

routes = area("inbox", __name__)


@routes.get("/inbox")
@needs(READ)
def index(actor: Actor) -> Response:
    """What concerns me, newest first."""
    asked.only("limit", "cursor")
    size, place = asked.limit(), asked.cursor(1)
    found = query.entries(actor.id, place[0] if place else None, size + 1)
    more = asked.encoded([found[size - 1].id]) if len(found) > size else None
    return page([_presented(one) for one in found[:size]], more)


def _presented(one: Entry) -> dict[str, Any]:
    told = {"article": one.article, "annotation": one.annotation, "body": one.said or None, "read": one.read}
    return {"id": one.id, "at": iso(one.at), "why": one.why, "by": one.username} | told


@routes.post("/inbox/read")
@needs(ANNOTATE)
def read(actor: Actor) -> Response:
    """I have read everything up to the line with this id."""
    newest = wire.whole(body.read("up_to"), "up_to")
    with unit_of_work():
        notices.mark_read(actor, newest)
    return nothing()
