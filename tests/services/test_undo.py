"""Undo and redo: every act is taken back and done again, and nobody else's work is touched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import Conflict, DomainError
from annotator.extensions import db
from annotator.models import Article, Comment, Contact, Correction, Event
from annotator.services import (
    annotations,
    comments,
    contacts,
    corrections,
    fields,
    notes,
    parties,
    relations,
    second_reading,
    signing_off,
    undoing,
)
from annotator.services.notes import Written
from annotator.services.parties import Named
from annotator.services.undoing import Undone
from tests.builders import place_of
from tests.cast import Cast
from tests.services.acts import ACTS, ASKED, CHECKED, Do, a_checked_article, act, found, record, redo, undo


@pytest.fixture
def article(cast: Cast) -> Article:
    """An article of Ada's."""
    return a_checked_article(cast)


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_taken_back_and_done_again(cast: Cast, article: Article, name: str) -> None:
    who, first, do = ACTS[name]
    actor = getattr(cast, who)
    for one in first:
        act(cast.ada, article, lambda it, one=one: one(cast, it))
    before = record(article)
    act(actor, article, lambda it: do(cast, it))
    after = record(article)
    assert after != before
    assert undo(actor, article).events
    assert record(article) == before
    assert redo(actor, article).events
    assert record(article) == after
    undo(actor, article)
    assert record(article) == before
    assert redo(actor, article).events
    assert redo(actor, article) == Undone()


def test_there_is_nothing_to_undo(cast: Cast, article: Article) -> None:
    """What others did is theirs, and bringing the article in cannot be taken back."""
    for actor in (cast.dan, cast.ada):
        assert undo(actor, article) == redo(actor, article) == Undone()


def test_all_that_one_save_wrote_is_one_act(cast: Cast, article: Article) -> None:
    before = record(article)

    def save(it: Article) -> None:
        parties.name_party(cast.ben, found(2), Named("Ingrid"), None)
        fields.set_fields(cast.ben, found(2), {"directness": "direct"}, None)
        notes.add_note(cast.ben, found(2), Written("Heard it.", "accurate"))

    act(cast.ben, article, save)
    assert len(undo(cast.ben, article).events) == 3
    assert record(article) == before


def test_each_line_names_the_one_it_takes_back(cast: Cast, article: Article) -> None:
    act(cast.ben, article, lambda it: annotations.change_kind(cast.ben, found(2), "claim", None))
    [first] = db.session.query(Event).filter_by(verb="annotation.retagged")
    undone = undo(cast.ben, article)
    [line] = db.session.query(Event).filter(Event.id.in_(undone.events))
    assert (line.verb, line.undoes_id, line.before, line.after) == (first.verb, first.id, first.after, first.before)
    assert undone.root == (first.id,)


INTERFERING: dict[str, tuple[str, str, Do]] = {
    "moved by another": (
        "move",
        "Claim 1 has been changed since by Ada Okafor",
        lambda cast, it: annotations.move_annotation(cast.ada, found(1), place_of(it, "million"), None),
    ),
    "deleted by another": (
        "note",
        "Quote 2 has been changed since by Ada Okafor",
        lambda cast, it: annotations.delete_annotation(cast.ada, found(2), None),
    ),
    "restored by another": (
        "delete",
        "Claim 1 has been changed since by Ada Okafor",
        lambda cast, it: annotations.restore_annotation(cast.ada, found(1)),
    ),
    "a mark that another has worked on": (
        "mark",
        "Claim 4 has been changed since by Ada Okafor",
        lambda cast, it: notes.add_note(cast.ada, found(4), Written("Seen.")),
    ),
    "a field that another has filled": (
        "fields",
        "Claim 1 has been changed since",
        lambda cast, it: fields.set_fields(cast.ada, found(1), {"harm": "low"}, None),
    ),
    "a tie that another has cut": (
        "relate",
        "Denial 3 has been changed since",
        lambda cast, it: relations.unrelate(cast.ada, found(3), "denies", found(1).uuid),
    ),
    "what was asked, answered": (
        "ask",
        "Claim 1 has been changed since",
        lambda cast, it: contacts.follow_up(
            cast.ada, db.session.query(Contact).one(), contacts.FollowUp("phone", "Called again.", None)
        ),
    ),
    "a comment that was answered": (
        "comment on the article",
        "It has been answered",
        lambda cast, it: comments.add_comment(cast.ada, it, None, "Yes.", db.session.query(Comment).one().uuid),
    ),
}


@pytest.mark.parametrize("name", INTERFERING)
def test_what_another_has_changed_since_is_not_overwritten(cast: Cast, article: Article, name: str) -> None:
    which, sentence, interfere = INTERFERING[name]
    act(cast.ben, article, lambda it: ACTS[which][2](cast, it))
    act(cast.ada, article, lambda it: interfere(cast, it))
    before = record(article)
    with pytest.raises(Conflict, match=sentence):
        undo(cast.ben, article)
    assert record(article) == before
    assert undo(cast.ada, article).events
    assert undo(cast.ben, article).events, "what stood in the way has been taken back"


APART: dict[str, tuple[str, Do]] = {
    "another field": ("fields", lambda cast, it: fields.set_fields(cast.ada, found(1), {"rests_on": "A leak"}, None)),
    "the kind, after a move": ("move", lambda cast, it: annotations.change_kind(cast.ada, found(1), "quote", None)),
    "another tie": ("relate", lambda cast, it: relations.relate(cast.ada, found(3), "answers", found(2).uuid)),
    "a note on what was retagged": ("retag", lambda cast, it: notes.add_note(cast.ada, found(1), Written("Seen."))),
}


@pytest.mark.parametrize("name", APART)
def test_what_another_did_beside_it_stays(cast: Cast, article: Article, name: str) -> None:
    which, beside = APART[name]
    act(cast.ada, article, lambda it: beside(cast, it))
    without = record(article)
    act(cast.ada, article, lambda it: undoing.undo(cast.ada, it))
    act(cast.ben, article, lambda it: ACTS[which][2](cast, it))
    act(cast.ada, article, lambda it: beside(cast, it))
    assert undo(cast.ben, article).events
    assert verdictless(record(article)) == verdictless(without)


def verdictless(told: Any) -> Any:
    """A record without what a reopening leaves."""
    return [
        {**one, "reopened_why": "", "reopened_after": 0, "state": "", "notes": len(one["notes"])}
        for one in told["annotations"]
    ]


def test_a_reopening_goes_with_what_caused_it(cast: Cast, article: Article) -> None:
    before = record(article)
    act(cast.ben, article, lambda it: annotations.move_annotation(cast.ben, found(1), place_of(it, "4.2"), None))
    assert found(1).state == "reopened"
    undo(cast.ben, article)
    assert (found(1).state, record(article)) == ("checked", before)
    redo(cast.ben, article)
    assert found(1).state == "reopened"
    undo(cast.ben, article)
    assert record(article) == before


def test_a_sign_off_that_fell_stays_fallen(cast: Cast, article: Article) -> None:
    act(cast.ada, article, lambda it: signing_off.sign_off(cast.ada, found(1)))
    act(cast.ben, article, lambda it: annotations.move_annotation(cast.ben, found(1), place_of(it, "4.2"), None))
    undo(cast.ben, article)
    assert found(1).state == "checked"
    assert undo(cast.ada, article) == Undone(), "there is no sign-off to take back"


def decide(cast: Cast, it: Article) -> None:
    """Ada accepts the correction."""
    corrections.decide_correction(cast.ada, db.session.query(Correction).one(), "accepted", "So it is.", None)


def answer(cast: Cast, it: Article) -> None:
    """Ben writes down what came back."""
    answered = replace(ASKED, outcome="answered", answer="It was not.")
    contacts.change_contact(cast.ben, db.session.query(Contact).one(), answered, None)


def test_a_sign_off_of_somebody_else_is_not_undone_away(cast: Cast, article: Article) -> None:
    for actor, do in ((cast.ben, ACTS["suggest"][2]), (cast.ben, ACTS["ask"][2]), (cast.ada, decide)):
        act(actor, article, lambda it, do=do: do(cast, it))
    act(cast.ben, article, lambda it: answer(cast, it))
    act(cast.cleo, article, lambda it: notes.add_note(cast.cleo, found(1), Written("Still so.", **CHECKED)))
    act(cast.ben, article, lambda it: signing_off.sign_off(cast.ben, found(1)))
    before = record(article)
    with pytest.raises(Conflict, match=r"^Ben Lindqvist has signed off Claim 1 since; it stays as it is\.$"):
        undo(cast.ada, article)
    assert (record(article), found(1).state) == (before, "signed_off")
    act(cast.ben, article, lambda it: signing_off.withdraw_sign_off(cast.ben, found(1)))
    assert undo(cast.ada, article).events
    assert db.session.query(Correction).one().state == "proposed"


def test_what_would_make_a_sign_off_fall_is_not_done_again(cast: Cast, article: Article) -> None:
    act(cast.ben, article, lambda it: ACTS["suggest"][2](cast, it))
    undo(cast.ben, article)
    act(cast.ada, article, lambda it: signing_off.sign_off(cast.ada, found(1)))
    with pytest.raises(Conflict, match="Ada Okafor has signed off Claim 1 since"):
        redo(cast.ben, article)
    assert found(1).state == "signed_off"


def test_a_lead_withdraws_again(cast: Cast, article: Article) -> None:
    """The withdrawal of somebody else's sign-off is taken back and done again: the act is about that alone."""
    act(cast.ben, article, lambda it: signing_off.sign_off(cast.ben, found(1)))
    act(cast.ada, article, lambda it: signing_off.withdraw_sign_off(cast.ada, found(1)))
    for do, state in ((undo, "signed_off"), (redo, "checked"), (undo, "signed_off")):
        do(cast.ada, article)
        assert found(1).state == state


def test_a_second_reading_is_wanted_again_when_its_verdict_goes(cast: Cast, article: Article) -> None:
    act(cast.cleo, article, lambda it: second_reading.ask_second_reading(cast.cleo, found(1), None))
    before = record(article)
    assert before["annotations"][0]["assignments"]
    act(cast.ben, article, lambda it: notes.add_note(cast.ben, found(1), Written("Yes.", "accurate")))
    assert not record(article)["annotations"][0]["assignments"]
    undo(cast.ben, article)
    assert record(article) == before
    redo(cast.ben, article)
    assert not record(article)["annotations"][0]["assignments"]


def test_two_people_undo_their_own(cast: Cast, article: Article) -> None:
    before = record(article)
    for number, words in enumerate(("cranes", "documents", "accounts", "March")):
        actor = (cast.ben, cast.ada)[number % 2]
        act(actor, article, lambda it, a=actor, w=words: annotations.create_annotation(a, it, place_of(it, w), "claim"))
    undo(cast.ben, article)
    assert [found(n).deleted_at is None for n in (4, 5, 6, 7)] == [True, True, False, True]
    undo(cast.ada, article)
    assert [found(n).deleted_at is None for n in (4, 5, 6, 7)] == [True, True, False, False]
    undo(cast.ada, article)
    undo(cast.ben, article)
    assert record(article) == before


def test_undoing_asks_no_more_for_more_history(cast: Cast, article: Article, queries: Callable[[], Any]) -> None:
    def mark_and_undo() -> int:
        act(cast.dan, article, lambda it: annotations.create_annotation(cast.dan, it, place_of(it, "cranes"), "claim"))
        with queries() as sent:
            undo(cast.dan, article)
        return len(sent)

    first = mark_and_undo()
    assert {mark_and_undo() for _ in range(5)} == {first}


MINE = [name for name, (who, first, _) in ACTS.items() if who == "ben" and not first]


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(chosen=st.lists(st.sampled_from(MINE), min_size=1, max_size=8), back=st.integers(0, 8))
def test_undoing_all_leads_back_and_redoing_all_forth(cast: Cast, chosen: list[str], back: int) -> None:
    """Whatever a person did, in whatever order; half the way back and forth again on the way."""
    article = a_checked_article(cast)
    told = [record(article)]
    for name in chosen:
        if do_if_allowed(cast, article, ACTS[name][2]):
            told.append(record(article))
    now = len(told) - 1
    for step in [-1] * min(back, now) + [1] * min(back, now) + [-1] * now + [1] * now:
        assert (undo if step < 0 else redo)(cast.ben, article).events
        now += step
        assert record(article) == told[now]
    assert redo(cast.ben, article) == Undone()


def do_if_allowed(cast: Cast, article: Article, do: Do) -> bool:
    """Whether the act wrote anything; some cannot be done twice."""
    last = newest_event()
    try:
        act(cast.ben, article, lambda it: do(cast, it))
    except DomainError:
        return False
    return newest_event() > last


def newest_event() -> int:
    """The id of the last line of history."""
    return db.session.query(Event.id).order_by(Event.id.desc()).limit(1).scalar()  # type: ignore[no-any-return]
