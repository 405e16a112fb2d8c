"""What holds for the whole API: who gets in, one error shape, nothing that is not JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextvars import Context
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.exceptions import NotImplemented as Unknown
from werkzeug.exceptions import TooManyRequests

from annotator import db as database
from annotator.api.openapi import document
from annotator.config import ROOT
from annotator.db import unit_of_work
from annotator.extensions import db
from annotator.models import Article, User
from annotator.services import tokens
from tests.api.program import Program, refused, told
from tests.cast import Cast
from tests.support.pages import StrictClient

PUBLIC = {"/openapi.json"}
NOBODYS = "6f1d7c52-0b1e-4f7a-9c55-2f3f0a0d9e11"


def described() -> Iterator[tuple[str, str]]:
    """Every method and path of the description, with ids that lead nowhere."""
    ids = {
        "{article_id}": "999",
        "{number}": "1",
        "{sentence}": "0",
        "{key}": NOBODYS,
        "{to}": NOBODYS,
        "{kind}": "denies",
    }
    for path, operations in document()["paths"].items():
        filled = path
        for name, value in ids.items():
            filled = filled.replace(name, value)
        for method in operations:
            yield method.upper(), filled


GUARDED = [(method, path) for method, path in described() if path not in PUBLIC]


def test_the_description_matches_the_routes(app: Flask) -> None:
    """Every route is described, every described route is there."""
    routed = set()
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/"):
            path = "".join(f"{{{part}}}" if is_dynamic else part for is_dynamic, part in rule._trace).split("|")[-1]
            routed |= {(method, path) for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}
    prefix = document()["servers"][0]["url"]
    told_of = {
        (method.upper(), prefix + path) for path, operations in document()["paths"].items() for method in operations
    }
    assert routed == told_of


def test_every_address_is_documented() -> None:
    """docs/api.md names each, with its method."""
    words = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    for path, operations in document()["paths"].items():
        shown = path.replace("{article_id}", "{id}").replace("{number}", "{n}").replace("{key}", "{uuid}")
        shown = shown.replace("{sentence}", "{k}")
        shown = shown.replace("{kind}/{to}", "{type}/{uuid}")
        for method in operations:
            assert re.search(rf"`{method.upper()} (/api/v1)?{re.escape(shown)}[`?]", words), f"{method} {shown}"


def test_the_description_is_public(client: StrictClient) -> None:
    """Anybody may read what there is."""
    assert told(client.get("/api/v1/openapi.json")) == json.loads(json.dumps(document()))


@pytest.mark.parametrize(("method", "path"), GUARDED)
@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_nobody_gets_in_without_a_token(client: StrictClient, cast: Cast, method: str, path: str) -> None:
    """401, and which token is wanted, before anything else is looked at."""
    response = client.open(f"/api/v1{path}", method=method, data=b"{", content_type="text/plain")
    assert refused(response, 401)["code"] == "not_signed_in"
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="Annotator"'


@pytest.mark.parametrize(("method", "path"), [row for row in GUARDED if row[0] != "GET"])
@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_token_for_reading_changes_nothing(reader: Program, method: str, path: str) -> None:
    """403, before anything else is looked at."""
    assert refused(reader.send(method, path), 403)["code"] == "forbidden"


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Bearer ann_wrong", "Basic YWRhOnB3", "Bearer ü", "x" * 5000])
def test_wrong_keys(client: StrictClient, cast: Cast, header: str) -> None:
    """401 for whatever is no living token."""
    refused(client.get("/api/v1/articles", headers={"Authorization": header.encode().decode("latin-1")}), 401)


def test_a_token_dies_with_its_owner_or_when_revoked(reviewer: Program, lead: Program, cast: Cast) -> None:
    """At once."""
    told(reviewer.get("/articles"))
    with unit_of_work():
        db.session.get_one(User, cast.ben.id).active = False
        use = tokens.use_of(lead.token)
        assert use
        tokens.revoke(cast.ada, use.token_id)
    refused(reviewer.get("/articles"), 401)
    refused(lead.get("/articles"), 401)


def test_the_use_of_a_token_is_written_down(reviewer: Program) -> None:
    """Its owner sees when it was used last."""
    use = tokens.use_of(reviewer.token)
    assert use
    assert use.due
    told(reviewer.get("/articles"))
    db.session.rollback()
    again = tokens.use_of(reviewer.token)
    assert again
    assert not again.due


def test_the_browsers_session_needs_the_pages_token_to_change_anything(ben: StrictClient, article: Article) -> None:
    """Reading needs the session alone; writing the CSRF header as well."""
    sent = {"text": "Fees doubled."}
    told(ben.get(f"/api/v1/articles/{article.id}"))
    refused(ben.post("/api/v1/articles", json=sent), 403)
    refused(ben.post("/api/v1/articles", json=sent, headers={"X-CSRFToken": "wrong"}), 403)
    assert told(ben.submit_json("/api/v1/articles", sent), 201)["created_by"] == "ben"
    refused(ben.get("/api/v1/articles", headers={"Authorization": "Bearer wrong"}), 401)


def test_the_cookie_is_no_way_round_the_token(ben: StrictClient, reader: Program) -> None:
    """A request with a token has the token's rights, whoever is signed in."""
    headers = {"Authorization": f"Bearer {reader.token}", "X-CSRFToken": ben.token}
    refused(ben.post("/api/v1/articles", json={"text": "Fees doubled."}, headers=headers), 403)


MALFORMED = [
    b"",
    b"{",
    b"[]",
    b'"text"',
    b"null",
    b"{'text': 'a'}",
    b'{"text": "a",}',
    b'{"text": NaN}',
    b'{"text": -Infinity}',
    b'{"text": "a", "text": "b"}',
    b'{"text": "\xff"}',
    b"\xff\xfe{\x00}\x00",
    b'{"text": "a\x00b"}',
    b'{"a": ' + b"[" * 30 + b"]" * 30 + b"}",
    b"[" * 100_000,
    b'{"start": ' + b"9" * 5000 + b"}",
]


@pytest.mark.parametrize("data", MALFORMED, ids=lambda data: data[:24].decode("latin-1"))
def test_bodies_that_are_no_json_object(reviewer: Program, data: bytes) -> None:
    """400."""
    headers = {"Authorization": f"Bearer {reviewer.token}"}
    response = reviewer.client.post("/api/v1/articles", data=data, content_type="application/json", headers=headers)
    assert refused(response, 400)["code"] == "malformed"


@pytest.mark.parametrize("kind", [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_only_json_is_read(reviewer: Program, kind: str | None) -> None:
    """415, whatever is in it."""
    headers = {"Authorization": f"Bearer {reviewer.token}"}
    response = reviewer.client.post("/api/v1/articles", data=b'{"text": "a"}', content_type=kind, headers=headers)
    assert refused(response, 415)["code"] == "unsupported_media_type"


def test_json_may_say_its_charset(reviewer: Program) -> None:
    """Parameters of the type are no other type."""
    response = reviewer.post("/articles", {"text": "Fees doubled."}, Content_Type="application/json; charset=utf-8")
    told(response, 201)


def test_a_body_that_is_too_large(app: Flask, reviewer: Program) -> None:
    """413, before it is read."""
    app.config["MAX_CONTENT_LENGTH"] = 1000
    assert refused(reviewer.post("/articles", {"text": "a" * 1000}), 413)["code"] == "too_large"


@pytest.mark.parametrize(
    "path", ["/api", "/api/", "/api/v1", "/api/v2/articles", "/api/v1/articles/", "/api/v1/nothing"]
)
@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_addresses_that_are_not_there(client: StrictClient, path: str) -> None:
    """404 in the one shape, for every method."""
    for method in ("GET", "POST", "DELETE"):
        assert refused(client.open(path, method=method), 404)["code"] == "not_found"


@pytest.mark.parametrize("later", ["clear", "votes", "relations/supports/x"])
def test_what_is_not_offered_is_not_found(reviewer: Program, later: str) -> None:
    """404 rather than a door that does nothing."""
    refused(reviewer.post(f"/annotations/{uuid4()}/{later}"), 404)


@pytest.mark.parametrize(("method", "path"), [("PUT", "/articles"), ("DELETE", "/articles/1"), ("POST", "/dashboard")])
def test_methods_that_are_not_taken(reviewer: Program, method: str, path: str) -> None:
    """405, and those that are."""
    response = reviewer.send(method, path)
    assert refused(response, 405)["code"] == "method_not_allowed"
    assert "GET" in response.headers["Allow"]


def test_answers_without_a_body_have_no_type(reviewer: Program) -> None:
    """OPTIONS says what is taken and nothing else; HEAD is GET without the body."""
    response = reviewer.send("OPTIONS", "/articles")
    assert (response.status_code, response.data) == (200, b"")
    assert "Content-Type" not in response.headers
    assert reviewer.send("HEAD", "/articles").content_type == "application/json"


def test_a_host_that_is_not_ours(app: Flask, client: StrictClient) -> None:
    """Refused in the one shape, before any route is looked for."""
    app.config["TRUSTED_HOSTS"] = ["desk.example"]
    refused(client.get("/api/v1/articles"), 400)


@pytest.mark.parametrize(
    ("error", "code"), [(TooManyRequests(retry_after=7), "too_many_requests"), (Unknown(), "refused")]
)
def test_whatever_the_server_refuses_itself(app: Flask, error: TooManyRequests | Unknown, code: str) -> None:
    """One shape, and when to come back."""

    def answer() -> Any:
        with app.test_request_context("/api/v1/articles"):
            return app.handle_user_exception(error)

    response = Context().run(answer)
    assert response.status_code == error.code
    assert response.get_json()["error"]["code"] == code
    assert response.headers.get("Retry-After") == ("7" if code == "too_many_requests" else None)


def test_a_fault_of_ours(reviewer: Program, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """500 tells nothing of what went wrong; the log does."""

    def fail(*_: object) -> None:
        raise RuntimeError("a secret of ours")

    monkeypatch.setattr("annotator.api.articles.lists.articles_after", fail)
    response = reviewer.get("/articles")
    assert refused(response, 500)["code"] == "failed"
    assert b"secret" not in response.data
    assert "a secret of ours" in caplog.text


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_busy_database(app: Flask, reviewer: Program, article: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    """503 and when to come back, nothing half done; reading goes on."""
    quick = ("PRAGMA busy_timeout=20", *database.PRAGMAS[1:])
    monkeypatch.setattr("annotator.db.PRAGMAS", quick)
    number = article.id
    db.session.remove()
    db.engine.dispose()
    blocker = db.engine.dialect.loaded_dbapi.connect(db.engine.url.database, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    response = reviewer.post("/articles", {"text": "Fees doubled."})
    assert refused(response, 503)["code"] == "busy"
    assert response.headers["Retry-After"] == "10"
    told(reviewer.get(f"/articles/{number}"))
    blocker.execute("ROLLBACK")
    blocker.close()
    told(reviewer.post("/articles", {"text": "Fees doubled."}), 201)


def test_every_answer_is_guarded(reviewer: Program) -> None:
    """No guessing of types, nothing kept, told apart by who asks."""
    headers = reviewer.get("/articles").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert "Authorization" in headers["Vary"]


def test_typed_text_comes_back_as_it_is(reviewer: Program, mark: Callable[..., dict[str, Any]]) -> None:
    """JSON escapes nothing and runs nothing."""
    payload = "</script><img src=x onerror=alert(1)> \u2028 \U0001f469\u200d\U0001f52c"
    made = mark(reviewer, "cranes")
    note = told(reviewer.post(f"/annotations/{made['id']}/notes", {"body": payload}), 201)
    assert note["body"] == payload
