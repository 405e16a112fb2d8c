"""How much of a text has been read, sentence by sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.coverage import Coverage, count, states
from annotator.text.spans import Span

FOUR = [Span(0, 10), Span(11, 20), Span(22, 30), Span(31, 40)]
CASES = [
    ([], [], "uuuu"),
    ([(12, 13)], [], "umuu"),
    ([(5, 25)], [], "mmmu"),
    ([(10, 11)], [], "uuuu"),
    ([(20, 22)], [], "uuuu"),
    ([], [(11, 20)], "ucuu"),
    ([], [(11, 30)], "uccu"),
    ([], [(11, 19)], "uuuu"),
    ([(12, 13)], [(11, 20)], "umuu"),
    ([(0, 40)], [(0, 40)], "mmmm"),
    ([(39, 60)], [(31, 60)], "uuum"),
]
LETTERS = {"unread": "u", "clear": "c", "covered": "m"}


@pytest.mark.parametrize(("covered", "clear", "wanted"), CASES)
def test_a_sentence_is_covered_when_touched_and_clear_when_contained(
    covered: list[tuple[int, int]], clear: list[tuple[int, int]], wanted: str
) -> None:
    assert "".join(LETTERS[state] for state in states(FOUR, covered, clear)) == wanted


def test_counts_and_shares() -> None:
    found = count(["unread", "clear", "covered", "covered"])
    assert (found, found.read, found.unread, found.complete, found.share) == (Coverage(4, 1, 2), 3, 1, False, 75)
    assert Coverage(1000, 999, 0).share == 99
    assert (Coverage(0, 0, 0).complete, Coverage(0, 0, 0).share) == (True, 100)


SPANS = st.lists(
    st.tuples(st.integers(0, 45), st.integers(1, 20)).map(lambda one: (one[0], one[0] + one[1])), max_size=6
)


@given(SPANS, SPANS)
def test_as_looking_at_each_sentence_alone(covered: list[tuple[int, int]], clear: list[tuple[int, int]]) -> None:
    for sentence, state in zip(FOUR, states(FOUR, covered, clear), strict=True):
        touched = any(start < sentence.end and sentence.start < end for start, end in covered)
        contained = any(start <= sentence.start and sentence.end <= end for start, end in clear)
        assert state == ("covered" if touched else "clear" if contained else "unread")
