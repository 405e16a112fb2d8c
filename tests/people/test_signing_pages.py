"""Signing in and out, and one-time links, in the browser's words."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from annotator.config import SettingError, load
from annotator.db import unit_of_work
from annotator.extensions import db
from annotator.models import Session
from annotator.services import people, sessions
from annotator.web.signing import INSIDE
from tests.cast import PASSWORD, Cast, csrf_token
from tests.people.conftest import Later
from tests.support.pages import StrictClient


def sign_in(client: StrictClient, username: str = "ben", password: str = PASSWORD, **more: str) -> TestResponse:
    client.token = csrf_token(client)
    return client.submit("/sign-in", {"username": username, "password": password, **more})


def key_in(client: StrictClient) -> str | None:
    with client.session_transaction() as cookie:
        key: str | None = cookie.get("sid")
        return key


def test_the_form_has_the_names_others_rely_on(cast: Cast, client: StrictClient) -> None:
    page = client.get("/sign-in").text
    for part in (">Username</label>", ">Password</label>", ">Sign in</button>", 'autocomplete="current-password"'):
        assert part in page


def test_before_anybody_can_sign_in_the_page_says_how_to_begin(app: Flask, client: StrictClient) -> None:
    assert "one-time link" in client.get("/sign-in").text


def test_in_and_out(cast: Cast, client: StrictClient) -> None:
    answer = sign_in(client, " BEN ")
    assert (answer.status_code, answer.location) == (303, "/")
    assert client.get("/account").status_code == 200
    key = key_in(client)
    client.token = csrf_token(client)
    answer = client.submit("/sign-out")
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert sessions.actor_of(key) is None
    assert client.get("/account").location == "/sign-in?next=/account"


def test_a_stolen_cookie_is_worthless_after_sign_out(app: Flask, cast: Cast, client: StrictClient) -> None:
    sign_in(client)
    stolen = client.get_cookie("session")
    assert stolen
    client.token = csrf_token(client)
    client.submit("/sign-out")
    thief = app.test_client()
    thief.set_cookie("session", stolen.value)
    assert thief.get("/account").status_code == 302


def test_the_cookie_is_kept_from_scripts_and_other_sites(cast: Cast, client: StrictClient) -> None:
    cookie = sign_in(client).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_signing_in_rotates_the_session(cast: Cast, client: StrictClient) -> None:
    sign_in(client)
    first, cookie = key_in(client), client.get_cookie("session")
    sign_in(client, "cleo")
    second = key_in(client)
    assert first != second
    assert cookie != client.get_cookie("session")
    assert sessions.actor_of(first) is None
    assert sessions.actor_of(second) == cast.cleo


def test_a_session_planted_before_signing_in_is_not_taken_over(cast: Cast, client: StrictClient) -> None:
    with client.session_transaction() as cookie:
        cookie["sid"], cookie["planted"] = "known-to-the-attacker", "yes"
    sign_in(client)
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert cookie["sid"] != "known-to-the-attacker"


WRONG = [
    ("ben", "wrong"),
    ("ben", PASSWORD.upper()),
    ("ben", ""),
    ("nobody", PASSWORD),
    ("", ""),
    ("nul\x00", PASSWORD),
    ("<script>alert(1)</script>", "x"),
]


@pytest.mark.parametrize(("username", "password"), WRONG)
def test_wrong_pairs_get_one_answer(cast: Cast, client: StrictClient, username: str, password: str) -> None:
    answer = sign_in(client, username, password)
    assert answer.status_code == 422
    assert "The user name or the password is not right." in answer.text
    assert PASSWORD not in answer.text
    assert "<script>alert" not in answer.text
    assert key_in(client) is None


def test_the_disabled_and_those_without_a_password_get_the_same_answer(cast: Cast, client: StrictClient) -> None:
    with unit_of_work():
        people.disable(None, people.person("ben"))
        people.add_user(None, "zoe", "Zoe", "reviewer")
    for username, password in (("ben", PASSWORD), ("zoe", ""), ("zoe", PASSWORD)):
        assert "The user name or the password is not right." in sign_in(client, username, password).text


def test_what_was_typed_is_still_there_but_never_the_password(cast: Cast, client: StrictClient) -> None:
    page = sign_in(client, "ben", "my-wrong-guess", next="/articles?sort=title").text
    assert 'value="ben"' in page
    assert 'value="/articles?sort=title"' in page
    assert "my-wrong-guess" not in page


GOING_ON = [
    ("/articles", "/articles"),
    ("/articles/12", "/articles/12"),
    ("/articles?q=caf%C3%A9&sort=title", "/articles?q=caf%C3%A9&sort=title"),
    ("/articles/12/changes?since=3", "/articles/12/changes?since=3"),
    ("", "/"),
    ("articles", "/"),
    ("//evil.example", "/"),
    ("///evil.example", "/"),
    ("/\t/evil.example", "/"),
    ("/\n/evil.example", "/"),
    ("/\r\n/evil.example", "/"),
    ("/\\evil.example", "/"),
    ("\\\\evil.example", "/"),
    ("https://evil.example/", "/"),
    ("https:evil.example", "/"),
    ("javascript:alert(1)", "/"),
    ("/articles\n", "/"),
    ("/articles#<x>", "/"),
    ("/@evil.example", "/"),
    ("/articles\x00", "/"),
    (" /articles", "/"),
]


@pytest.mark.parametrize(("wanted", "given_way"), GOING_ON)
def test_going_on_leads_only_to_our_own_pages(cast: Cast, client: StrictClient, wanted: str, given_way: str) -> None:
    assert sign_in(client, next=wanted).location == given_way
    assert client.get("/sign-in", query_string={"next": wanted}).location == given_way


@given(st.text(alphabet="/\\.?#@:&=%+-_aA0 \t\r\n\x00", max_size=12))
def test_whatever_passes_stays_on_this_host(address: str) -> None:
    if INSIDE.fullmatch(address):
        assert urlsplit(urljoin("http://desk.example/sign-in", address)).netloc == "desk.example"


def test_a_reader_who_is_not_signed_in_comes_back_to_the_same_page(cast: Cast, client: StrictClient) -> None:
    answer = client.get("/articles?q=caf%C3%A9&sort=title")
    form = client.get(answer.location).text
    assert 'value="/articles?q=caf%C3%A9&amp;sort=title"' in form


def test_too_many_failures_are_held_back_with_the_time_to_wait(app: Flask, cast: Cast, client: StrictClient) -> None:
    app.config["SIGN_IN_LIMIT"] = "3 per minute"
    assert [sign_in(client, password="wrong").status_code for _ in range(3)] == [422] * 3
    answer = sign_in(client)
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 61
    assert "That was tried too often." in answer.text
    assert key_in(client) is None


@pytest.mark.parametrize("limit", ["", "often", "ten per minute"])
def test_a_limit_that_cannot_be_read_stops_the_start(limit: str, tmp_path: Path) -> None:
    """Taken as no limit at all, it would leave the door open."""
    with pytest.raises(SettingError, match="SIGN_IN_LIMIT"):
        load({"ANNOTATOR_INSTANCE": str(tmp_path), "ANNOTATOR_SIGN_IN_LIMIT": limit})


def test_failures_count_for_the_user_name_from_every_address(app: Flask, cast: Cast, client: StrictClient) -> None:
    app.config["SIGN_IN_LIMIT"] = "3 per minute"
    client.token = csrf_token(client)

    def attempt(username: str, address: str) -> int:
        given = {"username": username, "password": "wrong"}
        return client.submit("/sign-in", given, environ_base={"REMOTE_ADDR": address}).status_code

    assert [attempt("Ben", f"192.0.2.{n}") for n in range(3)] == [422] * 3
    assert attempt(" ben", "192.0.2.9") == 429
    assert attempt("cleo", "192.0.2.9") == 422


def test_successes_are_not_counted(app: Flask, cast: Cast, client: StrictClient) -> None:
    app.config["SIGN_IN_LIMIT"] = "2 per minute"
    assert [sign_in(client).status_code for _ in range(5)] == [303] * 5


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/account/name", "/account/password", "/people/invitations"])
@pytest.mark.parametrize("token", [None, "", "forged"])
def test_without_a_valid_token_nothing_happens(ada: StrictClient, path: str, token: str | None) -> None:
    answer = ada.post(path, data={} if token is None else {"csrf_token": token, "name": "Changed"})
    assert answer.status_code == 400
    assert "This page was open too long." in answer.text
    assert people.person("ada").name == "Ada Okafor"
    assert db.session.query(Session).count() == 1


def test_reading_keeps_a_session_alive_but_waiting_for_news_does_not(
    ada: StrictClient, later: Later, cast: Cast
) -> None:
    for path, alive in (("/account", True), ("/articles/1/changes", False)):
        later(timedelta(hours=7))
        ada.get(path)
        later(timedelta(hours=6))
        assert (ada.get("/account").status_code == 200) is alive
