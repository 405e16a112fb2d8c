from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from annotator.text.blocks import (
    Block,
    Document,
    Draft,
    Link,
    build,
    from_json,
    safe_href,
    slice_block,
    to_json,
)
from annotator.text.canonical import canonical_text
from tests.text.strategies import documents, raw_texts, texts
from tests.text.vectors import cases


def linked(document: Document) -> list[str]:
    return [document.text[link.start : link.end] for block in document.blocks for link in block.links]


@cases("links")
def test_links_stay_on_their_words(case: dict[str, Any]) -> None:
    drafts = [Draft(one["text"], links=tuple(Link(*link) for link in one["links"])) for one in case["drafts"]]
    document = build(drafts)
    assert document.text == case["text"]
    assert linked(document) == case["linked"]


@given(texts, texts, texts)
def test_a_link_between_plain_words_keeps_its_words_whatever_stands_around(
    before: str, inside: str, after: str
) -> None:
    words = f"x{inside}x".replace("\n", " ").replace("\r", " ")
    draft = Draft(
        f"{before} {words} {after}", links=(Link(len(before) + 1, len(before) + 1 + len(words), "https://a.example"),)
    )
    assert "\n\n".join(linked(build([draft]))) == canonical_text(words)


@given(documents)
def test_blocks_cover_the_text_but_for_the_blank_lines_between(document: Document) -> None:
    assert "\n\n".join(slice_block(document.text, block) for block in document.blocks) == document.text
    assert all(slice_block(document.text, block).strip() for block in document.blocks)
    assert canonical_text(document.text) == document.text


@given(raw_texts)
def test_one_draft_gives_its_own_canonical_text(raw: str) -> None:
    assert build([Draft(raw)]).text == canonical_text(raw)


def test_types_and_levels_are_kept_and_empty_drafts_dropped() -> None:
    drafts = [
        Draft("Title", "heading", 2),
        Draft(" \u200b"),
        Draft("One.\n\nTwo.", "quotation"),
        Draft("item", "list_item"),
    ]
    assert build(drafts) == Document(
        "Title\n\nOne.\n\nTwo.\n\nitem",
        (Block(0, 5, "heading", 2), Block(7, 11, "quotation"), Block(13, 17, "quotation"), Block(19, 23, "list_item")),
    )


def test_nothing_gives_an_empty_document() -> None:
    assert build([]) == build([Draft("  ")]) == Document("", ())


@pytest.mark.parametrize(
    "href", ["https://example.org/a?b=c#d", "HTTP://example.org", " http://example.org ", "mailto:desk@example.org"]
)
def test_addresses_that_may_be_followed(href: str) -> None:
    assert safe_href(href) == href.strip()


@pytest.mark.parametrize(
    "href",
    ["", "javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "//example.org", "/a", "#a", "http:", "https://",
     "https://a b", "https://a\nb", "http:\\\\a", "mailto:", "ftp://a", "\x01javascript:x", "vbscript:x", "file:///etc/passwd"],
)  # fmt: skip
def test_addresses_that_may_not(href: str) -> None:
    assert safe_href(href) is None
    assert linked(build([Draft("word", links=(Link(0, 4, href),))])) == []


@pytest.mark.parametrize("places", [[(2, 1)], [(1, 1)], [(-1, 2)], [(0, 9)]])
def test_links_outside_the_draft_are_dropped(places: list[tuple[int, int]]) -> None:
    links = tuple(Link(start, end, "https://a.example") for start, end in places)
    assert linked(build([Draft("words", links=links)])) == []


def test_of_two_overlapping_links_the_first_stays() -> None:
    links = (Link(4, 9, "https://b.example"), Link(0, 7, "https://a.example"))
    (block,) = build([Draft("one two three", links=links)]).blocks
    assert block.links == (Link(0, 7, "https://a.example"),)


@given(documents)
def test_blocks_survive_storage(document: Document) -> None:
    assert from_json(json.loads(json.dumps(to_json(document.blocks)))) == document.blocks


def test_stored_form_names_every_key() -> None:
    document = build([Draft("See it", links=(Link(4, 6, "https://a.example"),))])
    assert to_json(document.blocks) == [
        {"start": 0, "end": 6, "type": "paragraph", "level": None,
         "links": [{"start": 4, "end": 6, "href": "https://a.example"}]}
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("type_", "level"), [("heading", None), ("heading", 0), ("heading", 7), ("paragraph", 1), ("table", None)]
)
def test_wrong_types_and_levels_are_refused(type_: Any, level: int | None) -> None:
    with pytest.raises(ValueError, match=r"block is one of|heading has a level"):
        Draft("x", type_, level)
    with pytest.raises(ValueError, match=r"block is one of|heading has a level"):
        from_json([{"start": 0, "end": 1, "type": type_, "level": level, "links": []}])
