"""Ties between annotations: which are taken, what they change, and what they tell."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from annotator.db import unit_of_work
from annotator.errors import Conflict, Invalid
from annotator.extensions import db
from annotator.models import Annotation, Event, Relation
from annotator.services import annotations, loading, relations
from annotator.services.evidence import Piece
from tests.builders import make_annotation, make_article, make_note
from tests.cast import Cast

Marks = dict[str, str]


@pytest.fixture
def marks(cast: Cast) -> Marks:
    """Three claims, a quote and two denials by name, as uuids."""
    article = make_article(cast.ada)
    made = {
        "claim": make_annotation(cast.ben, article, "4.2 million crowns"),
        "second": make_annotation(cast.ben, article, "cranes that never arrived"),
        "third": make_annotation(cast.ben, article, "documents show"),
        "quote": make_annotation(cast.ben, article, "told to sign", kind="quote"),
        "denial": make_annotation(cast.ben, article, "denies that any payment was made", kind="denial"),
        "other": make_annotation(cast.ben, article, "No money has left this house", kind="denial"),
    }
    return {name: annotation.uuid for name, annotation in made.items()}


def tie(cast: Cast, source: str, type: str, target: str) -> tuple[str, bool]:
    """Tie one to another."""
    with unit_of_work():
        return relations.relate(cast.ben, loading.annotation(cast.ben, source), type, target)


def untie(cast: Cast, source: str, type: str, target: str) -> bool:
    """Take a tie away."""
    with unit_of_work():
        return relations.unrelate(cast.ben, loading.annotation(cast.ben, source), type, target)


def stored(uuid: str) -> Annotation:
    """An annotation as it is now."""
    db.session.rollback()
    return db.session.query(Annotation).filter_by(uuid=uuid).one()


def told(uuid: str) -> list[tuple[str, Any, Any]]:
    """What history says of an annotation's ties."""
    db.session.rollback()
    events = (
        db.session.query(Event).filter_by(subject=uuid).filter(Event.verb.startswith("relation.")).order_by(Event.id)
    )
    return [(event.verb, event.before, event.after) for event in events]


TAKEN = [
    ("denial", "denies", "claim"),
    ("denial", "denies", "quote"),
    ("quote", "answers", "claim"),
    ("denial", "answers", "other"),
    ("claim", "supports", "second"),
    ("claim", "contradicts", "quote"),
    ("second", "repeats", "claim"),
    ("claim", "depends_on", "second"),
]


@pytest.mark.parametrize(("source", "type", "target"), TAKEN)
def test_a_tie_is_made_once_told_and_taken_away(cast: Cast, marks: Marks, source: str, type: str, target: str) -> None:
    said = {"type": type, "to": marks[target]}
    assert tie(cast, marks[source], type, marks[target]) == (marks[target], True)
    rows = stored(marks[source]).row_version, stored(marks[target]).row_version
    assert min(rows) > 1
    assert tie(cast, marks[source], type, marks[target]) == (marks[target], False)
    assert (stored(marks[source]).row_version, stored(marks[target]).row_version) == rows
    assert untie(cast, marks[source], type, marks[target])
    assert not untie(cast, marks[source], type, marks[target])
    assert told(marks[source]) == [("relation.added", None, said), ("relation.removed", said, None)]
    assert db.session.query(Relation).count() == 0


REFUSED = [
    ("claim", "denies", "second", "to"),
    ("quote", "denies", "claim", "to"),
    ("denial", "denies", "other", "to"),
    ("claim", "supports", "claim", "to"),
    ("claim", "supports", "foreign", "to"),
    ("claim", "supports", "gone", "to"),
    ("claim", "supports", "unknown", "to"),
    ("claim", "supports", "nonsense", "to"),
    ("claim", "supports", "\x00", "to"),
    ("claim", "loves", "second", "type"),
    ("claim", "", "second", "type"),
]


@pytest.mark.parametrize(("source", "type", "target", "field"), REFUSED)
def test_a_tie_that_will_not_do(cast: Cast, marks: Marks, source: str, type: str, target: str, field: str) -> None:
    marks = marks | {"unknown": str(uuid4())}
    marks["foreign"] = make_annotation(cast.ben, make_article(cast.ada), "cranes").uuid
    marks["gone"] = marks["third"]
    with unit_of_work():
        annotations.delete_annotation(cast.ben, loading.annotation(cast.ben, marks["gone"]), None)
    with pytest.raises(Invalid) as refusal:
        tie(cast, marks[source], type, marks.get(target, target))
    assert list(refusal.value.fields) == [field]
    assert refusal.value.fields[field].endswith(".")
    assert db.session.query(Relation).count() == 0


def test_a_denial_denies_one_thing(cast: Cast, marks: Marks) -> None:
    tie(cast, marks["denial"], "denies", marks["claim"])
    with pytest.raises(Conflict):
        tie(cast, marks["denial"], "denies", marks["second"])
    with unit_of_work():
        annotations.delete_annotation(cast.ben, loading.annotation(cast.ben, marks["claim"]), None)
    assert tie(cast, marks["denial"], "denies", marks["second"])[1]
    assert [verb for verb, _, _ in told(marks["denial"])] == ["relation.added", "relation.removed", "relation.added"]


def test_what_repeats_leads_to_the_first(cast: Cast, marks: Marks) -> None:
    tie(cast, marks["second"], "repeats", marks["claim"])
    assert tie(cast, marks["third"], "repeats", marks["second"]) == (marks["claim"], True)
    with pytest.raises(Conflict):
        tie(cast, marks["third"], "repeats", marks["quote"])
    for source, target in (("claim", "quote"), ("claim", "second")):
        with pytest.raises(Invalid) as refusal:
            tie(cast, marks[source], "repeats", marks[target])
        assert list(refusal.value.fields) == ["to"]
    assert db.session.query(Relation).count() == 2


def test_no_chain_comes_about_by_deleting_and_restoring(cast: Cast, marks: Marks) -> None:
    tie(cast, marks["second"], "repeats", marks["claim"])
    for deleted, source, target in (("claim", "third", "second"), ("second", "claim", "third")):
        with unit_of_work():
            annotations.delete_annotation(cast.ben, loading.annotation(cast.ben, marks[deleted]), None)
        with pytest.raises(Invalid, match=r"repeats"):
            tie(cast, marks[source], "repeats", marks[target])
        with unit_of_work():
            annotations.restore_annotation(cast.ben, loading.annotation(cast.ben, marks[deleted], deleted=True))


def check(cast: Cast, uuid: str) -> None:
    """Give a verdict with all that a check needs."""
    make_note(cast.ben, stored(uuid), verdict="accurate", evidence=(Piece(url="https://a.example/"),))


def test_what_repeats_is_checked_with_the_first(cast: Cast, marks: Marks) -> None:
    check(cast, marks["claim"])
    tie(cast, marks["second"], "repeats", marks["claim"])
    assert (stored(marks["second"]).state, stored(marks["second"]).verdict) == ("checked", "accurate")
    untie(cast, marks["second"], "repeats", marks["claim"])
    assert (stored(marks["second"]).state, stored(marks["second"]).verdict) == ("to_do", None)


def test_what_repeats_follows_the_first_also_while_it_was_deleted(cast: Cast, marks: Marks) -> None:
    tie(cast, marks["second"], "repeats", marks["claim"])
    with unit_of_work():
        annotations.delete_annotation(cast.ben, loading.annotation(cast.ben, marks["second"]), None)
    check(cast, marks["claim"])
    with unit_of_work():
        annotations.restore_annotation(cast.ben, loading.annotation(cast.ben, marks["second"], deleted=True))
    assert stored(marks["second"]).state == "checked"
    with unit_of_work():
        annotations.delete_annotation(cast.ben, loading.annotation(cast.ben, marks["claim"]), None)
    assert stored(marks["second"]).state == "to_do"


def test_a_denial_may_change_its_mind(cast: Cast, marks: Marks) -> None:
    for target in ("claim", "second", None):
        with unit_of_work():
            denial = loading.annotation(cast.ben, marks["denial"])
            relations.link_denial(cast.ben, denial, marks[target] if target else None, None)
    first, second = ({"type": "denies", "to": marks[name]} for name in ("claim", "second"))
    assert [(before, after) for _, before, after in told(marks["denial"])] == [
        (None, first),
        (first, None),
        (None, second),
        (second, None),
    ]


def test_another_kind_drops_only_what_it_cannot_have(cast: Cast, marks: Marks) -> None:
    tie(cast, marks["denial"], "denies", marks["claim"])
    tie(cast, marks["denial"], "answers", marks["claim"])
    with unit_of_work():
        annotations.change_kind(cast.ben, loading.annotation(cast.ben, marks["denial"]), "quote", None)
    assert [relation.type for relation in db.session.query(Relation)] == ["answers"]
    assert told(marks["denial"])[-1] == ("relation.removed", {"type": "denies", "to": marks["claim"]}, None)
