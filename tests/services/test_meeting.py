"""Two people who do the same thing at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from annotator.db import unit_of_work
from annotator.errors import Conflict, Stale
from annotator.extensions import db
from annotator.models import Annotation, Event, Party
from annotator.services import annotations, loading, parties
from annotator.services.parties import Named
from tests.builders import make_annotation, make_article, place_of
from tests.cast import Cast

PEOPLE = 12


def all_at_once(app: Flask, act: Callable[[int], Any], people: int = PEOPLE) -> list[Any]:
    """What the act gives to, or raises for, each of these people, who all begin together."""
    found: list[Any] = [None] * people
    start = threading.Barrier(people)

    def work(number: int) -> None:
        with app.app_context(), _kept(found, number):
            start.wait(30)
            with unit_of_work():
                found[number] = act(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


@contextmanager
def _kept(found: list[Any], number: int) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        found[number] = error
    finally:
        db.session.remove()


def test_one_id_from_many_makes_one_annotation(app: Flask, cast: Cast) -> None:
    article = make_article(cast.ada)
    article_id, place, key = article.id, place_of(article, "cranes"), str(uuid4())
    db.session.remove()

    def create(number: int) -> bool:
        found = loading.article(cast.ben, article_id)
        return annotations.create_annotation(cast.ben, found, place, "claim", key)[1]

    assert sorted(all_at_once(app, create)) == [False] * (PEOPLE - 1) + [True]
    assert db.session.query(Annotation).count() == 1
    assert db.session.query(Event).filter_by(verb="annotation.created").count() == 1


def test_one_of_many_editors_wins_and_the_others_are_told(app: Flask, cast: Cast) -> None:
    uuid = make_annotation(cast.ben, make_article(cast.ada), "cranes").uuid
    db.session.remove()

    def name(number: int) -> str:
        annotation = loading.annotation(cast.ben, uuid)
        parties.name_party(cast.ben, annotation, Named(f"Party {number}"), 1)
        return f"Party {number}"

    found = all_at_once(app, name)
    winners = [one for one in found if isinstance(one, str)]
    assert len(winners) == 1
    assert sum(isinstance(one, Stale) for one in found) == PEOPLE - 1
    stored = db.session.query(Annotation).one()
    assert (stored.party.name, stored.row_version) == (winners[0], 2)
    assert db.session.query(Event).filter_by(verb="annotation.party_named").count() == 1


def test_the_same_new_party_named_in_many_articles(app: Flask, cast: Cast) -> None:
    uuids = [make_annotation(cast.ben, make_article(cast.ada), "cranes").uuid for _ in range(6)]
    db.session.remove()

    def name(number: int) -> int:
        annotation = loading.annotation(cast.ben, uuids[number])
        return parties.name_party(cast.ben, annotation, Named("The Harbour"), None).party.id

    assert len(set(all_at_once(app, name, len(uuids)))) == 1
    assert db.session.query(Party).count() == 1


def test_many_marks_in_one_article_are_numbered_in_order(app: Flask, cast: Cast) -> None:
    article = make_article(cast.ada)
    article_id, place = article.id, place_of(article, "cranes")
    db.session.remove()

    def create(number: int) -> int:
        found = loading.article(cast.ben, article_id)
        return annotations.create_annotation(cast.ben, found, place, "claim")[0].ordinal

    assert sorted(all_at_once(app, create)) == list(range(1, PEOPLE + 1))


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_an_id_used_in_two_articles(app: Flask, cast: Cast) -> None:
    first, second = make_article(cast.ada), make_article(cast.ada)
    made = make_annotation(cast.ben, first, "cranes", uuid=str(uuid4()))
    with pytest.raises(Conflict):
        make_annotation(cast.ben, second, "cranes", uuid=made.uuid)
