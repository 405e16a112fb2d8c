"""Who may bring in, change and shut out whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from annotator.access import Actor
from annotator.db import unit_of_work
from annotator.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from annotator.extensions import db
from annotator.models import Event, OneTimeLink, User
from annotator.services import passwords, people, sessions
from tests.cast import PASSWORD, Cast
from tests.people.conftest import Later

SECRET = passwords.Hashed("$argon2id$not-a-real-one")


def do(act: Callable[..., Any], *given: Any) -> Any:
    with unit_of_work():
        return act(*given)


def key_of(address: str | None) -> str:
    assert address
    return address.rpartition("/")[2]


def verdict(act: Callable[..., Any], *given: Any) -> str:
    """`yes`, or the name of the refusal."""
    try:
        do(act, *given)
    except DomainError as refusal:
        return type(refusal).__name__
    return "yes"


def test_the_first_link_makes_the_first_lead(app: Flask) -> None:
    with unit_of_work():
        address = people.first_link("http://127.0.0.1:8000/")
    assert address
    assert address.startswith("http://127.0.0.1:8000/setup/")
    user = do(people.use_link, key_of(address), "Grace", "Grace Adeyemi", SECRET)
    assert (user.username, user.role, user.active) == ("grace", "lead", True)
    assert do(people.first_link, "http://127.0.0.1:8000") is None


def test_a_later_first_link_replaces_the_earlier(app: Flask) -> None:
    old = key_of(do(people.first_link, "http://x"))
    new = key_of(do(people.first_link, "http://x"))
    with pytest.raises(NotFound):
        people.open_link(old)
    assert people.open_link(new).purpose == "setup"


def test_a_first_link_is_dead_once_somebody_can_sign_in(app: Flask) -> None:
    key = key_of(do(people.first_link, "http://x"))
    do(people.add_user, None, "zoe", "Zoe", "reviewer", SECRET)
    assert verdict(people.use_link, key, "eve", "Eve", SECRET) == "NotFound"


def test_somebody_without_a_password_does_not_count_as_able_to_sign_in(app: Flask) -> None:
    do(people.add_user, None, "zoe", "Zoe", "lead")
    assert do(people.first_link, "http://x")


INVITES = [
    ("ben", "reviewer", "Forbidden"),
    ("ben", "lead", "Forbidden"),
    ("ben", "admin", "Forbidden"),
    ("ada", "reviewer", "yes"),
    ("ada", "lead", "yes"),
    ("ada", "admin", "Forbidden"),
    ("dan", "reviewer", "yes"),
    ("dan", "lead", "yes"),
    ("dan", "admin", "yes"),
    ("dan", "owner", "Invalid"),
]


@pytest.mark.parametrize(("who", "role", "answer"), INVITES)
def test_who_may_invite(cast: Cast, who: str, role: str, answer: str) -> None:
    actor: Actor = getattr(cast, who)
    assert verdict(people.invite, actor, role) == answer
    assert verdict(people.add_user, actor, "newcomer", "Newcomer", role) == answer


RESETS = [
    ("ben", "cleo", "Forbidden"),
    ("ben", "ben", "Forbidden"),
    ("ada", "ben", "yes"),
    ("ada", "ada", "yes"),
    ("ada", "dan", "Forbidden"),
    ("dan", "ada", "yes"),
    ("dan", "dan", "yes"),
]


@pytest.mark.parametrize(("who", "whom", "answer"), RESETS)
def test_who_may_give_a_new_password_to_whom(cast: Cast, who: str, whom: str, answer: str) -> None:
    assert verdict(people.make_reset_link, getattr(cast, who), people.person(whom)) == answer


MANAGES = [
    ("ben", "cleo", "Forbidden"),
    ("ada", "ben", "Forbidden"),
    ("dan", "ben", "yes"),
    ("dan", "ada", "yes"),
    ("dan", "dan", "Conflict"),
]


@pytest.mark.parametrize(("who", "whom", "answer"), MANAGES)
def test_who_may_disable_and_change_roles(cast: Cast, who: str, whom: str, answer: str) -> None:
    actor: Actor = getattr(cast, who)
    assert verdict(people.change_role, actor, people.person(whom), "lead") == answer
    assert verdict(people.disable, actor, people.person(whom)) == answer
    assert verdict(people.enable, actor, people.person(whom)) == answer


@pytest.mark.parametrize("act", [people.disable, lambda actor, user: people.change_role(actor, user, "reviewer")])
def test_the_last_admin_and_the_last_lead_stay(cast: Cast, act: Callable[..., Any]) -> None:
    with pytest.raises(Conflict, match="last admin"):
        do(act, None, people.person("dan"))
    do(people.change_role, None, people.person("ada"), "admin")
    do(act, None, people.person("dan"))
    with pytest.raises(Conflict, match="last person who leads"):
        do(act, None, people.person("ada"))


def test_an_invitation_works_once(cast: Cast) -> None:
    key = do(people.invite, cast.ada, "reviewer")
    assert people.open_link(key) == people.Opened("invitation", "reviewer", "", "")
    do(people.use_link, key, "mira", "Mira  Halvorsen ", SECRET)
    assert people.person("MIRA").name == "Mira Halvorsen"
    assert verdict(people.use_link, key, "second", "Second", SECRET) == "NotFound"
    assert people.find("second") is None


def test_links_run_out_after_three_days(cast: Cast, later: Later) -> None:
    key = do(people.invite, cast.ada, "reviewer")
    later(timedelta(hours=71, minutes=59))
    assert people.open_link(key)
    later(timedelta(minutes=1))
    assert verdict(people.open_link, key) == "NotFound"


def test_an_invitation_is_dead_when_withdrawn_or_its_maker_may_invite_no_more(cast: Cast) -> None:
    withdrawn, orphaned = do(people.invite, cast.dan, "lead"), do(people.invite, cast.ada, "lead")
    first = db.session.scalars(select(OneTimeLink.id).order_by(OneTimeLink.id)).first()
    assert first
    assert verdict(people.withdraw_invitation, cast.ben, first) == "Forbidden"
    do(people.withdraw_invitation, cast.ada, first)
    assert verdict(people.withdraw_invitation, cast.ada, first) == "NotFound"
    do(people.change_role, cast.dan, people.person("ada"), "reviewer")
    assert [verdict(people.open_link, key) for key in (withdrawn, orphaned)] == ["NotFound", "NotFound"]


def test_a_reset_gives_a_new_password_and_ends_every_session(cast: Cast) -> None:
    session = do(sessions.sign_in, people.person("ben"), "A browser")
    old, key = [do(people.make_reset_link, cast.ada, people.person("ben")) for _ in range(2)]
    assert verdict(people.open_link, old) == "NotFound"
    do(people.use_link, key, "ignored", "ignored", passwords.hashed("nine loud geese march", "ben"))
    assert passwords.matches(people.person("ben").password_hash, "nine loud geese march")
    assert not passwords.matches(people.person("ben").password_hash, PASSWORD)
    assert sessions.actor_of(session) is None
    assert verdict(people.use_link, key, "", "", SECRET) == "NotFound"


def test_a_reset_of_somebody_disabled_is_refused_and_its_link_dead(cast: Cast) -> None:
    key = do(people.make_reset_link, cast.dan, people.person("ben"))
    do(people.disable, cast.dan, people.person("ben"))
    assert verdict(people.open_link, key) == "NotFound"
    assert verdict(people.make_reset_link, cast.dan, people.person("ben")) == "Conflict"


USERNAMES = [
    ("mira", "mira"),
    ("Mira.H-2_x", "mira.h-2_x"),
    (" mira ", "mira"),
    ("0x", "0x"),
    ("m" * 64, "m" * 64),
    ("m", None),
    ("m" * 65, None),
    (".mira", None),
    ("mi ra", None),
    ("mira\n\n;", None),
    ("míra", None),
    ("mi\x00ra", None),
    ("", None),
    ("BEN", None),
]


@pytest.mark.parametrize(("typed", "kept"), USERNAMES)
def test_user_names(cast: Cast, typed: str, kept: str | None) -> None:
    if kept is None:
        with pytest.raises(Invalid) as refusal:
            do(people.add_user, cast.dan, typed, "Mira", "reviewer")
        assert list(refusal.value.fields) == ["username"]
    else:
        assert do(lambda: people.add_user(cast.dan, typed, "Mira", "reviewer").username) == kept


@pytest.mark.parametrize("name", ["", "   ", "x" * 121, "a\x00b"])
def test_names_that_will_not_do(cast: Cast, name: str) -> None:
    with pytest.raises(Invalid) as refusal:
        do(people.rename, cast.ben, people.person("ben"), name)
    assert list(refusal.value.fields) == ["name"]


def test_people_rename_themselves_and_admins_anybody(cast: Cast) -> None:
    do(people.rename, cast.ben, people.person("ben"), "Benedikt Lindqvist")
    do(people.rename, cast.dan, people.person("cleo"), "Cleo M.")
    with pytest.raises(Forbidden):
        do(people.rename, cast.ada, people.person("ben"), "Somebody else")
    assert [people.person(name).name for name in ("ben", "cleo")] == ["Benedikt Lindqvist", "Cleo M."]


def test_every_change_has_its_line_of_history(cast: Cast) -> None:
    ben = people.person("ben").id
    do(people.change_role, cast.dan, people.person("ben"), "lead")
    do(people.rename, cast.ben, db.session.get_one(User, ben), "B.")
    do(people.disable, cast.dan, people.person("ben"))
    do(people.disable, cast.dan, people.person("ben"))
    do(people.enable, None, people.person("ben"))
    rows = db.session.scalars(select(Event).order_by(Event.id)).all()
    assert [(row.verb, row.subject, row.actor_id, row.before, row.after) for row in rows] == [
        ("person.role_changed", "ben", cast.dan.id, {"role": "reviewer"}, {"role": "lead"}),
        ("person.renamed", "ben", cast.ben.id, {"name": "Ben Lindqvist"}, {"name": "B."}),
        ("person.disabled", "ben", cast.dan.id, None, None),
        ("person.enabled", "ben", None, None, None),
    ]
