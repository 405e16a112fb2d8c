"""Contacts: who was asked, what came back, and what that means for the annotation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from annotator import clock
from annotator.access import Actor
from annotator.db import unit_of_work
from annotator.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from annotator.extensions import db
from annotator.models import Annotation, Contact, Event
from annotator.services import contacts, loading
from annotator.services.contacts import Asking, FollowUp
from annotator.services.parties import Named
from tests.builders import make_annotation, make_article, make_note
from tests.cast import Cast

ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
NOON = datetime(2026, 10, 12, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ASKED = Asking(Named("Harbour authority"), "email", "Did you pay?", NOON, NOON + 24 * HOUR)
ANSWERED = replace(ASKED, outcome="answered", answer="We did not.", answered_at=NOON + HOUR, in_text=True)


@pytest.fixture
def claim(cast: Cast) -> Annotation:
    """A claim that nobody has checked."""
    return make_annotation(cast.ada, make_article(cast.ada), "4.2 million crowns")


def ask(actor: Actor, annotation: str, asking: Asking = ASKED, uuid: str | None = None) -> tuple[str, bool]:
    """Write down who was asked; the contact's uuid, and whether it is new."""
    with unit_of_work():
        made, new = contacts.add_contact(actor, loading.annotation(actor, annotation), asking, uuid)
        return made.uuid, new


def change(actor: Actor, uuid: str, act: Callable[[Contact], object], **how: bool) -> None:
    """Change a contact in a unit of work."""
    with unit_of_work():
        act(loading.contact(actor, uuid, **how))


def stored(uuid: str) -> Contact:
    """A contact as it is now."""
    db.session.rollback()
    return db.session.query(Contact).filter_by(uuid=uuid).one()


def state(uuid: str) -> tuple[str, int, datetime | None]:
    """What the annotation's list shows of its contacts."""
    db.session.rollback()
    now = db.session.query(Annotation).filter_by(uuid=uuid).one()
    return now.state, now.open_contacts, now.next_deadline


def lines(subject: str) -> list[tuple[str, Any, Any]]:
    """The history of a contact."""
    db.session.rollback()
    found = db.session.query(Event).filter_by(subject=subject).order_by(Event.id)
    return [(event.verb, event.before, event.after) for event in found]


def test_an_open_contact_makes_the_annotation_wait(cast: Cast, claim: Annotation) -> None:
    claim_id = claim.uuid
    uuid, new = ask(cast.ben, claim_id)
    assert new
    one = stored(uuid)
    assert (one.party.name, one.channel, one.questions) == ("Harbour authority", "email", "Did you pay?")
    assert (one.asked_by_id, one.asked_at, one.deadline) == (cast.ben.id, NOON, NOON + 24 * HOUR)
    assert state(claim_id) == ("waiting", 1, NOON + 24 * HOUR)
    change(cast.cleo, uuid, lambda contact: contacts.change_contact(cast.cleo, contact, ANSWERED, 1))
    assert state(claim_id) == ("in_progress", 0, None)
    assert (stored(uuid).answer, stored(uuid).in_text, stored(uuid).asked_by_id) == ("We did not.", True, cast.ben.id)
    change(cast.ben, uuid, lambda contact: contacts.change_contact(cast.ben, contact, ASKED, None))
    assert state(claim_id)[0] == "waiting"


def test_history_tells_the_whole_and_then_what_changed(cast: Cast, claim: Annotation) -> None:
    uuid, _ = ask(cast.ben, claim.uuid)
    change(cast.ben, uuid, lambda contact: contacts.change_contact(cast.ben, contact, ANSWERED, 1))
    added, changed = lines(uuid)
    whole = {
        "party": "Harbour authority",
        "channel": "email",
        "questions": "Did you pay?",
        "asked_at": "2026-10-12T12:00:00.000Z",
        "deadline": "2026-10-13T12:00:00.000Z",
        "outcome": "",
        "answer": "",
        "answered_at": None,
        "in_text": None,
        "follow_ups": [],
    }
    assert added == ("contact.added", None, whole)
    then = {"outcome": "answered", "answer": "We did not.", "answered_at": "2026-10-12T13:00:00.000Z", "in_text": True}
    assert changed == ("contact.changed", {name: whole[name] for name in then}, then)


@ON_ONE
def test_nothing_changed_is_nothing_told(cast: Cast, claim: Annotation) -> None:
    uuid, _ = ask(cast.ben, claim.uuid)
    change(cast.ben, uuid, lambda contact: contacts.change_contact(cast.ben, contact, ASKED, 1))
    assert [verb for verb, *_ in lines(uuid)] == ["contact.added"]
    assert stored(uuid).row_version == 1


def test_what_happened_can_be_put_back(cast: Cast, claim: Annotation) -> None:
    """Each line of history has a way back and forth again, built from what it told."""
    uuid, _ = ask(cast.ben, claim.uuid)
    change(cast.ben, uuid, lambda contact: contacts.change_contact(cast.ben, contact, ANSWERED, 1))
    change(cast.ben, uuid, lambda contact: contacts.change_contact(cast.ben, contact, ASKED, None))
    change(cast.ben, uuid, lambda contact: contacts.follow_up(cast.ben, contact, FollowUp("phone", "Again.", NOON)))
    told = contacts.told(stored(uuid))
    for verb, before, after in reversed(lines(uuid)[1:]):
        assert verb == "contact.changed"
        for values in (before, after, before):
            change(cast.ben, uuid, lambda contact, v=values: contacts.put_back_contact(cast.ben, contact, v, undoes=1))
    assert contacts.told(stored(uuid)) == lines(uuid)[0][2] != told
    assert db.session.query(Event).filter_by(subject=uuid, undoes_id=1).count() > 0


WRONG: list[tuple[dict[str, Any], set[str]]] = [
    ({"party": Named("  ")}, {"party"}),
    ({"party": Named("x" * 201)}, {"party"}),
    ({"channel": ""}, {"channel"}),
    ({"channel": "pigeon"}, {"channel"}),
    ({"questions": " \n "}, {"questions"}),
    ({"questions": "q" * 10_001}, {"questions"}),
    ({"questions": "a\x00b"}, {"questions"}),
    ({"asked_at": clock.now() + timedelta(days=400), "deadline": None}, {"asked_at"}),
    ({"deadline": NOON - HOUR}, {"deadline"}),
    ({"outcome": "silence"}, {"outcome"}),
    ({"outcome": "answered"}, {"answer"}),
    ({"outcome": "declined", "answered_at": NOON - HOUR}, {"answered_at"}),
    ({"answer": "They will come back to us."}, {"outcome"}),
    ({"outcome": "no_answer", "answer": "No."}, {"answer"}),
    ({"outcome": "not_reached", "answer": "No."}, {"answer"}),
    ({"outcome": "declined", "answer": "No.", "answered_at": clock.now() + timedelta(days=400)}, {"answered_at"}),
    ({"channel": "", "questions": "", "deadline": NOON - HOUR}, {"channel", "questions", "deadline"}),
]


@pytest.mark.parametrize(
    ("how", "fields"), WRONG, ids=lambda value: (" ".join(sorted(value)) if isinstance(value, set) else str(value))[:50]
)
@ON_ONE
def test_contacts_that_will_not_do(cast: Cast, claim: Annotation, how: dict[str, Any], fields: set[str]) -> None:
    with pytest.raises(Invalid) as refusal:
        ask(cast.ben, claim.uuid, replace(ASKED, **how))
    assert set(refusal.value.fields) == fields
    assert all(sentence.endswith(".") for sentence in refusal.value.fields.values())
    assert db.session.query(Contact).count() == 0


@ON_ONE
def test_times_that_were_not_said_are_now(cast: Cast, claim: Annotation) -> None:
    before = clock.now() - timedelta(minutes=1)
    uuid, _ = ask(cast.ben, claim.uuid, replace(ASKED, asked_at=None, deadline=None, answer="No.", outcome="answered"))
    one = stored(uuid)
    assert before <= one.asked_at <= one.answered_at <= clock.now()
    assert one.asked_at.second == 0


SENTENCES: list[tuple[dict[str, Any], dict[str, str]]] = [
    ({"channel": ""}, {"channel": "Choose how they were asked."}),
    (
        {"answer": "We may."},
        {"outcome": "Say what came of it; with an answer that is Answered or Declined."},
    ),
    (
        {"outcome": "no_answer", "answer": "We may."},
        {"answer": "There is an answer: choose Answered or Declined, or take the answer away."},
    ),
]


@pytest.mark.parametrize(("how", "said"), SENTENCES)
@ON_ONE
def test_what_is_missing_is_named(cast: Cast, claim: Annotation, how: dict[str, Any], said: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refusal:
        ask(cast.ben, claim.uuid, replace(ASKED, **how))
    assert refusal.value.fields == said


@ON_ONE
def test_an_answer_may_come_with_a_refusal_and_nothing_with_silence(cast: Cast, claim: Annotation) -> None:
    claim_id = claim.uuid
    ask(cast.ben, claim_id, replace(ASKED, outcome="declined", answer="They hung up."))
    for outcome in ("no_answer", "not_reached", "declined"):
        ask(cast.ben, claim_id, replace(ASKED, outcome=outcome))
    assert state(claim_id)[:2] == ("in_progress", 0)


def test_a_request_may_be_repeated(cast: Cast, claim: Annotation) -> None:
    claim_id, uuid = claim.uuid, str(uuid4())
    unsaid = replace(ANSWERED, asked_at=None, deadline=None, answered_at=None)
    assert ask(cast.ben, claim_id, unsaid, uuid) == (uuid, True)
    assert ask(cast.ben, claim_id, unsaid, uuid.upper()) == (uuid, False)
    for who, asking in ((cast.cleo, unsaid), (cast.ben, replace(unsaid, questions="Why?"))):
        with pytest.raises(Conflict):
            ask(who, claim_id, asking, uuid)
    with pytest.raises(Conflict):
        ask(cast.ben, claim_id, replace(unsaid, party=Named("Somebody else")), uuid)
    change(cast.ben, uuid, lambda contact: contacts.take_back_contact(cast.ben, contact))
    with pytest.raises(Conflict):
        ask(cast.ben, claim_id, unsaid, uuid)
    with pytest.raises(Invalid):
        ask(cast.ben, claim_id, unsaid, "7")
    assert db.session.query(Contact).count() == 1


def test_the_second_writer_is_told(cast: Cast, claim: Annotation) -> None:
    uuid, _ = ask(cast.ben, claim.uuid)
    change(cast.ben, uuid, lambda contact: contacts.change_contact(cast.ben, contact, ANSWERED, 1))
    declined = replace(ASKED, outcome="declined")
    for act in (
        lambda contact: contacts.change_contact(cast.cleo, contact, declined, 1),
        lambda contact: contacts.follow_up(cast.cleo, contact, FollowUp("phone"), 1),
        lambda contact: contacts.take_back_contact(cast.ada, contact, 1),
    ):
        with pytest.raises(Stale):
            change(cast.ada, uuid, act)
    assert stored(uuid).outcome == "answered"


def test_follow_ups_are_kept_in_order(cast: Cast, claim: Annotation) -> None:
    uuid, _ = ask(cast.ben, claim.uuid)
    second, first = FollowUp("phone", "Rang again.", NOON + 3 * HOUR), FollowUp("email", "", NOON + HOUR)
    for said in (second, first, second):
        change(cast.cleo, uuid, lambda contact, said=said: contacts.follow_up(cast.cleo, contact, said))
    assert [(one["at"], one["by"], one["channel"], one["remark"]) for one in stored(uuid).follow_ups] == [
        ("2026-10-12T13:00:00.000Z", "cleo", "email", ""),
        ("2026-10-12T15:00:00.000Z", "cleo", "phone", "Rang again."),
    ]
    assert [verb for verb, *_ in lines(uuid)] == ["contact.added", "contact.changed", "contact.changed"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (FollowUp("", "x", NOON), "channel"),
        (FollowUp("email", "x" * 2001, NOON), "remark"),
        (FollowUp("email", "x", NOON - HOUR), "at"),
        (FollowUp("email", "x", clock.now() + timedelta(days=400)), "at"),
    ],
    ids=["channel", "remark", "before", "ahead"],
)
@ON_ONE
def test_follow_ups_that_will_not_do(cast: Cast, claim: Annotation, said: FollowUp, field: str) -> None:
    uuid, _ = ask(cast.ben, claim.uuid)
    with pytest.raises(Invalid) as refusal:
        change(cast.ben, uuid, lambda contact: contacts.follow_up(cast.ben, contact, said))
    assert set(refusal.value.fields) == {field}


@ON_ONE
def test_a_closed_contact_is_not_followed_up(cast: Cast, claim: Annotation) -> None:
    uuid, _ = ask(cast.ben, claim.uuid, ANSWERED)
    with pytest.raises(Conflict):
        change(cast.ben, uuid, lambda contact: contacts.follow_up(cast.ben, contact, FollowUp("phone", "x", None)))


@ON_ONE
def test_there_is_an_end_to_follow_ups(cast: Cast, claim: Annotation) -> None:
    uuid, _ = ask(cast.ben, claim.uuid)
    many = [{"at": clock.iso(NOON), "by": "ben", "channel": "phone", "remark": f"{n}"} for n in range(100)]
    with unit_of_work():
        loading.contact(cast.ben, uuid).follow_ups = many
    with pytest.raises(Conflict):
        change(cast.ben, uuid, lambda contact: contacts.follow_up(cast.ben, contact, FollowUp("phone", "x")))


def test_who_asked_or_a_lead_takes_it_back(cast: Cast, claim: Annotation) -> None:
    claim_id = claim.uuid
    uuid, _ = ask(cast.ben, claim_id)
    with pytest.raises(Forbidden):
        change(cast.cleo, uuid, lambda contact: contacts.take_back_contact(cast.cleo, contact))
    change(cast.ada, uuid, lambda contact: contacts.take_back_contact(cast.ada, contact, 1))
    assert state(claim_id) == ("to_do", 0, None)
    with pytest.raises(NotFound):
        change(cast.ben, uuid, lambda contact: contacts.change_contact(cast.ben, contact, ANSWERED, None))
    with pytest.raises(Forbidden):
        change(cast.cleo, uuid, lambda contact: contacts.bring_back_contact(cast.cleo, contact), taken_back=True)
    for _ in range(2):
        change(cast.ben, uuid, lambda contact: contacts.bring_back_contact(cast.ben, contact), taken_back=True)
    assert state(claim_id)[0] == "waiting"
    told = [(verb, before is None, after is None) for verb, before, after in lines(uuid)]
    assert told == [
        ("contact.added", True, False),
        ("contact.taken_back", False, True),
        ("contact.brought_back", True, False),
    ]


@ON_ONE
def test_the_earliest_deadline_is_the_one_that_counts(cast: Cast, claim: Annotation) -> None:
    claim_id = claim.uuid
    ask(cast.ben, claim_id)
    early, _ = ask(cast.ben, claim_id, replace(ASKED, party=Named("Ingrid Solheim"), deadline=NOON + HOUR))
    assert state(claim_id) == ("waiting", 2, NOON + HOUR)
    change(cast.ben, early, lambda contact: contacts.change_contact(cast.ben, contact, ANSWERED, None))
    assert state(claim_id) == ("waiting", 1, NOON + 24 * HOUR)


@ON_ONE
def test_an_answer_that_came_lets_the_check_go_on(cast: Cast, claim: Annotation) -> None:
    claim_id = claim.uuid
    make_note(cast.ben, claim, "Read it all.", verdict="not_checkable")
    assert state(claim_id)[0] == "checked"
    uuid, _ = ask(cast.ben, claim_id)
    assert state(claim_id)[0] == "waiting"
    change(cast.ben, uuid, lambda contact: contacts.change_contact(cast.ben, contact, ANSWERED, None))
    assert state(claim_id)[0] == "checked"
