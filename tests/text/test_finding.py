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


@pytest.mark.parametrize(
    ("text", "words", "times"),
    [
        ("It cost 400 crowns, or 3.40, or 40,000; not 40.", "40", 1),
        ("It was illegal, they said, and legal.", "legal", 1),
        ("Able, unable, ables.", "able", 0),
        ("市议会批准了新的预算。", "批准", 1),
        ("他说A市议会批准了。", "A市", 1),
        ("3 °C and −3 °C", "3 °C", 2),
    ],
)
def test_only_whole_words_are_found(text: str, words: str, times: int) -> None:
    assert len(found(text, words)) == times


@pytest.mark.parametrize(("words", "there"), CASES)
def test_words_are_found(words: str, there: list[str]) -> None:
    assert [TEXT[one.start : one.end] for one in found(TEXT, words)] == there
