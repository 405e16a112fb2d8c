"""Corrections through the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from tests.api.program import Program, refused, told

Mark = Callable[..., dict[str, Any]]
ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
BETTER = {"suggested": "3.9 million crowns", "reason": "The ledger says 3.9.", "severity": "fact"}


@pytest.fixture
def claim(reviewer: Program, mark: Mark) -> dict[str, Any]:
    """A claim of Ben's."""
    return mark(reviewer, "4.2 million crowns")


def suggest(program: Program, claim: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Suggest other words."""
    made: dict[str, Any] = told(program.post(f"/annotations/{claim['id']}/corrections", BETTER | more), 201)
    return made


def test_a_correction_is_suggested(reviewer: Program, claim: dict[str, Any]) -> None:
    response = reviewer.post(f"/annotations/{claim['id']}/corrections", BETTER)
    made = told(response, 201)
    assert response.headers["ETag"] == '"1"'
    decided = dict.fromkeys(("decided_by", "decided_at", "remark", "applied_in"))
    assert made | {"created_at": "", "updated_at": ""} == BETTER | decided | {
        "id": made["id"],
        "version": 1,
        "current": "4.2 million crowns",
        "state": "proposed",
        "created_by": "ben",
        "created_at": "",
        "updated_at": "",
        "row_version": 1,
    }
    assert told(reviewer.get(f"/annotations/{claim['id']}"))["corrections"] == [made]


def test_a_correction_may_be_sent_twice(reviewer: Program, lead: Program, claim: dict[str, Any]) -> None:
    path, sent = f"/annotations/{claim['id']}/corrections", BETTER | {"id": str(uuid4())}
    made = told(reviewer.post(path, sent), 201)
    assert told(reviewer.post(path, sent), 200) == made
    refused(lead.post(path, sent), 409, "id")
    refused(reviewer.post(path, sent | {"reason": "Because."}), 409, "id")
    assert len(told(reviewer.get(f"/annotations/{claim['id']}"))["corrections"]) == 1


REFUSALS: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    ({"suggested": "4.2 million crowns"}, ("suggested",)),
    ({"suggested": None}, ("suggested",)),
    ({"suggested": 7}, ("suggested",)),
    ({"reason": " "}, ("reason",)),
    ({"severity": "grave"}, ("severity",)),
    ({"severity": None, "reason": None}, ("reason", "severity")),
    ({"id": "7"}, ("id",)),
    ({"state": "accepted"}, ("state",)),
]


@pytest.mark.parametrize(("sent", "fields"), REFUSALS, ids=lambda value: str(value)[:60])
@ON_ONE
def test_corrections_that_will_not_do(
    reviewer: Program, claim: dict[str, Any], sent: dict[str, Any], fields: tuple[str, ...]
) -> None:
    refused(reviewer.post(f"/annotations/{claim['id']}/corrections", BETTER | sent), 422, *fields)
    assert told(reviewer.get(f"/annotations/{claim['id']}")) == claim


def test_words_may_be_suggested_to_go(reviewer: Program, claim: dict[str, Any]) -> None:
    assert suggest(reviewer, claim, suggested="")["suggested"] == ""


def test_its_maker_changes_the_words(reviewer: Program, lead: Program, claim: dict[str, Any]) -> None:
    path = f"/corrections/{suggest(reviewer, claim)['id']}"
    refused(reviewer.patch(path, {"severity": "legal"}), 428)
    refused(lead.patch(path, {"severity": "legal"}, If_Match="*"), 403)
    now = told(reviewer.patch(path, {"severity": "legal"}, If_Match='"1"'))
    assert (now["severity"], now["reason"], now["row_version"]) == ("legal", BETTER["reason"], 2)
    assert refused(reviewer.patch(path, {"severity": "typo"}, If_Match='"1"'), 412)["current"] == now
    refused(reviewer.patch(path, {"reason": None}, If_Match="*"), 422, "reason")
    refused(reviewer.patch(path, {"reason": "x", "remark": "y"}, If_Match="*"), 422, "remark")


def test_a_lead_decides(reviewer: Program, lead: Program, claim: dict[str, Any]) -> None:
    path = f"/corrections/{suggest(reviewer, claim)['id']}"
    refused(reviewer.patch(path, {"state": "accepted", "remark": "Yes."}, If_Match="*"), 403)
    refused(lead.patch(path, {"state": "rejected"}, If_Match="*"), 422, "remark")
    refused(lead.patch(path, {"remark": "Yes."}, If_Match="*"), 422, "state")
    refused(lead.patch(path, {"state": "applied", "remark": "Yes."}, If_Match="*"), 422, "state")
    now = told(lead.patch(path, {"state": "rejected", "remark": "It is 4.2."}, If_Match='"1"'))
    assert (now["state"], now["remark"], now["decided_by"]) == ("rejected", "It is 4.2.", "ada")
    refused(lead.patch(path, {"state": "accepted", "remark": "No."}, If_Match="*"), 409)
    refused(reviewer.patch(path, {"severity": "typo"}, If_Match="*"), 409)
    refused(reviewer.delete(path, If_Match="*"), 409)


def test_taken_back_and_brought_back(reviewer: Program, program: Callable[..., Program], claim: dict[str, Any]) -> None:
    key = suggest(reviewer, claim)["id"]
    refused(program("cleo").delete(f"/corrections/{key}", If_Match="*"), 403)
    refused(reviewer.delete(f"/corrections/{key}"), 428)
    assert reviewer.delete(f"/corrections/{key}", If_Match='"1"').status_code == 204
    assert told(reviewer.get(f"/annotations/{claim['id']}"))["corrections"] == []
    refused(reviewer.delete(f"/corrections/{key}", If_Match="*"), 404)
    told(reviewer.post(f"/corrections/{key}/restoration"), 201)
    told(reviewer.post(f"/corrections/{key}/restoration"), 200)
    assert len(told(reviewer.get(f"/annotations/{claim['id']}"))["corrections"]) == 1
