"""Nobody is quicker than the rules: a sign-off and what forbids it, at the same moment, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from annotator.access import Actor
from annotator.errors import Conflict
from annotator.extensions import db
from annotator.models import Annotation, Article, SignOff
from annotator.services import annotations, loading, signing_off
from annotator.services.anchoring import Place
from annotator.services.corrections import propose_correction
from annotator.services.notes import Written, add_note
from tests.builders import make_annotation, make_article, make_note, place_of
from tests.cast import Cast
from tests.services.test_meeting import all_at_once
from tests.services.test_signing_off import LEDGER, SUGGESTED, edit_first, state


@pytest.fixture
def claim(cast: Cast) -> Annotation:
    """A claim that Ben has checked."""
    article: Article = make_article(cast.ada)
    made = make_annotation(cast.ben, article, "cranes")
    make_note(cast.ben, made, verdict="accurate", evidence=(LEDGER,))
    return made


def at_once(app: Flask, acts: list[Callable[[], Any]]) -> list[Any]:
    """What each of these acts gave or raised; they began together."""
    db.session.remove()
    return all_at_once(app, lambda number: acts[number](), len(acts))


ROUNDS = range(4)


@pytest.mark.parametrize("turn", ROUNDS)
def test_of_two_who_sign_off_at_once_one_wins(app: Flask, cast: Cast, claim: Annotation, turn: int) -> None:
    uuid = claim.uuid
    people = [cast.ada, cast.cleo, cast.dan, cast.ada]

    def signing(who: Actor) -> Callable[[], bool]:
        return lambda: signing_off.sign_off(who, loading.annotation(who, uuid))[1]

    found = at_once(app, [signing(who) for who in people])
    assert [one for one in found if one is True] == [True]
    assert all(isinstance(one, bool | Conflict) for one in found)
    assert state(uuid) == "signed_off"
    assert db.session.query(SignOff).count() == 1


MEANWHILE: dict[str, Callable[[Cast, str, Place], Any]] = {
    "the verdict is changed": lambda cast, uuid, place: edit_first(
        cast, loading.annotation(cast.ben, uuid), verdict="false"
    ),
    "another verdict is given": lambda cast, uuid, place: add_note(
        cast.dan, loading.annotation(cast.dan, uuid), Written("Not so.", "false", None, (LEDGER,))
    ),
    "a correction is proposed": lambda cast, uuid, place: propose_correction(
        cast.ben, loading.annotation(cast.ben, uuid), SUGGESTED
    ),
    "an edge is moved": lambda cast, uuid, place: annotations.move_annotation(
        cast.dan, loading.annotation(cast.dan, uuid), place, None
    ),
    "the evidence is taken away": lambda cast, uuid, place: edit_first(
        cast, loading.annotation(cast.ben, uuid), evidence=()
    ),
}


@pytest.mark.parametrize("turn", ROUNDS)
@pytest.mark.parametrize("meanwhile", MEANWHILE)
def test_nothing_slips_past_a_guard(app: Flask, cast: Cast, claim: Annotation, meanwhile: str, turn: int) -> None:
    """Whoever is first, it is never signed off with a guard in the way: `state` looks at that."""
    uuid, place = claim.uuid, place_of(claim.article, "for cranes")
    acts: list[Callable[[], Any]] = [
        lambda: signing_off.sign_off(cast.cleo, loading.annotation(cast.cleo, uuid))[1],
        lambda: MEANWHILE[meanwhile](cast, uuid, place),
    ]
    signed, other = at_once(app, acts if turn % 2 else acts[::-1])[:: 1 if turn % 2 else -1]
    assert not isinstance(other, Exception)
    assert signed is True or isinstance(signed, Conflict)
    assert (state(uuid) == "signed_off") <= (meanwhile == "the verdict is changed")
