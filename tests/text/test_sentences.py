from __future__ import annotations

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from annotator.text.blocks import Document, Draft, build, slice_block
from annotator.text.sentences import sentences
from annotator.text.spans import settle
from tests.text.strategies import documents
from tests.text.vectors import cases


@cases("sentences")
def test_sentences(case: dict[str, Any]) -> None:
    document = build([Draft(case["text"])])
    found = sentences(document.text, document.blocks, case["language"])
    assert [document.text[span.start : span.end] for span in found] == case["sentences"]


@given(documents, st.sampled_from(["en", "de", "ja", "ar", None, "", "no such language"]))
def test_sentences_hold_all_but_white_space_and_never_overlap(document: Document, language: str | None) -> None:
    found = sentences(document.text, document.blocks, language)
    inside = [place for span in found for place in range(span.start, span.end)]
    assert inside == sorted(set(inside))
    left_out = set(range(len(document.text))) - set(inside)
    assert not "".join(document.text[place] for place in left_out).strip()


@given(documents)
def test_a_sentence_lies_in_one_block_and_is_a_settled_span(document: Document) -> None:
    blocks = [range(block.start, block.end + 1) for block in document.blocks]
    for span in sentences(document.text, document.blocks):
        assert any(span.start in block and span.end in block for block in blocks)
        assert settle(document.text, span.start, span.end) == span


def test_a_heading_is_one_sentence() -> None:
    document = build([Draft("Bridge closed. Who pays? Nobody.", "heading", 2), Draft("One. Two.")])
    first, *rest = sentences(document.text, document.blocks)
    assert document.text[first.start : first.end] == slice_block(document.text, document.blocks[0])
    assert len(rest) == 2


def test_an_empty_document_has_no_sentences() -> None:
    assert sentences("", ()) == []


def test_a_sentence_without_letters_joins_its_neighbour() -> None:
    document = build([Draft("It rained. ***\n\n...\n\n12.")])
    found = [document.text[span.start : span.end] for span in sentences(document.text, document.blocks)]
    assert found == ["It rained. ***", "...", "12."]
    assert not [one for one in found if re.fullmatch(r"\s*", one)]
