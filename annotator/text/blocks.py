"""Blocks: the paragraphs, headings, list items and quotations of an article as offsets into its canonical
text.

No markup is kept. A block knows its type and its links; `text[block.start:block.end]` are its words, and
neighbours are separated by one blank line (two code points).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from annotator.text.canonical import BLOCK_GAP, Stretch, carry

BlockType = Literal["paragraph", "heading", "list_item", "quotation"]
BLOCK_TYPES: tuple[BlockType, ...] = get_args(BlockType)

_SAFE_HREF = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f\x7f]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """A link over `[start, end)`, in code points of the text its owner speaks of."""

    start: int
    end: int
    href: str


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch `[start, end)` of the canonical text. `level` is 1 to 6 for a heading and None for the rest.

    `links` are in offsets of the canonical text, in order, disjoint, non-empty, inside the block, and lead to
    http, https or mailto addresses only.
    """

    start: int
    end: int
    type: BlockType
    level: int | None = None
    links: tuple[Link, ...] = ()

    def __post_init__(self) -> None:
        _check_type(self.type, self.level)


@dataclass(frozen=True, slots=True)
class Draft:
    """One block as an extractor found it: any text, with links in offsets of that text.

    Raises `ValueError` for an unknown type, a heading without a level from 1 to 6, or a level on anything
    else.
    """

    text: str
    type: BlockType = "paragraph"
    level: int | None = None
    links: tuple[Link, ...] = ()

    def __post_init__(self) -> None:
        _check_type(self.type, self.level)


@dataclass(frozen=True, slots=True)
class Document:
    """A canonical text and the blocks that cover all of it but the blank lines between them."""

    text: str
    blocks: tuple[Block, ...]


def build(drafts: Iterable[Draft]) -> Document:
    """Return the document that `drafts` make, in their order.

    Every draft is canonicalised; one whose text holds blank lines becomes several blocks of its type; one
    with nothing to see is dropped. Links stay on their words: they follow composition and trimming, lose
    white space at their edges, and are cut at the end of a block. Dropped are links that end up empty, that
    overlap an earlier one, or whose address is not http, https or mailto.
    """
    texts: list[str] = []
    blocks: list[Block] = []
    start = 0
    for text, block in (part for draft in drafts for part in _parts(draft)):
        texts.append(text)
        blocks.append(_shifted(block, start))
        start += len(text) + len(BLOCK_GAP)
    return Document(BLOCK_GAP.join(texts), tuple(blocks))


def to_json(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Return `blocks` as plain values for storage, every key always there; `from_json` reads them back."""
    return [
        {
            "start": block.start,
            "end": block.end,
            "type": block.type,
            "level": block.level,
            "links": [{"start": link.start, "end": link.end, "href": link.href} for link in block.links],
        }
        for block in blocks
    ]


def from_json(values: Iterable[Mapping[str, Any]]) -> tuple[Block, ...]:
    """Return the blocks that `to_json` wrote. Raises `KeyError` or `ValueError` for anything else."""
    return tuple(
        Block(
            value["start"],
            value["end"],
            value["type"],
            value["level"],
            tuple(Link(link["start"], link["end"], link["href"]) for link in value["links"]),
        )
        for value in values
    )


def slice_block(text: str, block: Block) -> str:
    """Return the words of `block` in the canonical `text`."""
    return text[block.start : block.end]


def safe_href(href: str) -> str | None:
    """Return `href` without surrounding white space when it is an http, https or mailto address, else
    None.
    """
    address = href.strip()
    return address if _SAFE_HREF.fullmatch(address) else None


def _parts(draft: Draft) -> Iterator[tuple[str, Block]]:
    """Cut a draft at its blank lines into pairs of text and block, each block counted from 0."""
    links = _clean_links(draft)
    text, places = carry(draft.text, [(link.start, link.end) for link in links])
    start = 0
    for part in text.split(BLOCK_GAP) if text else ():
        own = _links_within(part, start, links, places)
        yield part, Block(0, len(part), draft.type, draft.level, own)
        start += len(part) + len(BLOCK_GAP)


def _clean_links(draft: Draft) -> list[Link]:
    """Return the links that may stay, in order, disjoint, inside the draft, with safe addresses."""
    kept: list[Link] = []
    reached = 0
    for link in sorted(draft.links, key=lambda link: (link.start, link.end)):
        href = safe_href(link.href)
        if href and reached <= link.start < link.end <= len(draft.text):
            kept.append(Link(link.start, link.end, href))
            reached = link.end
    return kept


def _links_within(part: str, start: int, links: list[Link], places: list[Stretch]) -> tuple[Link, ...]:
    """Return what of `links`, now at `places`, lies on the words of `part`, which begins at `start`."""
    own: list[Link] = []
    reached = 0
    for link, (left, right) in zip(links, places, strict=True):
        words = part[max(left - start, reached) : max(right - start, 0)]
        begin = max(left - start, reached) + len(words) - len(words.lstrip())
        end = begin + len(words.strip())
        if begin < end:
            own.append(Link(begin, end, link.href))
            reached = end
    return tuple(own)


def _shifted(block: Block, by: int) -> Block:
    links = tuple(Link(link.start + by, link.end + by, link.href) for link in block.links)
    return Block(block.start + by, block.end + by, block.type, block.level, links)


def _check_type(type_: str, level: int | None) -> None:
    if type_ not in BLOCK_TYPES:
        raise ValueError(f"a block is one of {', '.join(BLOCK_TYPES)}, not {type_!r}")
    if (type_ == "heading") != (level in range(1, 7)):
        raise ValueError(f"a heading has a level from 1 to 6 and nothing else has one, not {type_} with {level!r}")
