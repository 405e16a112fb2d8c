"""Marking spans: create, move, change the kind, delete, restore."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, select

from annotator import clock
from annotator.access import LEAD, Actor
from annotator.errors import Conflict, Forbidden, Invalid, Stale
from annotator.extensions import db
from annotator.models import Anchor, Annotation, Article, Relation
from annotator.services import article_sign_offs, events
from annotator.services.anchoring import (
    Place,
    anchor_in,
    new_anchor,
    newest,
    newest_anchor,
    placed,
    put_back,
    resit,
    settled,
)
from annotator.services.states import reopen_unless_stood_by, settle_state
from annotator.vocabulary import KINDS, RELATIONS


def create_annotation(
    actor: Actor,
    article: Article,
    place: Place,
    kind: str,
    uuid: str | None = None,
    *,
    besides: dict[str, Any] | None = None,
) -> tuple[Annotation, bool]:
    """Mark a span. Returns the annotation, and whether it was made now (False: the same request came before).

    `besides` is what the request says besides place and kind, so that another request with this id is not taken for it.
    Said of an earlier version, it is carried to the newest. Raises Invalid (kind, start, end, exact, id), WordsDiffer,
    Superseded, Conflict (the id belongs to something else), NotFound.
    """
    uuid = checked_uuid(uuid) if uuid else str(uuid4())
    kind, fingerprint = checked_kind(kind), _fingerprint(place, kind, besides or {})
    known = db.session.scalar(select(Annotation).filter_by(uuid=uuid))
    if known is not None:
        return _repeated(known, article, fingerprint), False
    where = settled(article, place)
    annotation = _new_annotation(actor, article, uuid, kind, fingerprint)
    anchor = new_anchor(annotation, where)
    after = {"kind": kind, "version": where.version.number, **placed(anchor)}
    events.record(actor, "annotation.created", uuid, article=article, annotation=annotation, after=after)
    article_sign_offs.settle(actor, article)
    return annotation, True


def checked_uuid(value: str) -> str:
    """The uuid in its usual spelling, or Invalid on `id`."""
    try:
        return str(UUID(value))
    except (ValueError, AttributeError, TypeError):
        raise Invalid({"id": "The id must be a UUID such as 5f0c2c1e-8a55-4f0e-9d3e-0f6c2f3b7a10."}) from None


def checked_kind(value: str) -> str:
    """A known kind, or Invalid."""
    if value not in KINDS:
        raise Invalid({"kind": f"The kind must be one of {', '.join(KINDS)}."})
    return value


def _fingerprint(place: Place, kind: str, besides: dict[str, Any]) -> str:
    said = json.dumps(asdict(place) | {"kind": kind} | besides, sort_keys=True, default=str)
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def _repeated(known: Annotation, article: Article, fingerprint: str) -> Annotation:
    if known.article_id != article.id or known.fingerprint != fingerprint:
        raise Conflict("This id already belongs to another annotation.", fields={"id": "Make a new UUID."})
    if known.deleted_at:
        raise Conflict("This annotation was made and has since been deleted.", fields={"id": "Make a new UUID."})
    return known


def _new_annotation(actor: Actor, article: Article, uuid: str, kind: str, fingerprint: str) -> Annotation:
    article.last_ordinal += 1
    now = clock.now()
    annotation = Annotation(uuid=uuid, article_id=article.id, ordinal=article.last_ordinal, kind=kind)
    annotation.fingerprint, annotation.state = fingerprint, "to_do"
    annotation.created_by_id, annotation.created_at, annotation.updated_at = actor.id, now, now
    db.session.add(annotation)
    db.session.flush()
    return annotation


def check_version(annotation: Annotation, expected: int | None) -> None:
    """Raise Stale unless the annotation is still at the row version the actor saw (None: whatever is there)."""
    if expected is not None and annotation.row_version != expected:
        raise Stale("Somebody else has changed this annotation since you saw it. Nothing of yours was saved.")


def move_annotation(
    actor: Actor, annotation: Annotation, place: Place, expected: int | None, undoes: int | None = None
) -> Anchor:
    """Move the edges, or put an orphan on other words; id, notes and relations stay.

    Raises Stale, Invalid, WordsDiffer, NotFound, Superseded, Conflict (it is closed).
    """
    check_version(annotation, expected)
    if annotation.closed_at is not None:
        raise Conflict("It was closed when its words were gone. Take it up again, then put it on other words.")
    where = settled(annotation.article, place)
    anchor = anchor_in(annotation, where.version)
    before = placed(anchor)
    resit(actor, anchor, where)
    _moved(actor, annotation, anchor, before, undoes)
    return anchor


def put_back_place(actor: Actor, annotation: Annotation, was: Mapping[str, Any], undoes: int | None = None) -> Anchor:
    """Put it in the newest version where a line of its history told, with what was known of that place."""
    anchor = newest_anchor(annotation)
    before = placed(anchor)
    put_back(anchor, newest(annotation.article_id).text, was)
    _moved(actor, annotation, anchor, before, undoes)
    return anchor


def _moved(actor: Actor, annotation: Annotation, anchor: Anchor, before: dict[str, Any], undoes: int | None) -> None:
    if placed(anchor) == before:
        return
    touch(annotation)
    _record(actor, "annotation.moved", annotation, before, placed(anchor), undoes)
    if anchor.exact != before["exact"]:
        reopen_unless_stood_by(actor, annotation, "its edges were moved")
    settle_state(actor, annotation)


def change_kind(
    actor: Actor, annotation: Annotation, kind: str, expected: int | None, undoes: int | None = None
) -> Annotation:
    """Make a claim a quote, and so on. Raises Stale, Invalid.

    Ties that the new kind does not allow go: what is no denial denies nothing, and nothing denies a denial.
    """
    check_version(annotation, expected)
    before, after = annotation.kind, checked_kind(kind)
    if before == after:
        return annotation
    _unlink(actor, annotation, after)
    annotation.kind = after
    touch(annotation)
    _record(actor, "annotation.retagged", annotation, {"kind": before}, {"kind": after}, undoes)
    reopen_unless_stood_by(actor, annotation, f"its kind was changed from {before} to {after}")
    settle_state(actor, annotation)
    return annotation


def _unlink(actor: Actor, annotation: Annotation, kind: str) -> None:
    for relation in db.session.scalars(select(Relation).where(_touching(annotation)).order_by(Relation.id)).all():
        source, target, tie = relation.source, relation.target, RELATIONS[relation.type]
        if kind in (tie.source if source is annotation else tie.target):
            continue
        db.session.delete(relation)
        touch(target if source is annotation else source)
        before = {"type": tie.value, "to": target.uuid}
        where: dict[str, Any] = {"article": source.article, "annotation": source}
        events.record(actor, "relation.removed", source.uuid, **where, before=before)


def _touching(annotation: Annotation) -> ColumnElement[bool]:
    return (Relation.from_id == annotation.id) | (Relation.to_id == annotation.id)


def delete_annotation(
    actor: Actor, annotation: Annotation, expected: int | None, undoes: int | None = None
) -> Annotation:
    """Hide an annotation; nothing of it is lost. Its maker or a lead may. Raises Stale, Forbidden."""
    check_version(annotation, expected)
    if annotation.created_by_id != actor.id and not actor.may(LEAD):
        raise Forbidden("Only the person who made this annotation, or a lead, may delete it.")
    return hide_annotation(actor, annotation, undoes)


def hide_annotation(actor: Actor, annotation: Annotation, undoes: int | None = None) -> Annotation:
    """Delete it without asking who made it: whoever restored it may take that back."""
    annotation.deleted_at = clock.now()
    _touch_with_tied(actor, annotation)
    _record(actor, "annotation.deleted", annotation, {"deleted": False}, {"deleted": True}, undoes)
    article_sign_offs.settle(actor, annotation.article)
    return annotation


def restore_annotation(actor: Actor, annotation: Annotation, undoes: int | None = None) -> Annotation:
    """Bring a deleted annotation back as it was. Does nothing when it was not deleted."""
    if annotation.deleted_at is None:
        return annotation
    annotation.deleted_at = None
    _touch_with_tied(actor, annotation)
    settle_state(actor, annotation)
    _record(actor, "annotation.restored", annotation, {"deleted": True}, {"deleted": False}, undoes)
    return annotation


def _touch_with_tied(actor: Actor, annotation: Annotation) -> None:
    """What is tied to it shows it, or no longer does: that is a change to see there, too."""
    touch(annotation)
    db.session.flush()
    for relation in db.session.scalars(select(Relation).where(_touching(annotation))).all():
        touch(relation.target if relation.source is annotation else relation.source)
        if relation.type == "repeats":
            settle_state(actor, relation.source)


def touch(annotation: Annotation) -> None:
    """Mark the annotation as changed now; its row version grows when it is written."""
    annotation.updated_at = clock.now()


def _record(
    actor: Actor,
    verb: str,
    annotation: Annotation,
    before: dict[str, Any],
    after: dict[str, Any],
    undoes: int | None = None,
) -> None:
    said: dict[str, Any] = {"article": annotation.article, "annotation": annotation, "undoes": undoes}
    events.record(actor, verb, annotation.uuid, before=before, after=after, **said)
