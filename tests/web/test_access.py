"""Who gets in where: a row for every page. A page without a row fails."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from annotator.db import unit_of_work
from annotator.services import people
from tests.builders import make_annotation, make_article, make_note
from tests.cast import Cast, csrf_token
from tests.support.pages import StrictClient
from tests.web.reading import PARTIAL

OPEN, IN, LEAD, FORBIDDEN = "anybody", "signed in", "leads", 403
TABLE = {
    "assets.show": OPEN,
    "health.healthz": OPEN,
    "signing.sign_in": OPEN,
    "signing.begin": OPEN,
    "signing.sign_out": OPEN,
    "signing.setup": OPEN,
    "signing.use_setup": OPEN,
    "account.show": IN,
    "account.rename": IN,
    "account.change_password": IN,
    "account.end_others": IN,
    "account.make_token": IN,
    "account.revoke_token": IN,
    "people.show": LEAD,
    "people.invite": LEAD,
    "people.withdraw": LEAD,
    "people.reset": LEAD,
    "people.disable": LEAD,
    "people.enable": LEAD,
    "people.change_role": LEAD,
    "queue.home": IN,
    "queue.show": IN,
    "sign_offs.give": IN,
    "sign_offs.withdraw": IN,
    "sign_offs.settle": LEAD,
    "assignments.take": IN,
    "assignments.give": IN,
    "assignments.ask": IN,
    "assignments.take_offered": IN,
    "assignments.end": IN,
    "assignments.give_article": LEAD,
    "assignments.hand_over": IN,
    "arranging.arrange": LEAD,
    "articles.index": IN,
    "articles.new": IN,
    "articles.create": IN,
    "articles.reading": IN,
    "articles.details": IN,
    "articles.describe": IN,
    "articles.archive": LEAD,
    "articles.unarchive": IN,
    "articles.export": IN,
    "review.show": IN,
    "review.show_version": IN,
    "review.changed": IN,
    "reading.mark": IN,
    "versions.new": IN,
    "versions.create": IN,
    "versions.changed": IN,
    "versions.choose": IN,
    "versions.beside": IN,
    "editing.edit": LEAD,
    "editing.save": LEAD,
    "touched.confirm": IN,
    "touched.put": IN,
    "touched.detach": IN,
    "touched.close": IN,
    "touched.take_up": IN,
    "article_sign_offs.show": IN,
    "article_sign_offs.give": LEAD,
    "article_sign_offs.withdraw": IN,
    "annotations.create": IN,
    "annotations.show": IN,
    "annotations.closed": IN,
    "annotations.move": IN,
    "annotations.retag": IN,
    "annotations.delete": IN,
    "annotations.restore": IN,
    "notes.add": IN,
    "notes.edit": IN,
    "notes.change": IN,
    "notes.history": IN,
    "notes.take_back": IN,
    "notes.bring_back": IN,
    "files.add": IN,
    "files.tell": IN,
    "files.show": IN,
    "sources.suggest": IN,
    "sources.show": IN,
    "sources.withdraw": IN,
    "sources.reinstate": IN,
    "history.of_article": IN,
    "history.of_annotation": IN,
    "undoing.undo": IN,
    "undoing.redo": IN,
    "comments.mentionable": IN,
    "comments.of_article": IN,
    "comments.add_to_article": IN,
    "comments.add": IN,
    "comments.answer": IN,
    "comments.edit": IN,
    "comments.change": IN,
    "comments.resolve": IN,
    "comments.unresolve": IN,
    "comments.take_back": IN,
    "comments.bring_back": IN,
    "inbox.show": IN,
    "inbox.follow": IN,
    "inbox.read": IN,
    "parties.suggest": IN,
    "parties.name": IN,
    "party_pages.index": IN,
    "party_pages.show": IN,
    "party_pages.edit": IN,
    "party_pages.add_alias": IN,
    "party_pages.remove_alias": IN,
    "party_pages.merge": IN,
    "relations.offer": IN,
    "relations.tie": IN,
    "relations.untie": IN,
    "relations.link": IN,
    "contacts.suggest": IN,
    "contacts.add": IN,
    "contacts.edit": IN,
    "contacts.change": IN,
    "contacts.answer": IN,
    "contacts.follow": IN,
    "contacts.take_back": IN,
    "contacts.bring_back": IN,
    "corrections.propose": IN,
    "corrections.edit": IN,
    "corrections.change": IN,
    "corrections.decide": IN,
    "corrections.take_back": IN,
    "corrections.bring_back": IN,
    "right_of_reply.show": IN,
    "dashboard.show": LEAD,
}
API_OPEN = {"api_openapi.show"}
Doors = list[tuple[str, str, str]]


@pytest.fixture
def doors(app: Flask, cast: Cast) -> Doors:
    """Every route as (endpoint, method, a path that leads to something)."""
    claim = make_annotation(cast.ben, make_article(cast.ada), "cranes")
    note = make_note(cast.ben, claim)
    given = {"article_id": claim.article_id, "number": 1, "key": claim.uuid, "to": uuid4(), "kind": "denies"}
    given |= {"type": "denies", "way": "to", "other": uuid4()}
    given |= {"name": "img/icon.svg", "mark": "x", "username": "cleo", "token_id": 1, "link_id": 1, "notice_id": 1}
    given |= {"sha256": "0" * 64, "old": 1, "new": 1, "sentence": 0}
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            values = given | ({"key": note.uuid} if rule.endpoint.startswith("notes.") else {})
            values |= {"name": "a.pdf"} if rule.endpoint.startswith("files.") else {}
            values |= {"key": "no-such-link"} if rule.endpoint.startswith("signing.") else {}
            path = app.url_for(rule.endpoint, **{name: values[name] for name in rule.arguments})
            found += [(rule.endpoint, method, path) for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}]
    return sorted(found)


def knock(client: StrictClient, method: str, path: str, **headers: str) -> TestResponse:
    """Go there, with the token of a page."""
    return client.open(path, method=method, headers={"X-CSRFToken": client.token, **headers})


def test_every_page_has_a_row(app: Flask) -> None:
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if not rule.endpoint.startswith("api_")}
    assert pages == set(TABLE)


def stranger(app: Flask) -> StrictClient:
    """A browser that nobody has signed in with, with a page's token."""
    client: StrictClient = app.test_client()  # type: ignore[assignment]
    client.token = csrf_token(client)
    return client


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_nobody_in_particular(app: Flask, doors: Doors) -> None:
    for endpoint, method, path in doors:
        answer, piece = knock(stranger(app), method, path), knock(stranger(app), method, path, **PARTIAL)
        if endpoint.startswith("api_"):
            assert (answer.status_code == 401) == (endpoint not in API_OPEN), endpoint
        elif TABLE[endpoint] == OPEN:
            assert "/sign-in?next" not in (answer.location or ""), endpoint
            assert answer.status_code != 403, endpoint
        else:
            assert (answer.location or "").startswith("/sign-in"), endpoint
            assert piece.status_code == 401, endpoint
            assert "cranes" not in answer.text + piece.text, endpoint


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize("who", ["ben", "ada", "dan"])
def test_people_of_each_role(new_client: Callable[[str], StrictClient], doors: Doors, who: str) -> None:
    for endpoint, method, path in doors:
        if endpoint.startswith("api_") or TABLE[endpoint] == OPEN:
            continue
        refused = knock(new_client(who), method, path).status_code == FORBIDDEN
        assert refused == (TABLE[endpoint] == LEAD and who == "ben") or _own_affair(endpoint, who), endpoint


def _own_affair(endpoint: str, who: str) -> bool:
    """Notes are edited by their author, people managed by admins: the tests of those pages look closer."""
    return (endpoint.startswith("notes.") and who != "ben") or (endpoint.startswith("people.") and who == "ada")


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_disabled_person_is_nobody(
    app: Flask, cast: Cast, new_client: Callable[[str], StrictClient], doors: Doors
) -> None:
    clients = [(door, new_client("cleo")) for door in doors if TABLE.get(door[0], OPEN) != OPEN]
    with unit_of_work():
        people.disable(cast.dan, people.person("cleo"))
    for (endpoint, method, path), client in clients:
        assert knock(client, method, path, **PARTIAL).status_code == 401, endpoint
