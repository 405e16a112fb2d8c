"""What a new draft has touched, looked at by a person: it still stands, or its words are gone for good.

Moving the edges (`annotations.move_annotation`) and a verdict given anew settle a touched place as well.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from annotator import clock
from annotator.access import Actor
from annotator.errors import Conflict, Forbidden, Invalid
from annotator.models import Annotation, Note
from annotator.queries.sealing import sealed_among
from annotator.services import article_sign_offs, events, notes
from annotator.services.anchoring import newest_anchor, newest_number
from annotator.services.annotations import check_version, touch
from annotator.services.confirming import confirm_place
from annotator.services.notes import Written
from annotator.services.remarks import tidied
from annotator.services.states import settle_state

STILL = "Still stands on the wording of version {number}."


def still_stands(actor: Actor, annotation: Annotation, expected: int | None = None) -> Note | None:
    """Say that it is on the right words and that its verdict holds for them: a note with the same verdict.

    Without a verdict the place is confirmed, and no note is written. Raises Stale, Forbidden (the verdict is hidden
    from them), Conflict (nothing was touched, its words are gone, or people disagree).
    """
    check_version(annotation, expected)
    if sealed_among(actor.id, [annotation.uuid]):
        raise Forbidden("A verdict was given that is hidden from you. Give a verdict of your own on the new wording.")
    anchor = newest_anchor(annotation)
    if anchor.status == "orphan":
        raise Conflict("Its words are gone. Select the words it is about now, or close it with a reason.")
    if annotation.state == "disagreed":
        raise Conflict("The verdicts disagree; a lead has to settle that, with a reason.")
    if anchor.status not in ("changed", "review") and annotation.state != "reopened":
        raise Conflict("No draft has touched it since somebody looked.")
    if annotation.verdict is None:
        confirm_place(actor, annotation)
        settle_state(actor, annotation)
        return None
    said = STILL.format(number=newest_number(annotation.article_id))
    return notes.add_note(actor, annotation, Written(said, annotation.verdict), str(uuid4()))[0]


def close_annotation(
    actor: Actor, annotation: Annotation, reason: str, expected: int | None = None, undoes: int | None = None
) -> Annotation:
    """Close one whose words are gone from the text: it is kept, and no longer counted.

    Raises Stale, Conflict (its words are there), Invalid (reason).
    """
    check_version(annotation, expected)
    if newest_anchor(annotation).status != "orphan":
        raise Conflict("Its words stand in the text; only what has lost its words can be closed.")
    if annotation.closed_at is not None:
        return annotation
    why = tidied(reason, "reason")
    if not why:
        raise Invalid({"reason": "Say why it needs no checking any more."})
    annotation.closed_at, annotation.closed_by_id, annotation.closed_why = clock.now(), actor.id, why
    _record(actor, "annotation.closed", annotation, {"closed": False}, {"closed": True, "why": why}, undoes)
    return annotation


def take_up(actor: Actor, annotation: Annotation, undoes: int | None = None) -> Annotation:
    """Open one again that was closed; does nothing when it is open."""
    if annotation.closed_at is None:
        return annotation
    before = {"closed": True, "why": annotation.closed_why}
    annotation.closed_at, annotation.closed_by_id, annotation.closed_why = None, None, ""
    _record(actor, "annotation.taken_up", annotation, before, {"closed": False}, undoes)
    return annotation


def _record(
    actor: Actor,
    verb: str,
    annotation: Annotation,
    before: dict[str, Any],
    after: dict[str, Any],
    undoes: int | None,
) -> None:
    touch(annotation)
    about: dict[str, Any] = {"article": annotation.article, "annotation": annotation, "undoes": undoes}
    events.record(actor, verb, annotation.uuid, before=before, after=after, **about)
    article_sign_offs.settle(actor, annotation.article)
