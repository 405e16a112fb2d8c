"""Ties between annotations of one article: what denies, answers, supports, contradicts, repeats or depends on what.

`vocabulary.RELATIONS` says between which kinds. An annotation denies one thing and repeats one thing; what it repeats
repeats nothing itself, so that a check is always made in one place.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from annotator import clock
from annotator.access import Actor
from annotator.errors import Conflict, Invalid
from annotator.extensions import db
from annotator.models import Annotation, Relation
from annotator.services import events
from annotator.services.annotations import check_version, touch
from annotator.services.states import settle_state
from annotator.text.codepoints import storable
from annotator.vocabulary import KINDS, RELATIONS, Tie

SINGLE = ("denies", "repeats")
"""The types of which an annotation has one at most."""


def relate(
    actor: Actor, source: Annotation, type: str, target_uuid: str, *, undoes: int | None = None
) -> tuple[str, bool]:
    """Tie an annotation to another. Returns the uuid it is tied to now, and whether that is new.

    What repeats a repeating annotation is tied to the one that is repeated. A tie of a SINGLE type to something deleted
    gives way. Raises Invalid (type, to), Conflict (it denies or repeats something else).
    """
    tie = checked_type(type)
    target = _target(source, tie, target_uuid)
    if tie.value == "repeats":
        target = _first(source, target)
    known = _between(source, tie.value, target)
    if known is None:
        _make_room(actor, source, tie)
        _add(actor, source, tie.value, target, undoes)
    return target.uuid, known is None


def checked_type(value: str) -> Tie:
    """The type of this name, or Invalid on `type`."""
    if value not in RELATIONS:
        raise Invalid({"type": f"The type must be one of {', '.join(RELATIONS)}."})
    return RELATIONS[value]


def _target(source: Annotation, tie: Tie, uuid: str) -> Annotation:
    if source.kind not in tie.source:
        raise Invalid({"to": f"Only a {_or(tie.source)} {tie.says} something; change the kind first."})
    found: Annotation | None = db.session.scalar(select(Annotation).filter_by(uuid=storable(uuid, "to")))
    fits = found and found.article_id == source.article_id and found.deleted_at is None and found.kind in tie.target
    if found is None or not fits or found is source:
        wanted = f"a {_or(tie.target)}" if len(tie.target) < len(KINDS) else "another annotation"
        raise Invalid({"to": f"Choose {wanted} of this article."})
    return found


def _or(kinds: tuple[str, ...]) -> str:
    return " or a ".join(kinds)


def _first(source: Annotation, target: Annotation) -> Annotation:
    """What is checked in the end when `source` repeats `target`."""
    beyond = single(target, "repeats")
    if beyond and beyond.target is source:
        raise Invalid({"to": f"{_name(target)} repeats this one already."})
    if beyond and beyond.target.deleted_at:
        raise Invalid({"to": f"{_name(target)} repeats {_name(beyond.target)}, which was deleted. Take that tie away."})
    by = db.session.scalar(select(Relation).filter_by(to_id=source.id, type="repeats").limit(1))
    if by:
        raise Invalid({"to": f"{_name(by.source)} repeats this one. Tie that to the other first."})
    return beyond.target if beyond else target


def _name(annotation: Annotation) -> str:
    return f"{KINDS[annotation.kind]} {annotation.ordinal}"


def _between(source: Annotation, type: str, target: Annotation) -> Relation | None:
    found: Relation | None = db.session.scalar(
        select(Relation).filter_by(from_id=source.id, type=type, to_id=target.id)
    )
    return found


def single(annotation: Annotation, type: str) -> Relation | None:
    """The relation of a SINGLE type that starts at this annotation, if there is one."""
    return db.session.scalar(select(Relation).filter_by(from_id=annotation.id, type=type))


def _make_room(actor: Actor, source: Annotation, tie: Tie) -> None:
    """Only one at a time: what is deleted gives way, what is there stays."""
    known = single(source, tie.value) if tie.value in SINGLE else None
    if known and known.target.deleted_at is None:
        raise Conflict(f"This {source.kind} {tie.says} something else already. Delete that relation first.")
    if known:
        _remove(actor, source, known, None)


def _add(actor: Actor, source: Annotation, type: str, target: Annotation, undoes: int | None) -> None:
    relation = Relation(from_id=source.id, to_id=target.id, type=type, created_by_id=actor.id)
    relation.created_at = clock.now()
    db.session.add(relation)
    _settle(actor, "relation.added", source, target, None, {"type": type, "to": target.uuid}, undoes)


def unrelate(actor: Actor, source: Annotation, type: str, target_uuid: str, *, undoes: int | None = None) -> bool:
    """Take a tie away, to something deleted too. Returns whether it was there. Raises Invalid (type)."""
    target = db.session.scalar(select(Annotation).filter_by(uuid=storable(target_uuid, "to")))
    known = _between(source, checked_type(type).value, target) if target else None
    if known is None:
        return False
    _remove(actor, source, known, undoes)
    return True


def _remove(actor: Actor, source: Annotation, known: Relation, undoes: int | None) -> None:
    target, before = known.target, {"type": known.type, "to": known.target.uuid}
    db.session.delete(known)
    _settle(actor, "relation.removed", source, target, before, None, undoes)


def _settle(
    actor: Actor,
    verb: str,
    source: Annotation,
    target: Annotation,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    undoes: int | None,
) -> None:
    """Both sides show the tie, so both have changed; what repeats has the state of what it repeats."""
    for annotation in (source, target):
        touch(annotation)
    told = {"before": before, "after": after}
    events.record(actor, verb, source.uuid, article=source.article, annotation=source, **told, undoes=undoes)
    if (after or before) == {"type": "repeats", "to": target.uuid}:
        settle_state(actor, source)


def link_denial(actor: Actor, denial: Annotation, claim_uuid: str | None, expected: int | None) -> Annotation:
    """Say which claim (or quote) a denial denies, whatever it denied before; None takes the tie away.

    Raises Stale, Invalid on `denies`.
    """
    check_version(denial, expected)
    old = single(denial, "denies")
    try:
        new = _target(denial, RELATIONS["denies"], claim_uuid) if claim_uuid else None
    except Invalid as refusal:
        raise Invalid({"denies": refusal.fields["to"]}) from None
    if (old and old.target) is new:
        return denial
    if old:
        _remove(actor, denial, old, None)
    if new:
        _add(actor, denial, "denies", new, None)
    return denial
