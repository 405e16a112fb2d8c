"""Parties through the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from tests.api.program import Program, refused, told

Mark = Callable[..., dict[str, Any]]

DENIAL = "The authority denies that any payment was made."


@pytest.fixture
def ids(reviewer: Program, mark: Mark) -> dict[str, str]:
    """Ingrid Solheim, who claims and says something, and I. Solheim, who denies; their ids."""
    mark(reviewer, "4.2 million crowns", party={"name": "Ingrid Solheim", "role": "accountant"})
    mark(reviewer, "told to sign", "quote", party="Ingrid Solheim")
    mark(reviewer, DENIAL, "denial", party="I. Solheim")
    return {one["name"]: one["id"] for one in told(reviewer.get("/parties"))["items"]}


def test_they_are_listed_searched_and_walked(reviewer: Program, ids: dict[str, str]) -> None:
    """Name, aliases and counts; `q` looks in names and aliases."""
    [first, second] = told(reviewer.get("/parties"))["items"]
    assert first == {
        "id": ids["Ingrid Solheim"],
        "name": "Ingrid Solheim",
        "role": "accountant",
        "organisation": None,
        "aliases": [],
        "counts": {"claim": 1, "quote": 1, "denial": 0, "articles": 1},
        "row_version": first["row_version"],
    }
    told(reviewer.post(f"/parties/{first['id']}/aliases", {"name": "Mrs Solheim"}), 201)
    assert [one["name"] for one in told(reviewer.get("/parties?q=MRS"))["items"]] == ["Ingrid Solheim"]
    page = told(reviewer.get("/parties?limit=1"))
    assert told(reviewer.get(f"/parties?limit=1&cursor={page['next']}")) == {"items": [second], "next": None}
    refused(reviewer.get("/parties?name=x"), 422, "name")


def test_one_is_read_with_all_it_said(reviewer: Program, ids: dict[str, str]) -> None:
    """In the order of the text, with state and verdict."""
    path = f"/parties/{ids['Ingrid Solheim']}"
    response = reviewer.get(path)
    said = told(response)["said"]
    assert [(one["kind"], one["exact"], one["state"], one["verdict"]) for one in said] == [
        ("claim", "4.2 million crowns", "to_do", None),
        ("quote", "told to sign", "to_do", None),
    ]
    assert reviewer.get(path, If_None_Match=response.headers["ETag"]).status_code == 304
    refused(reviewer.get(f"/parties/{uuid4()}"), 404)


def test_one_is_changed_everywhere(reviewer: Program, reader: Program, ids: dict[str, str]) -> None:
    """What is not mentioned stays; nobody overwrites anybody."""
    path = f"/parties/{ids['Ingrid Solheim']}"
    seen = reviewer.get(path).headers["ETag"]
    refused(reader.patch(path, {"role": None}, If_Match="*"), 403)
    refused(reviewer.patch(path, {"role": None}), 428)
    now = told(reviewer.patch(path, {"role": None, "organisation": "Harbour authority"}, If_Match=seen))
    assert (now["name"], now["role"], now["organisation"]) == ("Ingrid Solheim", None, "Harbour authority")
    assert (
        refused(reviewer.patch(path, {"name": "X"}, If_Match=seen), 412)["current"]["organisation"]
        == "Harbour authority"
    )
    annotation = told(reviewer.get(f"/annotations/{now['said'][0]['annotation']}"))
    assert annotation["party"] == {"name": "Ingrid Solheim", "role": None, "organisation": "Harbour authority"}
    for wrong in ({"name": ""}, {"name": None}, {"name": "x" * 201}, {"name": 7}):
        refused(reviewer.patch(path, wrong, If_Match="*"), 422, "name")
    refused(reviewer.patch(path, {"name": "I. SOLHEIM"}, If_Match="*"), 409, "name")


def test_aliases_come_and_go(reviewer: Program, mark: Mark, ids: dict[str, str]) -> None:
    """Found by them; no two parties share one."""
    path = f"/parties/{ids['Ingrid Solheim']}/aliases"
    assert told(reviewer.post(path, {"name": "Mrs  Solheim"}), 201)["aliases"] == ["Mrs Solheim"]
    assert told(reviewer.post(path, {"name": "mrs solheim"}), 200)["aliases"] == ["Mrs Solheim"]
    assert mark(reviewer, "cranes", party="MRS SOLHEIM")["party"]["name"] == "Ingrid Solheim"
    refused(reviewer.post(path, {"name": "I. Solheim"}), 409, "name")
    refused(reviewer.post(path, {}), 422, "name")
    assert reviewer.delete(f"{path}?name=Mrs%20Solheim").status_code == 204
    refused(reviewer.delete(f"{path}?name=Mrs%20Solheim"), 404)
    refused(reviewer.delete(f"{path}?alias=x"), 422, "alias")


def test_two_are_merged_by_a_lead(reviewer: Program, lead: Program, ids: dict[str, str]) -> None:
    """What the other said goes over; its address leads on."""
    into, other = ids["Ingrid Solheim"], ids["I. Solheim"]
    refused(reviewer.post(f"/parties/{into}/merge", {"other": other}), 403)
    refused(lead.post(f"/parties/{into}/merge", {"other": into}), 422, "other")
    refused(lead.post(f"/parties/{into}/merge", {"other": str(uuid4())}), 404)
    now = told(lead.post(f"/parties/{into}/merge", {"other": other}))
    assert (now["counts"]["denial"], now["aliases"]) == (1, ["I. Solheim"])
    assert told(reviewer.get(f"/parties/{other}"))["id"] == into
    assert len(told(reviewer.get("/parties"))["items"]) == 1
    refused(lead.post(f"/parties/{into}/merge", {"other": other}), 404)
