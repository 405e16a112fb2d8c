"""Who is mentioned: cases as data, and what holds for any text."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from annotator.text.mentions import candidates, mentioned, runs
from tests.text import vectors

KNOWN = {"ada", "ada.b", "ben", "cleo_m"}


@vectors.cases("mentions")
def test_who_is_mentioned(case: dict[str, Any]) -> None:
    assert mentioned(case["text"], KNOWN) == case["mentioned"]
    assert set(case["mentioned"]) <= candidates(case["text"])


@given(st.text(alphabet="@ab.-_ \né", max_size=30))
def test_the_pieces_are_the_text(text: str) -> None:
    known = {"ab", "a.b", "aa"}
    pieces = runs(text, known)
    assert "".join(piece.words for piece in pieces) == text
    assert all(piece.username is None or piece.words.lower() == f"@{piece.username}" for piece in pieces)
    assert set(mentioned(text, known)) == candidates(text) & known
