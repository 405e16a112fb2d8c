"""Two versions beside each other: every block once, in order, and just the words that differ set apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.text.blocks import Document, Draft, build
from annotator.text.comparing import Row, rows
from annotator.text.reanchoring import align

OLD = """The harbour board met on Monday.

The port lost three cranes in the storm. Nobody was hurt, the mayor said.

Repairs will cost two million euros.

The unions doubt that."""


def document(text: str) -> Document:
    """A text with a paragraph a block."""
    return build([Draft(text)])


def beside(old: str, new: str) -> list[Row]:
    """The rows of two texts."""
    left, right = document(old), document(new)
    return rows(left, right, align(left.text, right.text).stretches())


def apart(old: str, new: str) -> list[tuple[list[str], list[str]]]:
    """The words set apart in each row that differs."""
    left, right = document(old), document(new)
    return [
        ([left.text[slice(*span)] for span in row.gone], [right.text[slice(*span)] for span in row.come])
        for row in beside(old, new)
        if not row.same
    ]


def test_only_the_words_that_differ_are_set_apart() -> None:
    assert apart(OLD, OLD.replace("two million", "four million")) == [(["two"], ["four"])]


def test_a_paragraph_that_is_gone_stands_alone() -> None:
    new = OLD.replace("Repairs will cost two million euros.\n\n", "")
    found = beside(OLD, new)
    assert [(row.old, row.new) for row in found] == [(0, 0), (1, 1), (2, None), (3, 2)]
    assert apart(OLD, new) == [(["Repairs will cost two million euros."], [])]


def test_a_new_paragraph_stands_alone() -> None:
    new = OLD.replace("The unions", "It rained all week in the valley.\n\nThe unions")
    assert [(row.old, row.new) for row in beside(OLD, new)] == [(0, 0), (1, 1), (2, 2), (None, 3), (3, 4)]


def test_two_paragraphs_made_one_share_a_row() -> None:
    new = OLD.replace("said.\n\nRepairs", "said. Repairs")
    found = beside(OLD, new)
    assert [(row.old, row.new) for row in found] == [(0, 0), (1, 1), (2, None), (3, 2)]
    assert [row.gone or row.come for row in found] == [()] * 4


def test_a_paragraph_that_moved_names_its_other_place() -> None:
    first, *rest = OLD.split("\n\n")
    found = beside(OLD, "\n\n".join([*rest, first]))
    assert [(row.old, row.new, row.moved) for row in found] == [
        (0, None, 3),
        (1, 0, None),
        (2, 1, None),
        (3, 2, None),
        (None, 3, 0),
    ]
    assert [row.gone or row.come for row in found] == [()] * 5


def test_a_paragraph_that_moved_and_was_edited_sets_apart_what_differs() -> None:
    first, *rest = OLD.split("\n\n")
    new = "\n\n".join([*rest, first.replace("Monday", "Tuesday")])
    assert apart(OLD, new) == [(["Monday"], []), ([], ["Tuesday"])]


def test_a_sentence_that_moved_without_its_paragraph_is_gone_there_and_new_here() -> None:
    sentence = "Nobody was hurt, the mayor said."
    new = OLD.replace(f" {sentence}", "").replace("doubt that.", f"doubt that. {sentence}")
    assert apart(OLD, new) == [([sentence], []), ([], [sentence])]


@given(st.text("ab .\n“é", max_size=80), st.text("ab .\n“é", max_size=80))
def test_every_block_of_both_stands_once_in_order(old: str, new: str) -> None:
    left, right = document(old), document(new)
    found = beside(old, new)
    assert [row.old for row in found if row.old is not None] == list(range(len(left.blocks)))
    assert [row.new for row in found if row.new is not None] == list(range(len(right.blocks)))
    assert {(row.old, row.moved) for row in found if row.new is None and row.moved is not None} == {
        (row.moved, row.new) for row in found if row.old is None and row.moved is not None
    }
    for row in found:
        for spans, number, side in ((row.gone, row.old, left), (row.come, row.new, right)):
            for start, end in spans:
                assert number is not None
                assert side.blocks[number].start <= start < end <= side.blocks[number].end


@given(st.text("ab .\n“é", max_size=80))
def test_the_same_text_has_no_differences(text: str) -> None:
    assert all(row.same for row in beside(text, text))
