"""One alignment of two texts, from which every span is carried."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal

from annotator.text.reanchoring.amends import doubt_amends, release_amends
from annotator.text.reanchoring.anchoring import anchor
from annotator.text.reanchoring.gaps import fill
from annotator.text.reanchoring.moves import find_moves
from annotator.text.reanchoring.pairing import MAIN, Budget, Pairing
from annotator.text.reanchoring.quotations import doubt_quotations
from annotator.text.reanchoring.signs import release_lone_signs
from annotator.text.reanchoring.sliding import slide
from annotator.text.reanchoring.twins import give_back_to_twins
from annotator.text.reanchoring.words import MOST_WORDS, Vocabulary, Words, is_language, read_words, scales

COMPARED, MOVES_COMPARED = 100_000, 45_000
LOOKED_UP = 800_000
HUGE, NO_LANGUAGE = 400_000, 6


@dataclass(frozen=True, slots=True)
class Stretch:
    """Code points `[old_start, old_end)` that became `[new_start, new_end)`, word for word: `kept` in order, or
    `moved`.
    """

    old_start: int
    old_end: int
    new_start: int
    new_end: int
    kind: Literal["kept", "moved"]


def align(old: str, new: str) -> Alignment:
    """Set two texts side by side once; time and memory grow with their length and are bounded for hostile ones."""
    vocabulary, language = Vocabulary(), is_language(old) and is_language(new)
    before, after = read_words(old, vocabulary, language), read_words(new, vocabulary, language)
    share = _share(len(before) + len(after), len(vocabulary.seen))
    pairing = Pairing(
        before, after, scales(vocabulary, before, after), Budget(int(COMPARED / share), int(LOOKED_UP / share))
    )
    anchor(pairing)
    for gap in list(pairing.gaps()):
        fill(pairing, gap)
    release_lone_signs(pairing)
    slide(pairing)
    release_amends(pairing)
    give_back_to_twins(pairing)
    pairing.budget = Budget(int(MOVES_COMPARED / share), int(LOOKED_UP / share))
    find_moves(pairing)
    if max(pairing.chain, default=MAIN) != MAIN:
        slide(pairing)
    doubt_quotations(pairing)
    doubt_amends(pairing)
    return Alignment(old, new, pairing)


def _share(words: int, different: int) -> float:
    """By how much less is compared in texts that nobody writes: longer than any article, or of ever new words."""
    return max(1.0, (words / HUGE) ** 2) * (NO_LANGUAGE if different >= MOST_WORDS else 1)


@dataclass(slots=True)
class Alignment:
    """Which words of `old` became which words of `new`. Offsets are code points."""

    old: str
    new: str
    pairing: Pairing
    breaks: array[int] = field(init=False)
    order: array[int] = field(init=False)

    def __post_init__(self) -> None:
        """`breaks` counts, up to each old word, the words that do not follow the one before; `order` holds the old
        words on the main chain."""
        to, chain = self.pairing.to, self.pairing.chain
        steps = (onto < 0 or onto != before + 1 for before, onto in zip(array("i", [-2]) + to, to, strict=False))
        self.breaks = array("i", accumulate(steps))
        self.order = array("i", (at for at, onto in enumerate(to) if onto >= 0 and chain[at] == MAIN))

    @property
    def words(self) -> tuple[Words, Words]:
        """The words of both texts."""
        return self.pairing.old, self.pairing.new

    def unbroken(self, first: int, last: int) -> bool:
        """Whether the old words `[first, last)`, at least one, all stand in the new text one after another."""
        return self.pairing.to[first] >= 0 and self.breaks[last - 1] == self.breaks[first]

    def point(self, offset: int) -> int:
        """Where in `new` something at `offset` of `old` would have stood, were it still there."""
        old, new = self.words
        word = bisect_left(old.starts, offset)
        for near in (word - 1, word):
            paired = 0 <= near < len(old) and self.pairing.to[near] >= 0
            if paired and (near == word or old.border(word) < 3):
                return new.ends[self.pairing.to[near]] if near < word else new.starts[self.pairing.to[near]]
        at = bisect_left(self.order, word)
        if at:
            return new.ends[self.pairing.to[self.order[at - 1]]]
        return new.starts[self.pairing.to[self.order[at]]] if at < len(self.order) else 0

    def had(self, start: int, end: int) -> bool:
        """Whether most of the words of `new` in `[start, end)` stood in `old` already."""
        new, back = self.pairing.new, self.pairing.back
        first, last = bisect_left(new.starts, start), bisect_left(new.starts, end)
        return 2 * sum(back[at] >= 0 for at in range(first, last)) > last - first

    def stretches(self) -> Iterator[Stretch]:
        """What both texts have, in old order: maximal stretches of words that follow each other in both."""
        old, new = self.words
        to, chain = self.pairing.to, self.pairing.chain
        first = 0
        while first < len(old):
            last = first + 1
            while last < len(old) and self.breaks[last] == self.breaks[first] and chain[last] == chain[first]:
                last += 1
            if to[first] >= 0:
                kind: Literal["kept", "moved"] = "kept" if chain[first] == MAIN else "moved"
                ends = old.starts[first], old.ends[last - 1], new.starts[to[first]], new.ends[to[last - 1]]
                yield Stretch(*ends, kind)
            first = last
