"""Contacts and the right of reply through the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from annotator.models import Article
from tests.api.program import Program, refused, told

Mark = Callable[..., dict[str, Any]]
ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
ASKED = {
    "party": {"name": "Harbour authority", "role": "press office"},
    "channel": "email",
    "questions": "Did you pay?",
    "asked_at": "2026-10-12T14:00+02:00",
    "deadline": "2026-10-13 12:00",
}


@pytest.fixture
def claim(reviewer: Program, mark: Mark) -> dict[str, Any]:
    """A claim of Ben's."""
    return mark(reviewer, "4.2 million crowns")


def ask(program: Program, claim: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Write down who was asked."""
    made: dict[str, Any] = told(program.post(f"/annotations/{claim['id']}/contacts", ASKED | more), 201)
    return made


def test_a_contact_is_written_down(reviewer: Program, claim: dict[str, Any]) -> None:
    response = reviewer.post(f"/annotations/{claim['id']}/contacts", ASKED)
    made = told(response, 201)
    assert response.headers["ETag"] == '"1"'
    assert made | {"created_at": "", "updated_at": ""} == {
        "id": made["id"],
        "party": {"name": "Harbour authority", "role": "press office", "organisation": None},
        "asked_by": "ben",
        "channel": "email",
        "asked_at": "2026-10-12T12:00:00.000Z",
        "questions": "Did you pay?",
        "deadline": "2026-10-13T12:00:00.000Z",
        "follow_ups": [],
        "outcome": None,
        "answer": None,
        "answered_at": None,
        "in_text": None,
        "created_at": "",
        "updated_at": "",
        "row_version": 1,
    }
    now = told(reviewer.get(f"/annotations/{claim['id']}"))
    assert (now["state"], now["contacts"]) == ("waiting", [made])
    assert now["row_version"] > claim["row_version"]


def test_a_contact_may_be_sent_twice(reviewer: Program, lead: Program, claim: dict[str, Any]) -> None:
    path, sent = f"/annotations/{claim['id']}/contacts", ASKED | {"id": str(uuid4())}
    made = told(reviewer.post(path, sent), 201)
    assert told(reviewer.post(path, sent), 200) == made
    refused(lead.post(path, sent), 409, "id")
    refused(reviewer.post(path, sent | {"questions": "Why?"}), 409, "id")
    assert len(told(reviewer.get(f"/annotations/{claim['id']}"))["contacts"]) == 1


REFUSALS: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    ({"party": None}, ("party",)),
    ({"party": ""}, ("party",)),
    ({"party": 7}, ("party",)),
    ({"party": {"name": "A", "phone": "1"}}, ("party.phone",)),
    ({"party": {"name": "A", "role": "x" * 201}}, ("party.role",)),
    ({"channel": "pigeon"}, ("channel",)),
    ({"channel": None}, ("channel",)),
    ({"questions": ""}, ("questions",)),
    ({"asked_at": "yesterday"}, ("asked_at",)),
    ({"asked_at": "2026-10-12", "deadline": "soon"}, ("asked_at", "deadline")),
    ({"asked_at": "2999-10-12T14:00", "deadline": None}, ("asked_at",)),
    ({"deadline": "2026-10-12T11:59"}, ("deadline",)),
    ({"outcome": "answered"}, ("answer",)),
    ({"outcome": "silence"}, ("outcome",)),
    ({"outcome": "answered", "answer": "No.", "answered_at": "2026-10-12T11:00"}, ("answered_at",)),
    ({"in_text": "yes"}, ("in_text",)),
    ({"in_text": 1}, ("in_text",)),
    ({"id": "7"}, ("id",)),
    ({"follow_ups": []}, ("follow_ups",)),
]


@pytest.mark.parametrize(("sent", "fields"), REFUSALS, ids=lambda value: str(value)[:60])
@ON_ONE
def test_contacts_that_will_not_do(
    reviewer: Program, claim: dict[str, Any], sent: dict[str, Any], fields: tuple[str, ...]
) -> None:
    refused(reviewer.post(f"/annotations/{claim['id']}/contacts", ASKED | sent), 422, *fields)
    assert told(reviewer.get(f"/annotations/{claim['id']}")) == claim


def test_the_answer_closes_it_and_null_opens_it_again(reviewer: Program, lead: Program, claim: dict[str, Any]) -> None:
    path = f"/contacts/{ask(reviewer, claim)['id']}"
    answer = {"outcome": "answered", "answer": "No.", "answered_at": "2026-10-12T13:00Z", "in_text": False}
    refused(reviewer.patch(path, answer), 428)
    now = told(lead.patch(path, answer, If_Match='"1"'))
    assert {name: now[name] for name in answer} == answer | {"answered_at": "2026-10-12T13:00:00.000Z"}
    assert (now["asked_by"], now["row_version"]) == ("ben", 2)
    assert refused(reviewer.patch(path, {"outcome": "declined"}, If_Match='"1"'), 412)["current"] == now
    refused(reviewer.patch(path, {"answer": None}, If_Match='"2"'), 422, "answer")
    assert told(reviewer.get(f"/annotations/{claim['id']}"))["state"] == "in_progress"
    refused(reviewer.patch(path, {"outcome": None}, If_Match='"2"'), 422, "outcome")
    again = told(reviewer.patch(path, {"outcome": None, "answer": None, "in_text": None}, If_Match='"2"'))
    assert (again["outcome"], again["in_text"], again["answer"]) == (None, None, None)
    assert told(reviewer.get(f"/annotations/{claim['id']}"))["state"] == "waiting"
    refused(reviewer.patch(f"/contacts/{uuid4()}", {}, If_Match="*"), 404)


def test_follow_ups(reviewer: Program, lead: Program, claim: dict[str, Any]) -> None:
    key = ask(reviewer, claim)["id"]
    sent = {"channel": "phone", "remark": "Rang.", "at": "2026-10-12T15:00"}
    for _ in range(2):
        now = told(lead.post(f"/contacts/{key}/follow-ups", sent), 201)
    wanted = {"at": "2026-10-12T15:00:00.000Z", "by": "ada", "channel": "phone", "remark": "Rang."}
    assert now["follow_ups"] == [wanted]
    refused(lead.post(f"/contacts/{key}/follow-ups", sent | {"channel": "x"}), 422, "channel")
    refused(lead.post(f"/contacts/{key}/follow-ups", sent | {"at": "2026-10-12T11:00"}), 422, "at")
    told(lead.patch(f"/contacts/{key}", {"outcome": "declined"}, If_Match="*"))
    refused(lead.post(f"/contacts/{key}/follow-ups", {"channel": "phone"}), 409)


def test_taken_back_and_brought_back(
    reviewer: Program, reader: Program, program: Callable[..., Program], claim: dict[str, Any]
) -> None:
    key = ask(reviewer, claim)["id"]
    refused(reader.delete(f"/contacts/{key}", If_Match="*"), 403)
    refused(program("cleo").delete(f"/contacts/{key}", If_Match="*"), 403)
    refused(reviewer.delete(f"/contacts/{key}"), 428)
    refused(reviewer.delete(f"/contacts/{key}", If_Match='"7"'), 412)
    assert reviewer.delete(f"/contacts/{key}", If_Match='"1"').status_code == 204
    assert told(reviewer.get(f"/annotations/{claim['id']}"))["contacts"] == []
    refused(reviewer.delete(f"/contacts/{key}", If_Match="*"), 404)
    told(reviewer.post(f"/contacts/{key}/restoration"), 201)
    told(reviewer.post(f"/contacts/{key}/restoration"), 200)
    assert told(reviewer.get(f"/annotations/{claim['id']}"))["state"] == "waiting"


def test_the_right_of_reply(reviewer: Program, article: Article, claim: dict[str, Any], mark: Mark) -> None:
    path = f"/articles/{article.id}/right-of-reply"
    assert told(reviewer.get(path))["items"] == []
    denial = mark(reviewer, "denies that any payment was made", "denial", party="Harbour authority")
    told(reviewer.post(f"/annotations/{denial['id']}/relations", {"type": "denies", "to": claim["id"]}), 201)
    found = told(reviewer.get(path))
    [one] = found["items"]
    assert (one["annotation"], one["words"], one["gaps"]) == (
        claim["id"],
        "4.2 million crowns",
        ["Not put to anybody."],
    )
    assert [(reply["annotation"], reply["party"]["name"]) for reply in one["replies"]] == [
        (denial["id"], "Harbour authority")
    ]
    made = ask(reviewer, denial)
    [one] = told(reviewer.get(path))["items"]
    assert one["contacts"] == [made]
    assert one["gaps"] == ["Deadline passed on 13 Oct 2026, 12:00 UTC without an answer from Harbour authority."]
    refused(reviewer.get("/articles/999/right-of-reply"), 404)
