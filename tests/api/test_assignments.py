"""Assignments, arrangement and the queue through the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotator.models import Article
from tests.api.program import Program, refused, told
from tests.api.test_sign_offs import CHECK

Mark = Callable[..., dict[str, Any]]


@pytest.fixture
def claim(reviewer: Program, mark: Mark) -> str:
    """The id of a claim of Ben's."""
    found: str = mark(reviewer, "4.2 million crowns")["id"]
    return found


def test_a_lead_assigns_an_annotation(lead: Program, reviewer: Program, article: Article, claim: str) -> None:
    path = f"/articles/{article.id}/assignments"
    response = lead.post(path, {"username": "cleo", "annotation": claim, "due_at": "2026-12-01T17:30"})
    made = told(response, 201)
    assert made | {"created_at": ""} == {
        "id": made["id"],
        "purpose": "check",
        "username": "cleo",
        "by": "ada",
        "due_at": "2026-12-01T17:30:00.000Z",
        "created_at": "",
        "row_version": 1,
    }
    assert response.headers["ETag"] == '"1"'
    assert told(reviewer.get(f"/annotations/{claim}"))["assignments"] == [made]
    assert told(lead.post(path, {"username": "cleo", "annotation": claim})) == made
    refused(reviewer.post(path, {"username": "ben", "annotation": claim}), 409)
    refused(reviewer.post(path, {"username": "cleo"}), 403)
    assert told(reviewer.post(path, {"username": "ben"}), 201)["username"] == "ben"


REFUSALS: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    ({}, ("username",)),
    ({"username": "nobody"}, ("username",)),
    ({"username": 7}, ("username",)),
    ({"username": "cleo", "purpose": "sleep"}, ("purpose",)),
    ({"username": "cleo", "purpose": "second_reading"}, ("annotation",)),
    ({"username": "cleo", "due_at": "soon"}, ("due_at",)),
    ({"username": "cleo", "annotation": "x"}, ("annotation",)),
    ({"username": "cleo", "annotation": "6f1d7c52-0b1e-4f7a-9c55-2f3f0a0d9e11"}, ("annotation",)),
    ({"username": "cleo", "whom": "me"}, ("whom",)),
]


@pytest.mark.parametrize(("sent", "fields"), REFUSALS, ids=lambda value: str(value)[:60])
@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_what_will_not_do(lead: Program, article: Article, sent: dict[str, Any], fields: tuple[str, ...]) -> None:
    refused(lead.post(f"/articles/{article.id}/assignments", sent), 422, *fields)


def test_it_is_changed_and_ended_on_what_was_seen(lead: Program, article: Article, claim: str) -> None:
    made = told(lead.post(f"/articles/{article.id}/assignments", {"username": "cleo", "annotation": claim}), 201)
    path = f"/assignments/{made['id']}"
    refused(lead.patch(path, {"username": "ben"}), 428)
    now = told(lead.patch(path, {"username": "ben"}, If_Match='"1"'))
    assert (now["username"], now["row_version"]) == ("ben", 2)
    assert refused(lead.patch(path, {"username": "cleo"}, If_Match='"1"'), 412)["current"] == now
    refused(lead.delete(path), 428)
    refused(lead.patch(path, {"username": None}, If_Match="*"), 422, "username")
    due = told(lead.patch(path, {"due_at": "2026-12-01T17:30:00+01:00"}, If_Match="*"))
    assert (due["username"], due["due_at"]) == ("ben", "2026-12-01T16:30:00.000Z")
    assert lead.delete(path, If_Match="*").status_code == 204
    refused(lead.delete(path, If_Match="*"), 409)
    assert told(lead.get(f"/annotations/{claim}"))["assignments"] == []


def test_a_second_reading_is_asked_of_anybody(
    lead: Program, reviewer: Program, program: Callable[..., Program], article: Article, claim: str
) -> None:
    path, sent = f"/articles/{article.id}/assignments", {"annotation": claim, "purpose": "second_reading"}
    refused(reviewer.post(path, sent), 409, "verdict", "note", "evidence")
    told(reviewer.post(f"/annotations/{claim}/notes", CHECK), 201)
    made = told(reviewer.post(path, sent), 201)
    assert (made["username"], made["purpose"]) == (None, "second_reading")
    refused(lead.post(path, sent | {"username": "ben"}), 422, "username")
    cleo = program("cleo")
    [task] = told(cleo.get("/queue"))["second_reading"]["items"]
    assert (task["annotation"], task["by"], task["number"]) == (claim, "ben", 1)
    told(cleo.patch(f"/assignments/{made['id']}", {"username": "cleo"}, If_Match="*"))
    told(cleo.post(f"/annotations/{claim}/notes", CHECK), 201)
    assert told(cleo.get("/queue"))["second_reading"] == {"items": [], "total": 0}
    assert told(lead.get(f"/annotations/{claim}"))["verdict"]["by"] == "ben"


def test_leads_arrange_an_article(lead: Program, reviewer: Program, article: Article) -> None:
    path = f"/articles/{article.id}"
    tag = lead.get(path).headers["ETag"]
    refused(reviewer.patch(path, {"blind": True}, If_Match=tag), 403)
    refused(lead.patch(path, {"blind": True}), 428)
    response = lead.patch(path, {"lead": "ben", "due_at": "2026-12-01T17:30", "blind": True}, If_Match=tag)
    now = told(response)
    assert (now["lead"], now["due_at"], now["blind"]) == ("ben", "2026-12-01T17:30:00.000Z", True)
    assert refused(lead.patch(path, {"lead": None}, If_Match=tag), 412)["current"]["lead"] == "ben"
    now = told(lead.patch(path, {"lead": None}, If_Match=response.headers["ETag"]))
    assert (now["lead"], now["blind"]) == (None, True)
    refused(lead.patch(path, {"lead": "nobody"}, If_Match="*"), 422, "lead")
    refused(lead.patch(path, {"blind": "yes"}, If_Match="*"), 422, "blind")
    refused(lead.patch(path, {"due_at": "soon"}, If_Match="*"), 422, "due_at")
    refused(lead.patch(path, {"title": "Other"}, If_Match="*"), 422, "title")
    lines = [line for line in told(lead.get("/events"))["items"] if line["verb"] == "article.arranged"]
    assert [(line["before"], line["after"]) for line in lines[1:]] == [({"lead": "ben"}, {"lead": None})]


def test_the_queue_tells_what_is_mine(lead: Program, reviewer: Program, article: Article, claim: str) -> None:
    told(lead.post(f"/articles/{article.id}/assignments", {"username": "ben", "annotation": claim}), 201)
    mine = told(reviewer.get("/queue"))
    assert [task["annotation"] for task in mine["mine"]["items"]] == [claim]
    assert mine["mine"]["total"] == 1
    assert told(lead.get("/queue"))["mine"]["items"] == []
