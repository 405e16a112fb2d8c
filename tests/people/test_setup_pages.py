"""One-time links in the browser: the first account, an invitation, another password."""

from __future__ import annotations

import pytest
from flask import Flask

from annotator.db import unit_of_work
from annotator.services import people, sessions
from tests.cast import PASSWORD, Cast, csrf_token, signed_in
from tests.people.test_signing_pages import key_in, sign_in
from tests.support.pages import StrictClient

INVITED = {"username": "mira", "name": "Mira", "password": "nine loud geese march"}


def link(purpose: str) -> str:
    with unit_of_work():
        if purpose == "setup":
            return people.make_setup_link()
        if purpose == "reset":
            return people.make_reset_link(None, people.person("ben"))
        return people.invite(people.person("ada").actor(), "reviewer")


def test_looking_at_a_link_does_not_use_it_up(cast: Cast, client: StrictClient) -> None:
    path = f"/setup/{link('invitation')}"
    assert [client.get(path).status_code for _ in range(2)] == [200, 200]
    client.token = csrf_token(client)
    assert client.submit(path, dict(INVITED)).status_code == 303
    assert client.get("/account").status_code == 200
    assert [client.get(path).status_code, client.submit(path, dict(INVITED)).status_code] == [404, 400]


def test_a_used_link_says_so(cast: Cast, client: StrictClient) -> None:
    path = f"/setup/{link('invitation')}"
    for expected in (303, 404):
        client.token = csrf_token(client)
        answer = client.submit(path, dict(INVITED))
        assert answer.status_code == expected
    assert "Ask for a new one." in answer.text


def test_the_first_link_makes_a_lead_who_is_signed_in(app: Flask, client: StrictClient) -> None:
    path = f"/setup/{link('setup')}"
    assert "Make the first account" in client.get(path).text
    client.token = csrf_token(client)
    client.submit(path, dict(INVITED))
    found = sessions.actor_of(key_in(client))
    assert found
    assert (found.username, found.role) == ("mira", "lead")


def test_a_reset_link_asks_for_a_password_alone(cast: Cast, client: StrictClient) -> None:
    path = f"/setup/{link('reset')}"
    page = client.get(path).text
    assert "Ben Lindqvist" in page
    assert ">Username</label>" not in page
    client.token = csrf_token(client)
    assert client.submit(path, {"password": "nine loud geese march", "username": "dan"}).status_code == 303
    assert sessions.actor_of(key_in(client)) == cast.ben
    assert sign_in(client, "ben", PASSWORD).status_code == 422


JOINING = [
    ({"password": "short"}, "at least 8 characters"),
    ({"password": "mira mira"}, "built on the user name"),
    ({"username": "ben"}, "somebody called ben already"),
    ({"username": "mi ra"}, "2 to 64 letters"),
    ({"name": "  "}, "Write the name"),
]


@pytest.mark.parametrize(("changed", "sentence"), JOINING)
def test_a_refusal_keeps_the_link_and_what_was_typed(
    cast: Cast, client: StrictClient, changed: dict[str, str], sentence: str
) -> None:
    path = f"/setup/{link('invitation')}"
    client.token = csrf_token(client)
    given = {**INVITED, "name": "Mira Halvorsen", **changed}
    answer = client.submit(path, dict(given))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert given["password"] not in answer.text
    assert "name" in changed or "Mira Halvorsen" in answer.text
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/setup/unknown", "/setup/" + "x" * 3000])
def test_unknown_links(cast: Cast, client: StrictClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_using_an_invitation_ends_the_session_that_was_open(cast: Cast, client: StrictClient) -> None:
    signed_in(client, "ben")
    before, path = key_in(client), f"/setup/{link('invitation')}"
    client.submit(path, dict(INVITED))
    assert sessions.actor_of(before) is None
    found = sessions.actor_of(key_in(client))
    assert found
    assert found.username == "mira"
