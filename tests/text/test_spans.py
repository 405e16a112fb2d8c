from __future__ import annotations

from typing import Any

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import Invalid, WordsDiffer
from annotator.text.canonical import canonical_text
from annotator.text.graphemes import REACH, boundary_after, boundary_before
from annotator.text.spans import LONGEST, Span, check_words, settle
from tests.text.strategies import raw_texts
from tests.text.vectors import cases


@cases("spans")
def test_settle(case: dict[str, Any]) -> None:
    if case["settled"] is None:
        with pytest.raises(Invalid, match="only white space"):
            settle(case["text"], case["start"], case["end"])
        return
    span = settle(case["text"], case["start"], case["end"])
    assert [span.start, span.end] == case["settled"]
    assert case["text"][span.start : span.end] == case["exact"]


@cases("refusals")
def test_refused_offsets_are_named(case: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refusal:
        settle(case["text"], case["start"], case["end"])
    assert list(refusal.value.fields) == [case["field"]]
    assert refusal.value.fields[case["field"]].endswith((".", "word.", "backward."))


@st.composite
def selections(draw: st.DrawFn) -> tuple[str, int, int]:
    """A canonical text and offsets in it with some words between."""
    text = canonical_text(draw(raw_texts) + " word")
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    return text, start, end if text[start:end].strip() else len(text)


@given(selections())
def test_settling_twice_changes_nothing(selection: tuple[str, int, int]) -> None:
    text, start, end = selection
    span = settle(text, start, end)
    assert settle(text, span.start, span.end) == span


@given(selections())
def test_settling_loses_no_word_and_cuts_no_character(selection: tuple[str, int, int]) -> None:
    text, start, end = selection
    span = settle(text, start, end)
    assert text[start:end].strip() in text[span.start : span.end]
    edges = {0, *(cluster.end() for cluster in regex.finditer(r"\X", text))}
    assert {span.start, span.end} <= edges


@given(raw_texts, st.data())
def test_boundaries_are_those_of_the_whole_text(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    edges = [0, *(cluster.end() for cluster in regex.finditer(r"\X", text))]
    assert boundary_before(text, offset) == max(edge for edge in edges if edge <= offset)
    assert boundary_after(text, offset) == min(edge for edge in edges if edge >= offset)


@pytest.mark.parametrize("pile", ["a" + "\u0301" * 5_000, "\U0001f1eb" * 5_000, "\u200d\U0001f468" * 2_500])
def test_a_character_without_end_is_cut(pile: str) -> None:
    span = settle(pile, 2_500, 2_501)
    assert span.end - span.start <= 2 * REACH + 1


def test_the_longest_span() -> None:
    text = "x" * (LONGEST + 1)
    assert settle(text, 0, LONGEST) == Span(0, LONGEST)
    assert settle(" " * 500 + text[:LONGEST], 0, LONGEST + 500) == Span(500, LONGEST + 500)
    with pytest.raises(Invalid, match="at most 10,000 characters; these are 10,001"):
        settle(text, 0, LONGEST + 1)


def test_snapping_does_not_lengthen_a_span_past_the_limit() -> None:
    with pytest.raises(Invalid, match="at most"):
        settle("x" * (LONGEST - 1) + "\U0001f44d\U0001f3fd", 0, LONGEST)


def test_the_words_sent_must_be_the_words_there() -> None:
    text = "He left 😀 early."
    check_words(text, 8, 9, "😀")
    check_words(text, 7, 10, " 😀 ")
    with pytest.raises(WordsDiffer) as refusal:
        check_words(text, 8, 10, "😀")
    assert refusal.value.found == "😀 "


def test_words_in_another_normal_form_differ() -> None:
    with pytest.raises(WordsDiffer):
        check_words("café", 0, 4, "cafe\u0301")


@cases("refusals")
def test_words_are_not_looked_for_at_impossible_offsets(case: dict[str, Any]) -> None:
    if case["name"] == "only white space":
        check_words(case["text"], case["start"], case["end"], " ")
        return
    with pytest.raises(Invalid) as refusal:
        check_words(case["text"], case["start"], case["end"], "")
    assert list(refusal.value.fields) == [case["field"]]
