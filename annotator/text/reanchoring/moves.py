"""What went elsewhere: words unclaimed in both texts, and only those.

A look-alike that was there before has its own words, so nothing can be said to have moved onto it. Whole sentences
move when they are far more like one unclaimed sentence than like any other; their neighbours follow with less proof.
Parts of sentences move when they are long, or when they stay inside what their sentence became.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from annotator.text.reanchoring.anchoring import chosen_by_word
from annotator.text.reanchoring.gaps import pair_words, rare_words
from annotator.text.reanchoring.pairing import MAIN, MOST_COMPARED, Pairing, runs_of
from annotator.text.reanchoring.paragraphs import move_paragraphs
from annotator.text.reanchoring.words import PARAGRAPH, Words

ALIKE, BETTER = 0.6, 0.1
FOLLOWING, SURE = 0.45, 0.85
FREE = 0.6
LEAST = 8
RARE, NEAREST = 16, 6
PHRASE, LONG_PHRASE, SAYS = 5, 10, 24
CLAUSE, CLAUSE_SAYS = 2, 7
MOST_RUN = 4_000
MOST_FREE = 60_000
_PRONOUNS = frozenset(
    "he she it they this that these those his her its their er sie es dies diese dieser ihr sein il elle ils elles ce "
    "cela son sa leur él ella ellos ellas esto su ele ela eles isso seu egli lui lei loro hij zij het hun han hon hun "
    "den det de deras deres он она оно они это его её их".split()
)


@dataclass(frozen=True, slots=True)
class _Free:
    """A sentence whose words are mostly unclaimed: the unclaimed stretch `[first, last)`, and its words by weight."""

    first: int
    last: int
    heavy: str


def find_moves(pairing: Pairing) -> None:
    """Claim what moved: sentences, what stands beside them, paragraphs, long phrases, and clauses inside their
    sentence."""
    old = _free(pairing, pairing.old, pairing.to)
    new = _free(pairing, pairing.new, pairing.back)
    if old and new:
        _move_sentences(pairing, old, new)
    move_paragraphs(pairing)
    _move_phrases(pairing)
    _move_clauses(pairing)


def _free(pairing: Pairing, words: Words, claims: array[int]) -> dict[int, _Free]:
    """The mostly unclaimed sentences by number, each with its longest unclaimed stretch; none when there are too many
    to look at."""
    stretches: dict[int, tuple[int, int]] = {}
    runs = list(runs_of(claims)) if claims.count(-1) <= MOST_COMPARED else []
    if sum(words.sentence_of[last - 1] - words.sentence_of[first] for first, last in runs) > MOST_FREE:
        return {}
    for first, last in runs:
        for number in range(words.sentence_of[first], words.sentence_of[last - 1] + 1):
            start, end = words.sentence(number)
            stretch = max(first, start), min(last, end)
            if _length(stretch) > _length(stretches.get(number, (0, 0))):
                stretches[number] = stretch
    found: dict[int, _Free] = {}
    for number, (first, last) in stretches.items():
        if last - first >= FREE * _length(words.sentence(number)):
            found[number] = _Free(first, last, pairing.scales.heavy(words.code[first:last]))
    return found


def _length(stretch: tuple[int, int]) -> int:
    return stretch[1] - stretch[0]


def _move_sentences(pairing: Pairing, old: dict[int, _Free], new: dict[int, _Free]) -> None:
    alike = _likenesses(pairing, old, new)
    taken: dict[int, int] = {}
    used: set[int] = set()
    givers = _by(alike, 0), _by(alike, 1)
    for (i, j), share in sorted(alike.items(), key=lambda item: (-item[1], item[0])):
        free = i not in taken and j not in used
        if share >= ALIKE and free and _stands_out(pairing, alike, old, (i, j), givers):
            taken[i] = j
            used.add(j)
    _in_their_order(pairing, old, new, taken)
    chains = _follow(pairing, old, new, taken)
    sizes = Counter(chains.values())
    for i, j in sorted(taken.items()):
        edited = old[i].heavy != new[j].heavy and alike.get((i, j), SURE) < SURE
        if sizes[chains[i]] == 1 and (edited or _points_back(pairing.old, i)):
            pairing.doubted.add(chains[i])
        _claim_sentence(pairing, old[i], new[j], chains[i])


def _points_back(words: Words, number: int) -> bool:
    """Whether a sentence speaks of whom or what the one before it names: elsewhere it may speak of another."""
    first = words.sentences[number]
    return words.text[words.starts[first] : words.ends[first]].lower() in _PRONOUNS


def _likenesses(pairing: Pairing, old: dict[int, _Free], new: dict[int, _Free]) -> dict[tuple[int, int], float]:
    """How alike the pairs of sentences are that share rare words."""
    rare = rare_words(((number, one.heavy) for number, one in new.items()), RARE)
    alike: dict[tuple[int, int], float] = {}
    for i, sentence in old.items():
        if not pairing.budget.look_up(len(sentence.heavy)):
            break
        for j in _likely(rare, sentence.heavy):
            share = _alike(pairing, sentence, new[j])
            if share >= FOLLOWING:
                alike[i, j] = share
    return alike


def _likely(rare: dict[str, list[int]], heavy: str) -> list[int]:
    """The few sentences that share most with this one."""
    shared: dict[int, int] = defaultdict(int)
    for word in heavy:
        for number in rare.get(word, ()):
            shared[number] += 1
    return sorted(shared, key=lambda number: (-shared[number], number))[:NEAREST]


def _alike(pairing: Pairing, one: _Free, other: _Free) -> float:
    if not pairing.budget.spend(len(one.heavy) * len(other.heavy)):
        return 0.0
    return Indel.normalized_similarity(one.heavy, other.heavy)


def _by(alike: dict[tuple[int, int], float], side: int) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for pair in alike:
        found[pair[side]].append(pair)
    return found


def _stands_out(
    pairing: Pairing,
    alike: dict[tuple[int, int], float],
    old: dict[int, _Free],
    pair: tuple[int, int],
    givers: tuple[dict[int, list[tuple[int, int]]], dict[int, list[tuple[int, int]]]],
) -> bool:
    """Whether two sentences are each other's best by a margin, and say enough to be known by."""
    if len(old[pair[0]].heavy) < LEAST:
        return False
    share = alike[pair]
    margin = BETTER if share < 0.98 else 0.02
    others = [one for side in (0, 1) for one in givers[side][pair[side]] if one != pair]
    texts = [one for one in others if one[0] == pair[0] and alike[one] >= ALIKE and not _is_pulled(pairing, *one)]
    if texts and _is_pulled(pairing, *pair):
        return False
    return all(alike[one] <= share - margin or _is_pulled(pairing, *one) for one in others)


def _is_pulled(pairing: Pairing, i: int, j: int) -> bool:
    """Whether a sentence that stood amid others would stand alone: that one is a pull quote, and another the text."""
    return _stands_alone(pairing.new, j) and not _stands_alone(pairing.old, i)


def _stands_alone(words: Words, number: int) -> bool:
    first, last = words.sentence(number)
    return words.border(first) == PARAGRAPH == words.border(last)


def _in_their_order(pairing: Pairing, old: dict[int, _Free], new: dict[int, _Free], taken: dict[int, int]) -> None:
    """Equal sentences that stand equally often on both sides keep their order among themselves."""
    used = set(taken.values())
    mine, theirs = defaultdict(list), defaultdict(list)
    for i, sentence in sorted(old.items()):
        if i not in taken and len(sentence.heavy) >= LEAST:
            mine[sentence.heavy].append(i)
    for j, sentence in sorted(new.items()):
        if j not in used:
            theirs[sentence.heavy].append(j)
    for heavy, places in mine.items():
        if len(places) == len(theirs.get(heavy, ())):
            taken.update(zip(places, theirs[heavy], strict=True))


def _follow(pairing: Pairing, old: dict[int, _Free], new: dict[int, _Free], taken: dict[int, int]) -> dict[int, int]:
    """Let neighbours of moved sentences come along, and number the moves: what moved together has one number."""
    used = set(taken.values())
    queue = [(i, j, step) for i, j in sorted(taken.items()) for step in (-1, 1)]
    while queue:
        i, j, step = queue.pop()
        i, j = i + step, j + step
        if i in taken or j in used or i not in old or j not in new:
            continue
        if _alike(pairing, old[i], new[j]) >= FOLLOWING:
            taken[i] = j
            used.add(j)
            queue.append((i, j, step))
    chains: dict[int, int] = {}
    number = MAIN
    for i, j in sorted(taken.items()):
        together = i - 1 in chains and 0 < j - taken[i - 1] <= 2
        number += not together
        chains[i] = number
    return chains


def _claim_sentence(pairing: Pairing, old: _Free, new: _Free, chain: int) -> None:
    """Pair the words of a moved sentence, and what is equal beside it: one text may cut sentences otherwise."""
    pair_words(pairing, (old.first, old.last, new.first, new.last), chain)
    to = pairing.to
    if to[old.last - 1] >= 0:
        _, _, count = _extended(pairing, old.last, to[old.last - 1] + 1)
        pairing.claim(old.last, to[old.last - 1] + 1, count, chain)
    if to[old.first] > 0:
        first, onto, count = _extended(pairing, old.first, to[old.first], forward=False)
        pairing.claim(first, onto, count, chain)


def _move_phrases(pairing: Pairing) -> None:
    """Long phrases that stand once among the unclaimed words of each text."""
    size = PHRASE
    theirs = _grams(pairing.new.code, pairing.back, size)
    chain = 1 + max(pairing.chain, default=MAIN)
    for gram, at in sorted(_grams(pairing.old.code, pairing.to, size).items(), key=lambda item: item[1]):
        onto = theirs.get(gram, -1)
        if onto < 0 or at < 0 or pairing.to[at] >= 0 or pairing.back[onto] >= 0:
            continue
        first, onto, count = _extended(pairing, at, onto)
        words = pairing.old.code[first : first + count]
        if count >= LONG_PHRASE and pairing.scales.weigh(words) >= SAYS:
            pairing.claim(first, onto, count, chain)
            pairing.doubted.add(chain)
            chain += 1


def _grams(code: str, claims: array[int], size: int) -> dict[str, int]:
    """Where each run of `size` unclaimed words stands; -1 for one that occurs more than once. Of many only a
    share is looked at, of very many none."""
    found: dict[str, int] = {}
    free = claims.count(-1)
    if free > MOST_COMPARED:
        return found
    chosen = chosen_by_word(code, free)
    for first, last in runs_of(claims):
        for at in range(first, last - size + 1):
            if chosen is None or code[at] in chosen:
                gram = code[at : at + size]
                found[gram] = -1 if gram in found else at
    return found


def _extended(pairing: Pairing, at: int, onto: int, forward: bool = True) -> tuple[int, int, int]:
    """Equal unclaimed words from a pair of words on, and before it."""
    old, new, to, back = pairing.old.code, pairing.new.code, pairing.to, pairing.back
    count = 0
    while (
        forward and at + count < len(old) and onto + count < len(new) and old[at + count] == new[onto + count]
        and to[at + count] < 0 and back[onto + count] < 0
    ):  # fmt: skip
        count += 1
    while at and onto and old[at - 1] == new[onto - 1] and to[at - 1] < 0 and back[onto - 1] < 0:
        at, onto, count = at - 1, onto - 1, count + 1
    return at, onto, count


def _move_clauses(pairing: Pairing) -> None:
    """Runs of words that changed places inside what their own sentence became."""
    chain = 1 + max(pairing.chain, default=MAIN)
    for first, last in list(runs_of(pairing.to)):
        if not CLAUSE <= last - first <= MOST_RUN:
            continue
        for start, end in _inside_sentences(pairing.old, first, last):
            place = _clause_place(pairing, start, end)
            if place:
                pairing.claim(*place, chain)
                chain += 1


def _inside_sentences(words: Words, first: int, last: int) -> Iterator[tuple[int, int]]:
    for number in range(words.sentence_of[first], words.sentence_of[last - 1] + 1):
        start, end = words.sentence(number)
        yield max(first, start), min(last, end)


def _clause_place(pairing: Pairing, start: int, end: int) -> tuple[int, int, int] | None:
    """The longest part of unclaimed old words that stands once, unclaimed, in the sentence the rest went to."""
    home = _home(pairing, start)
    if home is None or end - start < CLAUSE:
        return None
    first, last = home
    free = "".join(one if pairing.back[first + at] < 0 else "\0" for at, one in enumerate(pairing.new.code[first:last]))
    best = (0, 0, 0)
    code = pairing.old.code
    for at in range(start, end):
        count = best[2] + 1
        while at + count <= end and code[at : at + count] in free:
            best = (at, first + free.index(code[at : at + count]), count)
            count += 1
    at, _, count = best
    words = code[at : at + count]
    says = count >= CLAUSE and pairing.scales.weigh(words) >= CLAUSE_SAYS and free.count(words) == 1
    return best if says else None


def _home(pairing: Pairing, word: int) -> tuple[int, int] | None:
    """The new sentence to which most words of this word's sentence went."""
    first, last = pairing.old.sentence(pairing.old.sentence_of[word])
    homes = Counter(pairing.new.sentence_of[onto] for onto in pairing.to[first:last] if onto >= 0)
    return pairing.new.sentence(homes.most_common(1)[0][0]) if homes else None
