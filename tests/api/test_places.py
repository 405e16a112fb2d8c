"""What a draft has touched, settled through the API: confirmed, put on other words, closed and taken up again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotator.models import Article
from tests.api.program import Program, refused, told
from tests.builders import TEXT, next_draft, place_of
from tests.cast import Cast

Mark = Callable[..., dict[str, Any]]
SPOKESMAN = "“No money has left this house,” a spokesman said."
CHECK = {"body": "Read the ledger.", "verdict": "accurate", "evidence": [{"url": "https://court.example/ledger"}]}


@pytest.fixture
def touched(reviewer: Program, cast: Cast, article: Article, mark: Mark) -> str:
    """The address of a claim that Ben has checked and a draft has changed."""
    path = f"/annotations/{mark(reviewer, 'paid 4.2 million crowns for cranes')['id']}"
    told(reviewer.post(f"{path}/notes", CHECK), 201)
    next_draft(cast.ada, article, TEXT.replace("4.2 million", "4.6 million"))
    now = told(reviewer.get(path))
    assert (now["state"], now["anchor"]["status"]) == ("reopened", "changed")
    return path


@pytest.fixture
def orphan(reviewer: Program, cast: Cast, article: Article, mark: Mark) -> str:
    """The address of a quote whose words a draft has lost."""
    path = f"/annotations/{mark(reviewer, SPOKESMAN, 'quote')['id']}"
    next_draft(cast.ada, article, TEXT.replace(f" {SPOKESMAN}", ""))
    assert told(reviewer.get(path))["anchor"]["status"] == "orphan"
    return path


def test_it_still_stands(program: Callable[..., Program], touched: str) -> None:
    cleo = program("cleo")
    now = told(cleo.post(f"{touched}/confirmation"), 201)
    anchor, note = now["anchor"], now["notes"][-1]
    assert (now["state"], anchor["status"], anchor["confirmed_by"]) == ("checked", "confirmed", "cleo")
    assert (note["author"], note["verdict"], note["version"]) == ("cleo", "accurate", 2)
    assert told(cleo.get(touched)) == now
    assert told(cleo.post(f"{touched}/confirmation"), 200) == now
    refused(program("ben").post(f"{touched}/confirmation"), 409)


def test_a_place_without_a_verdict_is_confirmed(reviewer: Program, cast: Cast, article: Article, mark: Mark) -> None:
    path = f"/annotations/{mark(reviewer, 'paid 4.2 million crowns for cranes')['id']}"
    refused(reviewer.post(f"{path}/confirmation"), 409)
    next_draft(cast.ada, article, TEXT.replace("4.2 million", "4.6 million"))
    now = told(reviewer.post(f"{path}/confirmation", {}), 201)
    assert (now["state"], now["anchor"]["status"], now["notes"]) == ("to_do", "confirmed", [])
    assert told(reviewer.post(f"{path}/confirmation"), 200) == now


def test_it_stands_on_what_was_seen(reviewer: Program, lead: Program, touched: str) -> None:
    seen = reviewer.get(touched).headers["ETag"]
    told(lead.post(f"{touched}/notes", {"body": "Asked again."}), 201)
    error = refused(reviewer.post(f"{touched}/confirmation", If_Match=seen), 412)
    now = reviewer.get(touched)
    assert error["current"] == told(now)
    told(reviewer.post(f"{touched}/confirmation", If_Match=now.headers["ETag"]), 201)


def test_nobody_confirms_what_is_hidden_from_them(
    lead: Program, reviewer: Program, program: Callable[..., Program], article: Article, touched: str
) -> None:
    """In an article that is read blind only who gave the verdict can say that it still stands."""
    told(lead.patch(f"/articles/{article.id}", {"blind": True}, If_Match="*"))
    cleo = program("cleo")
    refused(cleo.post(f"{touched}/confirmation"), 409)
    assert told(cleo.get(touched))["sealed"]
    assert told(reviewer.post(f"{touched}/confirmation"), 201)["anchor"]["confirmed_by"] == "ben"


def test_an_orphan_is_put_on_other_words(reviewer: Program, article: Article, orphan: str) -> None:
    refused(reviewer.post(f"{orphan}/confirmation"), 409)
    place = place_of(article, "any payment was made", version=2)
    sent = {"version": 2, "start": place.start, "end": place.end, "exact": place.exact}
    refused(reviewer.patch(orphan, sent | {"exact": "no payment"}, If_Match="*"), 409, "exact")
    anchor = told(reviewer.patch(orphan, sent, If_Match="*"))["anchor"]
    assert sent.items() <= anchor.items()
    assert (anchor["status"], anchor["confirmed_by"], anchor["carried_as"]) == ("confirmed", "ben", "orphan")


def test_an_orphan_is_closed_and_taken_up(reviewer: Program, lead: Program, article: Article, orphan: str) -> None:
    response = reviewer.post(f"{orphan}/closure", {"reason": "The sentence was cut."})
    closed = told(response, 201)["closed"]
    assert (closed["by"], closed["reason"]) == ("ben", "The sentence was cut.")
    assert told(lead.post(f"{orphan}/closure", {"reason": "Cut."}))["closed"] == closed
    assert told(lead.get(f"/articles/{article.id}"))["counts"]["total"] == 0
    place = place_of(article, "any payment was made", version=2)
    sent = {"version": 2, "start": place.start, "end": place.end, "exact": place.exact}
    refused(reviewer.patch(orphan, sent, If_Match="*"), 409)
    for _ in range(2):
        assert lead.delete(f"{orphan}/closure").status_code == 204
    assert told(lead.get(orphan))["closed"] is None
    assert told(lead.get(f"/articles/{article.id}"))["counts"]["total"] == 1
    told(reviewer.patch(orphan, sent, If_Match="*"))


def test_what_is_closed_comes_back_with_its_words(reviewer: Program, cast: Cast, article: Article, orphan: str) -> None:
    told(reviewer.post(f"{orphan}/closure", {"reason": "The sentence was cut."}), 201)
    next_draft(cast.ada, article, TEXT)
    now = told(reviewer.get(orphan))
    assert (now["closed"], now["anchor"]["exact"]) == (None, SPOKESMAN)


def test_what_will_not_do(reviewer: Program, reader: Program, orphan: str, mark: Mark) -> None:
    refused(reviewer.post(f"{orphan}/closure", {}), 422, "reason")
    refused(reviewer.post(f"{orphan}/closure", {"reason": " "}), 422, "reason")
    refused(reviewer.post(f"{orphan}/closure", {"reason": "x" * 2001}), 422, "reason")
    refused(reviewer.post(f"{orphan}/confirmation", {"remark": "x"}), 422, "remark")
    refused(reader.post(f"{orphan}/closure", {"reason": "Cut."}), 403)
    refused(reviewer.delete(f"{orphan}/closure", If_Match='"7"'), 412)
    there = told(reviewer.get(orphan))["article"]
    start = told(reviewer.get(f"/articles/{there}/versions/2"))["text"].index("cranes")
    place = {"version": 2, "start": start, "end": start + 6, "exact": "cranes", "kind": "claim"}
    made = told(reviewer.post(f"/articles/{there}/annotations", place), 201)
    refused(reviewer.post(f"/annotations/{made['id']}/closure", {"reason": "Cut."}), 409)


def test_a_draft_took_it_to_other_words(reviewer: Program, touched: str) -> None:
    anchor = told(reviewer.post(f"{touched}/detachment"), 201)["anchor"]
    assert (anchor["status"], anchor["start"]) == ("orphan", None)
    refused(reviewer.post(f"{touched}/detachment"), 409)
