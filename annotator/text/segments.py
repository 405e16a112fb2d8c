"""Cut overlapping spans into disjoint segments, so that each piece of text is painted once."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from annotator.text.blocks import Block

Painted = tuple[int, int, int]
"""A span to paint: start, end, ordinal of its annotation. An ordinal occurs once in a list."""


class Segment(NamedTuple):
    """The code points `[start, end)` and the ordinals of the annotations on all of them, ascending; none is
    usual.
    """

    start: int
    end: int
    ordinals: tuple[int, ...]


def segments(start: int, end: int, spans: Sequence[Painted]) -> list[Segment]:
    """Return the segments of the block `[start, end)`, in order, disjoint, covering all of it.

    Spans may reach past the block or miss it; only what lies inside counts. Segments change exactly where the
    set of ordinals does, at the start or end of a span.
    """
    opening: dict[int, list[int]] = defaultdict(list)
    closing: dict[int, list[int]] = defaultdict(list)
    for left, right, ordinal in spans:
        first, last = max(left, start), min(right, end)
        if first < last:
            opening[first].append(ordinal)
            closing[last].append(ordinal)
    return _sweep(start, end, opening, closing)


def by_block(blocks: Sequence[Block], spans: Sequence[Painted]) -> list[list[Painted]]:
    """Return for each block, in order, the spans that share at least one code point with it, in the order
    given.
    """
    ends = [block.end for block in blocks]
    touching: list[list[Painted]] = [[] for _ in blocks]
    for span in spans:
        left, right, _ = span
        index = bisect_right(ends, left)
        while left < right and index < len(blocks) and blocks[index].start < right:
            touching[index].append(span)
            index += 1
    return touching


def _sweep(start: int, end: int, opening: dict[int, list[int]], closing: dict[int, list[int]]) -> list[Segment]:
    found: list[Segment] = []
    open_now: list[int] = []
    since = start
    for place in sorted({*opening, *closing, end}):
        if place > since:
            found.append(Segment(since, place, tuple(open_now)))
            since = place
        for ordinal in closing.get(place, ()):
            open_now.remove(ordinal)
        for ordinal in opening.get(place, ()):
            insort(open_now, ordinal)
    return found
