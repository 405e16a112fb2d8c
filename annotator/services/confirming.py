"""A person says that an annotation a draft has touched is on the right words."""

from __future__ import annotations

from typing import Any

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
