"""Redlines: struck out and written in, word by word, at offsets of the words in the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.redline import changes, runs

CASES = [
    ("paid 4.2 million", "paid 3.9 million", [(5, 8, "3.9")]),
    ("4.2 million", "Nearly 4.2 million", [(0, 0, "Nearly ")]),
    ("Nearly 4.2 million", "4.2 million", [(0, 6, "")]),
    ("paid 4.2 million", "paid nearly 4.2 million", [(4, 4, " nearly")]),
    ("paid all of 4.2 million", "paid 4.2 million", [(5, 11, "")]),
    ("paid 4.2 million", "paid 4.2 million crowns", [(16, 16, " crowns")]),
    ("paid 4.2 million", "", [(0, 16, "")]),
    ("one", "two", [(0, 3, "two")]),
    ("One.\n\nTwo here", "One.\n\nTwo there", [(10, 14, "there")]),
    ("it was the authority which paid", "it was a firm that paid", [(7, 26, "a firm that")]),
    ("😀 paid 4.2", "😀 paid 3.9", [(7, 10, "3.9")]),
    ("same words", "same words", []),
    ("same  words", "same words", [(6, 11, "words")]),
]
WORDS = st.lists(st.sampled_from(["a", "b.", "c,", "😀", "é"]), max_size=8)


@pytest.mark.parametrize(("old", "new", "wanted"), CASES, ids=[f"{old} → {new}" for old, new, _ in CASES])
def test_words_are_struck_out_and_written_in(old: str, new: str, wanted: list[tuple[int, int, str]]) -> None:
    assert [tuple(change) for change in changes(old, new)] == wanted


@given(WORDS.filter(bool).map(" ".join), WORDS.map(" ".join))
def test_the_words_that_stay_and_come_are_the_new_ones(old: str, new: str) -> None:
    found = runs(old, new)
    assert "".join(run.words for run in found if run.kind != "new") == old
    assert "".join(run.words for run in found if run.kind != "old").split() == new.split()


@given(WORDS.filter(bool).map(" ".join), WORDS.map(" ".join))
def test_changes_are_disjoint_and_in_order(old: str, new: str) -> None:
    at = 0
    for start, end, words in changes(old, new):
        assert at <= start <= end <= len(old)
        assert start < end or words.strip()
        assert old[start:end] == old[start:end].strip()
        at = end
