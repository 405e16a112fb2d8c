"""Article text as HTML: blocks with disjoint marks.

Written in Python rather than in a template because the text nodes of a block must be exactly the block's text (one
stray space and every offset in the browser is wrong), and because thousands of segments have to be quick. Painted
blocks are kept by what they show, so an unchanged block costs a look-up.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup, escape

from annotator.queries.review import Mark
from annotator.text.blocks import Block, Document, Link
from annotator.text.coverage import State
from annotator.text.redline import Change, changes
from annotator.text.segments import Segment, by_block, segments
from annotator.text.spans import Span
from annotator.vocabulary import KINDS, VERDICTS

TAGS = {"paragraph": "p", "list_item": "li", "quotation": "blockquote"}
LETTERS = {"unread": "u", "clear": "c", "covered": "m"}


class Shown(NamedTuple):
    """What a block needs to know of an annotation: where it is, how it looks, and what else its words should be."""

    start: int
    end: int
    ordinal: int
    kind: str
    verdict: str | None
    state: str
    redline: tuple[Change, ...] = ()
    accepted: bool = False


class Read(NamedTuple):
    """What a block needs to know of its sentences: the number of the first, where in the block each begins, and their
    states, a letter each (`LETTERS`)."""

    first: int
    starts: tuple[int, ...]
    states: str


class Painted(NamedTuple):
    """A painted block: its number, its HTML, and whether it is an item of a list."""

    number: int
    html: Markup
    in_list: bool


def paint(
    document: Document, marks: Sequence[Mark], sentences: Sequence[Span], states: Sequence[State]
) -> list[Painted]:
    """Every block of a version, painted. Sentences and their states are those of the whole text, in order."""
    return paint_some(document, marks, sentences, states, range(len(document.blocks)))


def paint_some(
    document: Document,
    marks: Sequence[Mark],
    sentences: Sequence[Span],
    states: Sequence[State],
    numbers: Iterable[int],
) -> list[Painted]:
    """The blocks with these numbers, painted."""
    here = shown_by_block(document, marks)
    read = _read(document.blocks, sentences, states)
    painted = []
    for number in numbers:
        block = document.blocks[number]
        words = document.text[block.start : block.end]
        html = _block(number, block, words, read[number], here[number])
        painted.append(Painted(number, html, block.type == "list_item"))
    return painted


def shown_by_block(document: Document, marks: Sequence[Mark]) -> list[tuple[Shown, ...]]:
    """For each block what is to be seen of the annotations in it; one without words is nowhere."""
    shown = [_shown(mark) for mark in marks if mark.status != "orphan"]
    spread = by_block(document.blocks, [(one.start, one.end, at) for at, one in enumerate(shown)])
    return [tuple(shown[at] for _, _, at in inside) for inside in spread]


def _shown(mark: Mark) -> Shown:
    look = mark.start, mark.end, mark.ordinal, mark.kind, mark.verdict, mark.state
    if mark.redline is None:
        return Shown(*look)
    suggested, accepted = mark.redline
    return Shown(*look, _placed(mark.start, mark.exact, suggested), accepted)


@lru_cache(maxsize=5_000)
def _placed(start: int, exact: str, suggested: str) -> tuple[Change, ...]:
    """The changes at offsets of the text."""
    return tuple(Change(start + one.start, start + one.end, one.words) for one in changes(exact, suggested))


def touched(document: Document, spans: Iterable[tuple[int, int]]) -> list[int]:
    """The numbers of the blocks that any of these spans touches."""
    wanted = list(spans)
    hit = by_block(document.blocks, [(start, end, at) for at, (start, end) in enumerate(wanted)])
    return [number for number, inside in enumerate(hit) if inside]


def _read(blocks: Sequence[Block], sentences: Sequence[Span], states: Sequence[State]) -> list[Read]:
    found: list[list[int]] = [[] for _ in blocks]
    firsts, number = [0] * len(blocks), 0
    for at, sentence in enumerate(sentences):
        while sentence.start >= blocks[number].end:
            number += 1
        if not found[number]:
            firsts[number] = at
        found[number].append(sentence.start - blocks[number].start)
    letters = "".join(LETTERS[state] for state in states)
    told = zip(firsts, found, strict=True)
    return [Read(first, tuple(starts), letters[first : first + len(starts)]) for first, starts in told]


@lru_cache(maxsize=20_000)
def _block(number: int, block: Block, words: str, read: Read, shown: tuple[Shown, ...]) -> Markup:
    tag = tag_of(block)
    starts = " ".join(map(str, read.starts)) or "0"
    opening = f'<{tag} class="block" id="b{number}" dir="auto" data-o="{block.start}" data-s="{starts}"'
    opening += f' data-k="{read.first}" data-c="{read.states}">'
    return Markup(f"{opening}{inside(words, block, shown, _ticks(block, words, read))}</{tag}>")


def tag_of(block: Block) -> str:
    """The element a block becomes. A heading stands below that of the page."""
    return TAGS.get(block.type) or f"h{min((block.level or 1) + 1, 6)}"


def _ticks(block: Block, words: str, read: Read) -> list[int]:
    """Where a tick stands: after each clear sentence, before the space that follows it."""
    ends = [*read.starts[1:], len(words)]
    clear = [end for end, state in zip(ends, read.states, strict=False) if state == LETTERS["clear"]]
    return [block.start + len(words[:end].rstrip()) for end in clear]


class Struck(NamedTuple):
    """Spans to be set apart, in an element of their own: what a comparison shows as gone or new."""

    tag: str
    spans: tuple[tuple[int, int], ...] = ()


NOTHING = Struck("del")


def inside(
    words: str,
    block: Block,
    shown: Sequence[Shown],
    ticks: Sequence[int] = (),
    struck: Struck = NOTHING,
    page: str = "",
) -> str:
    """The words of a block with its marks, chips and links. `page` is where the chips lead, when not to this page."""
    by_ordinal = {one.ordinal: one for one in shown}
    after = _after(block, shown, ticks, page)
    spans = [(one.start, one.end, one.ordinal) for one in shown]
    # What is struck out is a span as well; its number is none that an annotation has.
    out = [(change.start, change.end) for one in shown for change in one.redline if change.start < change.end]
    spans += [(start, end, -number) for number, (start, end) in enumerate([*out, *struck.spans], 1)]
    pieces = after.pop(block.start, [])
    for segment in _cut(segments(block.start, block.end, spans), after):
        pieces.append(_linked(words, segment, block, by_ordinal, struck.tag))
        pieces += after.get(segment.end, [])
    return "".join(pieces)


def _after(block: Block, shown: Sequence[Shown], ticks: Sequence[int], page: str) -> dict[int, list[str]]:
    """What stands between the words: by the offset it comes after, words to be written in, then chips and ticks."""
    found: dict[int, list[str]] = {}
    for one in shown:
        for change in one.redline:
            first = change.end == one.start == block.start
            if change.words and (block.start < change.end <= block.end or first):
                found.setdefault(change.end, []).append(_suggested(one, change.words))
    for one in shown:
        if one.end <= block.end:
            found.setdefault(one.end, []).append(_chip(one, page))
    for end in ticks:
        found.setdefault(end, []).append(TICK)
    return found


def _suggested(one: Shown, words: str) -> str:
    said = "accepted" if one.accepted else "suggested"
    return (
        f'<ins class="{said}" data-skip data-a="{one.ordinal}" dir="auto">'
        f'<span class="visually-hidden">[{said}: </span>{escape(words)}<span class="visually-hidden">]</span></ins>'
    )


def _cut(found: Iterable[Segment], places: Iterable[int]) -> Iterator[Segment]:
    """The segments, cut where something is to stand between the words."""
    wanted = sorted(places)
    for start, end, ordinals in found:
        inner = wanted[bisect_right(wanted, start) : bisect_left(wanted, end)]
        for left, right in pairwise((start, *inner, end)):
            yield Segment(left, right, ordinals)


def _linked(words: str, segment: Segment, block: Block, by_ordinal: dict[int, Shown], tag: str) -> str:
    """A segment, cut once more where links begin and end."""
    html, at, base = [], segment.start, block.start
    for link in block.links:
        start, end = max(link.start, segment.start), min(link.end, segment.end)
        if start < end:
            html.append(_mark(words[at - base : start - base], segment, by_ordinal, tag))
            html.append(_anchor(link, _mark(words[start - base : end - base], segment, by_ordinal, tag)))
            at = end
    html.append(_mark(words[at - base : segment.end - base], segment, by_ordinal, tag))
    return "".join(html)


def _anchor(link: Link, html: str) -> str:
    href = escape(link.href)
    return f'<a class="ref" href="{href}" rel="nofollow noopener noreferrer" target="_blank">{html}</a>'


def _mark(words: str, segment: Segment, by_ordinal: dict[int, Shown], tag: str) -> str:
    if not words:
        return ""
    marked = [ordinal for ordinal in segment.ordinals if ordinal > 0]
    apart = len(marked) < len(segment.ordinals)
    if not marked:
        return f"<{tag}>{escape(words)}</{tag}>" if apart else str(escape(words))
    kinds = {by_ordinal[ordinal].kind for ordinal in marked}
    classes = " ".join(kind for kind in KINDS if kind in kinds)
    ordinals = " ".join(map(str, marked))
    html = f'<mark class="{classes}" data-a="{ordinals}">{escape(words)}</mark>'
    return f"<{tag}>{html}</{tag}>" if apart else html


UNSETTLED = {"disagreed": "≠", "reopened": "↺"}
"""States in which no verdict stands, with the sign that is shown instead."""
TICK = '<i class="tick" data-skip></i>'


def _chip(one: Shown, page: str) -> str:
    verdict = VERDICTS[one.verdict] if one.verdict and one.state not in UNSETTLED else None
    told = verdict.label(one.kind).lower() if verdict else one.state if one.state in UNSETTLED else ""
    name = f"{KINDS[one.kind]} {one.ordinal}" + (f", {told}" if told else "")
    shown = verdict.sign if verdict else UNSETTLED.get(one.state, "")
    sign = f' data-sign="{shown}"' if shown else ""
    classes = f"chip {one.kind}" + (f" v-{verdict.value}" if verdict else "") + f" s-{one.state}"
    return (
        f'<a class="{classes}" data-skip data-a="{one.ordinal}" data-letter="{KINDS[one.kind][0]}"{sign} '
        f'href="{page}#a{one.ordinal}" tabindex="-1" aria-label="{name}"></a>'
    )
