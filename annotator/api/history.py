"""What happened: to one annotation, or on the whole desk."""

from __future__ import annotations

from uuid import UUID

from flask import Response

from annotator.access import READ, Actor
from annotator.api import asked, present
from annotator.api.area import ANNOTATION, area
from annotator.api.replies import page
from annotator.api.whoami import needs
from annotator.queries import lists, sealing

routes = area("history", __name__)


@routes.get(f"{ANNOTATION}/history")
@needs(READ)
def of_annotation(actor: Actor, key: UUID) -> Response:
    """Every change to an annotation and its notes, oldest first; that of a deleted one too."""
    asked.only("limit", "cursor")
    size = asked.limit()
    found = lists.history(str(key), asked.cursor(1), size + 1)
    more = asked.encoded([found[size - 1].id]) if len(found) > size else None
    return page([present.line(one) for one in sealing.veiled_for(actor, found[:size])], more)


@routes.get("/events")
@needs(READ)
def events(actor: Actor) -> Response:
    """Every change to articles and annotations after event `after`, oldest first. `next` is the next `after`."""
    asked.only("limit", "after")
    size = asked.limit()
    found = lists.events_after((asked.whole("after", 0),), size + 1)
    more = str(found[size - 1].id) if len(found) > size else None
    return page([present.event(one) for one in sealing.veiled_for(actor, found[:size])], more)
