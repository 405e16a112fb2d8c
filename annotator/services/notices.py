"""Telling people what concerns them: one line in the inbox of each, in the transaction of the event."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, update

from annotator import clock
from annotator.access import Actor
from annotator.extensions import db
from annotator.models import Event, Notice


def tell(actor: Actor, event: Event, people: Iterable[int | None], why: str) -> None:
    """Put the event into the inbox of these people (ids), once each; nobody is told of their own acts.

    `why` is one of `vocabulary.NOTICES`. Who was told of this event already, for whatever reason, is not told twice.
    """
    known = set(db.session.scalars(select(Notice.person_id).filter_by(event_id=event.id)))
    for person in sorted({one for one in people if one} - known - {actor.id}):
        db.session.add(Notice(person_id=person, event_id=event.id, why=why))


def mark_one_read(actor: Actor, notice_id: int) -> None:
    """Note that this person has read one line of their inbox."""
    mine = update(Notice).where(Notice.person_id == actor.id, Notice.id == notice_id, Notice.read_at.is_(None))
    db.session.execute(mine.values(read_at=clock.now()))


def mark_read(actor: Actor, up_to: int) -> None:
    """Note that this person has seen everything in their inbox up to the notice with this id."""
    mine = update(Notice).where(Notice.person_id == actor.id, Notice.id <= up_to, Notice.read_at.is_(None))
    db.session.execute(mine.values(read_at=clock.now()))
