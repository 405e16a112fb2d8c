"""API tokens: made, used, revoked, run out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from annotator.access import ANNOTATE, LEAD, MANAGE, READ
from annotator.db import unit_of_work
from annotator.errors import Conflict, Invalid, NotFound
from annotator.extensions import db
from annotator.models import ApiToken
from annotator.services import people, tokens
from tests.cast import Cast
from tests.people.conftest import Later


def make(username: str, *scopes: str, days: int | None = None) -> str:
    with unit_of_work():
        return tokens.make_token(None, people.person(username), "Nightly export", scopes or ("read",), days)


def test_a_token_acts_as_its_owner_within_its_scopes(cast: Cast) -> None:
    actor = tokens.actor_of_token(make("ada", "read"))
    assert actor
    assert (actor.username, actor.role, actor.scopes) == ("ada", "lead", {"read"})
    assert [actor.may(act) for act in (READ, LEAD, ANNOTATE, MANAGE)] == [True, True, False, False]


@pytest.mark.parametrize("secret", ["", "ann_", "ann_" + "x" * 43, "\udcff"])
def test_other_secrets_lead_to_nobody(cast: Cast, secret: str) -> None:
    make("ada")
    assert tokens.actor_of_token(secret) is None


def test_only_a_fingerprint_is_kept(cast: Cast) -> None:
    secret = make("ada")
    row = db.session.scalars(select(ApiToken)).one()
    assert secret.startswith("ann_")
    assert secret not in repr(vars(row))


def test_a_revoked_token_is_dead(cast: Cast) -> None:
    secret = make("ben")
    use = tokens.use_of(secret)
    assert use
    with pytest.raises(NotFound), unit_of_work():
        tokens.revoke(cast.cleo, use.token_id)
    with unit_of_work():
        tokens.revoke(cast.ben, use.token_id)
    assert tokens.actor_of_token(secret) is None
    with pytest.raises(NotFound), unit_of_work():
        tokens.revoke(cast.ben, use.token_id)


def test_an_admin_revokes_anybodys(cast: Cast) -> None:
    secret = make("ben")
    use = tokens.use_of(secret)
    assert use
    with unit_of_work():
        tokens.revoke(cast.dan, use.token_id)
    assert tokens.actor_of_token(secret) is None


def test_a_token_runs_out(cast: Cast, later: Later) -> None:
    secret, lasting = make("ben", days=30), make("ben")
    later(timedelta(days=30, seconds=-1))
    assert tokens.actor_of_token(secret)
    later(timedelta(seconds=1))
    assert tokens.actor_of_token(secret) is None
    assert tokens.actor_of_token(lasting)


def test_a_disabled_owners_token_is_dead(cast: Cast) -> None:
    secret = make("ben")
    with unit_of_work():
        people.disable(cast.dan, people.person("ben"))
    assert tokens.actor_of_token(secret) is None
    with pytest.raises(Conflict):
        make("ben")


def test_use_is_written_at_most_once_a_minute(cast: Cast, later: Later) -> None:
    secret, due = make("ben"), []
    for wait in (0, 59, 1):
        later(timedelta(seconds=wait))
        use = tokens.use_of(secret)
        assert use
        due.append(use.due)
        if use.due:
            with unit_of_work():
                tokens.mark_used(use.token_id)
    assert due == [True, False, True]


WRONG = [
    ("no name", {"name": " "}, "name"),
    ("a long name", {"name": "x" * 121}, "name"),
    ("no scope", {"scopes": []}, "scopes"),
    ("an unknown scope", {"scopes": ["read", "everything"]}, "scopes"),
    ("a scope beyond the role", {"scopes": ["manage"]}, "scopes"),
    ("no day", {"days": 0}, "days"),
    ("too many days", {"days": 3651}, "days"),
]


@pytest.mark.parametrize(("why", "values", "field"), WRONG, ids=[case[0] for case in WRONG])
def test_what_will_not_do(cast: Cast, why: str, values: dict[str, object], field: str) -> None:
    given: dict[str, object] = {"name": "Export", "scopes": ["read"], "days": None, **values}
    with pytest.raises(Invalid) as refusal, unit_of_work():
        tokens.make_token(cast.ben, people.person("ben"), **given)  # type: ignore[arg-type]
    assert list(refusal.value.fields) == [field]


def test_nobody_makes_a_token_for_somebody_else(cast: Cast) -> None:
    with pytest.raises(NotFound), unit_of_work():
        tokens.make_token(cast.dan, people.person("ben"), "Export", ["read"])
