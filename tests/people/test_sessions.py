"""Sessions: alive, and dead at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from annotator.db import unit_of_work
from annotator.errors import NotFound
from annotator.extensions import db
from annotator.models import Event, Session
from annotator.services import people, sessions
from tests.cast import Cast
from tests.people.conftest import Later


def begin(username: str) -> str:
    with unit_of_work():
        return sessions.sign_in(people.person(username), "A browser")


def test_a_key_leads_to_its_person(cast: Cast) -> None:
    assert sessions.actor_of(begin("ben")) == cast.ben


@pytest.mark.parametrize("key", [None, "", "unknown", "\udcff", "x" * 5000])
def test_other_keys_lead_to_nobody(cast: Cast, key: str | None) -> None:
    begin("ben")
    assert sessions.actor_of(key) is None


def test_only_a_fingerprint_is_kept(cast: Cast) -> None:
    key = begin("ben")
    row = db.session.scalars(select(Session)).one()
    assert len(key) >= 43
    assert key not in repr(vars(row))
    assert len(row.secret_hash) == 64


LIVES = [
    ("just used", [timedelta(0)], True),
    ("almost twelve hours idle", [timedelta(hours=11, minutes=59)], True),
    ("twelve hours idle", [timedelta(hours=12)], False),
    ("used every ten hours for almost two weeks", [timedelta(hours=10)] * 33, True),
    ("used every ten hours for two weeks", [timedelta(hours=10)] * 34, False),
]


@pytest.mark.parametrize(("why", "steps", "alive"), LIVES, ids=[case[0] for case in LIVES])
def test_lives_as_long_as_promised(cast: Cast, later: Later, why: str, steps: list[timedelta], alive: bool) -> None:
    key = begin("ben")
    for step in steps:
        later(step)
        visit = sessions.visit_of(key)
        if visit and visit.due:
            with unit_of_work():
                sessions.mark_seen(visit.session_id)
    assert (sessions.actor_of(key) is not None) is alive


def test_is_seen_at_most_every_five_minutes(cast: Cast, later: Later) -> None:
    key = begin("ben")
    later(timedelta(minutes=4))
    early = sessions.visit_of(key)
    later(timedelta(minutes=1))
    late = sessions.visit_of(key)
    assert early
    assert late
    assert (early.due, late.due) == (False, True)


def test_ending_one_leaves_the_others(cast: Cast) -> None:
    first, second = begin("ben"), begin("ben")
    with unit_of_work():
        sessions.end(first)
    assert sessions.actor_of(first) is None
    assert sessions.actor_of(second) == cast.ben


def test_ending_all_can_keep_this_one(cast: Cast) -> None:
    own, other, stranger = begin("ben"), begin("ben"), begin("cleo")
    with unit_of_work():
        ended = sessions.end_all(cast.ben, people.person("ben"), keep=own)
    assert ended == 1
    assert [sessions.actor_of(key) for key in (own, other, stranger)] == [cast.ben, None, cast.cleo]


def test_a_disabled_person_is_out_at_once_and_stays_out(cast: Cast) -> None:
    key = begin("ben")
    with unit_of_work():
        people.disable(cast.dan, people.person("ben"))
    assert sessions.actor_of(key) is None
    with pytest.raises(NotFound):
        begin("ben")
    with unit_of_work():
        people.enable(cast.dan, people.person("ben"))
    assert sessions.actor_of(key) is None


def test_a_session_that_was_left_over_does_not_outlive_its_persons_place(cast: Cast) -> None:
    key = begin("ben")
    with unit_of_work():
        people.person("ben").active = False
    assert sessions.actor_of(key) is None


def test_coming_and_going_is_written_down(cast: Cast) -> None:
    key = begin("ben")
    with unit_of_work():
        sessions.end(key)
    told = db.session.execute(select(Event.verb, Event.subject, Event.actor_id).order_by(Event.id)).all()
    assert [tuple(row) for row in told] == [
        ("session.started", "ben", cast.ben.id),
        ("session.ended", "ben", cast.ben.id),
    ]
