"""Sign-offs: by somebody else, of what no guard forbids, falling by themselves, and nobody quicker than the rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotator.access import Actor
from annotator.db import unit_of_work
from annotator.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from annotator.extensions import db
from annotator.models import Annotation, Article, Event, Notice, SignOff
from annotator.queries import records
from annotator.services import (
    annotations,
    arranging,
    fields,
    loading,
    notes,
    parties,
    party_records,
    relations,
    signing_off,
    states,
    undoing,
)
from annotator.services.arranging import Arrangement
from annotator.services.corrections import Suggestion, propose_correction
from annotator.services.evidence import Piece
from annotator.services.notes import Written, add_note, edit_note, take_back_note
from annotator.services.parties import Named
from tests.builders import make_annotation, make_article, make_note, place_of
from tests.cast import Cast

LEDGER = Piece(url="https://court.example/ledger", source_type="primary", locator="p. 3")
SUGGESTED = Suggestion("one crane", "There was one.", "fact")
ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def article(cast: Cast) -> Article:
    """An article of Ada's."""
    return make_article(cast.ada)


@pytest.fixture
def claim(cast: Cast, article: Article) -> Annotation:
    """A claim that Ben has checked."""
    made = make_annotation(cast.ben, article, "cranes")
    make_note(cast.ben, made, verdict="accurate", evidence=(LEDGER,))
    return made


def act(work: Callable[[], Any]) -> Any:
    """Do it in one transaction."""
    with unit_of_work():
        return work()


def sign(actor: Actor, uuid: str, remark: str = "", expected: int | None = None) -> bool:
    """Sign off; whether that was new."""
    with unit_of_work():
        return signing_off.sign_off(actor, loading.annotation(actor, uuid), remark, expected)[1]


def state(uuid: str) -> str:
    """The stored state, which is the one that the rows add up to."""
    db.session.rollback()
    it = records.record(uuid, deleted=True)
    original = states.original_of(it)
    assert it.state == states.state_of(it, states.standing(it, original), original)
    if it.signed_off:
        assert states.why_not(it, original) == {}
    return it.state


def last_events(number: int) -> list[tuple[str, Any, Any]]:
    """The newest events, oldest first."""
    found = db.session.query(Event).order_by(Event.id.desc()).limit(number).all()
    return [(one.verb, one.before, one.after) for one in reversed(found)]


def test_somebody_else_signs_off(cast: Cast, claim: Annotation) -> None:
    uuid, row = claim.uuid, claim.row_version
    with pytest.raises(Forbidden, match="You gave this verdict"):
        sign(cast.ben, uuid)
    assert sign(cast.cleo, uuid, " Read it too. ", row) is True
    assert state(uuid) == "signed_off"
    now = records.record(uuid)
    assert now.signed_off is not None
    signed = now.signed_off
    assert (signed.by.username, signed.verdict, signed.exact, signed.remark) == (
        "cleo",
        "accurate",
        "cranes",
        "Read it too.",
    )
    assert now.row_version > row
    after = {"signed_off": True, "verdict": "accurate", "exact": "cranes", "remark": "Read it too."}
    assert last_events(1) == [("sign_off.given", {"signed_off": False}, after)]
    stored = db.session.query(SignOff).one()
    assert (stored.note.body, stored.version.number) == ("Read the ledger.", 1)


def test_the_same_person_again_is_the_same_sign_off(cast: Cast, claim: Annotation) -> None:
    uuid, row = claim.uuid, claim.row_version
    assert [sign(cast.cleo, uuid), sign(cast.cleo, uuid, expected=row)] == [True, False]
    assert db.session.query(SignOff).count() == 1
    with pytest.raises(Conflict, match="Cleo Marchetti has signed it off already"):
        sign(cast.ada, uuid)


@ON_ONE
def test_every_reason_is_told(cast: Cast, article: Article) -> None:
    bare = make_annotation(cast.ben, article, "cranes")
    with pytest.raises(Conflict) as refusal:
        sign(cast.cleo, bare.uuid)
    assert list(refusal.value.fields) == ["verdict", "note", "evidence"]
    assert refusal.value.message == " ".join(refusal.value.fields.values())
    assert state(bare.uuid) == "to_do"


@ON_ONE
def test_what_will_not_do(cast: Cast, claim: Annotation) -> None:
    uuid = claim.uuid
    with pytest.raises(Invalid) as refusal:
        sign(cast.cleo, uuid, "x" * 2001)
    assert list(refusal.value.fields) == ["remark"]
    with pytest.raises(Stale):
        sign(cast.cleo, uuid, expected=claim.row_version - 1)
    assert db.session.query(SignOff).count() == 0


def test_a_sign_off_is_withdrawn_by_who_gave_it_or_a_lead(cast: Cast, claim: Annotation) -> None:
    uuid = claim.uuid
    with pytest.raises(NotFound):
        act(lambda: signing_off.withdraw_sign_off(cast.cleo, loading.annotation(cast.cleo, uuid)))
    sign(cast.cleo, uuid)
    with pytest.raises(Forbidden):
        act(lambda: signing_off.withdraw_sign_off(cast.ben, loading.annotation(cast.ben, uuid)))
    for who in (cast.cleo, cast.ada):
        act(lambda who=who: signing_off.withdraw_sign_off(who, loading.annotation(who, uuid)))
        assert state(uuid) == "checked"
        assert last_events(1) == [("sign_off.withdrawn", {"signed_off": True}, {"signed_off": False})]
        assert sign(cast.cleo, uuid) is True
    kept = [one.fallen_why for one in records.record(uuid).sign_offs]
    assert kept == ["Withdrawn by Cleo Marchetti.", "Withdrawn by Ada Okafor.", ""]


def test_a_withdrawn_sign_off_stands_again_when_nothing_has_changed(cast: Cast, claim: Annotation) -> None:
    uuid = claim.uuid
    sign(cast.cleo, uuid)

    def withdraw() -> str:
        annotation = loading.annotation(cast.cleo, uuid)
        return str(signing_off.withdraw_sign_off(cast.cleo, annotation).uuid)

    def bring_back(who: Actor) -> None:
        loading.annotation(who, uuid)
        signing_off.bring_back_sign_off(who, db.session.query(SignOff).filter_by(uuid=key).one())

    key = act(withdraw)
    with pytest.raises(Forbidden):
        act(lambda: bring_back(cast.ben))
    act(lambda: bring_back(cast.cleo))
    assert state(uuid) == "signed_off"
    with pytest.raises(Conflict):
        act(lambda: bring_back(cast.cleo))
    act(withdraw)
    note = claim.article_id and records.record(uuid).notes[0].id
    act(lambda: edit_note(cast.ben, loading.note(cast.ben, note), Written("No.", "false", None, (LEDGER,)), None))
    with pytest.raises(Conflict, match="have changed since"):
        act(lambda: bring_back(cast.cleo))


def test_a_withdrawn_sign_off_stays_withdrawn_when_a_note_says_something_else(cast: Cast, claim: Annotation) -> None:
    uuid = claim.uuid
    sign(cast.cleo, uuid)
    act(lambda: signing_off.withdraw_sign_off(cast.cleo, loading.annotation(cast.cleo, uuid)))
    act(lambda: edit_first(cast, loading.annotation(cast.ben, uuid), body="Read another ledger."))
    loading.annotation(cast.cleo, uuid)
    with pytest.raises(Conflict, match="have changed since"):
        act(lambda: signing_off.bring_back_sign_off(cast.cleo, db.session.query(SignOff).one()))
    assert state(uuid) == "checked"
    assert sign(cast.cleo, uuid) is True


def test_a_note_of_what_it_repeats_is_answered_for_as_well(cast: Cast, claim: Annotation, article: Article) -> None:
    uuid, again = claim.uuid, make_annotation(cast.ben, article, "for cranes").uuid
    act(lambda: relations.relate(cast.ben, loading.annotation(cast.ben, again), "repeats", uuid))
    sign(cast.cleo, again)
    act(lambda: edit_first(cast, loading.annotation(cast.ben, uuid), body="Read another ledger."))
    assert (state(uuid), state(again)) == ("checked", "checked")


FALLS: dict[str, Callable[[Cast, Annotation], Any]] = {
    "The verdict was changed.": lambda cast, claim: edit_first(cast, claim, verdict="false"),
    "The words were changed.": lambda cast, claim: annotations.move_annotation(
        cast.ben, claim, place_of(claim.article, "for cranes"), None
    ),
    "A piece of evidence is missing.": lambda cast, claim: edit_first(cast, claim, evidence=()),
    "A correction is open; it has to be accepted or rejected first.": lambda cast, claim: propose_correction(
        cast.ben, claim, SUGGESTED
    ),
    "What is said about it was changed: Harm, Rests on.": lambda cast, claim: fields.set_fields(
        cast.ben, claim, {"rests_on": "A leak", "harm": "high", "wording": None}, None
    ),
    "Whose words they are was changed.": lambda cast, claim: parties.name_party(
        cast.ben, claim, Named("Somebody else"), None
    ),
    "A note was edited.": lambda cast, claim: edit_first(cast, claim, body="Read the ledger, and the one before."),
}


def edit_first(cast: Cast, claim: Annotation, **changed: Any) -> None:
    """Ben writes his note anew."""
    [first] = records.record(claim.uuid).notes
    said = {"body": first.body, "verdict": first.verdict, "evidence": (LEDGER,)} | changed
    edit_note(cast.ben, loading.note(cast.ben, first.id), Written(**said), None)


@pytest.mark.parametrize("why", FALLS)
def test_it_falls_by_itself(cast: Cast, claim: Annotation, why: str) -> None:
    uuid = claim.uuid
    sign(cast.cleo, uuid)
    act(lambda: FALLS[why](cast, loading.annotation(cast.ben, uuid)))
    assert state(uuid) != "signed_off"
    [signed] = records.record(uuid).sign_offs
    assert signed.fallen_why == why
    fallen = db.session.query(Event).filter_by(verb="sign_off.fallen").one()
    assert (fallen.before, fallen.after) == ({"signed_off": True}, {"signed_off": False, "why": why})
    assert db.session.query(Notice).filter_by(event_id=fallen.id).one().person_id == cast.cleo.id


def test_what_changes_nothing_lets_it_stand(cast: Cast, claim: Annotation) -> None:
    uuid = claim.uuid
    act(lambda: parties.name_party(cast.ben, loading.annotation(cast.ben, uuid), Named("Ingrid"), None))
    act(lambda: fields.set_fields(cast.ben, loading.annotation(cast.ben, uuid), {"harm": "high"}, None))
    sign(cast.cleo, uuid)
    act(lambda: parties.name_party(cast.ben, loading.annotation(cast.ben, uuid), Named("ingrid", "clerk"), None))
    act(lambda: fields.set_fields(cast.ben, loading.annotation(cast.ben, uuid), {"harm": "high"}, None))

    def rename_and_merge() -> None:
        known = parties.find_or_add(Named("Ingrid"))
        party_records.edit_party(cast.ada, known, {"name": "Ingrid Solheim"}, None)
        party_records.merge_parties(cast.ada, parties.find_or_add(Named("I. Solheim")), known)

    act(rename_and_merge)
    party = records.record(uuid).party
    assert party is not None
    assert (state(uuid), party.name) == ("signed_off", "I. Solheim")


def test_it_stays_fallen_when_the_change_is_undone(cast: Cast, claim: Annotation) -> None:
    uuid, article_id = claim.uuid, claim.article_id
    sign(cast.cleo, uuid)
    act(lambda: fields.set_fields(cast.ben, loading.annotation(cast.ben, uuid), {"harm": "high"}, None))
    act(lambda: undoing.undo(cast.ben, loading.article(cast.ben, article_id)))
    assert (records.record(uuid).fields, state(uuid)) == ({}, "checked")


@pytest.mark.parametrize("what", ["fields", "party"])
def test_what_is_said_otherwise_since_keeps_a_sign_off_withdrawn(cast: Cast, claim: Annotation, what: str) -> None:
    uuid = claim.uuid
    sign(cast.cleo, uuid)
    act(lambda: signing_off.withdraw_sign_off(cast.cleo, loading.annotation(cast.cleo, uuid)))
    if what == "fields":
        act(lambda: fields.set_fields(cast.ben, loading.annotation(cast.ben, uuid), {"harm": "high"}, None))
    else:
        act(lambda: parties.name_party(cast.ben, loading.annotation(cast.ben, uuid), Named("Ingrid"), None))
    with pytest.raises(Conflict, match="have changed since"):
        act(lambda: signing_off.bring_back_sign_off(cast.cleo, db.session.query(SignOff).one()))


def test_a_verdict_that_becomes_that_of_the_signer_is_signed_off_by_nobody(cast: Cast, claim: Annotation) -> None:
    """Ben and Cleo agree, Cleo signs off; then Ben takes his note back, and the verdict is Cleo's own."""
    uuid = claim.uuid
    make_note(cast.cleo, claim, verdict="accurate")
    sign(cast.cleo, uuid)
    [first, _] = records.record(uuid).notes
    act(lambda: take_back_note(cast.ben, loading.note(cast.ben, first.id)))
    assert state(uuid) != "signed_off"
    with pytest.raises(Forbidden):
        sign(cast.cleo, uuid)


def test_another_verdict_makes_it_fall_until_a_lead_settles_it(cast: Cast, claim: Annotation) -> None:
    uuid = claim.uuid

    def settle(verdict: str) -> None:
        act(lambda: notes.resolve_disagreement(cast.ada, loading.annotation(cast.ada, uuid), verdict, "The ledger."))

    sign(cast.cleo, uuid)
    act(lambda: add_note(cast.cleo, loading.annotation(cast.cleo, uuid), Written("Not so.", "false")))
    assert state(uuid) == "disagreed"
    with pytest.raises(Forbidden):
        act(lambda: notes.resolve_disagreement(cast.ben, loading.annotation(cast.ben, uuid), "false", "So."))
    with pytest.raises(Conflict, match="a lead has to settle"):
        sign(cast.ada, uuid)
    for verdict, said in {"": "Choose which verdict stands.", "maybe": "The verdict must be one of accurate, "}.items():
        with pytest.raises(Invalid, match=said):
            settle(verdict)
    settle("accurate")
    assert state(uuid) == "checked"
    with pytest.raises(Forbidden):
        sign(cast.ada, uuid)
    assert sign(cast.ben, uuid) is True


def test_reading_blind_makes_what_one_has_read_fall(cast: Cast, claim: Annotation) -> None:
    uuid, article_id = claim.uuid, claim.article_id
    sign(cast.cleo, uuid)
    blind = Arrangement(blind=True)
    act(lambda: arranging.arrange_article(cast.ada, loading.article(cast.ada, article_id), blind, None))
    assert state(uuid) == "checked"
    with pytest.raises(Conflict, match="read blind"):
        sign(cast.cleo, uuid)
    act(lambda: add_note(cast.dan, loading.annotation(cast.dan, uuid), Written("So it is.", "accurate")))
    assert sign(cast.cleo, uuid) is True
