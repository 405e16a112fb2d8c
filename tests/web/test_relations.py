"""Ties on the card: made, refused, offered, taken away from either side."""

from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from annotator.extensions import db
from annotator.models import Relation
from annotator.vocabulary import RELATIONS
from tests.builders import make_annotation, make_article
from tests.cast import Cast
from tests.support.pages import StrictClient
from tests.web.reading import PARTIAL, all_of, described_error, one, send, targets, words
from tests.web.test_parties import ties

ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
TEXT = """The harbour authority paid 4.2 million crowns for cranes that never arrived, documents show.

“We were told to sign,” said Ingrid Solheim.

The authority denies that it paid for cranes. It paid 4,2 MILLION crowns, the ledger says."""


@pytest.fixture
def marks(cast: Cast) -> dict[str, str]:
    """Two claims, a quote, a denial and the first claim once more, as uuids."""
    article = make_article(cast.ada, text=TEXT)
    made = {
        "claim": make_annotation(cast.ben, article, "4.2 million crowns"),
        "second": make_annotation(cast.ben, article, "cranes that never arrived"),
        "quote": make_annotation(cast.ben, article, "told to sign", kind="quote"),
        "denial": make_annotation(cast.ben, article, "denies that it paid for cranes", kind="denial"),
        "again": make_annotation(cast.ben, article, "4,2 MILLION crowns"),
    }
    return {name: annotation.uuid for name, annotation in made.items()}


def tie(client: StrictClient, source: str, type: str, target: str, *, htmx: bool = True) -> TestResponse:
    """Tie one to another."""
    return send(client, f"/annotations/{source}/relations", {"type": type, "to": target}, htmx=htmx)


@pytest.mark.parametrize("type", [tie for tie in RELATIONS if tie != "denies"])
def test_a_tie_stands_on_both_cards_and_goes_from_either(ben: StrictClient, marks: dict[str, str], type: str) -> None:
    known = RELATIONS[type]
    for way, here in (("to", "quote"), ("from", "claim")):
        answer = tie(ben, marks["quote"], type, marks["claim"])
        assert ties(answer) == [f"{known.says.capitalize()} Claim 1"]
        assert "#card-1" in targets(answer)
        assert one(answer, "article[data-open]").attributes["data-ties"] == "1"
        other = ben.get(f"/annotations/{marks['claim']}", headers=PARTIAL)
        assert ties(other) == [f"{known.said_of.capitalize()} Quote 3"]
        there = {"to": "claim", "from": "quote"}[way]
        gone = send(ben, f"/annotations/{marks[here]}/relations/{type}/{way}/{marks[there]}/removal")
        assert (gone.status_code, ties(gone)) == (200, [])
        assert db.session.query(Relation).count() == 0


@ON_ONE
def test_without_script_too(ben: StrictClient, marks: dict[str, str]) -> None:
    assert tie(ben, marks["quote"], "answers", marks["claim"], htmx=False).location == f"/annotations/{marks['quote']}"
    page = ben.get(f"/annotations/{marks['quote']}")
    assert ties(page) == ["Answers Claim 1"]
    away = one(page, ".card-ties form").attributes["action"]
    assert send(ben, away or "", htmx=False).location == f"/annotations/{marks['quote']}"
    assert db.session.query(Relation).count() == 0


@ON_ONE
def test_a_tie_that_will_not_do_keeps_the_form(ben: StrictClient, cast: Cast, marks: dict[str, str]) -> None:
    foreign = make_annotation(cast.ben, make_article(cast.ada), "cranes").uuid
    for type, to, field in (
        ("supports", foreign, "to"),
        ("denies", marks["second"], "to"),
        ("loves", marks["second"], "type"),
    ):
        answer = tie(ben, marks["claim"], type, to)
        assert answer.status_code == 422
        assert described_error(answer, field).endswith(".") or "one of" in described_error(answer, field)
        assert "open" in one(answer, "details.card-tie").attributes
    tie(ben, marks["denial"], "denies", marks["claim"])
    answer = tie(ben, marks["denial"], "denies", marks["second"])
    assert (answer.status_code, "something else already" in words(answer, ".refusal")) == (409, True)


@ON_ONE
def test_the_likeliest_is_offered_first(ben: StrictClient, marks: dict[str, str]) -> None:
    """The denial is nearest to a quote and to the first claim said again, but speaks of cranes."""
    page = ben.get(f"/annotations/{marks['denial']}/offers", headers=PARTIAL)
    offered = [option.attributes["data-uuid"] for option in all_of(page, "[role=option]")]
    assert offered[0] == marks["second"]
    assert set(offered) == set(marks.values()) - {marks["denial"]}
    assert one(page, "select option[selected]").attributes["value"] == "denies"
    claim = ben.get(f"/annotations/{marks['quote']}/offers", headers=PARTIAL)
    assert "denies" not in [option.attributes["value"] for option in all_of(claim, "select option")]


@ON_ONE
def test_what_says_the_same_is_offered_once_as_a_repeat(ben: StrictClient, marks: dict[str, str]) -> None:
    card = ben.get(f"/annotations/{marks['again']}", headers=PARTIAL)
    assert words(card, ".card-same p") == "Says the same as Claim 1. Repeats Claim 1"
    assert one(card, ".card-same [name=to]").attributes["value"] == marks["claim"]
    for other in ("claim", "second", "quote"):
        assert all_of(ben.get(f"/annotations/{marks[other]}", headers=PARTIAL), ".card-same") == []
    answer = tie(ben, marks["again"], "repeats", marks["claim"])
    assert all_of(answer, ".card-same") == []
    assert ties(answer) == ["Repeats Claim 1"]


@ON_ONE
def test_closed_cards_know_what_they_are_tied_to(ben: StrictClient, cast: Cast, marks: dict[str, str]) -> None:
    tie(ben, marks["denial"], "denies", marks["claim"])
    tie(ben, marks["again"], "repeats", marks["claim"])
    shown = {
        name: one(ben.get(f"/annotations/{uuid}/closed", headers=PARTIAL), "article") for name, uuid in marks.items()
    }
    assert {name: card.attributes.get("data-ties") for name, card in shown.items()} == {
        "claim": "4 5",
        "second": None,
        "quote": None,
        "denial": "1",
        "again": "1",
    }
