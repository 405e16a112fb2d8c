"""Whether words that were suggested stand in a text now."""

from __future__ import annotations

import pytest

from annotator.text.applied import stands_at

TEXT = "Repairs will cost “four million” euros. The mayor said four million is a lot – too much."
CASES = [
    ("“four million”", 18, 31, "“four million”"),
    ('"four million"', 18, 31, "“four million”"),
    ("a lot - too much", 55, 60, "a lot – too much"),
    ("four million", 50, 60, "four million"),
    ("five million", 18, 31, None),
    ("four mill", 18, 31, None),
    ("four million is a lot", 0, 7, None),
    ("", 0, 7, None),
    ("  ", 0, 7, None),
]


@pytest.mark.parametrize(("words", "start", "end", "found"), CASES)
def test_words_are_found_beside_their_place(words: str, start: int, end: int, found: str | None) -> None:
    span = stands_at(TEXT, words, start, end)
    assert (span and TEXT[span.start : span.end]) == found


def test_the_nearest_is_taken() -> None:
    span = stands_at("one two one", "one", 8, 11)
    assert span
    assert span.start == 8
