"""The name beside a quotation."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from annotator.text.attribution import speaker
from tests.text.vectors import cases


@cases("speakers")
def test_who_said_it(case: dict[str, Any]) -> None:
    start = case["text"].rindex(case["quote"])
    found = speaker(case["text"], start, start + len(case["quote"]), case.get("language", ""))
    assert found == case["speaker"]


PIECES = st.lists(
    st.sampled_from(["“", "”", '"', "‘", "’", "said ", "Ingrid ", "Berg", ", ", ". ", "\n\n", "the ", "x"])
)


@given(PIECES, st.integers(0, 60), st.integers(1, 60))
def test_a_name_stands_in_the_text(pieces: list[str], start: int, length: int) -> None:
    text = "".join(pieces)
    found = speaker(text, min(start, len(text)), min(start + length, len(text)))
    assert found is None or found in text
