"""Ties and the fields of a kind through the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from annotator.extensions import db
from annotator.models import Annotation, Article, Relation
from annotator.vocabulary import FIELDS, RELATIONS
from tests.api.program import Program, refused, told
from tests.builders import make_annotation, make_article
from tests.cast import Cast

Mark = Callable[..., dict[str, Any]]

MONEY = "4.2 million crowns"
DENIAL = "The authority denies that any payment was made."


@pytest.fixture
def marks(reviewer: Program, mark: Mark) -> dict[str, str]:
    """Two claims, a quote and a denial, as ids."""
    wanted = {"claim": (MONEY, "claim"), "other": ("cranes", "claim"), "quote": ("told to sign", "quote")}
    wanted["denial"] = (DENIAL, "denial")
    return {name: mark(reviewer, words, kind)["id"] for name, (words, kind) in wanted.items()}


@pytest.mark.parametrize("type", list(RELATIONS))
def test_a_tie_of_every_type(reviewer: Program, marks: dict[str, str], type: str) -> None:
    """Made, made again, seen from both sides, taken away."""
    path, tie = f"/annotations/{marks['denial']}/relations", {"type": type, "to": marks["claim"]}
    response = reviewer.post(path, tie)
    assert told(response, 201) == tie
    assert told(reviewer.post(path, tie), 200) == tie
    assert told(reviewer.get(f"/annotations/{marks['denial']}"))["relations"] == [tie]
    other_side = told(reviewer.get(f"/annotations/{marks['claim']}"))["relations"]
    assert other_side == [{"type": type, "from": marks["denial"]}]
    where = response.headers["Location"].removeprefix("/api/v1")
    refused(reviewer.delete(f"{path}/{type}/{marks['other']}"), 404)
    assert reviewer.delete(where).status_code == 204
    refused(reviewer.delete(where), 404)
    assert told(reviewer.get(f"/annotations/{marks['denial']}"))["relations"] == []


def test_what_repeats_is_told_where_it_leads(reviewer: Program, marks: dict[str, str]) -> None:
    """To what the other one repeats itself."""
    tie = {"type": "repeats", "to": marks["claim"]}
    told(reviewer.post(f"/annotations/{marks['other']}/relations", tie), 201)
    path = f"/annotations/{marks['quote']}/relations"
    response = reviewer.post(path, {"type": "repeats", "to": marks["other"]})
    assert told(response, 201) == tie
    assert response.headers["Location"] == f"/api/v1{path}/repeats/{marks['claim']}"


def test_ties_that_will_not_do(reviewer: Program, reader: Program, cast: Cast, marks: dict[str, str]) -> None:
    """Each refusal names the field; nothing is stored."""
    foreign = make_annotation(cast.ben, make_article(cast.ada), "cranes").uuid
    path, tie = f"/annotations/{marks['claim']}/relations", {"type": "supports", "to": marks["other"]}
    refused(reader.post(path, tie), 403)
    for change, field in (
        ({"type": "loves"}, "type"),
        ({"type": None}, "type"),
        ({"to": "x"}, "to"),
        ({"to": None}, "to"),
        ({"to": foreign}, "to"),
        ({"to": str(uuid4())}, "to"),
        ({"to": marks["claim"]}, "to"),
        ({"type": "denies"}, "to"),
        ({"how": "much"}, "how"),
    ):
        refused(reviewer.post(path, tie | change), 422, field)
    assert db.session.query(Relation).count() == 0
    denial = f"/annotations/{marks['denial']}/relations"
    told(reviewer.post(denial, {"type": "denies", "to": marks["claim"]}), 201)
    refused(reviewer.post(denial, {"type": "denies", "to": marks["other"]}), 409)
    refused(reviewer.delete(f"{denial}/loves/{marks['claim']}"), 404)


VALUES: dict[str, dict[str, Any]] = {
    "claim": {
        "wording": "The authority paid.",
        "harm": "high",
        "about": "Harbour authority",
        "rests_on": "The ledger",
        "said_at": "2026-11-23T18:30",
        "appearance_url": "https://court.example/",
    },
    "quote": {
        "title_as_printed": "accountant",
        "directness": "partial",
        "original_words": "Vi ble bedt om å signere",
        "context_ok": False,
    },
    "denial": {"on_behalf_of": "The authority", "form": "full", "allegation": "That it paid"},
}


@pytest.mark.parametrize("kind", list(FIELDS))
def test_the_fields_of_a_kind(reviewer: Program, article: Article, mark: Mark, kind: str) -> None:
    """Made with all of them, read with all of them, and each taken away by null."""
    empty = dict.fromkeys(VALUES[kind]) | ({"denies": None} if kind == "denial" else {})
    made = mark(reviewer, MONEY, kind, fields=VALUES[kind])
    assert made["fields"] == empty | VALUES[kind]
    path = f"/annotations/{made['id']}"
    name, seen = next(iter(VALUES[kind])), reviewer.get(path).headers["ETag"]
    now = told(reviewer.patch(path, {"fields": {name: None}}, If_Match=seen))
    assert now["fields"] == empty | VALUES[kind] | {name: None}
    assert now["row_version"] == made["row_version"] + 1
    gone = told(reviewer.patch(path, {"fields": dict.fromkeys(VALUES[kind])}, If_Match="*"))
    assert gone["fields"] == empty
    assert db.session.query(Annotation).one().fields == {}


def test_the_fields_of_another_kind(reviewer: Program, mark: Mark) -> None:
    """Refused by name; with the kind in the same step they are taken; what was there before comes back."""
    made = mark(reviewer, MONEY, fields={"harm": "high"})
    path = f"/annotations/{made['id']}"
    refused(
        reviewer.patch(path, {"fields": {"directness": "direct", "harm": "x"}}, If_Match="*"),
        422,
        "fields.directness",
        "fields.harm",
    )
    quote = told(reviewer.patch(path, {"kind": "quote", "fields": {"directness": "direct"}}, If_Match="*"))
    assert (quote["kind"], quote["fields"]["directness"]) == ("quote", "direct")
    assert "harm" not in quote["fields"]
    assert told(reviewer.patch(path, {"kind": "claim"}, If_Match="*"))["fields"]["harm"] == "high"


def test_a_request_with_fields_may_be_repeated(reviewer: Program, article: Article, mark: Mark) -> None:
    """The same again is the same annotation; other fields are another request."""
    uuid = str(uuid4())
    made = mark(reviewer, MONEY, id=uuid, fields={"harm": "high"})
    sent = {name: made["anchor"][name] for name in ("version", "start", "end", "exact")} | {"kind": "claim", "id": uuid}
    path = f"/articles/{article.id}/annotations"
    assert told(reviewer.post(path, sent | {"fields": {"harm": "high", "wording": None}}), 200) == made
    refused(reviewer.post(path, sent | {"fields": {"harm": "low"}}), 409, "id")
