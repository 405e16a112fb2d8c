"""Comments, the inbox, undo and redo through the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from annotator.models import Article
from tests.api.program import Program, refused, told

Mark = Callable[..., dict[str, Any]]
ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def claim(reviewer: Program, mark: Mark) -> dict[str, Any]:
    """A claim of Ben's."""
    return mark(reviewer, "4.2 million crowns")


def test_a_thread_on_an_annotation(reviewer: Program, lead: Program, claim: dict[str, Any]) -> None:
    path = f"/annotations/{claim['id']}/comments"
    sent = {"id": str(uuid4()), "body": "With tax, @ada?\r\n"}
    response = reviewer.post(path, sent)
    first = told(response, 201)
    assert response.headers["ETag"] == '"1"'
    assert (first["id"], first["body"], first["parent"], first["author"]) == (
        sent["id"],
        "With tax, @ada?",
        None,
        "ben",
    )
    assert told(reviewer.post(path, sent)) == first
    refused(reviewer.post(path, sent | {"body": "Other"}), 409, "id")
    refused(lead.post(path, sent), 409, "id")
    answer = told(lead.post(path, {"body": "Without.", "parent": first["id"]}), 201)
    assert answer["parent"] == first["id"]
    assert [one["id"] for one in told(reviewer.get(f"/annotations/{claim['id']}"))["comments"]] == [
        first["id"],
        answer["id"],
    ]
    here = f"/comments/{first['id']}"
    assert told(reviewer.post(f"{here}/resolution"), 201)["resolved_by"] == "ben"
    assert told(lead.post(f"{here}/resolution"))["resolved_by"] == "ben"
    assert reviewer.delete(f"{here}/resolution").status_code == 204
    assert told(reviewer.get(here))["resolved_at"] is None
    refused(lead.post(f"/comments/{answer['id']}/resolution"), 409)


def test_a_comment_is_edited_taken_back_and_brought_back(
    reviewer: Program, lead: Program, reader: Program, claim: dict[str, Any]
) -> None:
    path = f"/annotations/{claim['id']}/comments"
    key = told(reviewer.post(path, {"body": "Tax?"}), 201)["id"]
    here = f"/comments/{key}"
    refused(reviewer.patch(here, {"body": "No."}), 428)
    refused(lead.patch(here, {"body": "No."}, If_Match="*"), 403)
    refused(reader.patch(here, {"body": "No."}, If_Match="*"), 403)
    now = told(reviewer.patch(here, {"body": "With tax?"}, If_Match='"1"'))
    assert (now["body"], now["row_version"]) == ("With tax?", 2)
    assert refused(reviewer.patch(here, {"body": "No."}, If_Match='"1"'), 412)["current"] == now
    answer = told(lead.post(path, {"body": "Without.", "parent": key}), 201)["id"]
    refused(reviewer.delete(here, If_Match="*"), 409)
    refused(reviewer.delete(f"/comments/{answer}", If_Match="*"), 403)
    assert lead.delete(f"/comments/{answer}", If_Match="*").status_code == 204
    assert reviewer.delete(here, If_Match='"2"').status_code == 204
    refused(reviewer.get(here), 404)
    refused(reviewer.delete(here, If_Match="*"), 404)
    refused(lead.post(f"/comments/{answer}/restoration"), 409)
    assert told(reviewer.post(f"{here}/restoration"), 201)["body"] == "With tax?"
    told(reviewer.post(f"{here}/restoration"), 200)
    refused(reviewer.get(f"/comments/{uuid4()}"), 404)


REFUSED: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    ({}, ("body",)),
    ({"body": ""}, ("body",)),
    ({"body": " \n"}, ("body",)),
    ({"body": "x" * 5001}, ("body",)),
    ({"body": "\x00"}, ("body",)),
    ({"body": 1}, ("body",)),
    ({"body": "a", "parent": "x"}, ("parent",)),
    ({"body": "a", "parent": str(uuid4())}, ("parent",)),
    ({"body": "a", "id": "x"}, ("id",)),
    ({"body": "a", "author": "ada"}, ("author",)),
]


@pytest.mark.parametrize(("sent", "fields"), REFUSED)
@ON_ONE
def test_what_will_not_do_is_named(
    reviewer: Program, article: Article, claim: dict[str, Any], sent: dict[str, Any], fields: tuple[str, ...]
) -> None:
    for path in (f"/annotations/{claim['id']}/comments", f"/articles/{article.id}/comments"):
        refused(reviewer.post(path, sent), 422, *fields)


@ON_ONE
def test_only_a_first_comment_of_the_same_thing_is_answered(
    reviewer: Program, article: Article, claim: dict[str, Any]
) -> None:
    on_claim, on_article = f"/annotations/{claim['id']}/comments", f"/articles/{article.id}/comments"
    first = told(reviewer.post(on_claim, {"body": "Tax?"}), 201)["id"]
    answer = told(reviewer.post(on_claim, {"body": "No.", "parent": first}), 201)["id"]
    refused(reviewer.post(on_claim, {"body": "Why?", "parent": answer}), 422, "parent")
    refused(reviewer.post(on_article, {"body": "Why?", "parent": first}), 422, "parent")
    told(reviewer.post(on_article, {"body": "Ready?"}), 201)
    assert [one["body"] for one in told(reviewer.get(on_article))["items"]] == ["Ready?"]


def test_undo_and_redo_tell_what_they_wrote(
    reviewer: Program, lead: Program, reader: Program, article: Article, claim: dict[str, Any]
) -> None:
    here, it = f"/articles/{article.id}", f"/annotations/{claim['id']}"
    told(reviewer.patch(it, {"kind": "quote", "party": "Ingrid Solheim"}, If_Match="*"))
    lines = told(reviewer.get(f"{it}/history"))["items"]
    undone = told(reviewer.post(f"{here}/undo"))["undone"]
    assert [(line["verb"], line["undoes"]) for line in undone] == [(line["verb"], line["id"]) for line in lines[:0:-1]]
    now = told(reviewer.get(it))
    assert (now["kind"], now["party"]) == ("claim", None)
    assert len(told(reviewer.post(f"{here}/redo"))["redone"]) == 2
    assert told(reviewer.get(it))["party"]["name"] == "Ingrid Solheim"
    assert told(reviewer.post(f"{here}/redo")) == {"redone": []}
    assert told(reader.get(it))["kind"] == "quote"
    refused(reader.post(f"{here}/undo"), 403)
    told(lead.patch(it, {"kind": "denial"}, If_Match="*"))
    assert "Ada Okafor" in refused(reviewer.post(f"{here}/undo"), 409)["message"]
    refused(reviewer.post("/articles/999/undo"), 404)


def test_an_inbox_is_ones_own(reviewer: Program, lead: Program, claim: dict[str, Any]) -> None:
    for body in ("One", "Two, @ben"):
        told(lead.post(f"/annotations/{claim['id']}/comments", {"body": body}), 201)
    newest, older = told(reviewer.get("/inbox"))["items"]
    assert (newest["why"], newest["by"], newest["body"], newest["read"]) == ("mention", "ada", "Two, @ben", False)
    assert (older["why"], older["annotation"]) == ("comment", claim["id"])
    first = told(reviewer.get("/inbox?limit=1"))
    assert told(reviewer.get(f"/inbox?limit=1&cursor={first['next']}"))["items"] == [older]
    assert reviewer.post("/inbox/read", {"up_to": older["id"]}).status_code == 204
    assert [one["read"] for one in told(reviewer.get("/inbox"))["items"]] == [False, True]
    assert told(lead.get("/inbox"))["items"] == []
