"""A person says of an annotation that a draft has touched that it is on the right words, or that it is closed."""

from __future__ import annotations

from typing import Any

from annotator import clock
from annotator.access import Actor
from annotator.models import Annotation
from annotator.services import events
from annotator.services.anchoring import confirm, newest_anchor, placed

LOOKED_AT = ("changed", "review")


def confirm_place(actor: Actor, annotation: Annotation) -> None:
    """Confirm its place in the newest version; nothing when that was sure, or when its words are gone.

    Settle the state afterwards.
    """
    anchor = newest_anchor(annotation)
    if anchor.status not in LOOKED_AT:
        return
    before = placed(anchor)
    confirm(actor, anchor)
    told: dict[str, Any] = {"before": before, "after": placed(anchor)}
    events.record(
        actor, "annotation.confirmed", annotation.uuid, article=annotation.article, annotation=annotation, **told
    )


def close_as(annotation: Annotation, by_id: int, why: str) -> None:
    """Note that this person has closed it, and why."""
    annotation.closed_at, annotation.closed_by_id, annotation.closed_why = clock.now(), by_id, why


def closure(annotation: Annotation) -> dict[str, Any]:
    """By whom and why a closed annotation was closed, as it stands in events."""
    by = annotation.closed_by.username if annotation.closed_by else ""
    return {"closed": True, "why": annotation.closed_why, "by": by}


def open_again(annotation: Annotation) -> None:
    """Note that it is closed no more."""
    annotation.closed_at, annotation.closed_by_id, annotation.closed_why = None, None, ""
