"""Who can be mentioned in a comment."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select

from annotator.exports import snapshot
from annotator.extensions import db
from annotator.models import User
from annotator.text.mentions import candidates

MOST = 8


def known(texts: Iterable[str]) -> set[str]:
    """The user names that these texts could mention and that somebody has. One query, or none."""
    named = {name for text in texts for name in candidates(text)}
    return set(db.session.scalars(select(User.username).where(User.username.in_(named)))) if named else set()


def mentionable(typed: str, limit: int = MOST) -> list[snapshot.Person]:
    """Active people whose user name, or one of whose names, begins with what was typed, by user name. One query."""
    start = _escaped(typed.strip().lower())
    begins = User.username.like(f"{start}%", escape="\\")
    name = func.lower(User.name)
    called = name.like(f"{start}%", escape="\\") | name.like(f"% {start}%", escape="\\")
    wanted = select(User).where(User.active, begins | called).order_by(begins.desc(), User.username).limit(limit)
    return [snapshot.Person(user.username, user.name) for user in db.session.scalars(wanted)]


def _escaped(text: str) -> str:
    for sign in ("\\", "%", "_"):
        text = text.replace(sign, f"\\{sign}")
    return text
