"""Undo and redo of one's own acts in an article."""

from __future__ import annotations

from flask import Response

from annotator.access import ANNOTATE, Actor
from annotator.api import body, present
from annotator.api.area import ARTICLE, area
from annotator.api.replies import reply
from annotator.api.whoami import needs
from annotator.db import unit_of_work
from annotator.queries import lists, sealing
from annotator.services import loading, undoing

routes = area("undo", __name__)


@routes.post(f"{ARTICLE}/undo")
@needs(ANNOTATE)
def undo(actor: Actor, article_id: int) -> Response:
    """Take back what I did last in the article. The events that were written; none when there is nothing to undo."""
    body.read_if_any()
    with unit_of_work():
        done = undoing.undo(actor, loading.article(actor, article_id))
    return _told(actor, "undone", done.events)


@routes.post(f"{ARTICLE}/redo")
@needs(ANNOTATE)
def redo(actor: Actor, article_id: int) -> Response:
    """Do again what I took back last, unless I have done something else since."""
    body.read_if_any()
    with unit_of_work():
        done = undoing.redo(actor, loading.article(actor, article_id))
    return _told(actor, "redone", done.events)


def _told(actor: Actor, name: str, events: tuple[int, ...]) -> Response:
    lines = sealing.veiled_for(actor, lists.events_by(events))
    return reply({name: [present.event(line) for line in lines]})
