"""Signing off and settling through the API, by two people and by many at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.api.program import Program, refused, told

Mark = Callable[..., dict[str, Any]]
CHECK = {
    "body": "Read the ledger.",
    "verdict": "accurate",
    "evidence": [{"url": "https://court.example/ledger", "source_type": "primary"}],
}


@pytest.fixture
def claim(reviewer: Program, mark: Mark) -> str:
    """The address of a claim that Ben has checked."""
    path = f"/annotations/{mark(reviewer, '4.2 million crowns')['id']}"
    told(reviewer.post(f"{path}/notes", CHECK), 201)
    return path


@pytest.fixture
def other(program: Callable[..., Program]) -> Program:
    """Cleo's program."""
    return program("cleo")


def test_from_to_do_to_signed_off(reviewer: Program, other: Program, claim: str) -> None:
    refused(reviewer.post(f"{claim}/sign-off"), 403)
    response = other.post(f"{claim}/sign-off", {"remark": "Read it too."})
    made = told(response, 201)
    assert (made["by"], made["verdict"], made["exact"], made["remark"]) == (
        "cleo",
        "accurate",
        "4.2 million crowns",
        "Read it too.",
    )
    assert told(other.post(f"{claim}/sign-off")) == made
    now = told(reviewer.get(claim))
    assert (now["state"], now["signed_off"]) == ("signed_off", {"by": "cleo", "at": made["at"]})
    refused(reviewer.delete(f"{claim}/sign-off"), 403)
    assert other.delete(f"{claim}/sign-off").status_code == 204
    refused(other.delete(f"{claim}/sign-off"), 404)
    assert told(reviewer.get(claim))["state"] == "checked"


def test_every_reason_is_named(other: Program, reviewer: Program, mark: Mark) -> None:
    path = f"/annotations/{mark(reviewer, 'cranes')['id']}/sign-off"
    error = refused(other.post(path), 409, "verdict", "note", "evidence")
    assert error["message"] == " ".join(error["fields"].values())
    refused(other.post(path, {"remark": 7}), 422, "remark")
    refused(other.post(path, {"why": "x"}), 422, "why")


def test_it_falls_with_the_verdict(reviewer: Program, other: Program, claim: str) -> None:
    told(other.post(f"{claim}/sign-off"), 201)
    note = told(reviewer.get(claim))["notes"][0]["id"]
    told(reviewer.patch(f"/notes/{note}", {"verdict": "false"}, If_Match="*"))
    assert told(reviewer.get(claim))["state"] == "checked"
    verbs = [line["verb"] for line in told(reviewer.get(f"{claim}/history"))["items"]]
    assert verbs[-3:] == ["sign_off.given", "note.edited", "sign_off.fallen"]


def test_a_lead_settles(reviewer: Program, other: Program, lead: Program, claim: str) -> None:
    said = {"verdict": "accurate", "reason": "The ledger says so."}
    refused(lead.post(f"{claim}/resolution", said), 409)
    told(other.post(f"{claim}/notes", {"body": "Not so.", "verdict": "false"}), 201)
    assert told(reviewer.get(claim))["state"] == "disagreed"
    assert "disagreement" in told(lead.post(f"{claim}/sign-off"), 409)["error"]["fields"]
    refused(other.post(f"{claim}/resolution", said), 403)
    refused(lead.post(f"{claim}/resolution", said | {"reason": " "}), 422, "reason")
    refused(lead.post(f"{claim}/resolution", said | {"verdict": "so"}), 422, "verdict")
    refused(lead.post(f"{claim}/resolution", {"verdict": "false"}), 422, "reason")
    now = told(lead.post(f"{claim}/resolution", said), 201)
    assert (now["state"], now["verdict"]["value"], now["verdict"]["by"]) == ("checked", "accurate", "ada")
    assert [note["resolves"] for note in now["notes"]] == [False, False, True]


ROUNDS = 3


def at_once(app: Flask, *acts: Callable[[], TestResponse]) -> list[TestResponse]:
    """The answers to these requests, which set out together."""
    ready = Barrier(len(acts))

    def one(act: Callable[[], TestResponse]) -> TestResponse:
        with app.app_context():
            ready.wait(timeout=30)
            return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_two_who_sign_off_at_once(app: Flask, program: Callable[..., Program], claim: str, turn: int) -> None:
    """One signs off; the other is told who did."""
    programs = [program("ada"), program("cleo")]
    answers = at_once(app, *[lambda one=one: one.post(f"{claim}/sign-off") for one in programs])
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert told(programs[0].get(claim))["state"] == "signed_off"


MEANWHILE: dict[str, Callable[[Program, str, dict[str, Any]], TestResponse]] = {
    "the verdict is changed": lambda one, path, now: one.patch(
        f"/notes/{now['notes'][0]['id']}", {"verdict": "false"}, If_Match="*"
    ),
    "a correction is proposed": lambda one, path, now: one.post(
        f"{path}/corrections", {"suggested": "4.1 million", "reason": "So it stands.", "severity": "fact"}
    ),
    "an edge is moved": lambda one, path, now: one.patch(
        path, {**now["anchor"], "start": now["anchor"]["start"] + 4, "exact": "million crowns"}, If_Match="*"
    ),
}


@pytest.mark.parametrize("turn", range(ROUNDS))
@pytest.mark.parametrize("meanwhile", MEANWHILE)
def test_nothing_slips_past_a_guard(
    app: Flask, program: Callable[..., Program], claim: str, meanwhile: str, turn: int
) -> None:
    """Whoever was first: what stands signed off at the end is the verdict and the words that were signed."""
    ben, cleo = program("ben"), program("cleo")
    now = told(ben.get(claim))
    now["anchor"] = {name: now["anchor"][name] for name in ("version", "start", "end", "exact")}
    signed, changed = at_once(
        app, lambda: cleo.post(f"{claim}/sign-off"), lambda: MEANWHILE[meanwhile](ben, claim, now)
    )
    assert changed.status_code in (200, 201)
    assert signed.status_code in (201, 409)
    left = told(ben.get(claim))
    if left["state"] == "signed_off":
        assert signed.get_json()["verdict"] == left["verdict"]["value"]
        assert signed.get_json()["exact"] == left["anchor"]["exact"]
        assert all(one["state"] != "proposed" for one in left["corrections"])
