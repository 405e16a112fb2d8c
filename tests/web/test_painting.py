"""Painted text: whatever is marked and linked, the text nodes of a block are the block's text."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from annotator.queries.review import Mark
from annotator.text.blocks import Block, Document, Draft, Link, build
from annotator.text.redline import changes
from annotator.text.sentences import sentences
from annotator.text.spans import Span, settle
from annotator.vocabulary import KINDS, STATES, VERDICTS
from annotator.web import painting
from tests.web.reading import block_text

ALPHABET = st.sampled_from(
    [*"abc Tj.<>&\"'\n\t=/`{}%;", "é", "e\u0301", "😀", "👩‍👩‍👧", "🇳🇴", "ש", "\u202e", "\u200f", "\xa0", "\u00ad", "“"]
)
TEXT = st.lists(ALPHABET, min_size=1, max_size=40).map("".join)
TYPES = st.sampled_from([("paragraph", None), ("heading", 1), ("heading", 6), ("list_item", None), ("quotation", None)])
HREF = st.sampled_from(["https://a.example/?b=c&d='\"", "http://b.example/<script>", "mailto:a@b.example"])


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """A block with links anywhere in it."""
    text, (type_, level) = draw(TEXT), draw(TYPES)
    place = st.integers(0, len(text))
    links = tuple(Link(*sorted((draw(place), draw(place))), draw(HREF)) for _ in range(draw(st.integers(0, 3))))
    return Draft(text, type_, level, links)


@st.composite
def desks(draw: st.DrawFn) -> tuple[Document, list[Mark], list[Span]]:
    """A document with marks wherever they may stand, and its sentences."""
    document = build(draw(st.lists(drafts(), min_size=1, max_size=6).filter(lambda some: build(some).text)))
    marks = []
    for ordinal in range(1, draw(st.integers(0, 6)) + 1):
        ends = sorted((draw(st.integers(0, len(document.text))), draw(st.integers(0, len(document.text)))))
        if document.text[slice(*ends)].strip():
            made = mark(document, ordinal, *ends, draw(st.sampled_from([*KINDS])), draw(VERDICT))
            marks.append(replace(made, redline=draw(REDLINE)))
    return document, marks, list(sentences(document.text, document.blocks, "en"))


VERDICT = st.sampled_from([None, *VERDICTS])
REDLINE = st.none() | st.tuples(st.text("ab <&\n", max_size=8) | TEXT, st.booleans())


def mark(
    document: Document, ordinal: int, start: int, end: int, kind: str = "claim", verdict: str | None = None
) -> Mark:
    """An annotation on these code points, settled as the service would."""
    span = settle(document.text, start, end)
    state = [*STATES][ordinal % len(STATES)]
    words = document.text[span.start : span.end]
    return Mark(f"uuid-{ordinal}", ordinal, kind, state, verdict, span.start, span.end, words, None, 0, "", 1)


def page(document: Document, marks: list[Mark], found: list[Span]) -> list[LexborNode]:
    """The painted blocks, as a browser reads them."""
    html = "".join(block.html for block in painting.paint(document, marks, found, ["unread"] * len(found)))
    return LexborHTMLParser(f"<!doctype html><body>{html}").css(".block")


@settings(max_examples=150)
@given(desks())
def test_the_text_nodes_of_a_block_are_its_text(desk: tuple[Document, list[Mark], list[Span]]) -> None:
    document, marks, found = desk
    shown = page(document, marks, found)
    assert [block_text(node) for node in shown] == [document.text[b.start : b.end] for b in document.blocks]
    assert [int(node.attributes["data-o"] or "") for node in shown] == [block.start for block in document.blocks]
    assert [node.attributes["id"] for node in shown] == [f"b{number}" for number in range(len(shown))]


@settings(max_examples=150)
@given(desks())
def test_every_code_point_is_painted_by_those_that_hold_it(desk: tuple[Document, list[Mark], list[Span]]) -> None:
    document, marks, found = desk
    for node, block in zip(page(document, marks, found), document.blocks, strict=True):
        painted = dict(_painted(node, block))
        for at in range(block.start, block.end):
            wanted = [one.ordinal for one in marks if one.start <= at < one.end]
            assert painted.get(at, []) == wanted


def _painted(node: LexborNode, block: Block) -> list[tuple[int, list[int]]]:
    found, at = [], block.start
    for segment in node.css("mark"):
        assert [inside.tag for inside in segment.css("*")] == ["mark"]
    walker = [(text, parent) for text, parent in _texts(node)]
    for text, ordinals in walker:
        found += [(at + offset, ordinals) for offset in range(len(text))]
        at += len(text)
    return found


def _texts(node: LexborNode, ordinals: tuple[int, ...] = ()) -> list[tuple[str, list[int]]]:
    found: list[tuple[str, list[int]]] = []
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            found.append((child.text_content or "", list(ordinals)))
        elif "data-skip" not in child.attributes:
            inside = tuple(map(int, (child.attributes["data-a"] or "").split())) if child.tag == "mark" else ordinals
            found += _texts(child, inside)
    return found


@settings(max_examples=150)
@given(desks())
def test_each_annotation_has_one_chip_and_the_classes_of_its_kind(
    desk: tuple[Document, list[Mark], list[Span]],
) -> None:
    document, marks, found = desk
    shown = page(document, marks, found)
    chips = [chip for node in shown for chip in node.css(".chip")]
    assert sorted(int(chip.attributes["data-a"] or "") for chip in chips) == [one.ordinal for one in marks]
    assert all(chip.text() == "" and chip.tag == "a" for chip in chips)
    by_ordinal = {one.ordinal: one for one in marks}
    for segment in (segment for node in shown for segment in node.css("mark")):
        held = [by_ordinal[int(ordinal)] for ordinal in (segment.attributes["data-a"] or "").split()]
        assert set((segment.attributes["class"] or "").split()) == {one.kind for one in held}


@settings(max_examples=150)
@given(desks())
def test_sentences_begin_where_the_blocks_say(desk: tuple[Document, list[Mark], list[Span]]) -> None:
    document, marks, found = desk
    for node, block in zip(page(document, marks, found), document.blocks, strict=True):
        told = [block.start + int(start) for start in (node.attributes["data-s"] or "").split()]
        inside = [sentence.start for sentence in found if block.start <= sentence.start < block.end]
        assert told == (inside or [block.start])


@settings(max_examples=150)
@given(desks())
def test_what_is_to_change_is_struck_out_and_written_in(desk: tuple[Document, list[Mark], list[Span]]) -> None:
    document, marks, found = desk
    wanted, coming = set(), 0
    for one in marks:
        for start, end, words in changes(one.exact, one.redline[0]) if one.redline else ():
            wanted |= set(range(one.start + start, one.start + end))
            coming += bool(words)
    shown = page(document, marks, found)
    struck = {at for node, block in zip(shown, document.blocks, strict=True) for at in _struck(node, block)}
    assert struck == {at for at in wanted if any(block.start <= at < block.end for block in document.blocks)}
    assert sum(len(node.css("ins")) for node in shown) == coming


def _struck(node: LexborNode, block: Block) -> list[int]:
    found, at = [], block.start
    for text, parents in _parents(node):
        if "del" in parents:
            found += range(at, at + len(text))
        at += len(text)
    return found


def _parents(node: LexborNode, above: tuple[str, ...] = ()) -> list[tuple[str, tuple[str, ...]]]:
    found: list[tuple[str, tuple[str, ...]]] = []
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            found.append((child.text_content or "", above))
        elif "data-skip" not in child.attributes:
            found += _parents(child, (*above, child.tag or ""))
    return found


def test_suggested_words_stand_behind_those_they_replace_and_are_announced() -> None:
    document = build([Draft("The authority paid 4.2 million crowns.")])
    made = replace(mark(document, 1, 4, 37, "claim", "false"), redline=("authority paid <3.9> million crowns", False))
    [block] = page(document, [made], [])
    assert [struck.text() for struck in block.css("del mark.claim[data-a='1']")] == ["4.2"]
    [ins] = block.css("ins.suggested[data-skip]")
    assert ins.text() == "[suggested: <3.9>]"
    assert ins.html == block.css_first("del").next.html
    [accepted] = page(document, [replace(made, redline=("authority paid", True))], [])
    assert accepted.css("ins") == []
    assert accepted.css_first("del").text() == "4.2 million crowns"


def test_repainted_blocks_are_the_blocks_of_the_page() -> None:
    document = build([Draft("One here."), Draft("Two here."), Draft("Three here.")])
    marks = [mark(document, 1, 4, 15), mark(document, 2, 11, 14)]
    found = list(sentences(document.text, document.blocks, "en"))
    whole = painting.paint(document, marks, found, ["unread"] * len(found))
    assert painting.touched(document, [(4, 15)]) == [0, 1]
    assert painting.touched(document, [(9, 11)]) == []
    assert painting.paint_some(document, marks, found, ["unread"] * len(found), [0, 1]) == whole[:2]


def test_a_link_under_overlapping_marks_keeps_its_words_in_one_place() -> None:
    document = build([Draft("Read the whole report today", links=(Link(9, 21, "https://a.example/"),))])
    marks = [mark(document, 1, 0, 14), mark(document, 2, 9, 27, "quote", "false")]
    [block] = page(document, marks, [])
    assert "".join(link.text() for link in block.css("a.ref")) == "whole report"
    assert {link.attributes["rel"] for link in block.css("a.ref")} == {"nofollow noopener noreferrer"}
    assert [chip.attributes["aria-label"] for chip in block.css(".chip")] == [
        "Claim 1",
        "Quote 2, not said, or by somebody else",
    ]
    assert block.css(".chip")[1].attributes["data-sign"] == "✗"
