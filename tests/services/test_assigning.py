"""Who is to check and to second-read: assigned by leads, taken by everybody, handed over in one act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from annotator.access import Actor
from annotator.db import unit_of_work
from annotator.errors import Conflict, Forbidden, Invalid, Stale
from annotator.extensions import db
from annotator.models import Annotation, Article, Assignment, Event, Notice, User
from annotator.queries import records
from annotator.services import assigning, loading, people, second_reading
from annotator.services.evidence import Piece
from annotator.services.notes import Written, edit_note
from tests.builders import make_annotation, make_article, make_note
from tests.cast import Cast

LEDGER = Piece(url="https://court.example/ledger", source_type="primary", locator="p. 3")
DUE = datetime(2026, 12, 1, 17, 30, tzinfo=UTC)
ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def article(cast: Cast) -> Article:
    """An article of Ada's."""
    return make_article(cast.ada)


@pytest.fixture
def claim(cast: Cast, article: Article) -> Annotation:
    """A claim of Ben's."""
    return make_annotation(cast.ben, article, "cranes")


def assign(actor: Actor, claim: Annotation, username: str, due_at: datetime | None = None) -> tuple[str, bool]:
    """Give the check of an annotation to somebody: the uuid of the assignment, and whether it is new."""
    with unit_of_work():
        annotation = loading.annotation(actor, claim.uuid)
        person = assigning.person_named(username)
        made, new = assigning.assign(actor, annotation.article, annotation, person, due_at)
        return made.uuid, new


def change(actor: Actor, uuid: str, username: str, **more: Any) -> None:
    """Give it to somebody else."""
    with unit_of_work():
        assignment = loading.assignment(actor, uuid)
        due_at = more.get("due_at", assignment.due_at)
        person = assigning.person_named(username)
        assigning.change_assignment(actor, assignment, person, due_at, more.get("expected"))


def end(actor: Actor, uuid: str) -> None:
    """Give it back."""
    with unit_of_work():
        assigning.end_assignment(actor, loading.assignment(actor, uuid))


def ask(actor: Actor, claim: Annotation, username: str | None = None) -> tuple[str, bool]:
    """Ask for a second reading."""
    with unit_of_work():
        person = assigning.person_named(username) if username else None
        made, new = second_reading.ask_second_reading(actor, loading.annotation(actor, claim.uuid), person)
        return made.uuid, new


def hand_over(actor: Actor, article: Article, username: str | None = None) -> str:
    """Hand over; the sentence that says how it went."""
    with unit_of_work():
        person = assigning.person_named(username) if username else None
        return second_reading.hand_over(actor, loading.article(actor, article.id), person).sentence


def open_for(claim: Annotation) -> list[tuple[str, str | None]]:
    """The open assignments of an annotation: purpose and person."""
    db.session.rollback()
    found = records.record(claim.uuid).assignments
    return [(one.purpose, one.person.username if one.person else None) for one in found]


def told() -> list[tuple[str, str]]:
    """Who was told why."""
    rows = db.session.query(User.username, Notice.why).join(Notice, Notice.person_id == User.id)
    return [(username, why) for username, why in rows.order_by(Notice.id)]


def test_a_lead_assigns_anybody(cast: Cast, claim: Annotation) -> None:
    row = claim.row_version
    uuid, new = assign(cast.ada, claim, "cleo", DUE)
    assert (new, open_for(claim), told()) == (True, [("check", "cleo")], [("cleo", "assigned")])
    assert assign(cast.ada, claim, "cleo") == (uuid, False)
    assert assign(cast.ada, claim, "dan") == (uuid, False)
    assert open_for(claim) == [("check", "dan")]
    [first, second] = db.session.query(Event).filter_by(subject=uuid).order_by(Event.id)
    said = {"purpose": "check", "username": "cleo", "due_at": "2026-12-01T17:30:00.000Z"}
    assert (first.verb, first.before, first.after) == ("assignment.made", None, said)
    assert (second.verb, second.before, second.after) == ("assignment.changed", said, said | {"username": "dan"})
    assert records.record(claim.uuid).row_version > row


def test_others_take_what_nobody_has(cast: Cast, claim: Annotation) -> None:
    with pytest.raises(Forbidden, match="Only a lead"):
        assign(cast.ben, claim, "cleo")
    with pytest.raises(Forbidden, match="until when"):
        assign(cast.ben, claim, "ben", DUE)
    uuid, _ = assign(cast.ben, claim, "ben")
    assert told() == []
    with pytest.raises(Conflict, match="Ben Lindqvist has it already"):
        assign(cast.cleo, claim, "cleo")
    assert assign(cast.ben, claim, "ben") == (uuid, False)
    with pytest.raises(Forbidden):
        end(cast.cleo, uuid)
    end(cast.ben, uuid)
    assert open_for(claim) == []
    with pytest.raises(Conflict, match="has ended"):
        end(cast.ben, uuid)
    assert assign(cast.cleo, claim, "cleo")[1] is True


def test_who_was_given_it_keeps_the_time_when_taking_it_again(cast: Cast, claim: Annotation) -> None:
    uuid, _ = assign(cast.ada, claim, "ben", DUE)
    assert assign(cast.ben, claim, "ben") == (uuid, False)
    assert db.session.query(Assignment).one().due_at == DUE


@ON_ONE
def test_an_article_is_assigned_as_a_whole(cast: Cast, article: Article, claim: Annotation) -> None:
    with unit_of_work():
        person = assigning.person_named("cleo")
        assigning.assign(cast.ada, loading.article(cast.ada, article.id), None, person, DUE)
    assert open_for(claim) == []
    assert assign(cast.ben, claim, "ben")[1] is True


@ON_ONE
def test_nobody_is_assigned_who_is_not_there(cast: Cast, claim: Annotation) -> None:
    with unit_of_work():
        people.disable(cast.dan, people.person("cleo"))
    for name in ("cleo", "nobody"):
        with pytest.raises(Invalid) as refusal:
            assign(cast.ada, claim, name)
        assert refusal.value.fields == {"username": f"There is nobody active called '{name}'."}


@ON_ONE
def test_the_second_to_change_it_is_told(cast: Cast, claim: Annotation) -> None:
    uuid, _ = assign(cast.ada, claim, "cleo")
    change(cast.dan, uuid, "ben", expected=1)
    with pytest.raises(Stale):
        change(cast.ada, uuid, "cleo", expected=1)
    with pytest.raises(Conflict, match="Ben Lindqvist has it"):
        change(cast.cleo, uuid, "cleo")
    with pytest.raises(Forbidden, match="until when"):
        change(cast.ben, uuid, "ben", due_at=DUE)


@ON_ONE
def test_an_ended_one_is_brought_back(cast: Cast, claim: Annotation) -> None:
    def bring_back(actor: Actor) -> None:
        with unit_of_work():
            assigning.bring_back_assignment(actor, loading.assignment(actor, uuid))

    uuid, _ = assign(cast.ada, claim, "cleo")
    end(cast.cleo, uuid)
    with pytest.raises(Forbidden):
        bring_back(cast.ben)
    bring_back(cast.cleo)
    assert open_for(claim) == [("check", "cleo")]
    end(cast.cleo, uuid)
    assign(cast.ben, claim, "ben")
    with pytest.raises(Conflict):
        bring_back(cast.cleo)


def checked(cast: Cast, claim: Annotation, verdict: str = "accurate") -> Annotation:
    """The annotation with Ben's note."""
    make_note(cast.ben, claim, verdict=verdict, evidence=(LEDGER,))
    return claim


def test_a_second_verdict_ends_the_second_reading(cast: Cast, claim: Annotation) -> None:
    checked(cast, claim)
    uuid, new = ask(cast.ben, claim)
    assert (new, open_for(claim), told()) == (True, [("second_reading", None)], [])
    assert ask(cast.ada, claim, "cleo") == (uuid, False)
    assert (open_for(claim), told()) == ([("second_reading", "cleo")], [("cleo", "second_reading")])
    make_note(cast.ben, claim, "Looked again.", verdict="accurate")
    make_note(cast.cleo, claim, "Will look.")
    assert open_for(claim) == [("second_reading", "cleo")]
    make_note(cast.cleo, claim, "So it is.", verdict="accurate")
    assert open_for(claim) == []
    now = records.record(claim.uuid)
    assert now.verdict is not None
    assert (now.readers, now.verdict.by.username) == (2, "ben")
    ended = db.session.query(Event).filter_by(verb="assignment.ended").one()
    assert ended.after == {"why": "A second verdict was given."}
    with pytest.raises(Conflict, match="read twice already"):
        ask(cast.ben, claim)


@pytest.mark.parametrize("asker", ["ben", "ada"])
def test_anybody_else_may_be_the_second_reader(cast: Cast, claim: Annotation, asker: str) -> None:
    """Also who asked for it, also when another was asked, also by editing a note."""
    checked(cast, claim)
    ask(getattr(cast, asker), claim, "cleo")
    note = make_note(cast.ada, claim, "Will look.").uuid
    with unit_of_work():
        edit_note(cast.ada, loading.note(cast.ada, note), Written("No.", "false"), None)
    assert open_for(claim) == []


@ON_ONE
def test_who_gave_the_verdict_is_no_second_reader(cast: Cast, claim: Annotation) -> None:
    with pytest.raises(Conflict) as refusal:
        ask(cast.ben, claim)
    assert list(refusal.value.fields) == ["verdict", "note", "evidence"]
    checked(cast, claim)
    with pytest.raises(Invalid) as wrong:
        ask(cast.ada, claim, "ben")
    assert list(wrong.value.fields) == ["username"]
    uuid, _ = ask(cast.ben, claim)
    with pytest.raises(Invalid):
        change(cast.ada, uuid, "ben")
    change(cast.cleo, uuid, "cleo")
    assert open_for(claim) == [("second_reading", "cleo")]


def test_handing_over_asks_for_all_that_is_mine_and_done(cast: Cast, article: Article) -> None:
    first = checked(cast, make_annotation(cast.ben, article, "cranes"))
    asked = checked(cast, make_annotation(cast.ben, article, "4.2 million"))
    read = checked(cast, make_annotation(cast.ben, article, "documents"))
    theirs = make_annotation(cast.cleo, article, "harbour")
    make_note(cast.cleo, theirs, verdict="false", evidence=(LEDGER,))
    make_note(cast.cleo, read, verdict="accurate", evidence=(LEDGER,))
    bare = make_annotation(cast.ben, article, "until March", kind="quote")
    make_annotation(cast.cleo, article, "arrived")
    ask(cast.ben, asked)
    sentence = hand_over(cast.ben, article, "cleo")
    assert sentence == (
        "1 check handed over for second reading by Cleo Marchetti. Quote 5: A verdict is missing. "
        "A note that says how it was checked is missing. A piece of evidence is missing."
    )
    assert [open_for(one) for one in (first, asked, read, theirs, bare)] == [
        [("second_reading", "cleo")],
        [("second_reading", None)],
        [],
        [],
        [],
    ]
    assert hand_over(cast.ben, article).startswith("No checks handed over for second reading. Quote 5: ")
    assert told().count(("cleo", "second_reading")) == 1


@ON_ONE
def test_handing_over_many_is_told_briefly(cast: Cast, article: Article) -> None:
    for word in ("harbour", "authority", "paid", "cranes", "arrived", "documents", "show"):
        make_annotation(cast.ben, article, word)
    sentence = hand_over(cast.ben, article)
    assert sentence.endswith("Not checked yet: Claim 1, Claim 2, Claim 3, Claim 4, Claim 5, Claim 6 and 1 more.")


@ON_ONE
def test_handing_over_goes_to_who_was_asked_last(cast: Cast, article: Article, claim: Annotation) -> None:
    assert second_reading.asked_last(cast.ben) is None
    checked(cast, claim)
    ask(cast.ben, claim, "cleo")
    found = second_reading.asked_last(cast.ben)
    assert found is not None
    assert found.username == "cleo"
    with unit_of_work():
        people.disable(cast.dan, people.person("cleo"))
    assert second_reading.asked_last(cast.ben) is None


@ON_ONE
def test_handing_over_loads_what_it_needs_at_once(cast: Cast, article: Article, queries: Callable[[], Any]) -> None:
    def cost(words: list[str]) -> int:
        for word in words:
            make_annotation(cast.ben, article, word)
        with queries() as sent:
            hand_over(cast.ben, article)
        return len(sent)

    assert cost(["cranes"]) == cost(["paid", "documents", "show", "arrived"])
