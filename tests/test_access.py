"""Who may do what: the whole table, by role and by what a token allows."""

from __future__ import annotations

from itertools import combinations

import pytest

from annotator import access
from annotator.access import ANNOTATE, IMPORT, INVITE, LEAD, MANAGE, READ, Actor, allow
from annotator.errors import Forbidden

EVERYTHING = {READ, ANNOTATE, IMPORT, LEAD, INVITE, MANAGE}
ROLES = {
    "reviewer": {READ, ANNOTATE, IMPORT},
    "lead": {READ, ANNOTATE, IMPORT, LEAD, INVITE},
    "admin": EVERYTHING,
}
SCOPES = {
    "read": {READ, LEAD},
    "annotate": {READ, ANNOTATE, IMPORT},
    "manage": {READ, LEAD, INVITE, MANAGE},
}


def may(role: str, scopes: frozenset[str] | None = None) -> set[str]:
    """Everything that somebody in this role, with a token of these scopes, may do."""
    actor = Actor(1, "ada", "Ada", role, scopes)
    return {permission for permission in EVERYTHING if actor.may(permission)}


@pytest.mark.parametrize("role", access.ROLES)
def test_roles(role: str) -> None:
    assert may(role) == ROLES[role]


@pytest.mark.parametrize("role", access.ROLES)
def test_a_token_never_allows_more_than_the_role(role: str) -> None:
    for size in range(len(access.SCOPES) + 1):
        for scopes in combinations(access.SCOPES, size):
            granted = set().union(*(SCOPES[scope] for scope in scopes))
            assert may(role, frozenset(scopes)) == ROLES[role] & granted


def test_a_refusal_names_role_and_act() -> None:
    allow(Actor(1, "ada", "Ada", "lead"), LEAD)
    with pytest.raises(Forbidden, match=r"\(reviewer\).*see the dashboard\."):
        allow(Actor(1, "ben", "Ben", "reviewer"), LEAD)
