"""Words that a person has copied, found although signs and spaces are written in other ways."""

from __future__ import annotations

import pytest

from annotator.text.finding import found

TEXT = "“No money has left\n\nthis house,” he said – twice. No money."
CASES = [
    ("No money", ["No money", "No money"]),
    ('"No money has left this house,"', ["“No money has left\n\nthis house,”"]),
    ("he said - twice.", ["he said – twice."]),
    ("no money", []),
    ("a+", []),
    (" ", []),
    ("", []),
]


@pytest.mark.parametrize(("words", "there"), CASES)
def test_words_are_found(words: str, there: list[str]) -> None:
    assert [TEXT[one.start : one.end] for one in found(TEXT, words)] == there
