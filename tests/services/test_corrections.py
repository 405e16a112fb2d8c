"""Corrections: suggested, changed, decided on, and what stands in the way meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from annotator.access import Actor
from annotator.db import unit_of_work
from annotator.errors import Conflict, DomainError, Forbidden, Invalid, NotFound, Stale
from annotator.extensions import db
from annotator.models import Annotation, Article, Correction, Event, Notice
from annotator.queries import records
from annotator.services import annotations, corrections, loading, signing_off, states
from annotator.services.corrections import Suggestion
from tests.builders import make_annotation, make_article, make_note, place_of
from tests.cast import Cast
from tests.services.test_meeting import all_at_once

ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
BETTER = Suggestion("3.9 million crowns", "The ledger says 3.9.", "fact")


@pytest.fixture
def claim(cast: Cast) -> Annotation:
    """A claim that is checked, by Ben."""
    made = make_annotation(cast.ada, make_article(cast.ada), "4.2 million crowns")
    make_note(cast.ben, made, "Read it all.", verdict="not_checkable")
    return made


def suggest(
    actor: Actor, annotation: str, suggestion: Suggestion = BETTER, uuid: str | None = None
) -> tuple[str, bool]:
    """Suggest other words; the correction's uuid, and whether it is new."""
    with unit_of_work():
        found = loading.annotation(actor, annotation)
        made, new = corrections.propose_correction(actor, found, suggestion, uuid)
        return made.uuid, new


def change(actor: Actor, uuid: str, act: Callable[[Correction], object], **how: bool) -> None:
    """Change a correction in a unit of work."""
    with unit_of_work():
        act(loading.correction(actor, uuid, **how))


def decide(actor: Actor, uuid: str, state: str = "accepted", remark: str = "Seen.", row: int | None = None) -> None:
    """Accept or reject a correction."""
    change(actor, uuid, lambda one: corrections.decide_correction(actor, one, state, remark, row))


def stored(uuid: str) -> Correction:
    """A correction as it is now."""
    db.session.rollback()
    return db.session.query(Correction).filter_by(uuid=uuid).one()


def lines(subject: str) -> list[tuple[str, Any, Any]]:
    """The history of a correction."""
    db.session.rollback()
    found = db.session.query(Event).filter_by(subject=subject).order_by(Event.id)
    return [(event.verb, event.before, event.after) for event in found]


def told(subject: str) -> list[tuple[int, str]]:
    """Who was told of a correction, and why."""
    db.session.rollback()
    wanted = select(Notice.person_id, Notice.why).join(Event, Event.id == Notice.event_id)
    rows = db.session.execute(wanted.where(Event.subject == subject).order_by(Notice.id))
    return [(person, why) for person, why in rows]


def blocked(uuid: str) -> list[str]:
    """What keeps the annotation from being signed off."""
    db.session.rollback()
    return list(states.why_not(records.record(uuid)).values())


def lead(article_id: int, person: Actor) -> None:
    """Let this person lead the article."""
    with unit_of_work():
        db.session.get_one(Article, article_id).lead_id = person.id


def test_an_open_correction_blocks_the_sign_off(cast: Cast, claim: Annotation) -> None:
    claim_id = claim.uuid
    assert blocked(claim_id) == []
    uuid, new = suggest(cast.cleo, claim_id)
    assert new
    one = stored(uuid)
    assert (one.current, one.suggested, one.reason) == ("4.2 million crowns", BETTER.suggested, BETTER.reason)
    assert (one.severity, one.state, one.version.number) == ("fact", "proposed", 1)
    assert one.annotation.open_corrections == 1
    assert blocked(claim_id) == ["A correction is open; it has to be accepted or rejected first."]
    decide(cast.ada, uuid, row=1)
    assert blocked(claim_id) == []
    assert (stored(uuid).state, stored(uuid).remark, stored(uuid).decided_by_id) == ("accepted", "Seen.", cast.ada.id)
    assert (stored(uuid).annotation.open_corrections, stored(uuid).row_version) == (0, 2)


def test_a_sign_off_falls_when_other_words_are_suggested(cast: Cast, claim: Annotation) -> None:
    claim_id = claim.uuid
    with unit_of_work():
        signing_off.sign_off(cast.ada, loading.annotation(cast.ada, claim_id))
    uuid, _ = suggest(cast.cleo, claim_id)
    assert stored(uuid).annotation.state == "checked"
    [fallen] = db.session.query(Event).filter_by(verb="sign_off.fallen").all()
    assert fallen.after["why"] == "A correction is open; it has to be accepted or rejected first."
    with pytest.raises(Conflict), unit_of_work():
        signing_off.sign_off(cast.ada, loading.annotation(cast.ada, claim_id))


def test_history_tells_the_whole_and_then_what_changed(cast: Cast, claim: Annotation) -> None:
    uuid, _ = suggest(cast.ben, claim.uuid)
    again = replace(BETTER, severity="legal")
    change(cast.ben, uuid, lambda one: corrections.change_correction(cast.ben, one, again, 1))
    decide(cast.ada, uuid, "rejected", "It is 4.2.")
    added, changed, decided = lines(uuid)
    assert added[0] == "correction.added"
    assert added[2]["suggested"] == BETTER.suggested
    assert changed == ("correction.changed", {"severity": "fact"}, {"severity": "legal"})
    assert decided[0] == "correction.decided"
    assert decided[1] == {"state": "proposed", "remark": "", "decided_by": None, "decided_at": None}
    assert (decided[2]["state"], decided[2]["remark"], decided[2]["decided_by"]) == ("rejected", "It is 4.2.", "ada")


def test_what_happened_can_be_put_back(cast: Cast, claim: Annotation) -> None:
    claim_id = claim.uuid
    uuid, _ = suggest(cast.ada, claim_id)
    change(cast.ada, uuid, lambda one: corrections.change_correction(cast.ada, one, Suggestion("x", "y", "typo"), 1))
    decide(cast.ada, uuid)
    for _, before, after in reversed(lines(uuid)[1:]):
        for values in (before, after, before):
            change(cast.ada, uuid, lambda one, v=values: corrections.put_back_correction(cast.ada, one, v, undoes=1))
    assert corrections.told(stored(uuid)) == lines(uuid)[0][2]
    assert blocked(claim_id) != []


@ON_ONE
def test_only_those_put_back_who_might_have_done_it(cast: Cast, claim: Annotation) -> None:
    uuid, _ = suggest(cast.ben, claim.uuid)
    decide(cast.ada, uuid)
    _, before, _ = lines(uuid)[-1]
    with pytest.raises(Forbidden):
        change(cast.ben, uuid, lambda one: corrections.put_back_correction(cast.ben, one, before))
    with pytest.raises(Forbidden):
        change(cast.cleo, uuid, lambda one: corrections.put_back_correction(cast.cleo, one, {"suggested": "x"}))


WRONG: list[tuple[dict[str, str], set[str]]] = [
    ({"suggested": "4.2 million crowns"}, {"suggested"}),
    ({"suggested": " 4.2 million crowns\r\n"}, {"suggested"}),
    ({"suggested": "x" * 20_001}, {"suggested"}),
    ({"suggested": "a\x00"}, {"suggested"}),
    ({"reason": "  "}, {"reason"}),
    ({"reason": "x" * 5_001}, {"reason"}),
    ({"severity": ""}, {"severity"}),
    ({"severity": "grave"}, {"severity"}),
    ({"reason": "", "severity": ""}, {"reason", "severity"}),
]


@pytest.mark.parametrize(
    ("how", "fields"), WRONG, ids=lambda value: (" ".join(sorted(value)) if isinstance(value, set) else str(value))[:50]
)
@ON_ONE
def test_corrections_that_will_not_do(cast: Cast, claim: Annotation, how: dict[str, str], fields: set[str]) -> None:
    with pytest.raises(Invalid) as refusal:
        suggest(cast.ben, claim.uuid, replace(BETTER, **how))
    assert set(refusal.value.fields) == fields
    assert db.session.query(Correction).count() == 0


@pytest.mark.parametrize(("severity", "said"), [("", "Choose how grave it is."), ("grave", "one of typo, fact, legal")])
@ON_ONE
def test_how_grave_it_is_has_to_be_chosen(cast: Cast, claim: Annotation, severity: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        suggest(cast.ben, claim.uuid, replace(BETTER, severity=severity))


@ON_ONE
def test_words_may_be_suggested_to_go(cast: Cast, claim: Annotation) -> None:
    uuid, _ = suggest(cast.ben, claim.uuid, replace(BETTER, suggested=" "))
    assert stored(uuid).suggested == ""


def test_a_request_may_be_repeated(cast: Cast, claim: Annotation) -> None:
    claim_id, uuid = claim.uuid, str(uuid4())
    assert suggest(cast.ben, claim_id, BETTER, uuid) == (uuid, True)
    assert suggest(cast.ben, claim_id, BETTER, uuid) == (uuid, False)
    for who, suggestion in ((cast.cleo, BETTER), (cast.ben, replace(BETTER, severity="typo"))):
        with pytest.raises(Conflict):
            suggest(who, claim_id, suggestion, uuid)
    change(cast.ben, uuid, lambda one: corrections.take_back_correction(cast.ben, one))
    with pytest.raises(Conflict):
        suggest(cast.ben, claim_id, BETTER, uuid)
    assert db.session.query(Correction).count() == 1


@ON_ONE
def test_its_maker_changes_it_until_it_is_decided(cast: Cast, claim: Annotation) -> None:
    uuid, _ = suggest(cast.ben, claim.uuid)
    again = replace(BETTER, suggested="3.8 million crowns")
    with pytest.raises(Forbidden):
        change(cast.ada, uuid, lambda one: corrections.change_correction(cast.ada, one, again, 1))
    change(cast.ben, uuid, lambda one: corrections.change_correction(cast.ben, one, again, 1))
    with pytest.raises(Stale):
        change(cast.ben, uuid, lambda one: corrections.change_correction(cast.ben, one, BETTER, 1))
    with pytest.raises(Stale):
        decide(cast.ada, uuid, row=1)
    decide(cast.ada, uuid, row=2)
    with pytest.raises(Conflict):
        change(cast.ben, uuid, lambda one: corrections.change_correction(cast.ben, one, BETTER, None))
    with pytest.raises(Conflict):
        change(cast.ben, uuid, lambda one: corrections.take_back_correction(cast.ben, one))
    with pytest.raises(Conflict):
        decide(cast.ada, uuid, "rejected")
    assert stored(uuid).suggested == "3.8 million crowns"


def test_leads_decide_and_whoever_leads_the_article(cast: Cast, claim: Annotation) -> None:
    first, _ = suggest(cast.ben, claim.uuid)
    second, _ = suggest(cast.ada, claim.uuid, replace(BETTER, severity="typo"))
    with pytest.raises(Forbidden):
        decide(cast.cleo, first)
    lead(claim.article_id, cast.cleo)
    decide(cast.cleo, first)
    decide(cast.dan, second, "rejected")
    assert (stored(first).decided_by_id, stored(second).decided_by_id) == (cast.cleo.id, cast.dan.id)


@pytest.mark.parametrize(
    ("state", "remark", "fields"),
    [
        ("accepted", " ", {"remark"}),
        ("rejected", "", {"remark"}),
        ("applied", "x", {"state"}),
        ("", "", {"state", "remark"}),
        ("accepted", "x" * 5_001, {"remark"}),
    ],
)
@ON_ONE
def test_decisions_that_will_not_do(cast: Cast, claim: Annotation, state: str, remark: str, fields: set[str]) -> None:
    uuid, _ = suggest(cast.ben, claim.uuid)
    with pytest.raises(Invalid) as refusal:
        decide(cast.ada, uuid, state, remark)
    assert set(refusal.value.fields) == fields
    assert stored(uuid).state == "proposed"


@ON_ONE
def test_those_concerned_are_told(cast: Cast, claim: Annotation) -> None:
    claim_id = claim.uuid
    assert told(suggest(cast.ben, claim_id)[0]) == []
    lead(claim.article_id, cast.cleo)
    uuid, _ = suggest(cast.ben, claim_id)
    assert told(uuid) == [(cast.cleo.id, "decide")]
    decide(cast.ada, uuid)
    assert told(uuid) == [(cast.cleo.id, "decide"), (cast.ben.id, "correction")]
    own, _ = suggest(cast.cleo, claim_id)
    decide(cast.cleo, own)
    assert told(own) == []


def test_its_maker_or_a_lead_takes_it_back(cast: Cast, claim: Annotation) -> None:
    claim_id = claim.uuid
    uuid, _ = suggest(cast.ben, claim_id)
    with pytest.raises(Forbidden):
        change(cast.cleo, uuid, lambda one: corrections.take_back_correction(cast.cleo, one))
    change(cast.ada, uuid, lambda one: corrections.take_back_correction(cast.ada, one, 1))
    assert blocked(claim_id) == []
    with pytest.raises(NotFound):
        decide(cast.ada, uuid)
    with pytest.raises(Forbidden):
        change(cast.cleo, uuid, lambda one: corrections.bring_back_correction(cast.cleo, one), taken_back=True)
    change(cast.ben, uuid, lambda one: corrections.bring_back_correction(cast.ben, one), taken_back=True)
    assert blocked(claim_id) != []
    assert [verb for verb, *_ in lines(uuid)] == [
        "correction.added",
        "correction.taken_back",
        "correction.brought_back",
    ]


@ON_ONE
def test_a_change_is_made_for_the_words_marked_now(cast: Cast, claim: Annotation) -> None:
    claim_id, article = claim.uuid, claim.article
    place = place_of(article, "4.2 million")
    uuid, _ = suggest(cast.ben, claim_id)
    with unit_of_work():
        annotations.move_annotation(cast.ben, loading.annotation(cast.ben, claim_id), place, None)
    assert stored(uuid).current == "4.2 million crowns"
    again = replace(BETTER, suggested="3.9 million")
    change(cast.ben, uuid, lambda one: corrections.change_correction(cast.ben, one, again, None))
    assert stored(uuid).current == "4.2 million"


def test_of_many_deciders_one_decides(app: Flask, cast: Cast, claim: Annotation) -> None:
    uuid, _ = suggest(cast.ben, claim.uuid)
    db.session.remove()

    def act(number: int) -> str:
        state = ("accepted", "rejected")[number % 2]
        one = loading.correction(cast.ada, uuid)
        return corrections.decide_correction(cast.ada, one, state, f"No. {number}", None).remark

    found = all_at_once(app, act, 6)
    winners = [one for one in found if isinstance(one, str)]
    assert len(winners) == 1
    assert all(isinstance(one, Conflict) for one in found if isinstance(one, DomainError))
    assert stored(uuid).remark == winners[0]
    assert [verb for verb, *_ in lines(uuid)] == ["correction.added", "correction.decided"]
