"""The method, and simpler ones to hold it against. None needs a further package."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from annotator.text.reanchoring import Carried, carry
from benchmarks.carrying.cases import Spot
from benchmarks.carrying.scoring import Found, Method

CONTEXT = 32
FLOOR = 70
WORDS = re.compile(r"\w+|[^\w\s]")


def ours(old: str, new: str, spans: Sequence[Spot]) -> list[Found]:
    """One alignment for all."""
    return [(_place(one), one.state) for one in carry(old, new, spans)]


def _place(one: Carried) -> Spot | None:
    return (one.start, one.end) if one.start is not None and one.end is not None else None


def nearest(old: str, new: str, spans: Sequence[Spot]) -> list[Found]:
    """The exact words nearest to the old offset."""
    return [_found(_nearest(old[start:end], new, start), end - start) for start, end in spans]


def quoted(old: str, new: str, spans: Sequence[Spot]) -> list[Found]:
    """The exact words between exactly the same 32 code points on either side."""
    found: list[Found] = []
    for start, end in spans:
        before, after = old[max(0, start - CONTEXT) : start], old[end : end + CONTEXT]
        at = _nearest(before + old[start:end] + after, new, start - len(before))
        found.append(_found(None if at is None else at + len(before), end - start))
    return found


def fuzzy(old: str, new: str, spans: Sequence[Spot]) -> list[Found]:
    """The place in the whole new text that is most like the words, from a floor on."""
    found: list[Found] = []
    for start, end in spans:
        best = fuzz.partial_ratio_alignment(old[start:end], new, score_cutoff=FLOOR)
        found.append(((best.dest_start, best.dest_end), "changed") if best and best.dest_end else (None, "orphan"))
    return found


def word_diff(old: str, new: str, spans: Sequence[Spot]) -> list[Found]:
    """A diff of the words (difflib), and the span from its first kept word to its last."""
    before, after = ([match.span() for match in WORDS.finditer(text)] for text in (old, new))
    matcher = SequenceMatcher(None, [old[a:b] for a, b in before], [new[a:b] for a, b in after], autojunk=False)
    to = {a + n: b + n for a, b, size in matcher.get_matching_blocks() for n in range(size)}
    starts = [start for start, _ in before]
    return [_by_diff(to, after, range(bisect_left(starts, start), bisect_left(starts, end))) for start, end in spans]


def _by_diff(to: dict[int, int], after: Sequence[Spot], words: range) -> Found:
    kept = [to[word] for word in words if word in to]
    if 2 * len(kept) < len(words) or not kept:
        return None, "orphan"
    return (after[kept[0]][0], after[kept[-1]][1]), "changed"


def _nearest(words: str, text: str, offset: int) -> int | None:
    return min(_occurrences(words, text), key=lambda at: abs(at - offset), default=None)


def _occurrences(words: str, text: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _found(at: int | None, length: int) -> Found:
    return (None, "orphan") if at is None else ((at, at + length), "found")


METHODS: dict[str, Method] = {
    "one alignment (ours)": ours,
    "diff of words (difflib)": word_diff,
    "search: likest words (RapidFuzz), floor 0.7": fuzzy,
    "search: exact words nearest the old offset": nearest,
    "search: exact words and 32 characters on either side": quoted,
}
