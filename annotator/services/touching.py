"""What follows when a new draft has touched the words of checks: sign-offs fall, verdicts have to be given anew.

The same as `states.settle_state` does one by one, for as many as a draft touches, in a fixed number of queries but for
what is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from annotator import clock
from annotator.access import Actor
from annotator.exports import snapshot
from annotator.extensions import db
from annotator.models import Anchor, Annotation, Article, ArticleVersion, Event, Notice, Relation, SignOff
from annotator.queries import records
from annotator.services import events
from annotator.services.events import Told
from annotator.services.states import original_of, settle_state, store_derived
from annotator.services.verdicts import standing
from annotator.vocabulary import UNSURE

Line = tuple[Told, int | None, str]
"""A line of history, with whom it concerns and why."""


BECAUSE = "its words"
"""How the reason begins for which a draft reopens a check."""


def why_fallen(version: int) -> str:
    """Why the sign-off of a check fell when this version came, as a sentence."""
    return f"Its words were changed in version {version}."


def settle_touched(actor: Actor, article: Article, version: ArticleVersion) -> None:
    """Let every sign-off on words that this version touched fall, reopen what has a verdict, and derive all anew."""
    touched = _touched(version)
    stored = _stored(touched)
    told: list[Line] = []
    for it in touched:
        told += _fall(stored[it.id], it, version)
        told += _reopen(stored[it.id], it, version)
    _write(actor, article, told)
    known = {it.id: it for it in touched}
    for it in touched:
        _derive(stored[it.id], it, known)
    for repeating in _repeating(stored.values()):
        settle_state(actor, repeating)


def _touched(version: ArticleVersion) -> list[snapshot.Annotation]:
    here = Anchor.version_id == version.id, Anchor.carried_as.in_(UNSURE)
    alive = Annotation.deleted_at.is_(None) & Annotation.closed_at.is_(None)
    return records.gather(records.select_annotations().where(*here, alive).order_by(Annotation.ordinal))


def _stored(touched: Sequence[snapshot.Annotation]) -> dict[str, Annotation]:
    if not touched:
        return {}
    ordinals = [it.ordinal for it in touched]
    wanted = select(Annotation).where(Annotation.article_id == touched[0].article, Annotation.ordinal.in_(ordinals))
    return {one.uuid: one for one in db.session.scalars(wanted)}


def _fall(annotation: Annotation, it: snapshot.Annotation, version: ArticleVersion) -> list[Line]:
    if it.signed_off is None:
        return []
    signed = db.session.scalars(select(SignOff).filter_by(uuid=it.signed_off.id)).one()
    signed.fallen_at, signed.fallen_why = clock.now(), why_fallen(version.number)
    after: dict[str, Any] = {"signed_off": False, "why": signed.fallen_why, "version": version.number}
    return [(Told("sign_off.fallen", signed.uuid, annotation.id, {"signed_off": True}, after), signed.by_id, "fallen")]


def _reopen(annotation: Annotation, it: snapshot.Annotation, version: ArticleVersion) -> list[Line]:
    newest = max((note.verdict_order for note in it.notes if note.verdict_order), default=None)
    if newest is None or annotation.reopened_after == newest:
        return []
    before = {"reopened_after": annotation.reopened_after, "reopened_why": annotation.reopened_why}
    annotation.reopened_after = newest
    annotation.reopened_why = f"{BECAUSE} {_became(it)} in version {version.number}"
    after = {"reopened_after": newest, "reopened_why": annotation.reopened_why}
    told = Told("annotation.reopened", annotation.uuid, annotation.id, before, after)
    return [(told, annotation.verdict_by_id, "reopened")]


def _became(it: snapshot.Annotation) -> str:
    return {"orphan": "are gone", "review": "may have changed"}.get(it.anchor.status, "were changed")


def _write(actor: Actor, article: Article, told: Sequence[Line]) -> None:
    lines = events.record_many(actor, article, [line for line, _, _ in told])
    for event, (_, person, why) in zip(lines, told, strict=True):
        _notify(actor, event, person, why)
    db.session.flush()


def _notify(actor: Actor, event: Event, person: int | None, why: str) -> None:
    if person and person != actor.id:
        db.session.add(Notice(person_id=person, event_id=event.id, why=why))


def _derive(annotation: Annotation, it: snapshot.Annotation, known: dict[str, snapshot.Annotation]) -> None:
    annotation.updated_at = clock.now()
    fallen = tuple(replace(one, fallen_at=one.fallen_at or clock.now()) for one in it.sign_offs)
    after, why = annotation.reopened_after, annotation.reopened_why
    now = replace(it, sign_offs=fallen, reopened_after=after, reopened_why=why)
    known[it.id] = now
    original = (known.get(it.repeats) or original_of(it)) if it.repeats else None
    store_derived(annotation, now, standing(now, original), original)


def _repeating(touched: Any) -> list[Annotation]:
    ids = [one.id for one in touched]
    wanted = select(Annotation).join(Relation, Relation.from_id == Annotation.id)
    wanted = wanted.where(Relation.to_id.in_(ids), Relation.type == "repeats", Annotation.id.not_in(ids))
    return list(db.session.scalars(wanted.order_by(Annotation.id))) if ids else []
