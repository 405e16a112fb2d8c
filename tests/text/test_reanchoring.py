"""Carrying spans to the next version: named cases by hand, and what must hold for any two texts."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.reanchoring import Carried, align, carry, carry_along
from annotator.text.reanchoring.words import LONGEST_SENTENCE
from tests.text.strategies import texts
from tests.text.vectors import cases

PROSE = [
    "The council met on Monday.", "It approved the plan.", "“We were not asked,” said Ann Lowe.", "Of 160 samples 48 failed.",
    "Rain fell.", "Rain fell in Ashlow.", "市议会批准了新的预算。", "رفضت الشركة التعليق على التقرير.", "- Calder: 12", "- Calder: 14",
]  # fmt: skip
drafts = st.lists(st.sampled_from(PROSE), min_size=1, max_size=12).map(" ".join) | st.lists(
    st.sampled_from(PROSE), min_size=1, max_size=12
).map("\n\n".join)
any_text = texts | drafts


def place(text: str, words: str | dict[str, Any]) -> tuple[int, int]:
    """Where words stand in a text: once, or for the nth time."""
    if isinstance(words, str):
        assert text.count(words) == 1, words
        words = {"words": words, "nth": 0}
    at = -1
    for _ in range(words["nth"] + 1):
        at = text.index(words["words"], at + 1)
    return at, at + len(words["words"])


@st.composite
def spans_of(draw: st.DrawFn, source: st.SearchStrategy[str]) -> tuple[str, list[tuple[int, int]]]:
    text = draw(source.filter(len))
    edges = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    chosen = draw(st.lists(edges.filter(lambda edge: edge[0] != edge[1]), min_size=1, max_size=5))
    return text, [(min(edge), max(edge)) for edge in chosen]


def letters(words: str) -> str:
    """Letters and digits alone, case kept."""
    return "".join(one for one in unicodedata.normalize("NFC", words) if unicodedata.category(one)[0] in "LN")


@cases("reanchoring")
def test_carried(case: dict[str, Any]) -> None:
    old, new = case["old"], case["new"]
    found = carry(old, new, [place(old, words) for words, _, _ in case["spans"]])
    told = [(one.start, one.end, one.state) for one in found]
    wanted = [(*(place(new, words) if words else (None, None)), state) for _, words, state in case["spans"]]
    assert told == wanted


@given(spans_of(any_text))
def test_an_unchanged_text_carries_everything_exactly(given_: tuple[str, list[tuple[int, int]]]) -> None:
    text, spans = given_
    assert [(one.start, one.end, one.state) for one in carry(text, text, spans)] == [(*span, "exact") for span in spans]
    along = carry_along(align(text, text), spans)
    words = [one for one, (start, end) in zip(along, spans, strict=True) if letters(text[start:end])]
    assert all(one.state == "exact" for one in words)


@given(spans_of(any_text), any_text)
def test_what_is_said_holds_for_any_two_texts(given_: tuple[str, list[tuple[int, int]]], new: str) -> None:
    old, spans = given_
    found = carry(old, new, spans)
    assert len(found) == len(spans)
    assert found == carry(old, new, spans)
    for (start, end), one in zip(spans, found, strict=True):
        assert_sound(old[start:end], new, one)


@given(spans_of(any_text), any_text, st.randoms(use_true_random=False))
def test_the_order_of_the_spans_does_not_matter(
    given_: tuple[str, list[tuple[int, int]]], new: str, random: Random
) -> None:
    old, spans = given_
    alone = {span: carry(old, new, [span])[0] for span in spans}
    shuffled = random.sample(spans, len(spans))
    assert carry(old, new, shuffled) == [alone[span] for span in shuffled]


@pytest.mark.parametrize(
    "odd", ["", "\0", "\ud800", "a\udfffb", "\u200b\u200d", "\u0301", "\U000e0041 x", "\U0010ffff" * 40]
)
def test_any_string_is_accepted(odd: str) -> None:
    for old, new in ((f"Rain fell. {odd}", odd), (f"{odd} Rain fell.", f"Rain {odd} fell."), (f"{odd}x", "Rain.")):
        spans = [(at, at + 1) for at in range(len(old))]
        for (start, end), one in zip(spans, carry(old, new, spans), strict=True):
            assert_sound(old[start:end], new, one)


def assert_sound(quote: str, new: str, one: Carried) -> None:
    assert (one.state == "orphan") == (one.start is None) == (one.end is None)
    assert 0 <= one.score <= 1
    assert one.reason.endswith(".")
    assert 0 <= one.point <= len(new)
    if one.start is not None and one.end is not None:
        assert one.point == one.start
        assert 0 <= one.start < one.end <= len(new)
        if one.state in ("exact", "moved"):
            assert letters(quote) == letters(new[one.start : one.end])


@given(st.permutations(PROSE[:6]), st.integers(0, 6), st.integers(0, 5))
def test_a_paragraph_put_anywhere_loses_nothing(order: list[str], at: int, which: int) -> None:
    old = "\n\n".join(order)
    new = "\n\n".join([*order[:at], "Several parents wrote angry letters about school meals.", *order[at:]])
    one = carry(old, new, [place(old, {"words": order[which], "nth": 0})])[0]
    assert (one.start, one.state) == (new.index(order[which]) if new.count(order[which]) == 1 else one.start, "exact")


@given(st.permutations(PROSE), st.sampled_from(["1", "0", "90,", "−", "-", "$", "under-"]), st.booleans())
def test_a_figure_is_never_unchanged_when_something_was_put_right_before_it(
    order: list[str], put: str, rows: bool
) -> None:
    old = ("\n\n" if rows else " ").join(order)
    for figure in re.finditer(r"\d+", old):
        [one] = carry(old, old[: figure.start()] + put + old[figure.start() :], [figure.span()])
        assert one.state not in ("exact", "moved")


@given(drafts, drafts)
def test_an_alignment_pairs_equal_words_one_to_one(old: str, new: str) -> None:
    stretches = list(align(old, new).stretches())
    assert all(one.old_end <= other.old_start for one, other in pairwise(stretches))
    by_new = sorted(stretches, key=lambda one: one.new_start)
    assert all(one.new_end <= other.new_start for one, other in pairwise(by_new))
    kept = [one.new_start for one in stretches if one.kind == "kept"]
    assert kept == sorted(kept)
    for one in stretches:
        mine, theirs = old[one.old_start : one.old_end], new[one.new_start : one.new_end]
        assert letters(mine).casefold() == letters(theirs).casefold()


def test_an_orphan_says_where_it_would_have_stood() -> None:
    old = "The council met. Two pumps failed in May and nobody said so. The mayor left."
    new = "The council met. The mayor left."
    one = carry(old, new, [place(old, "Two pumps failed in May and nobody said so.")])[0]
    assert (one.state, new[: one.point]) == ("orphan", "The council met.")


def test_a_text_replaced_has_its_orphans_at_the_start() -> None:
    assert carry("One sentence.", "完全不同。", [(0, 3)])[0].point == 0


@pytest.mark.parametrize("span", [(3, 3), (4, 2), (-1, 2), (0, 99)])
def test_a_span_outside_the_text_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="a span is at least one code point"):
        carry("Rain fell.", "Rain fell.", [span])


def test_white_space_between_kept_words_is_carried() -> None:
    old, new = "Rain fell. It stopped.", "Later rain fell. It stopped."
    assert carry(old, new, [(10, 11)])[0].state == "exact"
    assert carry(old, "Rain fell.", [(10, 11)])[0].state == "orphan"


def _random_words(seed: int, count: int, different: int) -> str:
    random = Random(seed)
    return " ".join(f"w{random.randrange(different)}" for _ in range(count))


HOSTILE = {
    "total rewrite": (_random_words(1, 20_000, 9_000), _random_words(2, 20_000, 9_000)),
    "ten words in random order": (_random_words(1, 20_000, 10), _random_words(2, 20_000, 10)),
    "one word repeated": ("spam " * 20_000, "x " + "spam " * 15_000 + "y"),
    "one sentence repeated": ("x. " + "The dog sat. " * 6_000, "y. " + "The cat sat. " * 5_000),
    "no spaces": ("ab" * 40_000, "ba" * 35_000 + "c"),
    "no spaces, other script": ("预算" * 20_000, "算预" * 18_000),
    "signs alone": (".,!?" * 20_000, "!.,?" * 18_000),
    "line ends": ("a\n" * 20_000, "b\n" * 20_000),
    "accents on one letter": ("e" + "\u0301" * 40_000, "e" + "\u0301" * 39_000 + "x"),
    "sentences in random order": (
        ". ".join(sorted(_random_words(3, 9_000, 5_000).split("1"))),
        ". ".join(_random_words(3, 9_000, 5_000).split("1")),
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_work_on_hostile_texts_is_bounded(name: str) -> None:
    old, new = HOSTILE[name]
    alignment = align(old, new)
    assert alignment.pairing.budget.likenesses >= -1
    assert alignment.pairing.budget.cells > -alignment.pairing.budget.most_cells
    spans = [(at, at + 50) for at in range(0, len(old) - 50, 997)]
    for (start, end), one in zip(spans, carry_along(alignment, spans), strict=True):
        assert_sound(old[start:end], new, one)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_sentence_grows_beyond_what_is_compared_at_once(name: str) -> None:
    for words in align(*HOSTILE[name]).words:
        assert max(last - first for first, last in pairwise(words.sentences)) <= LONGEST_SENTENCE


def test_a_long_text_of_ever_new_words_is_carried_too() -> None:
    old = " ".join(f"x{number:05x}" for number in range(60_000))
    new = old.replace("x00010 ", "", 1).replace("x0ea00 ", "x0ea00, y ", 1)
    spans = [(0, 6), (70_000, 70_006), (70_000, 70_020), (112, 118)]
    found = carry(old, new, spans)
    assert [one.state for one in found] == ["exact", "exact", "exact", "orphan"]
    assert [new[one.start : one.end] for one in found[:3]] == [old[start:end] for start, end in spans[:3]]
