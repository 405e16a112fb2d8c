"""API tokens: a program's way in, acting as its owner within its scopes. The secret is shown once and never kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import or_, select, update

from annotator import clock
from annotator.access import GRANTS, INVITE, MANAGE, SCOPES, Actor
from annotator.errors import Conflict, Invalid, NotFound
from annotator.extensions import db
from annotator.models import ApiToken, User
from annotator.services import events
from annotator.services.keys import fingerprint, new_key
from annotator.text.codepoints import storable

PREFIX = "ann_"
NAME_LENGTH = 120
LONGEST_DAYS = 3650
USED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Use:
    """A token that works: who acts, which token, and whether it is time to write down that it was used."""

    actor: Actor
    token_id: int
    due: bool


def make_token(actor: Actor | None, owner: User, name: str, scopes: Iterable[str], days: int | None = None) -> str:
    """Make a token for `owner` and return its secret. `days` until it expires; None: never. `actor` None: by command.

    Raises Invalid on `name`, `scopes`, `days`; Conflict when the owner is disabled; NotFound when it is for another.
    """
    if actor is not None and actor.id != owner.id:
        raise NotFound("You can make tokens for yourself only.")
    if not owner.active:
        raise Conflict(f"{owner.username} is disabled. Enable them first.")
    token = _checked(owner, name, scopes, days)
    secret = PREFIX + new_key()
    token.secret_hash = fingerprint(secret)
    db.session.add(token)
    db.session.flush()
    events.record(actor, "token.made", owner.username, after=_told(token))
    return secret


def _checked(owner: User, name: str, scopes: Iterable[str], days: int | None) -> ApiToken:
    tidy, wanted, wrong = " ".join(storable(name, "name").split()), list(dict.fromkeys(scopes)), {}
    if not 1 <= len(tidy) <= NAME_LENGTH:
        wrong["name"] = f"Name what the token is for, in 1 to {NAME_LENGTH} characters."
    offered = scopes_for(owner.role)
    if not wanted or not set(wanted) <= set(offered):
        wrong["scopes"] = f"Choose at least one of {', '.join(offered)}."
    if days is not None and not 1 <= days <= LONGEST_DAYS:
        wrong["days"] = f"Write a number of days from 1 to {LONGEST_DAYS:,}, or leave it empty."
    if wrong:
        raise Invalid(wrong)
    now = clock.now()
    ordered = [scope for scope in SCOPES if scope in wanted]
    expires = now + timedelta(days=days) if days is not None else None
    return ApiToken(owner_id=owner.id, name=tidy, scopes=ordered, created_at=now, expires_at=expires)


def scopes_for(role: str) -> tuple[str, ...]:
    """The scopes a token of somebody in this role may have: `manage` only for those who may invite people."""
    probe = Actor(0, "", "", role)
    return tuple(scope for scope in SCOPES if INVITE not in GRANTS[scope] or probe.may(INVITE))


def _told(token: ApiToken) -> dict[str, object]:
    expires = clock.iso(token.expires_at) if token.expires_at else None
    return {"token": token.id, "name": token.name, "scopes": token.scopes, "expires_at": expires}


def revoke(actor: Actor | None, token_id: int) -> None:
    """Make a token worthless: one's own, or, as an admin, anybody's. NotFound when there is none to revoke."""
    token = db.session.get(ApiToken, token_id, with_for_update=True)
    foreign = token and actor and actor.id != token.owner_id and not actor.may(MANAGE)
    if token is None or token.revoked_at or foreign:
        raise NotFound("There is no such token, or it has been revoked already.")
    token.revoked_at = clock.now()
    events.record(actor, "token.revoked", token.owner.username, before=_told(token))


def actor_of_token(secret: str) -> Actor | None:
    """Whom this token acts as, with its scopes; None when it is unknown, revoked, expired or its owner disabled."""
    use = use_of(secret)
    return use.actor if use else None


def use_of(secret: str) -> Use | None:
    """The working token with this secret, or None."""
    now = clock.now()
    unexpired = or_(ApiToken.expires_at.is_(None), ApiToken.expires_at > now)
    found = db.session.execute(_ALIVE.where(ApiToken.secret_hash == fingerprint(secret), unexpired)).one_or_none()
    if found is None:
        return None
    token_id, scopes, last, user_id, username, name, role = found
    actor = Actor(user_id, username, name, role, frozenset(scopes))
    return Use(actor, token_id, last is None or now - last >= USED_EVERY)


_ALIVE = (
    select(ApiToken.id, ApiToken.scopes, ApiToken.last_used_at, User.id, User.username, User.name, User.role)
    .join(User, User.id == ApiToken.owner_id)
    .where(ApiToken.revoked_at.is_(None), User.active)
)


def mark_used(token_id: int) -> None:
    """Write down that a token was used. Edges call it when `Use.due` says so: at most once a minute."""
    now = clock.now()
    stale = or_(ApiToken.last_used_at.is_(None), ApiToken.last_used_at <= now - USED_EVERY)
    db.session.execute(update(ApiToken).where(ApiToken.id == token_id, stale).values(last_used_at=now))
