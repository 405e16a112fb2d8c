"""Signed-in browsers. A session is a row, so that it is dead the moment the row, or the person, is gone.

The browser holds a random key in its signed cookie; the row holds the key's fingerprint. A session ends after 12 hours
without use and 14 days after it began, whatever happens.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from annotator import clock
from annotator.access import Actor
from annotator.errors import NotFound
from annotator.extensions import db
from annotator.models import Session, User
from annotator.services import events
from annotator.services.keys import fingerprint, new_key

IDLE = timedelta(hours=12)
ABSOLUTE = timedelta(days=14)
SEEN_EVERY = timedelta(minutes=5)
AGENT_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Visit:
    """A living session: who it is, which row, and whether it is time to write down that it was seen."""

    actor: Actor
    session_id: int
    due: bool


def actor_of(sid: str | None) -> Actor | None:
    """The person whose browser holds the key `sid`, or None when the session is unknown, ended, or theirs no more."""
    visit = visit_of(sid)
    return visit.actor if visit else None


def visit_of(sid: str | None) -> Visit | None:
    """The living session with the key `sid`, or None."""
    if not sid:
        return None
    wanted = select(Session, User).join(User, User.id == Session.user_id).where(Session.secret_hash == fingerprint(sid))
    found = db.session.execute(wanted.where(User.active)).one_or_none()
    if found is None or not _alive(found.Session, clock.now()):
        return None
    due = clock.now() - found.Session.seen_at >= SEEN_EVERY
    return Visit(found.User.actor(), found.Session.id, due)


def _alive(session: Session, now: datetime) -> bool:
    return now - session.seen_at < IDLE and now - session.created_at < ABSOLUTE


def sign_in(user: User, agent: str) -> str:
    """Begin a session for `user` and return its key. `agent`: what the browser calls itself. NotFound when disabled."""
    if not user.active:
        raise NotFound("This person is disabled.")
    now, key = clock.now(), new_key()
    _forget_dead(user, now)
    row = Session(secret_hash=fingerprint(key), user_id=user.id, agent=agent[:AGENT_LENGTH])
    row.created_at = row.seen_at = now
    db.session.add(row)
    events.record(user.actor(), "session.started", user.username)
    return key


def _forget_dead(user: User, now: datetime) -> None:
    dead = (Session.seen_at <= now - IDLE) | (Session.created_at <= now - ABSOLUTE)
    db.session.execute(delete(Session).where(Session.user_id == user.id, dead))


def mark_seen(session_id: int) -> None:
    """Write down that a session is in use. Edges call it when `Visit.due` says so: at most every five minutes."""
    now = clock.now()
    old = Session.seen_at <= now - SEEN_EVERY
    db.session.execute(update(Session).where(Session.id == session_id, old).values(seen_at=now))


def end(sid: str | None) -> None:
    """End the session with the key `sid`; nothing happens when there is none."""
    row = db.session.scalar(select(Session).filter_by(secret_hash=fingerprint(sid))) if sid else None
    if row is not None:
        events.record(row.user.actor(), "session.ended", row.user.username)
        db.session.delete(row)


def end_all(actor: Actor | None, user: User, *, keep: str | None = None) -> int:
    """End every session of `user`, except the one with the key `keep`. Returns how many. `actor` None: by command."""
    doomed = delete(Session).where(Session.user_id == user.id)
    if keep:
        doomed = doomed.where(Session.secret_hash != fingerprint(keep))
    ended: int = db.session.execute(doomed).rowcount  # type: ignore[attr-defined]
    if ended:
        events.record(actor, "sessions.ended", user.username, after={"ended": ended})
    return ended
