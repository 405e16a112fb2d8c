"""Which verdict stands, and whether people disagree: cases as data, and what holds whatever is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.services.verdicts import Standing, standing
from tests.services.told import annotation, note, repeating

# What was said in which order: the verdict that stands, whose it is, and what holds besides.
CASES = [
    ("", None, None, "", 0),
    ("ben accurate", "accurate", "ben", "", 1),
    ("ben accurate, ben false", "false", "ben", "", 1),
    ("ben accurate, cleo accurate", "accurate", "ben", "", 2),
    ("ben accurate, cleo false", "false", "cleo", "disagreed", 2),
    ("ben accurate, cleo false, ben false", "false", "cleo", "disagreed", 2),
    ("ben accurate, cleo false, cleo accurate", "accurate", "cleo", "disagreed", 2),
    ("ben accurate, cleo false, ben misleading", "misleading", "ben", "disagreed", 2),
    ("ben accurate, cleo accurate, ben false", "false", "ben", "disagreed", 2),
    ("ben accurate, cleo accurate, cleo false", "false", "cleo", "disagreed", 2),
    ("ben accurate, cleo false, ada! accurate", "accurate", "ada", "", 3),
    ("ben accurate, cleo false, ada! false", "false", "ada", "", 3),
    ("ben accurate, cleo false, ada! misleading", "misleading", "ada", "", 3),
    ("ben accurate, cleo false, ada! accurate, ben accurate", "accurate", "ada", "", 3),
    ("ben accurate, cleo false, ada! accurate, cleo false", "false", "cleo", "disagreed", 3),
    ("ben accurate, cleo false, ada! accurate, ada false", "false", "ada", "", 3),
    ("ben accurate, cleo false, ada! accurate, ben accurate, ada false", "false", "ada", "disagreed", 3),
    ("ben accurate |", "accurate", "ben", "reopened", 1),
    ("ben accurate, cleo accurate |", "accurate", "ben", "reopened", 2),
    ("ben accurate | ben accurate", "accurate", "ben", "", 1),
    ("ben accurate | cleo false", "false", "cleo", "", 1),
    ("ben accurate, cleo accurate | ben accurate", "accurate", "ben", "", 1),
    ("ben accurate, cleo accurate | cleo accurate, ben accurate", "accurate", "cleo", "", 2),
    ("ben accurate | ben false, cleo accurate", "accurate", "cleo", "disagreed", 2),
    ("ben accurate, cleo false |", "false", "cleo", "disagreed reopened", 2),
    ("ben accurate, cleo false | ben false", "false", "cleo", "disagreed", 2),
    ("ben accurate, cleo false | ada! false", "false", "ada", "", 3),
    ("|", None, None, "reopened", 0),
]


@pytest.mark.parametrize(("script", "verdict", "by", "holds", "readers"), CASES)
def test_what_stands(script: str, verdict: str | None, by: str | None, holds: str, readers: int) -> None:
    now = standing(annotation(script))
    flags = " ".join(name for name in ("disagreed", "reopened") if getattr(now, name))
    assert (now.verdict, now.by, flags, now.readers) == (verdict, by, holds, readers)


def test_the_order_is_that_of_the_verdicts_not_of_the_notes() -> None:
    first_written = note("ben", "false", 2), note("cleo", "false", 1)
    assert standing(annotation(notes=first_written)).by == "cleo"


def test_notes_without_a_verdict_say_nothing() -> None:
    assert standing(annotation(notes=(note("ben"), note("cleo", "false", 1)))).by == "cleo"


def test_what_repeats_has_the_verdict_of_the_first_until_it_has_its_own() -> None:
    first = annotation("ben accurate, cleo false |")
    now = standing(repeating(), first)
    assert (now.verdict, now.by, now.disagreed, now.reopened, now.readers) == ("false", "cleo", True, False, 2)
    assert standing(repeating(notes=(note("ada", "unproven", 1),)), first).by == "ada"


people = st.sampled_from(["ada", "ben", "cleo"])
verdicts = st.sampled_from(["accurate", "false", "unproven"])
said = st.lists(st.tuples(people, verdicts), max_size=8)


def script(given: list[tuple[str, str]]) -> str:
    """These verdicts in this order."""
    return ", ".join(f"{who} {verdict}" for who, verdict in given)


@given(said)
def test_who_stands_for_the_verdict_gave_it(given: list[tuple[str, str]]) -> None:
    now = standing(annotation(script(given)))
    assert (now.by, now.verdict) in given or now == Standing()
    assert now.readers == len({who for who, _ in given})


@given(said)
def test_people_disagree_when_their_last_words_differ(given: list[tuple[str, str]]) -> None:
    """Not the other way round: a disagreement stays until it is settled."""
    now = standing(annotation(script(given)))
    if len(set(dict(given).values())) > 1:
        assert now.disagreed
    if len({verdict for _, verdict in given}) <= 1 or len({who for who, _ in given}) == 1:
        assert not now.disagreed


@given(said, verdicts)
def test_a_note_that_resolves_ends_every_disagreement(given: list[tuple[str, str]], verdict: str) -> None:
    now = standing(annotation(f"{script(given)}, ada! {verdict}"))
    assert (now.verdict, now.by, now.disagreed) == (verdict, "ada", False)
