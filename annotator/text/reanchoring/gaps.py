"""What stands between two anchors: sentences are set beside each other, then the words of each pair.

Sentences pair one to one, one to two or two to one, in order, by the weight of the words they share in order. A pair
beside what is already paired is worth more: what was edited in its place is preferred to what was quoted elsewhere.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from rapidfuzz.distance import Indel

from annotator.text.reanchoring.pairing import MAIN, MOST_COMPARED, Pairing, Region
from annotator.text.reanchoring.words import Words

ALIKE = 0.4
BESIDE = 0.15
ITSELF = 0.2
IN_PLACE = 0.75
PART, WHOLE = 0.15, 0.9
FLOOR = 0.25
WORTH = 0.2
ALL_PAIRS = 900
RARE, NEAREST = 12, 4
STRAY, STRAY_HOLE = 5, 3


@dataclass(frozen=True, slots=True)
class _Side:
    """The stretches of one text in a gap, cut at its sentences, and their words by weight."""

    bounds: list[int]
    heavy: list[str]

    def __len__(self) -> int:
        return len(self.heavy)


@dataclass(frozen=True, slots=True)
class _Match:
    """Stretches `[i, i_end)` of the old side beside `[j, j_end)` of the new, and what the pair is worth."""

    i: int
    i_end: int
    j: int
    j_end: int
    gain: float


def fill(pairing: Pairing, gap: Region, chain: int = MAIN) -> None:
    """Pair what belongs together in a gap whose words are unclaimed on both sides."""
    a, b, c, d = gap
    if a == b or c == d or max(b - a, d - c) > MOST_COMPARED:
        return
    if pairing.old.code[a:b] == pairing.new.code[c:d]:
        pairing.claim(a, c, b - a, chain)
        return
    if pairing.budget.spent:
        return
    old, new = _side(pairing, pairing.old, a, b), _side(pairing, pairing.new, c, d)
    left, came = _elsewhere(pairing, old, new)
    if len(old) == len(new) == 1 and not left and not came:
        pair_words(pairing, gap, chain)
        return
    matches = _best_matches(_matches(pairing, old, new, gap))
    over = (one for one in _left_over(matches, old, new) if one.i not in left and one.j not in came)
    for match in [*matches, *over]:
        stretch = old.bounds[match.i], old.bounds[match.i_end], new.bounds[match.j], new.bounds[match.j_end]
        pair_words(pairing, stretch, chain)


def _side(pairing: Pairing, words: Words, first: int, last: int) -> _Side:
    numbers = range(words.sentence_of[first] + 1, words.sentence_of[last - 1] + 1)
    bounds = [first, *(words.sentences[number] for number in numbers), last]
    heavy = pairing.scales.heavy
    return _Side(bounds, [heavy(words.code[bounds[n] : bounds[n + 1]]) for n in range(len(bounds) - 1)])


def _matches(pairing: Pairing, old: _Side, new: _Side, gap: Region) -> list[_Match]:
    """All pairs worth considering, ones of two sentences included."""
    a, b, c, d = gap
    starts_beside = a > 0 and c > 0 and pairing.to[a - 1] == c - 1
    ends_beside = b < len(pairing.old) and d < len(pairing.new) and pairing.to[b] == d
    alike = _likenesses(pairing, old, new)
    once = Counter(old.heavy + new.heavy)
    lengths = len(old), len(new)
    left, came = _elsewhere(pairing, old, new)
    found: list[_Match] = []
    for (i, j), share in alike.items():
        ends = [(i + 1, j + 1, share)]
        if share <= WHOLE:
            ends += _with_neighbour(pairing, old, new, alike, (i, j))
        for i_end, j_end, worth in ends:
            bonus = BESIDE * ((starts_beside and i == j == 0) + (ends_beside and (i_end, j_end) == lengths))
            if worth == 1.0 and once[old.heavy[i]] == 2:
                bonus += ITSELF
            floor = IN_PLACE if i in left or j in came else FLOOR if bonus else ALIKE
            if worth >= floor:
                weight = (i_end - i + j_end - j) / 2
                found.append(_Match(i, i_end, j, j_end, (worth - WORTH + bonus) * weight))
    return found


def _elsewhere(pairing: Pairing, old: _Side, new: _Side) -> tuple[set[int], set[int]]:
    """The stretches of a gap that belong to sentences which stand word for word elsewhere."""
    mine, theirs = pairing.old.sentence_of, pairing.new.sentence_of
    left = {i for i, at in enumerate(old.bounds[:-1]) if mine[at] in pairing.left}
    return left, {j for j, at in enumerate(new.bounds[:-1]) if theirs[at] in pairing.came}


def _likenesses(pairing: Pairing, old: _Side, new: _Side) -> dict[tuple[int, int], float]:
    """How alike the sentences are that may belong together, as far as the budget goes."""
    alike: dict[tuple[int, int], float] = {}
    for i, j in _candidates(pairing, old, new):
        one, other = old.heavy[i], new.heavy[j]
        if not pairing.budget.spend(len(one) * len(other)):
            break
        share = Indel.normalized_similarity(one, other, score_cutoff=PART)
        if share:
            alike[i, j] = share
    return alike


def _with_neighbour(
    pairing: Pairing, old: _Side, new: _Side, alike: dict[tuple[int, int], float], pair: tuple[int, int]
) -> Iterator[tuple[int, int, float]]:
    """Two sentences beside one, where both have a part in it and together are more like it than either alone."""
    i, j = pair
    for i_end, j_end in ((i + 2, j + 1), (i + 1, j + 2)):
        other = alike.get((i_end - 1, j_end - 1), 0.0)
        if other >= PART and pairing.budget.spend(1000):
            worth = Indel.normalized_similarity("".join(old.heavy[i:i_end]), "".join(new.heavy[j:j_end]))
            if worth >= max(alike[pair], other) + 0.05:
                yield i_end, j_end, worth


def _candidates(pairing: Pairing, old: _Side, new: _Side) -> Iterator[tuple[int, int]]:
    """Pairs of sentences that may belong together: all of a small gap, else those that share rare words or
    stand about as far in, and those beside them.
    """
    if len(old) * len(new) <= ALL_PAIRS:
        yield from ((i, j) for i in range(len(old)) for j in range(len(new)))
        return
    slope, shift = len(new) / len(old), len(new) - len(old)
    rare = rare_words(enumerate(new.heavy), RARE) if pairing.budget.look_up(0) else {}
    last = len(new) - 1
    for i, heavy in enumerate(old.heavy):
        if not pairing.budget.look_up(len(heavy)):
            return
        shared: dict[int, int] = defaultdict(int)
        for word in heavy:
            for j in rare.get(word, ()):
                shared[j] += 1
        near = {i, i + shift, round(i * slope), *sorted(shared, key=lambda j: (-shared[j], j))[:NEAREST]}
        near |= {j + 1 for j in near} | {j - 1 for j in near}
        yield from ((i, j) for j in sorted(near) if 0 <= j <= last)


def rare_words(sentences: Iterable[tuple[int, str]], most: int) -> dict[str, list[int]]:
    """The words that at most so many of these sentences hold, and the numbers of those that do."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, heavy in sentences:
        for word in dict.fromkeys(heavy):
            holders[word].append(number)
    return {word: places for word, places in holders.items() if len(places) <= most}


def _best_matches(matches: Sequence[_Match]) -> list[_Match]:
    """The choice of matches in order on both sides that is worth most; a match right after another is worth more."""
    ordered = sorted(matches, key=lambda match: (match.i, match.j))
    reach = max((match.j_end for match in ordered), default=0) + 1
    tree: list[tuple[float, int]] = [(0.0, -1)] * (reach + 1)
    ending: dict[tuple[int, int], tuple[float, int]] = {}
    waiting: list[tuple[int, int]] = []
    totals: list[tuple[float, int]] = []
    for number, match in enumerate(ordered):
        while waiting and waiting[0][0] <= match.i:
            done = heappop(waiting)[1]
            _raise(tree, ordered[done].j_end + 1, (totals[done][0], done))
        total, before = _most(tree, match.j + 1)
        beside = ending.get((match.i, match.j), (-1.0, -1))
        if beside[0] + BESIDE > total:
            total, before = beside[0] + BESIDE, beside[1]
        totals.append((total + match.gain, before))
        heappush(waiting, (match.i_end, number))
        end = (match.i_end, match.j_end)
        ending[end] = max(ending.get(end, (-1.0, -1)), (total + match.gain, number))
    at = max(range(len(ordered)), key=lambda number: totals[number][0], default=-1)
    chain: list[_Match] = []
    while at >= 0:
        chain.append(ordered[at])
        at = totals[at][1]
    return chain[::-1]


def _most(tree: list[tuple[float, int]], rank: int) -> tuple[float, int]:
    found = (0.0, -1)
    while rank > 0:
        if tree[rank][0] > found[0]:
            found = tree[rank]
        rank -= rank & -rank
    return found


def _raise(tree: list[tuple[float, int]], rank: int, value: tuple[float, int]) -> None:
    while rank < len(tree):
        if value[0] > tree[rank][0]:
            tree[rank] = value
        rank += rank & -rank


def _left_over(matches: Sequence[_Match], old: _Side, new: _Side) -> Iterator[_Match]:
    """Where one sentence of each text is left between two matches, the one may have become the other."""
    i, j = 0, 0
    for match in [*matches, _Match(len(old), 0, len(new), 0, 0.0)]:
        if match.i - i == match.j - j == 1:
            yield _Match(i, i + 1, j, j + 1, 0.0)
        i, j = match.i_end, match.j_end


def pair_words(pairing: Pairing, stretch: Region, chain: int = MAIN) -> None:
    """Pair the words of two stretches that belong together, leaving out words that agree by chance."""
    a, b, c, d = stretch
    if not pairing.budget.spend((b - a) * (d - c)):
        return
    opcodes = Indel.opcodes(pairing.old.code[a:b], pairing.new.code[c:d])
    equal = [(op.src_start, op.dest_start, op.src_end - op.src_start) for op in opcodes if op.tag == "equal"]
    kept = _without_strays(pairing, equal, stretch)
    weigh, code = pairing.scales.weigh, pairing.old.code
    shared = sum(weigh(code[a + i : a + i + count]) for i, _, count in kept)
    least = min(weigh(code[a:b]), weigh(pairing.new.code[c:d]))
    if shared < FLOOR * least:
        return
    for i, j, count in kept:
        pairing.claim(a + i, c + j, count, chain)


def _without_strays(
    pairing: Pairing, equal: Sequence[tuple[int, int, int]], stretch: Region
) -> list[tuple[int, int, int]]:
    """Drop short runs of light words amid words that all changed; they agree by chance."""
    a, b, c, d = stretch
    bounds = [(0, 0, 0), *equal, (b - a, d - c, 0)]
    kept: list[tuple[int, int, int]] = []
    for (i0, j0, n0), (i, j, count), (i2, j2, _) in zip(bounds, equal, bounds[2:], strict=False):
        before = min(i - i0 - n0, j - j0 - n0)
        after = min(i2 - i - count, j2 - j - count)
        light = pairing.scales.weigh(pairing.old.code[a + i : a + i + count]) < STRAY
        if not (light and before >= STRAY_HOLE and after >= STRAY_HOLE):
            kept.append((i, j, count))
    return kept
