"""The skeleton of an alignment: runs of words that stand once in each text, in an order both texts keep.

Runs that two texts share by chance (a set phrase, a title) are no anchors: a run must be long or make up much of its
sentence. And a run that stands alone far away, while an edited copy stands where its neighbours are, is a quotation of
the old wording, as in a correction note: the copy in place is what it became.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from annotator.text.reanchoring.pairing import Pairing, Region, common_end, common_start
from annotator.text.reanchoring.words import Words

GRAM = 6
SOLID = 12
ALL_GRAMS, MOST_GRAMS = 200_000, 50_000
MOST_RUNS = 20_000
FAR = 6
ALONE = 80
RIVAL = 0.6
MOSTLY = 0.6


@dataclass(frozen=True, slots=True)
class Run:
    """`count` words from `first` in the old text that are the words from `onto` in the new."""

    first: int
    onto: int
    count: int


def anchor(pairing: Pairing) -> None:
    """Claim equal ends of the two texts, then the anchors between them and what is equal around each."""
    old, new = pairing.old.code, pairing.new.code
    head = common_start(old, new)
    tail = common_end(old[head:], new[head:])
    region = head, len(old) - tail, head, len(new) - tail
    pairing.claim(0, 0, head)
    pairing.claim(region[1], region[3], tail)
    solid = [run for run in _runs(pairing, region) if _is_solid(pairing, run)]
    runs = longest_chain(solid)
    _note_elsewhere(pairing, set(solid).difference(runs))
    for run in _without_quotations(pairing, runs, region):
        pairing.claim(run.first, run.onto, run.count)
    for gap in list(pairing.gaps()):
        _grow(pairing, gap)
    for gap in list(pairing.gaps()):
        _free_split_sentences(pairing, gap)


def _runs(pairing: Pairing, region: Region) -> list[Run]:
    """Maximal runs of GRAM-word runs that stand once in each text's region."""
    a, b, c, d = region
    old, new = pairing.old.code, pairing.new.code
    theirs = _unique_grams(new, c, d)
    runs: list[Run] = []
    first = onto = count = -1
    for gram, at in sorted(_unique_grams(old, a, b).items(), key=_second):
        place = theirs.get(gram, -1)
        if place < 0:
            continue
        if place - onto == at - first < count + GRAM:
            count = at - first + 1
            continue
        runs.append(Run(first, onto, count + GRAM - 1))
        first, onto, count = at, place, 1
    runs.append(Run(first, onto, count + GRAM - 1))
    return runs[1:] if runs[0].first < 0 else runs


def _note_elsewhere(pairing: Pairing, out_of_order: Iterable[Run]) -> None:
    """Remember the whole sentences that stand elsewhere, so that nothing weaker is made of them in their old place."""
    old, new = pairing.old, pairing.new
    for run in out_of_order:
        numbers = range(old.sentence_of[run.first], old.sentence_of[run.first + run.count - 1] + 1)
        for number in numbers:
            first, last = old.sentence(number)
            onto = run.onto + first - run.first
            if 0 <= onto < len(new) and new.code[onto : onto + last - first] == old.code[first:last]:
                home = new.sentence_of[onto]
                if new.sentence(home) == (onto, onto + last - first):
                    pairing.left.add(number)
                    pairing.came.add(home)


def _second(item: tuple[str, int]) -> int:
    return item[1]


def _unique_grams(code: str, first: int, last: int) -> dict[str, int]:
    """Where each run of GRAM words stands that occurs once. Of very long texts only a share is looked at, chosen by
    the words themselves, so that both texts choose the same.
    """
    places: Iterable[int] = range(first, last - GRAM + 1)
    chosen = chosen_by_word(code, last - first)
    if chosen is not None:
        places = (at for at, one in enumerate(code[first : last - GRAM + 1], first) if one in chosen)
    found: dict[str, int] = {}
    twice: set[str] = set()
    for at in places:
        gram = code[at : at + GRAM]
        if gram in found:
            twice.add(gram)
        else:
            found[gram] = at
    for gram in twice:
        del found[gram]
    return found


def chosen_by_word(code: str, count: int) -> set[str] | None:
    """The words with which runs may begin when there are `count` places; None for all, as long as these are few."""
    step = count // MOST_GRAMS if count > ALL_GRAMS else 1
    return {one for one in set(code) if ord(one) * 7919 % 1009 % step == 0} if step > 1 else None


def _is_solid(pairing: Pairing, run: Run) -> bool:
    if run.count >= SOLID:
        return True
    return _share(pairing.old, run.first, run.count) >= 0.5 and _share(pairing.new, run.onto, run.count) >= 0.35


def _share(words: Words, first: int, count: int) -> float:
    """How much of its sentence (that of its middle word) a run is."""
    start, end = words.sentence(words.sentence_of[first + count // 2])
    return min(1.0, count / (end - start))


def longest_chain(runs: Sequence[Run]) -> list[Run]:
    """The heaviest choice of runs, in old order, that stand in the same order in the new text (Fenwick's tree)."""
    kept = sorted(sorted(runs, key=lambda run: -run.count)[:MOST_RUNS], key=lambda run: (run.first, run.onto))
    places = sorted({run.onto for run in kept})
    best: list[tuple[int, int]] = [(0, -1)] * (len(places) + 1)
    chosen: list[tuple[int, int]] = []
    for number, run in enumerate(kept):
        rank = bisect_left(places, run.onto) + 1
        weight, before = _best_before(best, rank - 1)
        chosen.append((weight + run.count, before))
        _put(best, rank, (weight + run.count, number))
    return _walk_back(kept, chosen)


def _best_before(best: list[tuple[int, int]], rank: int) -> tuple[int, int]:
    found = (0, -1)
    while rank > 0:
        if best[rank][0] > found[0]:
            found = best[rank]
        rank -= rank & -rank
    return found


def _put(best: list[tuple[int, int]], rank: int, value: tuple[int, int]) -> None:
    while rank < len(best):
        if value[0] > best[rank][0]:
            best[rank] = value
        rank += rank & -rank


def _walk_back(runs: Sequence[Run], chosen: Sequence[tuple[int, int]]) -> list[Run]:
    """The chain that ends heaviest, cut where two runs overlap in one of the texts."""
    at = max(range(len(runs)), key=lambda number: chosen[number][0], default=-1)
    chain: list[Run] = []
    while at >= 0:
        run = runs[at]
        if chain:
            following = chain[-1]
            room = min(following.first - run.first, following.onto - run.onto)
            run = Run(run.first, run.onto, min(run.count, room))
        if run.count > 0:
            chain.append(run)
        at = chosen[at][1]
    return chain[::-1]


def _without_quotations(pairing: Pairing, runs: Sequence[Run], region: Region) -> list[Run]:
    """Leave out runs that only quote words whose edited copy stands in their place."""
    a, b, c, d = region
    kept: list[Run] = []
    for number, run in enumerate(runs):
        left = (kept[-1].first + kept[-1].count, kept[-1].onto + kept[-1].count) if kept else (a, c)
        right = (runs[number + 1].first, runs[number + 1].onto) if number + 1 < len(runs) else (b, d)
        if run.count > ALONE or not _has_rival(pairing, run, left, right):
            kept.append(run)
    return kept


def _has_rival(pairing: Pairing, run: Run, left: tuple[int, int], right: tuple[int, int]) -> bool:
    before, beside = run.first - left[0], run.onto - left[1]
    after, behind = right[0] - run.first - run.count, right[1] - run.onto - run.count
    comes_late, goes_on_late = beside - before > FAR, behind - after > FAR
    away = comes_late or left == (0, 0)
    gone = goes_on_late or right == (len(pairing.old), len(pairing.new))
    if not (away and gone and (comes_late or goes_on_late)):
        return False
    size = run.count + 2
    words = pairing.old.code[run.first : run.first + run.count]
    new = pairing.new.code
    from_left = new[left[1] + before : min(run.onto, left[1] + before + size)]
    from_right = new[max(run.onto + run.count, right[1] - after - size) : right[1] - after]
    return max(_likeness(pairing, words, rival) for rival in (from_left, from_right)) >= RIVAL


def _likeness(pairing: Pairing, one: str, other: str) -> float:
    heavy = pairing.scales.heavy
    return Indel.normalized_similarity(heavy(one), heavy(other))


def _grow(pairing: Pairing, gap: Region) -> None:
    """Claim what is equal at both ends of a gap."""
    a, b, c, d = gap
    old, new = pairing.old.code[a:b], pairing.new.code[c:d]
    head = common_start(old, new)
    pairing.claim(a, c, head)
    tail = common_end(old[head:], new[head:])
    pairing.claim(b - tail, d - tail, tail)


def _free_split_sentences(pairing: Pairing, gap: Region) -> None:
    """Where whole sentences came or went, let the halves of sentences at the edges of the gap be paired anew: that two
    sentences begin or end alike does not make one the other.
    """
    a, b, c, d = gap
    old, new = pairing.old, pairing.new
    if _sentences_in(old, a, b) < 2 and _sentences_in(new, c, d) < 2:
        return
    if 0 < a < len(old) and c < len(new):
        first = max(old.sentences[old.sentence_of[a]], a - (c - new.sentences[new.sentence_of[c]]))
        _release(pairing, first, a)
    if 0 < b < len(old) and 0 < d < len(new):
        ends = old.sentences[old.sentence_of[b - 1] + 1] - b, new.sentences[new.sentence_of[d - 1] + 1] - d
        _release(pairing, b, b + min(ends))


def _sentences_in(words: Words, first: int, last: int) -> int:
    return words.sentence_of[last - 1] - words.sentence_of[first] + 1 if first < last else 0


def _release(pairing: Pairing, first: int, last: int) -> None:
    """Release these words when they are the smaller part of their sentence and follow each other in both texts."""
    if first >= last or pairing.to[first] < 0 or pairing.to[last - 1] - pairing.to[first] != last - 1 - first:
        return
    count, onto = last - first, pairing.to[first]
    if max(_share(pairing.old, first, count), _share(pairing.new, onto, count)) < MOSTLY:
        pairing.release(first, count)
