"""Two versions of a text beside each other, block by block, and which words are only in one of them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from annotator.text.blocks import Block, Document
from annotator.text.reanchoring import Stretch

Blocks = Sequence[Block]
Spans = tuple[tuple[int, int], ...]
Pairs = list[tuple[int | None, int | None]]

MOSTLY = 0.5


@dataclass(frozen=True, slots=True)
class Row:
    """A block of the old text (`old`, its number) beside the block of the new one that it became, or either alone.

    `gone` are the words of the old block that do not stand in the new text at their place, `come` those of the new
    block that did not stand in the old; code points of the texts. A block that stands alone because it has moved names
    in `moved` the block of the other text that it is, and sets apart what differs from that.
    """

    old: int | None
    new: int | None
    gone: Spans = ()
    come: Spans = ()
    moved: int | None = None

    @property
    def same(self) -> bool:
        """Whether both sides have it, word for word."""
        return self.old is not None and self.new is not None and not (self.gone or self.come)


def rows(old: Document, new: Document, stretches: Iterable[Stretch]) -> list[Row]:
    """Every block of both texts, once, in order. Words that moved without most of their block are told as gone where
    they were and as new where they are."""
    kept, elsewhere = _by_kind(stretches)
    pairs: Pairs = list(_beside(old.blocks, new.blocks, kept))
    moved = list(_pieces(old.blocks, new.blocks, elsewhere))
    homes = _homes(old.blocks, new.blocks, pairs, moved)
    held = [*kept, *(one.stretch for one in moved if homes.get(one.old) == one.new)]
    gone = _apart(old, sorted((one.old_start, one.old_end) for one in held))
    come = _apart(new, sorted((one.new_start, one.new_end) for one in held))
    back = {right: left for left, right in homes.items()}
    return [
        Row(
            left,
            right,
            () if left is None else gone[left],
            () if right is None else come[right],
            back.get(right) if left is None else homes.get(left),  # type: ignore[arg-type]
        )
        for left, right in pairs
    ]


def _by_kind(stretches: Iterable[Stretch]) -> tuple[list[Stretch], list[Stretch]]:
    """Those that were kept, and those that moved."""
    found = list(stretches)
    return [one for one in found if one.kind == "kept"], [one for one in found if one.kind == "moved"]


def _homes(old: Blocks, new: Blocks, pairs: Pairs, moved: Sequence[_Piece]) -> dict[int, int]:
    """Where the blocks that stand alone have moved to, by their numbers: each to one that stands alone as well and has
    most of its words, and no two to the same."""
    alone = {left for left, right in pairs if right is None}, {right for left, right in pairs if left is None}
    shared = _shared(one for one in moved if one.old in alone[0] and one.new in alone[1])
    found: dict[int, int] = {}
    taken: set[int] = set()
    for (left, right), weight in shared.most_common():
        longest = max(old[left].end - old[left].start, new[right].end - new[right].start)
        if weight > MOSTLY * longest and left not in found and right not in taken:
            found[left] = right
            taken.add(right)
    return found


def _apart(document: Document, kept: Sequence[tuple[int, int]]) -> list[Spans]:
    """For each block, what of it no stretch holds, without white space at its ends."""
    found, at = [], 0
    for block in document.blocks:
        spans, start = [], block.start
        while at < len(kept) and kept[at][0] < block.end:
            spans.append((start, kept[at][0]))
            start = max(start, kept[at][1])
            if kept[at][1] > block.end:
                break
            at += 1
        spans.append((start, block.end))
        found.append(tuple(span for left, right in spans if (span := _trimmed(document.text, left, right))))
    return found


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    words = text[start:end] if start < end else ""
    if not words.strip():
        return None
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _beside(old: Blocks, new: Blocks, kept: Sequence[Stretch]) -> Iterator[tuple[int | None, int | None]]:
    """The numbers of blocks that stand beside each other, each once, in the order of both texts."""
    left = right = 0
    for one, other in [*_pairs(old, new, kept), (len(old), len(new))]:
        yield from ((number, None) for number in range(left, one))
        yield from ((None, number) for number in range(right, other))
        if one < len(old):
            yield one, other
        left, right = one + 1, other + 1


def _pairs(old: Blocks, new: Blocks, kept: Sequence[Stretch]) -> list[tuple[int, int]]:
    """Blocks that share most of their words with each other, rising on both sides."""
    shared = _shared(_pieces(old, new, kept))
    best: dict[int, tuple[int, int]] = {}
    for (one, other), weight in shared.items():
        best[other] = max(best.get(other, (0, 0)), (weight, one))
    found: list[tuple[int, int]] = []
    for other, (_, one) in sorted(best.items()):
        if not found or one > found[-1][0]:
            found.append((one, other))
    return found


def _shared(pieces: Iterable[_Piece]) -> Counter[tuple[int, int]]:
    """How many code points each pair of blocks shares."""
    found: Counter[tuple[int, int]] = Counter()
    for one in pieces:
        found[one.old, one.new] += one.stretch.old_end - one.stretch.old_start
    return found


@dataclass(frozen=True, slots=True)
class _Piece:
    """The part of a stretch that lies in one old and one new block."""

    old: int
    new: int
    stretch: Stretch


def _pieces(old: Blocks, new: Blocks, stretches: Sequence[Stretch]) -> Iterator[_Piece]:
    """Stretches cut where blocks begin and end, for one may reach over several of either side. Inside a stretch places
    are told by how far they are from its start."""
    ends = [block.end for block in old], [block.end for block in new]
    for one in stretches:
        shift = one.new_start - one.old_start
        for left in range(bisect_left(ends[0], one.old_start + 1), len(old)):
            start, end = max(old[left].start, one.old_start) + shift, min(old[left].end, one.old_end) + shift
            if old[left].start >= one.old_end:
                break
            for right in range(bisect_left(ends[1], start + 1), len(new)):
                if new[right].start >= end:
                    break
                low, high = max(start, new[right].start), min(end, new[right].end)
                yield _Piece(left, right, Stretch(low - shift, high - shift, low, high, one.kind))
