"""History and what it tells are written together, or not at all; nobody can change it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from annotator import clock
from annotator.db import unit_of_work
from annotator.extensions import db
from annotator.models import Annotation, Article, Event, Note, Party, Relation
from annotator.services import annotations, articles, fields, notes, parties, relations
from annotator.services.anchoring import Place
from annotator.services.articles import Details
from annotator.services.evidence import Piece
from annotator.services.notes import Written
from annotator.services.parties import Named
from tests.builders import make_annotation, make_article, make_note
from tests.cast import Cast

Act = Callable[[Cast, Article, Annotation, Annotation, Note], object]
PLACE = Place(1, 4, 21, "harbour authority")
ACTS: dict[str, tuple[Act, Any, Any]] = {
    "annotation.created": (
        lambda cast, article, claim, denial, note: annotations.create_annotation(cast.ben, article, PLACE, "quote"),
        None,
        {"kind": "quote", "version": 1, "start": 4, "end": 21, "exact": "harbour authority"},
    ),
    "annotation.moved": (
        lambda cast, article, claim, denial, note: annotations.move_annotation(cast.ben, claim, PLACE, None),
        {"start": 50, "end": 56, "exact": "cranes"},
        {"start": 4, "end": 21, "exact": "harbour authority"},
    ),
    "annotation.retagged": (
        lambda cast, article, claim, denial, note: annotations.change_kind(cast.ben, claim, "quote", None),
        {"kind": "claim"},
        {"kind": "quote"},
    ),
    "annotation.deleted": (
        lambda cast, article, claim, denial, note: annotations.delete_annotation(cast.ben, claim, None),
        {"deleted": False},
        {"deleted": True},
    ),
    "annotation.party_named": (
        lambda cast, article, claim, denial, note: parties.name_party(cast.ben, claim, Named("Ingrid"), None),
        {"party": None},
        {"party": "Ingrid"},
    ),
    "annotation.fields_changed": (
        lambda cast, article, claim, denial, note: fields.set_fields(cast.ben, claim, {"harm": "high"}, None),
        {"harm": None},
        {"harm": "high"},
    ),
    "relation.added": (
        lambda cast, article, claim, denial, note: relations.relate(cast.ben, denial, "denies", claim.uuid),
        None,
        {"type": "denies", "to": "the claim"},
    ),
    "note.added": (
        lambda cast, article, claim, denial, note: notes.add_note(cast.ben, claim, Written("Looked.")),
        None,
        {"body": "Looked.", "verdict": None, "method": None, "evidence": []},
    ),
    "note.edited": (
        lambda cast, article, claim, denial, note: notes.edit_note(cast.ben, note, Written("Better."), None),
        {"body": "Read the ledger.", "verdict": None, "method": None, "evidence": ["https://a.example/"]},
        {"body": "Better.", "verdict": None, "method": None, "evidence": []},
    ),
    "article.described": (
        lambda cast, article, claim, denial, note: articles.describe_article(cast.ben, article, Details("New"), 1),
        {"title": "Cranes that never came"},
        {"title": "New"},
    ),
}
TABLES = (Article, Annotation, Note, Party, Relation, Event)


class PowerCut(Exception):
    """Something breaks before the work is finished."""


@pytest.fixture
def desk(cast: Cast) -> tuple[Article, Annotation, Annotation, Note]:
    """An article with a claim, a denial and a note."""
    article = make_article(cast.ada)
    claim = make_annotation(cast.ben, article, "cranes")
    denial = make_annotation(cast.ben, article, "denies", kind="denial")
    return article, claim, denial, make_note(cast.ben, claim, evidence=(Piece(url="https://a.example/"),))


def everything() -> list[list[tuple[Any, ...]]]:
    """All rows that an act could touch."""
    db.session.rollback()
    return [[tuple(row) for row in db.session.execute(select(table.__table__).order_by(table.id))] for table in TABLES]


def short(said: Any, claim: str) -> Any:
    """Evidence by its address, and the claim by its name."""
    if said and "evidence" in said:
        return said | {"evidence": [piece["url"] for piece in said["evidence"]]}
    return {name: "the claim" if value == claim else value for name, value in said.items()} if said else said


@pytest.mark.parametrize("verb", ACTS)
def test_each_change_is_one_line_with_before_and_after(cast: Cast, desk: Any, verb: str) -> None:
    act, before, after = ACTS[verb]
    article, claim, *_ = desk
    last = db.session.scalar(select(func.max(Event.id)))
    with unit_of_work():
        act(cast, *desk)
    [event] = db.session.scalars(select(Event).where(Event.id > last))
    told = short(event.before, claim.uuid), short(event.after, claim.uuid)
    assert (event.verb, event.actor_id, event.article_id, *told) == (verb, cast.ben.id, article.id, before, after)
    assert article.revision == event.id
    assert article.updated_at == event.at


def test_what_breaks_before_the_end_leaves_neither_change_nor_line(cast: Cast, desk: Any) -> None:
    before = everything()
    for verb, (act, _, _) in ACTS.items():
        with pytest.raises(PowerCut):
            act_and_break(lambda act=act: act(cast, *desk))
        assert everything() == before, verb


def act_and_break(act: Callable[[], object]) -> None:
    """Do it all, and break before the end of the work."""
    with unit_of_work():
        act()
        db.session.flush()
        raise PowerCut


def test_a_unit_of_work_inside_another_is_refused_and_nothing_of_either_is_written(cast: Cast, desk: Any) -> None:
    before = everything()
    with pytest.raises(RuntimeError, match="inside another"), unit_of_work():
        make_article(cast.ada)
    assert everything() == before


def test_a_commit_that_fails_leaves_neither(cast: Cast, desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything()

    def cut() -> None:
        raise PowerCut

    monkeypatch.setattr(db.session(), "commit", cut)
    with pytest.raises(PowerCut), unit_of_work():
        ACTS["note.added"][0](cast, *desk)
    monkeypatch.undo()
    assert everything() == before


@pytest.mark.parametrize("order", ["UPDATE events SET verb = 'x'", "DELETE FROM events"])
def test_history_cannot_be_rewritten(desk: Any, order: str) -> None:
    before = everything()
    with pytest.raises(DBAPIError), unit_of_work():
        db.session.execute(text(order))
    assert everything() == before


def test_lines_of_history_carry_the_time_in_utc(desk: Any) -> None:
    moments = [event.at for event in db.session.query(Event).order_by(Event.id)]
    assert moments == sorted(moments)
    assert all(moment.utcoffset() == clock.now().utcoffset() for moment in moments)
