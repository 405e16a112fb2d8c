"""The fields of a kind: what is taken, what is refused, and what stays."""

from __future__ import annotations

from typing import Any

import pytest

from annotator.db import unit_of_work
from annotator.errors import Invalid, Stale
from annotator.extensions import db
from annotator.models import Annotation, Event
from annotator.services import annotations, fields, loading
from tests.builders import make_annotation, make_article
from tests.cast import Cast

WORDS = {"claim": "4.2 million crowns", "quote": "told to sign", "denial": "denies that any payment was made"}


@pytest.fixture
def marks(cast: Cast) -> dict[str, str]:
    """One annotation of each kind, as uuids."""
    article = make_article(cast.ada)
    return {kind: make_annotation(cast.ben, article, words, kind=kind).uuid for kind, words in WORDS.items()}


def put(cast: Cast, uuid: str, expected: int | None = None, **values: Any) -> None:
    """Set fields."""
    with unit_of_work():
        fields.set_fields(cast.ben, loading.annotation(cast.ben, uuid), values, expected)


def stored(uuid: str) -> Annotation:
    """An annotation as it is now."""
    db.session.rollback()
    return db.session.query(Annotation).filter_by(uuid=uuid).one()


TAKEN = [
    ("claim", "wording", "The authority paid 4.2 million crowns. ", "The authority paid 4.2 million crowns."),
    ("claim", "wording", "Two\r\nlines", "Two\nlines"),
    ("claim", "harm", "high", "high"),
    ("claim", "rests_on", "The ledger", "The ledger"),
    ("claim", "said_at", "2026-11-23", "2026-11-23"),
    ("claim", "said_at", "2026-11-23T18:30+01:00", "2026-11-23T18:30+01:00"),
    ("claim", "appearance_url", "https://court.example/a?b=c", "https://court.example/a?b=c"),
    ("quote", "title_as_printed", " Head  of\u00a0accounts ", "Head of accounts"),
    ("quote", "directness", "paraphrase", "paraphrase"),
    ("quote", "original_words", "«Vi ble bedt om å signere»", "«Vi ble bedt om å signere»"),
    ("quote", "context_ok", False, False),
    ("denial", "on_behalf_of", "The authority", "The authority"),
    ("denial", "form", "non_denial", "non_denial"),
    ("denial", "allegation", "That it paid", "That it paid"),
]


@pytest.mark.parametrize(("kind", "name", "value", "kept"), TAKEN)
def test_a_value_is_kept_told_and_taken_away(
    cast: Cast, marks: dict[str, str], kind: str, name: str, value: Any, kept: Any
) -> None:
    uuid = marks[kind]
    put(cast, uuid, 1, **{name: value})
    put(cast, uuid, 2, **{name: kept})
    assert (stored(uuid).fields, stored(uuid).row_version) == ({name: kept}, 2)
    put(cast, uuid, **{name: None})
    assert stored(uuid).fields == {}
    events = db.session.query(Event).filter_by(verb="annotation.fields_changed").order_by(Event.id)
    assert [(event.subject, event.before, event.after) for event in events] == [
        (uuid, {name: None}, {name: kept}),
        (uuid, {name: kept}, {name: None}),
    ]


REFUSED = [
    ("claim", "wording", "x" * 1001),
    ("claim", "wording", "a\x00"),
    ("claim", "wording", 5),
    ("claim", "harm", "extreme"),
    ("claim", "harm", ["high"]),
    ("claim", "said_at", "yesterday"),
    ("claim", "said_at", "2026-02-30"),
    ("claim", "appearance_url", "javascript:alert(1)"),
    ("claim", "appearance_url", "court.example"),
    ("claim", "directness", "direct"),
    ("quote", "harm", "low"),
    ("quote", "context_ok", "yes"),
    ("quote", "context_ok", 1),
    ("quote", "title_as_printed", "x" * 301),
    ("denial", "form", "loud"),
    ("denial", "claimant", "Ingrid"),
]


@pytest.mark.parametrize(("kind", "name", "value"), REFUSED, ids=lambda value: str(value)[:20])
def test_a_value_that_will_not_do(cast: Cast, marks: dict[str, str], kind: str, name: str, value: Any) -> None:
    with pytest.raises(Invalid) as refusal:
        put(cast, marks[kind], **{name: value})
    assert list(refusal.value.fields) == [name]
    assert refusal.value.fields[name].endswith(".")
    assert stored(marks[kind]).fields == {}


def test_every_refusal_is_told_at_once(cast: Cast, marks: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refusal:
        put(cast, marks["claim"], harm="extreme", said_at="yesterday", wording="Good.")
    assert set(refusal.value.fields) == {"harm", "said_at"}
    assert stored(marks["claim"]).fields == {}


def test_values_of_a_kind_it_had_come_back_with_that_kind(cast: Cast, marks: dict[str, str]) -> None:
    uuid = marks["claim"]
    put(cast, uuid, harm="high", wording="The authority paid.")
    for kind in ("quote", "claim"):
        with unit_of_work():
            annotations.change_kind(cast.ben, loading.annotation(cast.ben, uuid), kind, None)
        if kind == "quote":
            put(cast, uuid, directness="direct")
    assert stored(uuid).fields == {"harm": "high", "wording": "The authority paid.", "directness": "direct"}


def test_the_second_to_write_is_told(cast: Cast, marks: dict[str, str]) -> None:
    put(cast, marks["claim"], 1, harm="low")
    with pytest.raises(Stale):
        put(cast, marks["claim"], 1, harm="high")
    assert stored(marks["claim"]).fields == {"harm": "low"}
