"""Many at once: one id makes one annotation, one state is changed by one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from annotator.extensions import db
from annotator.models import Annotation, Article, Event, SentenceCheck
from tests.api.program import Program, told
from tests.builders import TEXT

AT_ONCE = 12


def at_once(app: Flask, program: Program, send: Callable[[Program, int], TestResponse]) -> list[TestResponse]:
    """Send this many requests, each from a client of its own, none before all are ready."""
    told(program.get("/articles"))
    ready = Barrier(AT_ONCE)

    def one(number: int) -> TestResponse:
        own = Program(app.test_client(), program.token)
        with app.app_context():
            ready.wait(timeout=30)
            return send(own, number)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def test_one_id_makes_one_annotation(
    app: Flask, reviewer: Program, article: Article, span: Callable[[str], dict[str, Any]]
) -> None:
    """One 201, the rest 200, all with the same."""
    path, sent = f"/articles/{article.id}/annotations", span("cranes") | {"kind": "claim", "id": str(uuid4())}
    answers = at_once(app, reviewer, lambda program, _: program.post(path, sent))
    assert sorted(answer.status_code for answer in answers) == [200] * (AT_ONCE - 1) + [201]
    assert len({answer.data for answer in answers}) == 1
    assert db.session.query(Annotation).count() == 1
    assert db.session.query(Event).filter_by(verb="annotation.created").count() == 1


def test_different_ids_make_different_annotations(
    app: Flask, reviewer: Program, article: Article, span: Callable[[str], dict[str, Any]]
) -> None:
    """All are made, each with a number of its own, though all name a party that nobody knew."""
    path, sent = f"/articles/{article.id}/annotations", span("cranes") | {"kind": "claim", "party": "Ingrid Solheim"}
    answers = at_once(app, reviewer, lambda program, _: program.post(path, sent))
    assert [answer.status_code for answer in answers] == [201] * AT_ONCE
    ordinals = [ordinal for (ordinal,) in db.session.query(Annotation.ordinal)]
    assert sorted(ordinals) == list(range(1, AT_ONCE + 1))


def test_one_state_is_changed_once(app: Flask, reviewer: Program, mark: Callable[..., dict[str, Any]]) -> None:
    """One wins; the others are told what is there now."""
    path = f"/annotations/{mark(reviewer, 'cranes')['id']}"
    answers = at_once(app, reviewer, lambda program, n: program.patch(path, {"party": f"No. {n}"}, If_Match='"1"'))
    assert sorted(answer.status_code for answer in answers) == [200] + [412] * (AT_ONCE - 1)
    now = told(reviewer.get(path))
    assert now["row_version"] == 2
    won = next(answer for answer in answers if answer.status_code == 200)
    assert won.get_json() == now
    assert all(answer.get_json()["error"]["current"] == now for answer in answers if answer is not won)


def test_one_wording_is_replaced_once(app: Flask, reviewer: Program, mark: Callable[..., dict[str, Any]]) -> None:
    """Notes keep to the same rule."""
    notes = f"/annotations/{mark(reviewer, 'cranes')['id']}/notes"
    path = f"/notes/{told(reviewer.post(notes, {'body': 'Seen.'}), 201)['id']}"
    answers = at_once(app, reviewer, lambda program, n: program.patch(path, {"body": f"No. {n}"}, If_Match='"1"'))
    assert sorted(answer.status_code for answer in answers) == [200] + [412] * (AT_ONCE - 1)
    assert told(reviewer.get(path))["row_version"] == 2


def test_a_sentence_is_found_clear_once(
    app: Flask, reviewer: Program, program: Callable[..., Program], article: Article
) -> None:
    """One 201, the rest 200, whoever it was: all are told who was first."""
    tokens = [one.token for one in (reviewer, program("cleo"))]
    path = f"/articles/{article.id}/versions/1/sentences/0/clear"

    def clear(own: Program, number: int) -> TestResponse:
        own.token = tokens[number % 2]
        return own.put(path)

    answers = at_once(app, reviewer, clear)
    assert sorted(answer.status_code for answer in answers) == [200] * (AT_ONCE - 1) + [201]
    assert len({answer.data for answer in answers}) == 1
    assert db.session.query(SentenceCheck).count() == 1
    assert db.session.query(Event).filter_by(verb="sentence.cleared").count() == 1


STAYS, GOES = "Ingrid Solheim", "4.2 million"
SECOND = TEXT.replace(GOES, "4.6 million")


@pytest.mark.parametrize("turn", range(3))
def test_a_mark_is_carried_or_refused(
    app: Flask, reviewer: Program, article: Article, span: Callable[[str], dict[str, Any]], turn: int
) -> None:
    """While a draft is added, every mark on the text before it lands on the draft or is refused; none is lost."""
    path, marks = f"/articles/{article.id}", [span(words) | {"kind": "claim"} for words in (GOES, STAYS)]

    def act(own: Program, number: int) -> TestResponse:
        if number == turn * 5:
            return own.post(f"{path}/versions", {"text": SECOND})
        return own.post(f"{path}/annotations", marks[number % 2])

    answers = at_once(app, reviewer, act)
    added = answers.pop(turn * 5)
    made, not_made = _parted(answers)
    assert told(added, 201)["number"] == 2
    assert {error["code"] for error in not_made} <= {"superseded"}
    assert all(error["current"] == {"version": 2} for error in not_made)
    now = {one["id"]: one["anchor"] for one in told(reviewer.get(f"{path}/annotations"))["items"]}
    assert now.keys() == {one["id"] for one in made}
    assert {anchor["version"] for anchor in now.values()} == {2}
    assert all(anchor["exact"] == STAYS or anchor["status"] == "changed" for anchor in now.values())
    assert sum(anchor["exact"] == STAYS for anchor in now.values()) >= AT_ONCE // 2 - 1


def _parted(answers: list[TestResponse]) -> tuple[list[Any], list[Any]]:
    """What was made, and the refusals of the others."""
    made = [told(answer, 201) for answer in answers if answer.status_code == 201]
    return made, [told(answer, 409)["error"] for answer in answers if answer.status_code != 201]


def test_drafts_follow_each_other(
    app: Flask, reviewer: Program, article: Article, mark: Callable[..., dict[str, Any]]
) -> None:
    """Each gets a number of its own, and what was marked sits in the last of them."""
    key = mark(reviewer, STAYS)["id"]
    path = f"/articles/{article.id}/versions"
    answers = at_once(app, reviewer, lambda own, n: own.post(path, {"text": f"{TEXT} This is draft {n}."}))
    assert sorted(told(answer, 201)["number"] for answer in answers) == list(range(2, AT_ONCE + 2))
    last = max(told(reviewer.get(path))["items"], key=lambda one: one["number"])
    now = told(reviewer.get(f"/annotations/{key}"))["anchor"]
    assert (now["version"], now["status"], now["exact"]) == (last["number"], "exact", STAYS)


def test_what_is_read_is_the_newest_text(app: Flask, reviewer: Program, article: Article) -> None:
    """A sentence is marked clear before the draft, and is carried with it, or is refused."""
    path = f"/articles/{article.id}/versions"

    def act(own: Program, number: int) -> TestResponse:
        if number == 5:
            return own.post(path, {"text": SECOND})
        return own.put(f"{path}/1/sentences/{number % 4}/clear")

    answers = at_once(app, reviewer, act)
    told(answers.pop(5), 201)
    assert {answer.status_code for answer in answers} <= {200, 201, 409}
    first, second = (told(reviewer.get(f"{path}/{number}"))["states"] for number in (1, 2))
    assert second[0]["state"] == "unread"
    assert second[1:] == first[1:]
