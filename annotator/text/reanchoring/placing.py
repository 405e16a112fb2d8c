"""Where the words of a span went: the words of the new text that stand for them.

A span goes where most of its words went. Words that replaced its first or last ones belong to it, as far as its own
sentence goes and in proportion; what was put in beside it does not. Whole sentences stay whole: what was put in before
their first word or after their last belongs to them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from annotator.text.reanchoring.alignment import Alignment
from annotator.text.reanchoring.words import SENTENCE, Words

LONG_SPAN = 600
FAR, LIGHT = 60, 0.25
PULLED = 3
NEAR = 1
_ENDING = regex.compile(r"[!?…:;\"“”«»。！？]|\.(?=\s)|\n")


Spot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Place:
    """New words `[first, last)`, the move they are part of (or MAIN), and how much of the span's weight is there."""

    first: int
    last: int
    chain: int
    coverage: float


def place_words(alignment: Alignment, first: int, last: int) -> Place | None:
    """The place of the old words `[first, last)`, at least one; None when nothing stands for them."""
    pairing = alignment.pairing
    if alignment.unbroken(first, last) and pairing.chain[first] == pairing.chain[last - 1]:
        place = Place(pairing.to[first], pairing.to[last - 1] + 1, pairing.chain[first], 1.0)
        return _whole_sentences(alignment, place, first, last)
    looked_at = _looked_at(first, last)
    kept = _kept_words(alignment, looked_at, _is_whole(alignment.pairing.old, first, last))
    if not kept:
        return _replaced(alignment, first, last)
    place = _around(alignment, kept, looked_at)
    place = _with_ends(alignment, place, kept, first, last)
    return _whole_sentences(alignment, place, first, last)


def _looked_at(first: int, last: int) -> Sequence[int]:
    """The words of a span that decide where it went: all, or of a very long one those at its ends and some between."""
    if last - first <= LONG_SPAN:
        return range(first, last)
    low, high = first + LONG_SPAN // 4, last - LONG_SPAN // 4
    return [*range(first, low), *range(low, high, 1 + 2 * (high - low) // LONG_SPAN), *range(high, last)]


def _kept_words(alignment: Alignment, looked_at: Sequence[int], whole: bool) -> list[int]:
    """The words of the span that went where most of its weight went, and those that came to stand amid them."""
    pairing, weights = alignment.pairing, alignment.pairing.scales.weights
    code, to, chain = pairing.old.code, pairing.to, pairing.chain
    groups: dict[int, list[int]] = defaultdict(list)
    weighs: dict[int, int] = defaultdict(int)
    for at in looked_at:
        if to[at] >= 0:
            groups[chain[at]].append(at)
            weighs[chain[at]] += weights[code[at]]
    if not groups:
        return []
    main = max(groups, key=lambda number: (weighs[number], -number))
    kept = _dense(alignment, groups.pop(main))
    low, high = to[kept[0]], to[kept[-1]]
    sentences = {pairing.new.sentence_of[low], pairing.new.sentence_of[high]}
    for group in groups.values():
        if low < to[group[0]] < high or pairing.new.sentence_of[to[group[0]]] in sentences:
            kept += group
    return _without_far_signs(alignment, sorted(kept), len(kept) if whole else NEAR)


def _is_whole(old: Words, first: int, last: int) -> bool:
    """Whether a span begins and ends with sentences."""
    return old.border(first) >= SENTENCE and old.border(last) >= SENTENCE


def _without_far_signs(alignment: Alignment, kept: list[int], most: int) -> list[int]:
    """Leave out signs at either end beyond more than `most` words put in, or beyond words of another sentence: the full
    stop after “, officials said”.
    """
    to, code, sizes = alignment.pairing.to, alignment.pairing.old.code, alignment.pairing.scales.sizes
    row = sorted(kept, key=to.__getitem__)
    while len(row) > 1 and sizes[code[row[-1]]] == 1 and _is_far(alignment, to[row[-2]], to[row[-1]], most):
        row.pop()
    while len(row) > 1 and sizes[code[row[0]]] == 1 and _is_far(alignment, to[row[0]], to[row[1]], most):
        row.pop(0)
    return sorted(row)


def _is_far(alignment: Alignment, low: int, high: int, most: int) -> bool:
    hole = high - low - 1
    return hole > most or (hole > NEAR and max(alignment.pairing.back[low + 1 : high]) >= 0)


def _hole_between(to: Sequence[int], one: int, other: int) -> int:
    return to[other] - to[one] - (other - one)


def _dense(alignment: Alignment, kept: list[int]) -> list[int]:
    """Leave out what lies far away from the rest and weighs little."""
    to, code, weigh = alignment.pairing.to, alignment.pairing.old.code, alignment.pairing.scales.weigh
    limit = max(FAR, 2 * len(kept))
    for at in range(1, len(kept)):
        if _hole_between(to, kept[at - 1], kept[at]) > limit:
            left, right = (weigh("".join(code[n] for n in part)) for part in (kept[:at], kept[at:]))
            if min(left, right) <= LIGHT * (left + right):
                return _dense(alignment, kept[:at] if left > right else kept[at:])
    return kept


def _around(alignment: Alignment, kept: list[int], looked_at: Sequence[int]) -> Place:
    pairing = alignment.pairing
    onto = [pairing.to[at] for at in kept]
    code = pairing.old.code
    here = pairing.scales.weigh("".join([code[at] for at in kept]))
    chains = [pairing.chain[at] for at in kept]
    chain = max(set(chains), key=lambda number: (chains.count(number), -number)) if len(set(chains)) > 1 else chains[0]
    return Place(min(onto), max(onto) + 1, chain, here / pairing.scales.weigh("".join([code[at] for at in looked_at])))


def _with_ends(alignment: Alignment, place: Place, kept: list[int], first: int, last: int) -> Place:
    """Take in what replaced the words at either end of the span."""
    to = alignment.pairing.to
    start, end = place.first, place.last
    if kept[0] > first and to[kept[0]] == start:
        start -= _pulled_left(alignment, kept[0], first)
    if kept[-1] < last - 1 and to[kept[-1]] == end - 1:
        end += _pulled_right(alignment, kept[-1], last)
    return replace(place, first=start, last=end)


def _pulled_left(alignment: Alignment, kept: int, first: int) -> int:
    """How many unclaimed words before the partner of `kept` stand for the span's words from `first` to it."""
    pairing = alignment.pairing
    old, new = pairing.old, pairing.new
    start, gone = old.sentences[old.sentence_of[kept]], kept
    while gone > start and pairing.to[gone - 1] < 0:
        gone -= 1
    onto = pairing.to[kept]
    limit, came = new.sentences[new.sentence_of[onto]], onto
    while came > limit and pairing.back[came - 1] < 0:
        came -= 1
    return _share(alignment, (gone, kept), (max(first, gone), kept), (came, onto))


def _pulled_right(alignment: Alignment, kept: int, last: int) -> int:
    """How many unclaimed words after the partner of `kept` stand for the span's words from it to `last`."""
    pairing = alignment.pairing
    old, new = pairing.old, pairing.new
    end, gone = old.sentences[old.sentence_of[kept] + 1], kept + 1
    while gone < end and pairing.to[gone] < 0:
        gone += 1
    onto = pairing.to[kept]
    limit, came = new.sentences[new.sentence_of[onto] + 1], onto + 1
    while came < limit and pairing.back[came] < 0:
        came += 1
    return _share(alignment, (kept + 1, gone), (kept + 1, min(last, gone)), (onto + 1, came))


def _share(alignment: Alignment, gone: Spot, own: Spot, came: Spot) -> int:
    """How many of the new words `came` stand for the span's `own` part of the words that are `gone`: in proportion, not
    many more than went, and only a sign for a sign.
    """
    if own[0] >= own[1] or came[0] >= came[1]:
        return 0
    sizes, new = alignment.pairing.scales.sizes, alignment.pairing.new.code
    words = sum(sizes[code] > 1 for code in alignment.pairing.old.code[slice(*own)])
    if not words:
        return int(sizes[new[came[0]]] == 1 and sizes[new[came[1] - 1]] == 1)
    return min(1 + PULLED * words, round((came[1] - came[0]) * (own[1] - own[0]) / (gone[1] - gone[0])))


def _whole_sentences(alignment: Alignment, place: Place, first: int, last: int) -> Place:
    """Where a span begins and ends with sentences, so does its place, as far as nothing else claims the words."""
    old, new = alignment.words
    back = alignment.pairing.back
    if not _is_whole(old, first, last):
        return place
    start, end = place.first, place.last
    while start > 0 and new.border(start) < SENTENCE and back[start - 1] < 0:
        start -= 1
    while end < len(new) and new.border(end) < SENTENCE and back[end] < 0:
        end += 1
    room = (place.last - place.first) // 2
    if new.border(start) < SENTENCE or place.first - start > room or not _is_clause(new, start, place.first):
        start = place.first
    ended = end == len(new) or new.border(end) >= SENTENCE
    if not ended or end - place.last > room or not _is_clause(new, place.last, end):
        end = place.last
    return replace(place, first=start, last=end)


def _is_clause(words: Words, first: int, last: int) -> bool:
    """Whether these words can be part of a sentence: nothing among them ends one, opens a quotation or a line."""
    return not _ENDING.search(words.text, words.starts[first], words.ends[last - 1]) if first < last else True


def _replaced(alignment: Alignment, first: int, last: int) -> Place | None:
    """What replaced words of which none is left, inside a sentence that is still there on both sides of them."""
    pairing = alignment.pairing
    to, old = pairing.to, pairing.old
    start, end = old.sentence(old.sentence_of[first])
    if last > end:
        return None
    before, after = first - 1, last
    while before >= start and to[before] < 0:
        before -= 1
    while after < end and to[after] < 0:
        after += 1
    if before < start and after >= end:
        return None
    bounds = _hole(alignment, before if before >= start else -1, after if after < end else -1)
    if bounds is None:
        return None
    size, gone, low = bounds[1] - bounds[0], after - before - 1, bounds[0]
    begin = low + round(size * (first - before - 1) / gone)
    finish = low + round(size * (last - before - 1) / gone)
    chain = pairing.chain[before if before >= start else after]
    return Place(begin, finish, chain, 0.0) if begin < finish else None


def _hole(alignment: Alignment, before: int, after: int) -> tuple[int, int] | None:
    """The unclaimed new words between the partners of two old ones; -1 stands for the border of the sentence."""
    pairing = alignment.pairing
    new, to = pairing.new, pairing.to
    low = to[before] + 1 if before >= 0 else new.sentences[new.sentence_of[to[after]]]
    high = to[after] if after >= 0 else new.sentences[new.sentence_of[to[before]] + 1]
    if before >= 0 and after >= 0 and pairing.chain[before] != pairing.chain[after]:
        return None
    if low >= high or max(pairing.back[low:high]) >= 0:
        return None
    return low, high
