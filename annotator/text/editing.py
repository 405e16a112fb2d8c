"""A text edited by hand: words put in the place of others, and blocks told apart again as they were before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from annotator.text.blocks import Block, Document, Draft, Link, build, slice_block
from annotator.text.canonical import canonical_text
from annotator.text.reanchoring import Carried, align, carry_along


class Replacement(NamedTuple):
    """The code points `[start, end)` give way to `words`; none at all takes them out."""

    start: int
    end: int
    words: str


def replaced(text: str, wanted: Iterable[Replacement]) -> tuple[str, list[Replacement]]:
    """The text with these replacements made, and those that were left out because they overlap an earlier one."""
    left_out: list[Replacement] = []
    pieces, at = [], 0
    for one in sorted(wanted):
        if one.start < at:
            left_out.append(one)
            continue
        pieces += [text[at : one.start], one.words]
        at = one.end if one.words else _after(text, one)
    return "".join([*pieces, text[at:]]), left_out


def placed(old: str, new: str, wanted: Sequence[Replacement]) -> list[Replacement]:
    """The same replacements in a text that was edited from `old`: those whose words stand there as they did."""
    new = canonical_text(new)
    carried = carry_along(align(old, new), [(one.start, one.end) for one in wanted])
    return [
        Replacement(now.start, now.end, one.words)
        for one, now in zip(wanted, carried, strict=True)
        if now.state in ("exact", "moved") and now.start is not None and now.end is not None
    ]


def _after(text: str, gone: Replacement) -> int:
    """Where the text goes on when words go: one of the two spaces around them goes along."""
    before = gone.start == 0 or text[gone.start - 1].isspace()
    return gone.end + 1 if before and text[gone.end : gone.end + 1] == " " else gone.end


def edited(old: Document, text: str) -> tuple[Draft, ...]:
    """The blocks of `text`, parted by blank lines, of the types that the blocks had in `old` from which their words
    come; links stay on words that stay. What is new is a paragraph."""
    new = build([Draft(text)])
    alignment = align(old.text, new.text)
    blocks = _landed(old.blocks, carry_along(alignment, [(one.start, one.end) for one in old.blocks]))
    links = [link for block in old.blocks for link in block.links]
    carried = carry_along(alignment, [(one.start, one.end) for one in links])
    kept = [_moved(link, now) for link, now in zip(links, carried, strict=True) if now.state in ("exact", "moved")]
    return tuple(_draft(new.text, block, blocks, kept) for block in new.blocks)


Landed = list[tuple[Block, int, int]]


def _landed(blocks: Sequence[Block], carried: Sequence[Carried]) -> Landed:
    return [
        (block, now.start, now.end)
        for block, now in zip(blocks, carried, strict=True)
        if now.start is not None and now.end is not None
    ]


def _moved(link: Link, now: Carried) -> Link:
    return Link(now.start or 0, now.end or 0, link.href)


def _draft(text: str, block: Block, old: Landed, links: Sequence[Link]) -> Draft:
    was = max(old, key=lambda one: _overlap(one, block), default=None)
    known = was is not None and _overlap(was, block) > 0
    own = tuple(
        Link(link.start - block.start, link.end - block.start, link.href)
        for link in links
        if block.start <= link.start and link.end <= block.end
    )
    type_, level = (was[0].type, was[0].level) if was and known else ("paragraph", None)
    return Draft(slice_block(text, block), type_, level, own)


def _overlap(one: tuple[Block, int, int], block: Block) -> int:
    return min(one[2], block.end) - max(one[1], block.start)
