"""Corrections: other words suggested for those an annotation marks, and what a lead decided on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from annotator import clock
from annotator.access import DECIDE, Actor, decides
from annotator.errors import Conflict, Forbidden, Invalid, Stale
from annotator.exports import snapshot
from annotator.extensions import db
from annotator.models import Annotation, Correction, Event, User
from annotator.services import events, notices
from annotator.services.anchoring import newest_anchor
from annotator.services.annotations import checked_uuid, touch
from annotator.services.states import settle_state
from annotator.text.codepoints import storable
from annotator.text.prose import tidy_prose
from annotator.vocabulary import SEVERITIES

LENGTHS = {"suggested": 20_000, "reason": 5_000, "remark": 5_000}
DECISIONS = ("accepted", "rejected")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Other words as somebody wrote them; none at all means that the marked words should go."""

    suggested: str = ""
    reason: str = ""
    severity: str = ""


def propose_correction(
    actor: Actor, annotation: Annotation, suggestion: Suggestion, uuid: str | None = None, *, undoes: int | None = None
) -> tuple[Correction, bool]:
    """Suggest other words for those marked now. Returns the correction, and whether it was made now.

    False means that the same request came before. Whoever leads the article is told. Raises Invalid (suggested, reason,
    severity), Conflict (the uuid belongs to another correction, or came before with other words).
    """
    uuid = checked_uuid(uuid) if uuid else str(uuid4())
    known = db.session.scalar(select(Correction).filter_by(uuid=uuid))
    if known is not None:
        return _repeated(known, actor, annotation, suggestion), False
    correction = Correction(uuid=uuid, annotation_id=annotation.id, created_by_id=actor.id, state="proposed")
    correction.created_at = correction.updated_at = clock.now()
    _write(correction, annotation, suggestion)
    db.session.add(correction)
    db.session.flush()
    event = _settle(actor, correction, "correction.added", None, told(correction), undoes)
    notices.tell(actor, event, [annotation.article.lead_id], "decide")
    return correction, True


def _repeated(known: Correction, actor: Actor, annotation: Annotation, suggestion: Suggestion) -> Correction:
    if known.annotation_id != annotation.id or known.created_by_id != actor.id:
        raise Conflict("This id already belongs to another correction.", fields={"id": "Make a new UUID."})
    if known.deleted_at:
        raise Conflict("This correction was made and has since been taken back.", fields={"id": "Make a new UUID."})
    first = db.session.scalars(select(Event.after).filter_by(subject=known.uuid, verb="correction.added")).one() or {}
    again = checked(suggestion, first["current"])
    if any(first[name] != getattr(again, name) for name in Suggestion.__dataclass_fields__):
        raise Conflict("This correction was saved before, with other words.", fields={"id": "Make a new UUID."})
    return known


def change_correction(
    actor: Actor, correction: Correction, suggestion: Suggestion, expected: int | None, *, undoes: int | None = None
) -> Correction:
    """Write a correction anew, for the words marked now; its maker may, until it is decided.

    Raises Stale, Forbidden, Conflict, Invalid.
    """
    if correction.created_by_id != actor.id:
        raise Forbidden("Only the person who suggested these words may change them. Suggest others of your own.")
    check_version(correction, expected)
    _still_open(correction)
    before = told(correction)
    _write(correction, correction.annotation, suggestion)
    _changed(actor, correction, "correction.changed", before, undoes)
    return correction


def decide_correction(
    actor: Actor, correction: Correction, state: str, remark: str, expected: int | None, *, undoes: int | None = None
) -> Correction:
    """Accept or reject a correction, with a reason; a lead may, or whoever leads the article. Its maker is told.

    Raises Stale, Forbidden, Conflict (decided already), Invalid (state, remark).
    """
    if not decides(actor, correction.annotation.article.led_by):
        raise Forbidden("Only a lead, or whoever leads this article, may decide on a correction.")
    check_version(correction, expected)
    _still_open(correction)
    remark = _checked_decision(state, remark)
    before = told(correction)
    correction.state, correction.remark = state, remark
    correction.decided_by_id, correction.decided_at = actor.id, clock.now()
    if event := _changed(actor, correction, "correction.decided", before, undoes):
        notices.tell(actor, event, [correction.created_by_id], "correction")
    return correction


def put_back_correction(
    actor: Actor, correction: Correction, values: Mapping[str, Any], *, undoes: int | None = None
) -> Correction:
    """Give a correction these values again, as a line of its history told them, its decision included.

    Words: its maker; a decision: whoever may decide. Raises Forbidden.
    """
    decision = "state" in values
    allowed = decides(actor, correction.annotation.article.led_by) if decision else _is_own(actor, correction)
    if not allowed:
        raise Forbidden("Only the person who suggested these words, or a lead, may do that.")
    before = told(correction)
    now = before | {name: value for name, value in values.items() if name in before}
    _restore(correction, now)
    _changed(actor, correction, "correction.decided" if decision else "correction.changed", before, undoes)
    return correction


def take_back_correction(
    actor: Actor, correction: Correction, expected: int | None = None, *, undoes: int | None = None
) -> None:
    """Take a correction away, until it is decided; nothing of it is lost. Its maker, or a lead, may.

    Raises Stale, Forbidden, Conflict.
    """
    _own(actor, correction)
    check_version(correction, expected)
    if correction.deleted_at is None:
        _still_open(correction)
        correction.deleted_at = correction.updated_at = clock.now()
        _settle(actor, correction, "correction.taken_back", told(correction), None, undoes)


def bring_back_correction(actor: Actor, correction: Correction, *, undoes: int | None = None) -> None:
    """Bring a correction back as it was; nothing when it is there. Its maker, or a lead, may. Forbidden."""
    _own(actor, correction)
    if correction.deleted_at is not None:
        correction.deleted_at, correction.updated_at = None, clock.now()
        _settle(actor, correction, "correction.brought_back", None, told(correction), undoes)


def _is_own(actor: Actor, correction: Correction) -> bool:
    return correction.created_by_id == actor.id or actor.may(DECIDE)


def _own(actor: Actor, correction: Correction) -> None:
    if not _is_own(actor, correction):
        raise Forbidden("Only the person who suggested these words, or a lead, may take them back.")


def _still_open(correction: Correction) -> None:
    if correction.state != "proposed":
        raise Conflict(f"This correction is {correction.state} already. Suggest another if the words should change.")


def check_version(correction: Correction, expected: int | None) -> None:
    """Raise Stale unless the correction is still at the row version the actor saw (None: whatever is there)."""
    if expected is not None and correction.row_version != expected:
        raise Stale("Somebody else has changed this correction since you opened it. Nothing of yours was saved.")


def as_suggested(correction: Correction | snapshot.Correction) -> Suggestion:
    """A stored correction as it was written."""
    return Suggestion(correction.suggested, correction.reason, correction.severity)


def told(correction: Correction) -> dict[str, Any]:
    """A correction as it stands in events: its words, and the decision when there is one."""
    with db.session.no_autoflush:  # each flush counts the row version on
        decider = db.session.get(User, correction.decided_by_id) if correction.decided_by_id else None
    names = "current", "suggested", "reason", "severity", "state", "remark"
    decided = {"decided_by": decider.username if decider else None, "decided_at": _iso(correction.decided_at)}
    return {name: getattr(correction, name) for name in names} | decided


def _iso(value: datetime | None) -> str | None:
    return clock.iso(value) if value else None


def checked(suggestion: Suggestion, current: str) -> Suggestion:
    """The same suggestion put right, or Invalid with a sentence for each field that will not do."""
    words = {name: tidy_prose(storable(getattr(suggestion, name), name)) for name in ("suggested", "reason")}
    wrong = _too_long(words)
    if words["suggested"] == tidy_prose(current):
        wrong["suggested"] = "These are the words as they stand. Write them as they should read."
    if not words["reason"]:
        wrong["reason"] = "Say why the words should change."
    if suggestion.severity not in SEVERITIES:
        known = f"Say how grave it is: one of {', '.join(SEVERITIES)}."
        wrong["severity"] = known if suggestion.severity else "Choose how grave it is."
    if wrong:
        raise Invalid(wrong)
    return Suggestion(**words, severity=suggestion.severity)


def _checked_decision(state: str, remark: str) -> str:
    tidied = tidy_prose(storable(remark, "remark"))
    wrong = _too_long({"remark": tidied})
    if state not in DECISIONS:
        wrong["state"] = f"The decision must be one of {', '.join(DECISIONS)}."
    if not tidied:
        wrong["remark"] = "Say why; whoever suggested these words will read it."
    if wrong:
        raise Invalid(wrong)
    return tidied


def _too_long(words: Mapping[str, str]) -> dict[str, str]:
    long = {name: len(value) for name, value in words.items() if len(value) > LENGTHS[name]}
    return {name: f"At most {LENGTHS[name]:,} characters; this has {length:,}." for name, length in long.items()}


def _write(correction: Correction, annotation: Annotation, suggestion: Suggestion) -> None:
    """The words, beside those that are marked in the newest version."""
    anchor = newest_anchor(annotation)
    written = checked(suggestion, anchor.exact)
    correction.current, correction.version_id = anchor.exact, anchor.version_id
    correction.suggested, correction.reason = written.suggested, written.reason
    correction.severity = written.severity


def _restore(correction: Correction, values: Mapping[str, Any]) -> None:
    decider = values["decided_by"]
    by = db.session.scalar(select(User.id).filter_by(username=decider)) if decider else None
    correction.decided_by_id = by
    for name in ("current", "suggested", "reason", "severity", "state", "remark"):
        setattr(correction, name, values[name])
    correction.decided_at = clock.read(values["decided_at"]) if values["decided_at"] else None


def _changed(
    actor: Actor, correction: Correction, verb: str, before: dict[str, Any], undoes: int | None
) -> Event | None:
    after = told(correction)
    names = [name for name in after if before[name] != after[name]]
    if not names:
        return None
    correction.updated_at = clock.now()
    pick = {name: before[name] for name in names}, {name: after[name] for name in names}
    return _settle(actor, correction, verb, *pick, undoes)


def _settle(
    actor: Actor,
    correction: Correction,
    verb: str,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    undoes: int | None,
) -> Event:
    annotation = correction.annotation
    touch(annotation)
    about: dict[str, Any] = {"article": annotation.article, "annotation": annotation}
    event = events.record(actor, verb, correction.uuid, before=before, after=after, undoes=undoes, **about)
    settle_state(actor, annotation)
    return event
