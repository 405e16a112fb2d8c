"""People: how they come to the desk, what they may become, how they leave it.

Leads invite reviewers and leads and give them new passwords; admins may do everything; nobody disables or demotes
themselves, and the last person who leads, or the last admin, stays. `actor` is None when a command acts: whoever can
run one has the database in hand.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from sqlalchemy import select

from annotator import clock
from annotator.access import INVITE, MANAGE, ROLES, Actor, allow
from annotator.errors import Conflict, Forbidden, Invalid, NotFound
from annotator.extensions import db
from annotator.models import OneTimeLink, User
from annotator.queries.people import anybody_can_sign_in
from annotator.services import events, links, sessions
from annotator.services.passwords import Hashed
from annotator.text.codepoints import storable

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}")
NAME_LENGTH = 120
LEADING = ("lead", "admin")
NO_PASSWORD = Hashed("")


@dataclass(frozen=True, slots=True)
class Opened:
    """What a one-time link that still works is for. A reset has a username; the others have the role to come."""

    purpose: str
    role: str
    username: str
    name: str


def first_link(base_url: str) -> str | None:
    """A set-up link that makes the first lead, when nobody can sign in; else None. Earlier ones stop working."""
    if anybody_can_sign_in():
        return None
    return link_address(base_url, make_setup_link())


def link_address(base_url: str, key: str) -> str:
    """The address at which a one-time link is used."""
    return f"{base_url.rstrip('/')}/setup/{key}"


def make_setup_link() -> str:
    """The key of a link that makes the first lead. Earlier ones stop working. Conflict once somebody can sign in."""
    if anybody_can_sign_in():
        raise Conflict("Somebody can sign in already; ask them for an invitation.")
    links.withdraw("setup")
    events.record(None, "person.setup_link_made", "desk", after={"role": "lead"})
    return links.make("setup", role="lead")


def invite(actor: Actor, role: str) -> str:
    """The key of a link by which somebody joins with this role. Raises Forbidden, Invalid on `role`."""
    checked_role(role)
    require_invite(actor, role)
    events.record(actor, "person.invited", actor.username, after={"role": role})
    return links.make("invitation", maker=actor, role=role)


def withdraw_invitation(actor: Actor, link_id: int) -> None:
    """Make an invitation worthless. NotFound when it has been used already; Forbidden."""
    link = db.session.get(OneTimeLink, link_id, with_for_update=True)
    if link is None or link.purpose != "invitation" or link.used_at:
        raise NotFound("There is no such open invitation.")
    require_invite(actor, link.role or "")
    link.used_at = clock.now()
    events.record(actor, "person.invitation_withdrawn", actor.username, before={"role": link.role})


def make_reset_link(actor: Actor | None, user: User) -> str:
    """The key of a link by which `user` chooses a password. Earlier ones stop working. Forbidden, Conflict."""
    if actor is not None:
        require_invite(actor, user.role)
    if not user.active:
        raise Conflict(f"{user.username} is disabled. Enable them first.")
    links.withdraw("reset", user)
    events.record(actor, "person.reset_link_made", user.username)
    return links.make("reset", maker=actor, user=user)


def may_invite(actor: Actor, role: str) -> bool:
    """Whether this actor may bring in, or give a new password to, people of this role."""
    return actor.may(MANAGE) or (actor.may(INVITE) and role != "admin")


def require_invite(actor: Actor, role: str) -> None:
    """Raise Forbidden unless the actor may invite people of this role."""
    allow(actor, INVITE)
    if not may_invite(actor, role):
        raise Forbidden("Only an admin may do this for an admin.")


def open_link(key: str) -> Opened:
    """What the link with this key is for. NotFound when it no longer works."""
    link = _living(key)
    if link.user is not None:
        return Opened(link.purpose, link.user.role, link.user.username, link.user.name)
    return Opened(link.purpose, link.role or "reviewer", "", "")


def _living(key: str) -> OneTimeLink:
    link = links.find(key)
    overtaken = link.purpose == "setup" and anybody_can_sign_in()
    closed = link.user is not None and not link.user.active
    if overtaken or closed or not _maker_still_may(link):
        raise NotFound(links.DEAD)
    return link


def _maker_still_may(link: OneTimeLink) -> bool:
    if link.made_by_id is None:
        return True
    maker = db.session.get_one(User, link.made_by_id)
    role = link.user.role if link.user else link.role or ""
    return maker.active and may_invite(maker.actor(), role)


def use_link(key: str, username: str, name: str, password: Hashed) -> User:
    """Use a link up: make the person it invites, or give its person a new password and end their sessions.

    Returns the person. A reset takes no notice of `username` and `name`. Raises NotFound, Invalid.
    """
    link = _living(key)
    link.used_at = clock.now()
    if link.user is not None:
        set_password(link.user.actor(), link.user, password)
        return link.user
    user = _new_user(username, name, link.role or "reviewer", password)
    events.record(user.actor(), "person.joined", user.username, after={"name": user.name, "role": user.role})
    return user


def add_user(actor: Actor | None, username: str, name: str, role: str, password: Hashed = NO_PASSWORD) -> User:
    """Make a person. Without a password they come in by `make_reset_link`. Raises Forbidden, Invalid."""
    checked_role(role)
    if actor is not None:
        require_invite(actor, role)
    user = _new_user(username, name, role, password)
    events.record(actor, "person.added", user.username, after={"name": user.name, "role": role})
    return user


def _new_user(username: str, name: str, role: str, password: Hashed) -> User:
    user = User(username=_new_username(username), name=checked_name(name), role=role, password_hash=password)
    user.active, user.created_at = True, clock.now()
    db.session.add(user)
    db.session.flush()
    return user


def _new_username(username: str) -> str:
    folded = username.strip().lower()
    if not USERNAME.fullmatch(folded):
        rule = "Write 2 to 64 letters a to z, digits, dots, hyphens or underscores, beginning with a letter or digit."
        raise Invalid({"username": rule})
    if find(folded) is not None:
        raise Invalid({"username": f"There is somebody called {folded} already. Choose another user name."})
    return folded


def checked_role(role: str) -> str:
    """The role, or Invalid on `role`."""
    if role not in ROLES:
        raise Invalid({"role": f"The role must be one of {', '.join(ROLES)}."})
    return role


def checked_name(name: str) -> str:
    """A person's name with white space put right, or Invalid on `name`."""
    tidy = unicodedata.normalize("NFC", " ".join(storable(name, "name").split()))
    if not tidy:
        raise Invalid({"name": "Write the name that others will see."})
    if len(tidy) > NAME_LENGTH:
        raise Invalid({"name": f"A name may have at most {NAME_LENGTH} characters; this has {len(tidy)}."})
    return tidy


def find(username: str) -> User | None:
    """The person with this user name in any case, or None."""
    folded = username.strip().lower()
    if not USERNAME.fullmatch(folded):
        return None
    return db.session.scalar(select(User).filter_by(username=folded))


def person(username: str) -> User:
    """The person with this user name in any case. NotFound."""
    user = find(username)
    if user is None:
        raise NotFound("There is nobody with this user name.")
    return user


def set_password(actor: Actor | None, user: User, password: Hashed) -> None:
    """Give a person another password. All their sessions end and open reset links stop working."""
    user.password_hash = password
    links.withdraw("reset", user)
    events.record(actor, "person.password_changed", user.username)
    sessions.end_all(actor, user)


def renew_hash(user: User, old: str, new: Hashed) -> None:
    """Keep the same password under newer parameters, unless it has been changed meanwhile."""
    if user.password_hash == old:
        user.password_hash = new


def rename(actor: Actor, user: User, name: str) -> None:
    """Change the name others see: one's own, or, as an admin, anybody's. Raises Forbidden, Invalid on `name`."""
    if actor.id != user.id:
        allow(actor, MANAGE)
    tidy, before = checked_name(name), user.name
    if tidy != before:
        user.name = tidy
        events.record(actor, "person.renamed", user.username, before={"name": before}, after={"name": tidy})


def disable(actor: Actor | None, user: User) -> None:
    """Shut a person out at once: their sessions end, their tokens and links stop working. Forbidden, Conflict."""
    _require_manage(actor, user)
    if user.active:
        _keep_somebody(user)
        user.active = False
        events.record(actor, "person.disabled", user.username)
        sessions.end_all(actor, user)


def enable(actor: Actor | None, user: User) -> None:
    """Let a disabled person in again. Raises Forbidden."""
    _require_manage(actor, user)
    if not user.active:
        user.active = True
        events.record(actor, "person.enabled", user.username)


def change_role(actor: Actor | None, user: User, role: str) -> None:
    """Give a person another role. Raises Forbidden, Conflict, Invalid on `role`."""
    checked_role(role)
    _require_manage(actor, user)
    before = user.role
    if role != before:
        _keep_somebody(user, role)
        user.role = role
        events.record(actor, "person.role_changed", user.username, before={"role": before}, after={"role": role})


def may_manage(actor: Actor, user_id: int) -> bool:
    """Whether this actor may disable, enable or change the role of that person: admins, but not their own."""
    return actor.may(MANAGE) and actor.id != user_id


def _require_manage(actor: Actor | None, user: User) -> None:
    if actor is None:
        return
    allow(actor, MANAGE)
    if actor.id == user.id:
        raise Conflict("You cannot disable yourself or change your own role. Ask another admin.")


def _keep_somebody(user: User, role: str | None = None) -> None:
    """Refuse to take away the last person who leads, or the last admin, by disabling them or by another `role`."""
    signing_in = select(User).where(User.active, User.password_hash != "", User.role.in_(LEADING))
    others = [one for one in db.session.scalars(signing_in.with_for_update()) if one.id != user.id]
    if not user.password_hash or user.role not in LEADING:
        return
    if role not in LEADING and not others:
        raise Conflict(f"{user.username} is the last person who leads the desk. Make somebody else a lead first.")
    if user.role == "admin" and not any(one.role == "admin" for one in others):
        raise Conflict(f"{user.username} is the last admin. Make somebody else an admin first.")
