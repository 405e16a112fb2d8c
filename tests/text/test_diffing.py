"""Words that went and came: cases by hand, and what must hold for any two texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.diffing import MOST_WORDS, Run, word_changes

CASES = [
    ("", "", []),
    ("the same", "the same", [("same", "the same")]),
    ("48 of 160 samples", "44 of 160 samples", [("old", "48"), ("new", "44"), ("same", " of 160 samples")]),
    ("He said no", "He said no twice", [("same", "He said no"), ("new", " twice")]),
    ("gone entirely", "", [("old", "gone entirely")]),
    ("", "new here", [("new", "new here")]),
    ("a b c", "a x c", [("same", "a"), ("old", " b"), ("new", " x"), ("same", " c")]),
]


@pytest.mark.parametrize(("old", "new", "runs"), CASES)
def test_the_way_from_one_wording_to_another(old: str, new: str, runs: list[tuple[str, str]]) -> None:
    assert [(run.kind, run.words) for run in word_changes(old, new)] == runs


WORDS = st.lists(st.sampled_from(["a", "b", "Ärger", "👩‍🚒", "3,5", "\n", "  x"]), max_size=30).map(" ".join)


@given(WORDS, WORDS)
def test_nothing_is_lost_or_invented(old: str, new: str) -> None:
    runs = word_changes(old, new)
    assert "".join(run.words for run in runs if run.kind != "new") == old
    assert "".join(run.words for run in runs if run.kind != "old") == new


def test_very_long_texts_are_told_as_one_change() -> None:
    old, new = "a " * (MOST_WORDS + 1), "b " * 3
    assert word_changes(old, new) == [Run("old", old), Run("new", new)]
