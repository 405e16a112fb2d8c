"""Verification notes: written, and edited with the earlier wording kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select

from annotator import clock
from annotator.access import DECIDE, Actor, allow
from annotator.errors import Conflict, Forbidden, Invalid, Stale
from annotator.exports import snapshot
from annotator.extensions import db
from annotator.models import Annotation, Event, Note
from annotator.services import events, evidence, notices
from annotator.services.anchoring import newest_anchor
from annotator.services.annotations import check_version, checked_uuid, touch
from annotator.services.assigning import end_second_reading
from annotator.services.confirming import confirm_place
from annotator.services.evidence import Piece, checked_pieces, piece_of, write_evidence
from annotator.services.states import settle_state
from annotator.text.codepoints import storable
from annotator.text.prose import tidy_prose
from annotator.vocabulary import METHODS, VERDICTS

GIVING = ("note.added", "note.edited")
BODY_LIMIT = 20_000


@dataclass(frozen=True, slots=True)
class Written:
    """A note as somebody wrote it. `verdict` and `method` may be None."""

    body: str = ""
    verdict: str | None = None
    method: str | None = None
    evidence: tuple[Piece, ...] = ()


def add_note(actor: Actor, annotation: Annotation, written: Written, uuid: str | None = None) -> tuple[Note, bool]:
    """Add a note. Returns it, and whether it was made now (False: the same request came before).

    Raises Invalid (body, verdict, method, `evidence.<n>.<field>`), Conflict (the uuid belongs to another note, or
    came before with other content).
    """
    uuid = checked_uuid(uuid) if uuid else str(uuid4())
    known = db.session.scalar(select(Note).filter_by(uuid=uuid))
    if known is not None:
        return _repeated(known, actor, annotation, written), False
    written = checked(written)
    note = _new_note(actor, annotation, uuid)
    _write(annotation, note, written)
    _settle(actor, annotation, "note.added", note, None, told(written))
    return note, True


def _repeated(known: Note, actor: Actor, annotation: Annotation, written: Written) -> Note:
    if known.annotation_id != annotation.id or known.author_id != actor.id:
        raise Conflict("This id already belongs to another note.", fields={"id": "Make a new UUID."})
    first = db.session.scalar(select(Event.after).filter_by(subject=known.uuid, verb="note.added"))
    if first != told(checked(written)):
        raise Conflict("This note was saved before, with other words.", fields={"id": "Make a new UUID."})
    return known


def edit_note(actor: Actor, note: Note, written: Written, expected: int | None) -> Note:
    """Write a note anew; its author may. The old wording is kept in history. Raises Stale, Forbidden, Invalid."""
    if note.author_id != actor.id:
        raise Forbidden("Only the author of a note may edit it. Add a note of your own instead.")
    check_seen(note, expected)
    before = told(as_written(note))
    written, order = checked(written), note.verdict_order
    if told(written) != before:
        _write(note.annotation, note, written)
        _edited(actor, note, before, order, None)
    return note


def put_back_note(actor: Actor, note: Note, said: Mapping[str, Any], *, undoes: int | None = None) -> Note:
    """Let a note say again what a line of its history told; its verdict then counts as given when it was. Forbidden."""
    _own(actor, note)
    before, order = told(as_written(note)), note.verdict_order
    pieces = tuple(Piece(**piece) for piece in said["evidence"])
    _write(note.annotation, note, Written(said["body"], said["verdict"], said["method"], pieces))
    if "verdict_order" in said or said["verdict"] == before["verdict"]:
        note.verdict_order = said.get("verdict_order", order)
    _edited(actor, note, before, order, undoes)
    return note


def _edited(actor: Actor, note: Note, before: dict[str, Any], order: int | None, undoes: int | None) -> None:
    """The line of history, which tells of the place among the verdicts as well when that is another now."""
    db.session.flush()
    db.session.expire(note, ["evidence"])
    orders = (
        ({"verdict_order": order}, {"verdict_order": note.verdict_order}) if order != note.verdict_order else ({}, {})
    )
    after = told(as_written(note))
    _settle(actor, note.annotation, "note.edited", note, before | orders[0], after | orders[1], undoes)


def take_back_note(actor: Actor, note: Note, undoes: int | None = None) -> None:
    """Take a note away; nothing of it is lost, and `bring_back_note` is the way back. Its author or a lead may.

    Does nothing when it was taken back already. Raises Forbidden.
    """
    _own(actor, note)
    if note.deleted_at:
        return
    note.deleted_at = clock.now()
    _settle(actor, note.annotation, "note.taken_back", note, told(as_written(note)), None, undoes)


def bring_back_note(actor: Actor, note: Note, undoes: int | None = None) -> bool:
    """Bring a note back as it was; says whether it had been taken back. Its author or a lead may. Raises Forbidden."""
    _own(actor, note)
    if note.deleted_at is None:
        return False
    note.deleted_at = None
    _settle(actor, note.annotation, "note.brought_back", note, None, told(as_written(note)), undoes)
    return True


def _own(actor: Actor, note: Note) -> None:
    if note.author_id != actor.id and not actor.may(DECIDE):
        raise Forbidden("Only the author of a note, or a lead, may take it back. Add a note of your own instead.")


def check_seen(note: Note, expected: int | None) -> None:
    """Raise Stale unless the note is still at the row version the actor saw (None: whatever is there)."""
    if expected is not None and note.row_version != expected:
        said = told(as_written(note))
        raise Stale("This note has been changed since you opened it. Nothing of yours was saved.", current=said)


def resolve_disagreement(
    actor: Actor, annotation: Annotation, verdict: str, reason: str, expected: int | None = None
) -> Note:
    """Settle which verdict stands, with a reason; a lead may.

    Raises Forbidden, Stale, Conflict, Invalid (verdict, reason).
    """
    allow(actor, DECIDE)
    check_version(annotation, expected)
    if annotation.state != "disagreed":
        raise Conflict("Nobody disagrees about this annotation now.")
    wrong = {} if reason.strip() else {"reason": "Say why; those who disagreed will read it."}
    if verdict not in VERDICTS:
        known = f"The verdict must be one of {', '.join(VERDICTS)}."
        wrong["verdict"] = known if verdict else "Choose which verdict stands."
    if wrong:
        raise Invalid(wrong)
    written = checked(Written(reason, verdict))
    note = _new_note(actor, annotation, str(uuid4()))
    note.resolves = True
    givers = _givers(annotation)
    _write(annotation, note, written)
    _settle(actor, annotation, "note.added", note, None, told(written) | {"resolves": True})
    event = db.session.scalars(select(Event).filter_by(subject=note.uuid, verb="note.added")).one()
    notices.tell(actor, event, givers, "resolved")
    return note


def _givers(annotation: Annotation) -> set[int]:
    wanted = select(Note.author_id).where(Note.annotation_id == annotation.id, Note.verdict.is_not(None))
    return set(db.session.scalars(wanted.where(Note.deleted_at.is_(None))))


def as_written(note: Note | snapshot.Note) -> Written:
    """A stored note as it was written."""
    return Written(note.body, note.verdict, note.method, tuple(piece_of(piece) for piece in note.evidence))


def told(written: Written) -> dict[str, Any]:
    """A note's content as it stands in events."""
    return asdict(written) | {"evidence": [evidence.told(piece) for piece in written.evidence]}


def checked(written: Written) -> Written:
    """The same note put right, or Invalid with a sentence for every field that will not do."""
    wrong: dict[str, str] = {}
    body = tidy_prose(storable(written.body, "body"))
    if len(body) > BODY_LIMIT:
        wrong["body"] = f"A note may have at most {BODY_LIMIT:,} characters; this has {len(body):,}."
    if written.verdict is not None and written.verdict not in VERDICTS:
        wrong["verdict"] = f"The verdict must be one of {', '.join(VERDICTS)}."
    if written.method is not None and written.method not in METHODS:
        wrong["method"] = f"The method must be one of {', '.join(METHODS)}."
    pieces = checked_pieces(written.evidence, wrong)
    if not (body or written.verdict or pieces or wrong):
        wrong["body"] = "Write a note, choose a verdict or add evidence before saving."
    if wrong:
        raise Invalid(wrong)
    return Written(body, written.verdict, written.method, pieces)


def _new_note(actor: Actor, annotation: Annotation, uuid: str) -> Note:
    now = clock.now()
    version_id = newest_anchor(annotation).version_id
    note = Note(uuid=uuid, annotation_id=annotation.id, version_id=version_id, author_id=actor.id)
    note.created_at = note.updated_at = now
    return note


def _write(annotation: Annotation, note: Note, written: Written) -> None:
    if not written.verdict:
        note.verdict_order = None
    elif written.verdict != note.verdict or _to_give_anew(annotation, note):
        note.verdict_order = _next_order(annotation)
    note.body, note.verdict, note.method = written.body, written.verdict, written.method
    note.updated_at = clock.now()
    db.session.add(note)
    db.session.flush()
    write_evidence(note, written.evidence)


def _to_give_anew(annotation: Annotation, note: Note) -> bool:
    return annotation.reopened_after is not None and (note.verdict_order or 0) <= annotation.reopened_after


def _next_order(annotation: Annotation) -> int:
    highest = select(func.max(Note.verdict_order)).filter_by(annotation_id=annotation.id)
    return (db.session.scalar(highest) or 0) + 1


def _settle(
    actor: Actor,
    annotation: Annotation,
    verb: str,
    note: Note,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    undoes: int | None = None,
) -> None:
    touch(annotation)
    if note.verdict and verb in GIVING:
        confirm_place(actor, annotation)
    article = annotation.article
    told_of: dict[str, Any] = {"before": before, "after": after, "undoes": undoes}
    event = events.record(actor, verb, note.uuid, article=article, annotation=annotation, **told_of)
    disagreed, giver = annotation.state == "disagreed", annotation.verdict_by_id
    settle_state(actor, annotation)
    if annotation.state == "disagreed" and not disagreed:
        notices.tell(actor, event, [giver], "disagreed")
    end_second_reading(actor, annotation)
    db.session.refresh(note)
