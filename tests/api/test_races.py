"""Many at once: one id makes one annotation, one state is changed by one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

from flask import Flask
from werkzeug.test import TestResponse

from annotator.extensions import db
from annotator.models import Annotation, Article, Event
from tests.api.program import Program, told

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
