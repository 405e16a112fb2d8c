"""Who works at the desk, and what of theirs is open: sessions, tokens, invitations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select

from annotator import clock
from annotator.extensions import db
from annotator.models import ApiToken, OneTimeLink, Session, User

MOST = 1000


@dataclass(frozen=True, slots=True)
class Person:
    """One person. `has_password` is false until they have used their link; `last_seen` is None without a session."""

    id: int
    username: str
    name: str
    role: str
    active: bool
    has_password: bool
    created_at: datetime
    last_seen: datetime | None


@dataclass(frozen=True, slots=True)
class Browser:
    """One signed-in browser of a person."""

    id: int
    agent: str
    created_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Token:
    """One API token, without its secret, which nobody knows."""

    id: int
    owner: str
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None

    @property
    def expired(self) -> bool:
        """Whether its time is over."""
        return self.expires_at is not None and self.expires_at <= clock.now()


@dataclass(frozen=True, slots=True)
class Invitation:
    """One invitation that can still be used."""

    id: int
    role: str
    made_by: str
    created_at: datetime
    expires_at: datetime


def anybody_can_sign_in() -> bool:
    """Whether at least one active person has a password."""
    return bool(db.session.scalar(select(exists().where(User.active, User.password_hash != ""))))


def active() -> dict[str, str]:
    """Username and name of everybody who may be given work, by name; at most 1,000."""
    wanted = select(User.username, User.name).where(User.active).order_by(User.name, User.username).limit(MOST)
    return {row.username: row.name for row in db.session.execute(wanted)}


def everybody() -> list[Person]:
    """All people, active ones first, then by username; at most 1,000."""
    seen = select(Session.user_id, func.max(Session.seen_at).label("at")).group_by(Session.user_id).subquery()
    wanted = select(User, seen.c.at).outerjoin(seen, seen.c.user_id == User.id)
    rows = db.session.execute(wanted.order_by(User.active.desc(), User.username).limit(MOST))
    return [_person(user, at) for user, at in rows]


def _person(user: User, seen: datetime | None) -> Person:
    known = bool(user.password_hash)
    return Person(user.id, user.username, user.name, user.role, user.active, known, user.created_at, seen)


def browsers_of(user_id: int) -> list[Browser]:
    """The sessions of a person, the one used last first; at most 1,000."""
    wanted = select(Session).filter_by(user_id=user_id).order_by(Session.seen_at.desc(), Session.id.desc())
    rows = db.session.scalars(wanted.limit(MOST))
    return [Browser(row.id, row.agent, row.created_at, row.seen_at) for row in rows]


def tokens(username: str | None = None) -> list[Token]:
    """API tokens that are not revoked, of one person or of all, newest first; at most 1,000."""
    wanted = select(ApiToken, User.username).join(User, User.id == ApiToken.owner_id)
    wanted = wanted.where(ApiToken.revoked_at.is_(None)).order_by(ApiToken.id.desc()).limit(MOST)
    if username is not None:
        wanted = wanted.where(User.username == username)
    return [_token(token, owner) for token, owner in db.session.execute(wanted)]


def _token(row: ApiToken, owner: str) -> Token:
    return Token(row.id, owner, row.name, tuple(row.scopes), row.created_at, row.expires_at, row.last_used_at)


def open_invitations() -> list[Invitation]:
    """Invitations that nobody has used yet and that have not run out, newest first; at most 1,000."""
    wanted = select(OneTimeLink, User.name).outerjoin(User, User.id == OneTimeLink.made_by_id)
    wanted = wanted.where(OneTimeLink.purpose == "invitation", OneTimeLink.used_at.is_(None))
    wanted = wanted.where(OneTimeLink.expires_at > clock.now()).order_by(OneTimeLink.id.desc()).limit(MOST)
    return [
        Invitation(link.id, link.role or "", maker or "", link.created_at, link.expires_at)
        for link, maker in db.session.execute(wanted)
    ]
