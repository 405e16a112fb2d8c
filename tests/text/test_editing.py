"""A text edited by hand: corrections put in, and blocks told apart again as they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.blocks import BLOCK_TYPES, Draft, Link, build
from annotator.text.editing import Replacement, edited, replaced

DRAFTS = [
    Draft("Cranes that never came", "heading", 1),
    Draft("The harbour authority paid for cranes, documents show.", links=(Link(39, 48, "https://docs.example/"),)),
    Draft("the first crane was never built", "list_item"),
    Draft("the second crane sank at sea", "list_item"),
    Draft("“We were told to sign,” she said.", "quotation"),
]
OLD = build(DRAFTS)

REPLACEMENTS = [
    ("a b c", [(2, 3, "x")], "a x c", 0),
    ("a b c", [(2, 3, "")], "a c", 0),
    ("b c", [(0, 1, "")], "c", 0),
    ("a b", [(2, 3, "")], "a ", 0),
    ("(b)", [(1, 2, "")], "()", 0),
    ("a b c", [(0, 3, "x"), (2, 5, "y")], "x c", 1),
    ("a b c", [(4, 5, "y"), (0, 1, "x")], "x b y", 0),
    ("👩‍👩‍👧 b", [(6, 7, "é")], "👩‍👩‍👧 é", 0),
]


@pytest.mark.parametrize(("text", "wanted", "made", "left_out"), REPLACEMENTS)
def test_words_give_way_to_others(text: str, wanted: list[tuple[int, int, str]], made: str, left_out: int) -> None:
    found, overlapping = replaced(text, [Replacement(*one) for one in wanted])
    assert (found, len(overlapping)) == (made, left_out)


def test_what_was_not_touched_is_as_it_was() -> None:
    assert build(edited(OLD, OLD.text)) == OLD


def test_types_and_links_stay_with_their_words() -> None:
    text = OLD.text.replace("paid for", "did not pay for").replace("sank", "was lost").replace("came", "arrived")
    now = build(edited(OLD, text))
    assert now.text == text
    assert [block.type for block in now.blocks] == [block.type for block in OLD.blocks]
    [link] = now.blocks[1].links
    assert (now.text[link.start : link.end], link.href) == ("documents", "https://docs.example/")


def test_a_link_whose_words_changed_is_gone() -> None:
    now = build(edited(OLD, OLD.text.replace("documents", "two letters")))
    assert now.blocks[1].links == ()


def test_a_new_paragraph_is_a_paragraph() -> None:
    text = OLD.text.replace("the first crane", "It rained all week in the valley.\n\nthe first crane")
    assert [block.type for block in build(edited(OLD, text)).blocks] == [
        *("heading", "paragraph", "paragraph", "list_item", "list_item", "quotation")
    ]


def test_line_ends_of_a_form_are_put_right() -> None:
    assert build(edited(OLD, OLD.text.replace("\n", "\r\n"))) == OLD


@given(st.lists(st.tuples(st.text("ab c\n", max_size=20), st.sampled_from(BLOCK_TYPES)), max_size=5), st.text("ab c\n"))
def test_any_text_can_be_edited(parts: list[tuple[str, str]], text: str) -> None:
    old = build([Draft(words, kind, 2 if kind == "heading" else None) for words, kind in parts])  # type: ignore[arg-type]
    assert build(edited(old, text)).text == build([Draft(text)]).text
