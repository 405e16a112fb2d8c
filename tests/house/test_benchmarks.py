"""The benchmarks measure what they say: their articles have the size and the marks that are promised. No times."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from annotator.extensions import db
from annotator.models import Event, Evidence, Note
from annotator.queries import articles, review
from annotator.text.blocks import Draft, build
from annotator.vocabulary import KINDS
from benchmarks import generator
from benchmarks.figures import percentile
from benchmarks.filling import fill
from benchmarks.generator import Size
from tests.cast import Cast

SIZES = [Size(600, 100), Size(1990, 300), Size(40, 3)]


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_an_article_has_the_words_and_marks_it_says(size: Size) -> None:
    made = generator.article(size)
    assert len(made.text.split()) == size.words
    assert [len(one.split()) for one in made.paragraphs[:-1]] == [80] * (len(made.paragraphs) - 1)
    assert made.text.isascii()
    assert made.text == build([Draft(one) for one in made.paragraphs]).text
    assert len(made.marks) == size.marks


def test_marks_are_of_the_length_and_the_mix_that_is_promised() -> None:
    made = generator.article(Size(5000, 3000))
    lengths = [len(made.text[mark.start : mark.end].split()) for mark in made.marks]
    assert (min(lengths), max(lengths)) == (5, 40)
    assert all(re.fullmatch(r"\S(.|\n)*\S", made.text[mark.start : mark.end]) for mark in made.marks)
    assert {kind: sum(mark.kind == kind for mark in made.marks) for kind in KINDS} == dict.fromkeys(KINDS, 1000)
    assert sum(mark.noted for mark in made.marks) == 1000
    assert sum(mark.clustered for mark in made.marks) == pytest.approx(1200, abs=100)


def test_the_same_article_comes_each_time() -> None:
    size = Size(600, 100)
    assert generator.article(size) == generator.article(size)
    assert generator.article(size, 2) != generator.article(size)


def test_a_database_holds_what_was_generated(app: Flask, cast: Cast) -> None:
    made = generator.article(Size(600, 90))
    for _ in range(2):
        article_id = fill(cast.ada, made, "Made up")
    version_id, _ = articles.version_key(article_id)
    stored = review.marks(version_id)
    assert articles.document(version_id).text == made.text
    assert sorted((mark.start, mark.end, mark.kind) for mark in stored) == sorted(
        (mark.start, mark.end, mark.kind) for mark in made.marks
    )
    assert articles.tallies_of([article_id])[article_id].checked == 30
    assert (db.session.query(Note).count(), db.session.query(Evidence).count()) == (60, 60)
    assert db.session.query(Event).filter_by(verb="annotation.created").count() == 180


@pytest.mark.parametrize(("share", "value"), [(50, 5), (95, 10), (100, 10), (1, 1)])
def test_a_percentile_is_one_of_the_values(share: int, value: int) -> None:
    assert percentile([10, 1, 9, 2, 8, 3, 7, 4, 6, 5], share) == value
