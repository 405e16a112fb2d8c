"""The example: every mark sits on its words, in the state it shows, and loading it twice makes one."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from flask.testing import FlaskCliRunner
from sqlalchemy import select

from annotator.db import unit_of_work
from annotator.errors import Conflict
from annotator.exports import snapshot
from annotator.extensions import db
from annotator.models import Article, User
from annotator.queries.articles import snapshot_of
from annotator.queries.people import anybody_can_sign_in
from annotator.services import people
from annotator.services.example import load_example, place_of, read_article, read_marks
from annotator.text.blocks import build
from annotator.vocabulary import KINDS, RELATIONS, STATES


@pytest.fixture
def record(app: object) -> snapshot.Snapshot:
    with unit_of_work():
        article_id, made = load_example()
    assert made
    return snapshot_of(article_id)


def test_the_article_tells_its_own_details(record: snapshot.Snapshot) -> None:
    article = record.article
    assert article.title == "Water company knew of failed tests for 14 months, leaked files show"
    assert (article.byline, article.published_at) == ("Noémie Tarrant and Osric Lindell", "2026-03-12")
    assert 600 <= len(record.version.text.split()) <= 800


def test_each_mark_sits_on_its_words(record: snapshot.Snapshot) -> None:
    wanted = sorted((mark["kind"], mark["words"]) for mark in read_marks()["marks"])
    first = snapshot_of(record.article.id, 1)
    assert sorted((one.kind, one.anchor.exact) for one in first.annotations) == wanted


def test_the_second_draft_shows_what_a_draft_does(record: snapshot.Snapshot) -> None:
    """Most is untouched; something changed, moved and went, a correction was applied, sentences are new."""
    assert record.version.number == 2
    carried = Counter(one.anchor.carried_as for one in record.annotations)
    assert carried == {"exact": 17, "moved": 1, "changed": 1, "orphan": 1}
    assert [one.applied_in for each in record.annotations for one in each.corrections if one.applied_in] == [2]
    assert any(one.signed_off and one.signed_off.version == 1 for one in record.annotations)
    states = Counter(one.state for one in record.sentences)
    assert states["clear"] == len(read_marks()["clear"]["sentences"]) - 1
    assert states["unread"] > 3


def test_repeated_words_say_which_they_mean() -> None:
    text = build(read_article().drafts).text
    for mark in read_marks()["marks"]:
        assert place_of(text, mark).exact == mark["words"]
        assert "occurrence" in mark or text.count(mark["words"]) == 1


def test_the_marks_are_in_every_state_and_of_every_kind(record: snapshot.Snapshot) -> None:
    assert {one.state for one in record.annotations} == set(STATES)
    assert Counter(one.kind for one in record.annotations) == {"claim": 12, "quote": 6, "denial": 2}
    assert len({one.verdict.value for one in record.annotations if one.verdict}) >= 6


def test_the_record_is_full(record: snapshot.Snapshot) -> None:
    """Something of every kind that can be written down."""
    found = record.annotations
    assert all(any(one.fields for one in found if one.kind == kind) for kind in KINDS)
    assert {tie.type for one in found for tie in one.relations} == set(RELATIONS)
    assert {contact.outcome for one in found for contact in one.contacts} >= {"", "answered", "no_answer"}
    assert any(contact.follow_ups for one in found for contact in one.contacts)
    corrections = [correction.state for one in found for correction in one.corrections]
    assert sorted(corrections) == ["applied", "proposed", "rejected"]
    assert any(comment.parent for one in found for comment in one.comments)
    assert record.comments
    assert any(piece.withdrawn for one in found for note in one.notes for piece in note.evidence)
    assert {one.person is None for each in found for one in each.assignments} == {True, False}
    assert any(one.signed_off for one in found)


def test_both_denials_say_what_they_deny(record: snapshot.Snapshot) -> None:
    claims = {one.id for one in record.annotations if one.kind == "claim"}
    assert all(one.denies in claims for one in record.annotations if one.kind == "denial")


def test_marks_overlap_nest_and_cross_paragraphs(record: snapshot.Snapshot) -> None:
    places = [one.anchor for one in record.annotations]
    assert any(a.start <= b.start and b.end < a.end for a in places for b in places if a is not b)
    assert any("\n\n" in one.exact for one in places)


def test_it_leads_nowhere_real(record: snapshot.Snapshot) -> None:
    links = [link.href for block in record.version.blocks for link in block.links]
    pieces = [piece for one in record.annotations for note in one.notes for piece in note.evidence]
    cited = [url for piece in pieces for url in (piece.url, piece.archive_url) if url]
    addresses = [record.article.source_url, *links, *cited]
    assert [one for one in addresses if not re.match(r"https://example\.(org|com)/", one)] == []


def test_nobody_can_sign_in_as_its_people(record: snapshot.Snapshot) -> None:
    assert not anybody_can_sign_in()
    roles = db.session.execute(select(User.username, User.role).order_by(User.username)).all()
    assert [tuple(one) for one in roles] == [("idris.example", "reviewer"), ("marit.example", "lead")]


def test_twice_makes_one(runner: FlaskCliRunner) -> None:
    assert runner.invoke(args=["demo"]).output == "The example is article 1.\n"
    assert runner.invoke(args=["demo"]).output == "The example was there already: article 1.\n"
    assert len(db.session.scalars(select(Article)).all()) == 1


def test_somebody_real_is_left_alone(app: object) -> None:
    with unit_of_work():
        people.add_user(None, "marit.example", "Somebody Real", "reviewer")
    with pytest.raises(Conflict, match=r"needs the user name marit\.example"), unit_of_work():
        load_example()
    assert db.session.scalars(select(Article)).all() == []
