"""Verification notes, history, events, export and dashboard through the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from annotator.exports import native
from annotator.models import Article
from annotator.queries.articles import snapshot_of
from tests.api.program import Program, refused, told
from tests.builders import make_article
from tests.cast import Cast

Mark = Callable[..., dict[str, Any]]

LEDGER = {
    "url": "https://registry.example/ledger",
    "title": "Ledger",
    "source_type": "primary",
    "locator": "p. 4",
    "excerpt": "4.2 m paid",
}


@pytest.fixture
def claim(reviewer: Program, mark: Mark) -> dict[str, Any]:
    """A claim of Ben's."""
    return mark(reviewer, "4.2 million crowns")


def test_a_note_is_written(reviewer: Program, claim: dict[str, Any]) -> None:
    """The note comes back whole, and the annotation tells its verdict and state."""
    path = f"/annotations/{claim['id']}"
    sent = {"body": "Read the ledger.", "verdict": "mostly_accurate", "method": "document", "evidence": [LEDGER]}
    response = reviewer.post(f"{path}/notes", sent)
    note = told(response, 201)
    assert response.headers["Location"] == f"/api/v1/notes/{note['id']}"
    assert response.headers["ETag"] == '"1"'
    [piece] = note["evidence"]
    assert {name: piece[name] for name in LEDGER} == LEDGER
    assert {piece[name] for name in piece if name not in (*LEDGER, "id", "source")} == {None}
    assert note | {"at": "", "updated_at": ""} == {
        "id": note["id"],
        "body": "Read the ledger.",
        "verdict": "mostly_accurate",
        "resolves": False,
        "method": "document",
        "version": 1,
        "author": "ben",
        "at": "",
        "updated_at": "",
        "row_version": 1,
        "evidence": [piece],
    }
    assert told(reviewer.get(f"/notes/{note['id']}")) == note
    now = told(reviewer.get(path))
    assert now["notes"] == [note]
    assert now["state"] == "checked"
    assert now["verdict"] == {
        "value": "mostly_accurate",
        "label": "Mostly accurate",
        "by": "ben",
        "at": note["updated_at"],
    }
    assert now["row_version"] > claim["row_version"]


def test_a_note_may_be_sent_twice(reviewer: Program, lead: Program, claim: dict[str, Any]) -> None:
    """The same id makes one note, and is nobody else's."""
    path, sent = f"/annotations/{claim['id']}/notes", {"id": str(uuid4()), "body": "Read the ledger."}
    note = told(reviewer.post(path, sent), 201)
    assert told(reviewer.post(path, sent), 200) == note
    refused(lead.post(path, sent), 409, "id")
    assert len(told(reviewer.get(f"/annotations/{claim['id']}"))["notes"]) == 1


REFUSALS: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    ({}, ("body",)),
    ({"body": "  "}, ("body",)),
    ({"body": 7}, ("body",)),
    ({"body": "x" * 20_001}, ("body",)),
    ({"body": "a\x00"}, ("body",)),
    ({"body": "a", "verdict": "true"}, ("verdict",)),
    ({"body": "a", "verdict": True}, ("verdict",)),
    ({"body": "a", "method": "guess"}, ("method",)),
    ({"body": "a", "evidence": {}}, ("evidence",)),
    ({"body": "a", "evidence": "https://a.example"}, ("evidence",)),
    ({"body": "a", "evidence": ["https://a.example"]}, ("evidence.0",)),
    ({"body": "a", "evidence": [{"url": "javascript:alert(1)"}]}, ("evidence.0.url",)),
    ({"body": "a", "evidence": [LEDGER, {"title": "Only a title"}]}, ("evidence.1.url",)),
    ({"body": "a", "evidence": [LEDGER, {"url": 7}]}, ("evidence.1.url",)),
    ({"body": "a", "evidence": [{**LEDGER, "source_type": "hearsay"}]}, ("evidence.0.source_type",)),
    ({"body": "a", "evidence": [{**LEDGER, "excerpt": "\ud800"}]}, ("evidence.0.excerpt",)),
    ({"body": "a", "evidence": [{**LEDGER, "page": 4}]}, ("evidence.0.page",)),
    ({"body": "a", "evidence": [LEDGER] * 51}, ("evidence",)),
    ({"body": "a", "id": "7"}, ("id",)),
    ({"bdoy": "a"}, ("bdoy",)),
]


@pytest.mark.parametrize(("sent", "fields"), REFUSALS, ids=lambda value: str(value)[:60])
def test_notes_that_will_not_do(
    reviewer: Program, claim: dict[str, Any], sent: dict[str, Any], fields: tuple[str, ...]
) -> None:
    """422, the field named, nothing stored."""
    refused(reviewer.post(f"/annotations/{claim['id']}/notes", sent), 422, *fields)
    assert told(reviewer.get(f"/annotations/{claim['id']}")) == claim


def test_a_note_is_written_anew(reviewer: Program, lead: Program, claim: dict[str, Any]) -> None:
    """Its author may, on what they saw; what is not mentioned stays."""
    sent = {"body": "Read the ledger.", "verdict": "false", "evidence": [LEDGER]}
    note = told(reviewer.post(f"/annotations/{claim['id']}/notes", sent), 201)
    path = f"/notes/{note['id']}"
    refused(reviewer.patch(path, {"body": "No."}), 428)
    refused(lead.patch(path, {"body": "No."}, If_Match="*"), 403)
    response = reviewer.patch(path, {"verdict": "accurate"}, If_Match='"1"')
    now = told(response)
    assert (now["body"], now["verdict"], now["row_version"]) == ("Read the ledger.", "accurate", 2)
    assert [{**one, "id": ""} for one in now["evidence"]] == [{**one, "id": ""} for one in note["evidence"]]
    assert response.headers["ETag"] == '"2"'
    assert refused(reviewer.patch(path, {"body": "No."}, If_Match='"1"'), 412)["current"] == now
    assert told(reviewer.patch(path, {"evidence": [], "verdict": None}, If_Match='"2"'))["evidence"] == []
    assert told(reviewer.get(f"/annotations/{claim['id']}"))["state"] == "in_progress"
    refused(reviewer.patch(path, {"body": ""}, If_Match="*"), 422, "body")
    refused(reviewer.patch(f"/notes/{uuid4()}", {"body": "No."}, If_Match="*"), 404)


def test_history_tells_who_did_what(reviewer: Program, lead: Program, claim: dict[str, Any]) -> None:
    """Oldest first, the notes' lines among them, with before and after."""
    path = f"/annotations/{claim['id']}"
    told(lead.patch(path, {"kind": "quote"}, If_Match="*"))
    told(reviewer.post(f"{path}/notes", {"body": "Read the ledger."}), 201)
    lines = told(reviewer.get(f"{path}/history"))["items"]
    assert [line["verb"] for line in lines] == ["annotation.created", "annotation.retagged", "note.added"]
    assert lines[0]["actor"] == {"username": "ben", "name": "Ben Lindqvist"}
    assert (lines[1]["actor"]["username"], lines[1]["before"], lines[1]["after"]) == (
        "ada",
        {"kind": "claim"},
        {"kind": "quote"},
    )
    first = told(reviewer.get(f"{path}/history?limit=2"))
    rest = told(reviewer.get(f"{path}/history?limit=2&cursor={first['next']}"))
    assert first["items"] + rest["items"] == lines
    assert rest["next"] is None
    refused(reviewer.get(f"/annotations/{uuid4()}/history"), 404)


def test_events_are_followed_by_id(reviewer: Program, cast: Cast, mark: Mark, article: Article) -> None:
    """A program that remembers the last id misses nothing; people's affairs are not told."""
    made = mark(reviewer, "cranes")
    lines = told(reviewer.get("/events"))["items"]
    assert [line["verb"] for line in lines] == ["article.imported", "annotation.created"]
    assert (lines[1]["article"], lines[1]["annotation"], lines[0]["annotation"]) == (article.id, made["id"], None)
    first = told(reviewer.get("/events?limit=1"))
    assert told(reviewer.get(f"/events?after={first['next']}"))["items"] == lines[1:]
    assert told(reviewer.get(f"/events?after={lines[-1]['id']}")) == {"items": [], "next": None}
    make_article(cast.ada)
    assert len(told(reviewer.get(f"/events?after={lines[-1]['id']}"))["items"]) == 1
    for wrong in ("-1", "x", "9999999999"):
        refused(reviewer.get(f"/events?after={wrong}"), 422, "after")


def test_export_is_the_native_format(reviewer: Program, article: Article, claim: dict[str, Any]) -> None:
    """The same bytes as everywhere; an unknown format is named."""
    for path in (f"/articles/{article.id}/export", f"/articles/{article.id}/export?format=json"):
        response = reviewer.get(path)
        told(response)
        assert response.data == native.to_bytes(snapshot_of(article.id))
        assert response.headers["Content-Disposition"] == f'attachment; filename="article-{article.id}.json"'
    refused(reviewer.get(f"/articles/{article.id}/export?format=docx"), 422, "format")


def test_the_dashboard_is_for_leads(
    lead: Program, reviewer: Program, article: Article, claim: dict[str, Any], queries: Callable[[], Any]
) -> None:
    """Counts for a lead, 403 for a reviewer, and no more queries for more articles."""
    refused(reviewer.get("/dashboard"), 403)
    board = told(lead.get("/dashboard"))
    assert (board["articles"], board["counts"]["total"], board["counts"]["kinds"]["claim"]) == (1, 1, 1)
    assert [(row["id"], row["counts"]["to_do"]) for row in board["items"]] == [(article.id, 1)]
    assert {one["username"]: one["marked"] for one in board["reviewers"]} == {"ada": 0, "ben": 1, "cleo": 0, "dan": 0}
    assert told(lead.get(f"/articles/{article.id}"))["counts"] == board["items"][0]["counts"]
