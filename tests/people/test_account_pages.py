"""One's own account."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask

from annotator.db import unit_of_work
from annotator.extensions import db
from annotator.models import ApiToken
from annotator.queries.people import tokens as tokens_of
from annotator.services import passwords, people, tokens
from tests.cast import PASSWORD, csrf_token
from tests.support.pages import StrictClient

NEW = "nine loud geese march"


def shown_secret(page: str) -> str:
    found = re.search(r">(ann_[^<]+)</textarea>", page)
    assert found
    return found.group(1)


def test_the_name_is_changed_everywhere(ben: StrictClient) -> None:
    assert ben.submit("/account/name", {"name": " Benedikt  Lindqvist "}).location == "/account"
    assert "Benedikt Lindqvist" in ben.get("/account").text


def test_a_name_that_will_not_do_is_told_at_the_field(ben: StrictClient) -> None:
    answer = ben.submit("/account/name", {"name": " "})
    assert answer.status_code == 422
    assert 'id="own-name-error"' in answer.text


def test_a_new_password_ends_all_sessions_but_leaves_this_browser_signed_in(
    ben: StrictClient, new_client: Callable[[str], StrictClient]
) -> None:
    elsewhere, before = new_client("ben"), ben.get_cookie("session")
    answer = ben.submit("/account/password", {"current": PASSWORD, "new": NEW})
    assert answer.location == "/account"
    assert ben.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 302
    assert before
    elsewhere.set_cookie("session", before.value)
    assert elsewhere.get("/account").status_code == 302
    assert passwords.matches(people.person("ben").password_hash, NEW)


PASSWORDS = [
    ("wrong", NEW, "current-error"),
    ("", NEW, "current-error"),
    (PASSWORD, "short", "new-error"),
    (PASSWORD, "ben-2026", "new-error"),
]


@pytest.mark.parametrize(("current", "new", "at"), PASSWORDS)
def test_a_password_that_is_not_changed(ben: StrictClient, current: str, new: str, at: str) -> None:
    answer = ben.submit("/account/password", {"current": current, "new": new})
    assert answer.status_code == 422
    assert f'id="{at}"' in answer.text
    assert passwords.matches(people.person("ben").password_hash, PASSWORD)
    assert ben.get("/account").status_code == 200


def test_guessing_the_current_password_is_held_back(app: Flask, ben: StrictClient) -> None:
    app.config["SIGN_IN_LIMIT"] = "3 per minute"
    guesses = [ben.submit("/account/password", {"current": "wrong", "new": NEW}).status_code for _ in range(3)]
    answer = ben.submit("/account/password", {"current": PASSWORD, "new": NEW})
    assert [*guesses, answer.status_code] == [422, 422, 422, 429]
    assert int(answer.headers["Retry-After"]) >= 1


def test_the_others_can_be_signed_out(ben: StrictClient, new_client: Callable[[str], StrictClient]) -> None:
    elsewhere = new_client("ben")
    assert "Sign out the others" in ben.get("/account").text
    ben.submit("/account/other-sessions/end")
    assert elsewhere.get("/account").status_code == 302
    assert "Sign out the others" not in ben.get("/account").text


def test_a_token_is_shown_once_and_works(ben: StrictClient) -> None:
    answer = ben.submit("/account/tokens", {"name": "Export <b>", "scopes": ["read", "annotate"], "days": "30"})
    secret = shown_secret(answer.text)
    assert answer.status_code == 201
    assert secret not in ben.get("/account").text
    actor = tokens.actor_of_token(secret)
    assert actor
    assert (actor.username, actor.scopes) == ("ben", {"read", "annotate"})


TOKENS = [
    ({"name": ""}, "token-name-error"),
    ({"scopes": []}, "token-scopes-error"),
    ({"scopes": ["manage"]}, "token-scopes-error"),
    ({"days": "soon"}, "token-days-error"),
    ({"days": "-1"}, "token-days-error"),
    ({"days": "99999999999999999999"}, "token-days-error"),
    ({"days": "²"}, "token-days-error"),
]


@pytest.mark.parametrize(("changed", "at"), TOKENS)
def test_a_token_that_is_not_made(ben: StrictClient, changed: dict[str, object], at: str) -> None:
    answer = ben.submit("/account/tokens", {"name": "Export", "scopes": ["read"], "days": "", **changed})
    assert answer.status_code == 422
    assert f'id="{at}"' in answer.text
    assert db.session.query(ApiToken).count() == 0


def test_revoking(ben: StrictClient, new_client: Callable[[str], StrictClient]) -> None:
    secret = shown_secret(ben.submit("/account/tokens", {"name": "Export", "scopes": ["read"], "days": ""}).text)
    [made] = tokens_of("ben")
    assert new_client("cleo").submit(f"/account/tokens/{made.id}/revoke").status_code == 404
    assert ben.submit(f"/account/tokens/{made.id}/revoke").location == "/account"
    assert tokens.actor_of_token(secret) is None
    assert tokens_of("ben") == []


def test_nothing_of_this_without_signing_in(app: Flask, client: StrictClient) -> None:
    client.token = csrf_token(client)
    for path in ("/account/name", "/account/password", "/account/other-sessions/end", "/account/tokens"):
        assert client.submit(path).location == "/sign-in"


def test_a_person_disabled_meanwhile_is_out_with_the_next_click(ben: StrictClient) -> None:
    with unit_of_work():
        people.disable(None, people.person("ben"))
    assert ben.submit("/account/name", {"name": "Late"}).location == "/sign-in"
    assert people.person("ben").name == "Ben Lindqvist"
