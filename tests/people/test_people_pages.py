"""The page of people, for those who lead."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from annotator.db import unit_of_work
from annotator.queries.people import open_invitations
from annotator.services import people
from tests.cast import Cast, csrf_token
from tests.support.pages import StrictClient

NewClient = Callable[[str], StrictClient]


def shown_link(page: str) -> str:
    found = re.search(r">(http[^<]+)</textarea>", page)
    assert found
    return urlsplit(found.group(1)).path


@pytest.mark.parametrize(("who", "status"), [("ben", 403), ("ada", 200), ("dan", 200)])
def test_who_sees_the_page(cast: Cast, new_client: NewClient, who: str, status: int) -> None:
    assert new_client(who).get("/people").status_code == status


BUTTONS = [
    ("ada", {"New password link: ben", "New password link: cleo"}),
    (
        "dan",
        {f"{text}: {name}" for text in ("New password link", "Disable") for name in ("ada", "ben", "cleo")},
    ),
]


@pytest.mark.parametrize(("who", "offered"), BUTTONS)
def test_only_what_one_may_do_is_offered(cast: Cast, new_client: NewClient, who: str, offered: set[str]) -> None:
    page = new_client(who).get("/people").text
    assert set(re.findall(r'aria-label="((?:New password link|Disable|Enable)[^"]+)"', page)) == offered


def test_an_invitation_from_page_to_person(ada: StrictClient, new_client: NewClient, client: StrictClient) -> None:
    answer = ada.submit("/people/invitations", {"role": "lead"})
    path = shown_link(answer.text)
    assert answer.status_code == 201
    assert path not in ada.get("/people").text
    guest = ada.application.test_client()
    guest.token = csrf_token(guest)  # type: ignore[attr-defined, arg-type]
    answer = guest.submit(  # type: ignore[attr-defined]
        path, {"name": "Mira", "username": "mira", "password": "nine loud geese march"}
    )
    assert answer.location == "/"
    assert people.person("mira").role == "lead"
    assert "mira" in ada.get("/people").text


def test_an_invitation_is_withdrawn(ada: StrictClient) -> None:
    path = shown_link(ada.submit("/people/invitations", {"role": "reviewer"}).text)
    [made] = open_invitations()
    assert ada.submit(f"/people/invitations/{made.id}/withdraw").location == "/people"
    assert open_invitations() == []
    assert ada.get(path).status_code == 404


ACTS = [
    ("ben", "/people/invitations", {"role": "reviewer"}, 403),
    ("ben", "/people/invitations/1/withdraw", {}, 403),
    ("ben", "/people/cleo/reset-link", {}, 403),
    ("ben", "/people/cleo/disable", {}, 403),
    ("ben", "/people/cleo/enable", {}, 403),
    ("ben", "/people/ben/role", {"role": "admin"}, 403),
    ("ada", "/people/invitations", {"role": "admin"}, 403),
    ("ada", "/people/dan/reset-link", {}, 403),
    ("ada", "/people/ben/disable", {}, 403),
    ("ada", "/people/ada/role", {"role": "admin"}, 403),
    ("ada", "/people/nobody/reset-link", {}, 404),
    ("dan", "/people/dan/disable", {}, 409),
    ("dan", "/people/dan/role", {"role": "lead"}, 409),
    ("dan", "/people/ben/role", {"role": "owner"}, 422),
    ("dan", "/people/invitations", {"role": ""}, 422),
    ("dan", "/people/nobody/disable", {}, 404),
    ("dan", "/people/ben/disable", {}, 303),
    ("dan", "/people/ben/role", {"role": "lead"}, 303),
    ("dan", "/people/ada/reset-link", {}, 201),
]


@pytest.mark.parametrize(("who", "path", "data", "status"), ACTS)
def test_who_may_do_what(
    cast: Cast, new_client: NewClient, who: str, path: str, data: dict[str, object], status: int
) -> None:
    assert new_client(who).submit(path, data).status_code == status


def test_a_disabled_person_is_out_and_can_be_let_in_again(cast: Cast, ben: StrictClient, new_client: NewClient) -> None:
    admin = new_client("dan")
    admin.submit("/people/ben/disable")
    assert ben.get("/account").status_code == 302
    assert "Enable: ben" in admin.get("/people").text
    admin.submit("/people/ben/enable")
    assert people.person("ben").active


def test_a_new_role_counts_from_the_next_click(cast: Cast, ben: StrictClient, new_client: NewClient) -> None:
    assert ben.get("/people").status_code == 403
    new_client("dan").submit("/people/ben/role", {"role": "lead"})
    assert ben.get("/people").status_code == 200


def test_names_are_text(cast: Cast, ada: StrictClient) -> None:
    with unit_of_work():
        people.rename(cast.ben, people.person("ben"), "<img src=x onerror=alert(1)>")
    page = ada.get("/people").text
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
