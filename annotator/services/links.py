"""Links that work once, within 72 hours: the first set-up, an invitation, a new password. Kept as fingerprints only."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from annotator import clock
from annotator.access import Actor
from annotator.errors import NotFound
from annotator.extensions import db
from annotator.models import OneTimeLink, User
from annotator.services.keys import fingerprint, new_key

LIVES = timedelta(hours=72)
DEAD = "This link has been used, withdrawn or has run out. Ask for a new one."


def make(purpose: str, *, maker: Actor | None = None, role: str | None = None, user: User | None = None) -> str:
    """Make a link and return its key. Purposes: `setup`, `invitation` (with `role`) and `reset` (with `user`)."""
    key, now = new_key(), clock.now()
    link = OneTimeLink(secret_hash=fingerprint(key), purpose=purpose, role=role)
    link.user_id = user.id if user else None
    link.made_by_id = maker.id if maker else None
    link.created_at, link.expires_at = now, now + LIVES
    db.session.add(link)
    db.session.flush()
    return key


def withdraw(purpose: str, user: User | None = None) -> None:
    """Make every unused link of this purpose (and user) worthless."""
    unused = update(OneTimeLink).where(OneTimeLink.purpose == purpose, OneTimeLink.used_at.is_(None))
    if user is not None:
        unused = unused.where(OneTimeLink.user_id == user.id)
    db.session.execute(unused.values(used_at=clock.now()))


def find(key: str) -> OneTimeLink:
    """The link with this key, locked until the unit of work ends. NotFound when it is unknown, used or has run out."""
    wanted = select(OneTimeLink).filter_by(secret_hash=fingerprint(key)).with_for_update()
    link: OneTimeLink | None = db.session.scalar(wanted)
    if link is None or link.used_at or link.expires_at <= clock.now():
        raise NotFound(DEAD)
    return link
