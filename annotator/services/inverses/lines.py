"""What every inverse needs of the line of history that it takes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from annotator.access import Actor
from annotator.errors import Conflict
from annotator.extensions import db
from annotator.models import Annotation, Article, Event
from annotator.services import annotations as marks
from annotator.services import events
from annotator.services.anchoring import newest_anchor, placed

Inverse = Callable[[Actor, Event], object]


def annotation_of(event: Event) -> Annotation:
    """The annotation that an event is about."""
    return db.session.get_one(Annotation, event.annotation_id)


def article_of(event: Event) -> Article:
    """The article that an event is about."""
    return db.session.get_one(Article, event.article_id)


def before(event: Event) -> dict[str, Any]:
    """The values there were; none is an empty mapping."""
    return event.before or {}


def tell(actor: Actor, event: Event) -> None:
    """The line that takes an event back, told the other way round."""
    it = annotation_of(event) if event.annotation_id else None
    if it:
        marks.touch(it)
    verb = OTHERWISE.get(event.verb, event.verb)
    told: dict[str, Any] = {"article": article_of(event), "annotation": it, "before": event.after}
    events.record(actor, verb, event.subject, after=event.before, undoes=event.id, **told)


_OPPOSITES = (
    ("assignment.ended", "assignment.made"),
    ("sign_off.revived", "sign_off.fallen"),
    ("article.sign_off_revived", "article.sign_off_fallen"),
    ("correction.applied", "correction.unapplied"),
)
OTHERWISE = {one: other for pair in _OPPOSITES for one, other in (pair, pair[::-1])}


def move_back(actor: Actor, event: Event) -> None:
    """Put an annotation back where it was, with what was known of that place."""
    it = annotation_of(event)
    if placed(newest_anchor(it)) != event.after:
        raise Conflict("It sits elsewhere since.")
    marks.put_back_place(actor, it, before(event), undoes=event.id)
