"""Which word of the old text became which word of the new one: one to one, each claimed once."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

from annotator.text.reanchoring.words import Scales, Words

MAIN = 0
MOST_COMPARED = 400_000
"""The most words of a text that are unclaimed and still compared sentence by sentence."""

Region = tuple[int, int, int, int]
"""Words `[a, b)` of the old text beside words `[c, d)` of the new."""


@dataclass(slots=True)
class Budget:
    """How much comparing, and looking up of what could be compared, is left. What is not compared any more counts as
    replaced: a bound on hostile texts."""

    likenesses: int
    lookups: int = 800_000
    cells: int = 3_000_000_000
    most_cells: int = 60_000_000

    def spend(self, cells: int) -> bool:
        """Whether one more comparison of so many pairs of words may be made; none may be of more than `most_cells`."""
        if cells > self.most_cells:
            return False
        self.likenesses -= 1
        self.cells -= cells
        return self.likenesses > 0 and self.cells > 0

    @property
    def spent(self) -> bool:
        """Whether nothing more is compared."""
        return self.likenesses <= 0 or self.cells <= 0

    def look_up(self, words: int) -> bool:
        """Whether so many words may be looked up."""
        self.lookups -= words
        return self.lookups > 0


@dataclass(slots=True)
class Pairing:
    """`to[i]` is the new word of old word i, or -1; `back` the same from the new text. `chain[i]` is MAIN where order
    was kept, else the number of the move; moves in `doubted` rest on one sentence that was edited on the way. `left`
    and `came` are the old and new sentences that stand word for word elsewhere, once. Weights are those of `scales`.
    """

    old: Words
    new: Words
    scales: Scales
    budget: Budget
    doubted: set[int] = field(default_factory=set)
    left: set[int] = field(default_factory=set)
    came: set[int] = field(default_factory=set)
    to: array[int] = field(init=False)
    back: array[int] = field(init=False)
    chain: array[int] = field(init=False)

    def __post_init__(self) -> None:
        self.to = array("i", [-1]) * len(self.old)
        self.back = array("i", [-1]) * len(self.new)
        self.chain = array("i", [MAIN]) * len(self.old)

    def claim(self, first: int, onto: int, count: int, chain: int = MAIN) -> None:
        """Pair `count` words from `first` with as many from `onto`."""
        self.to[first : first + count] = array("i", range(onto, onto + count))
        self.back[onto : onto + count] = array("i", range(first, first + count))
        if chain != MAIN:
            self.chain[first : first + count] = array("i", [chain]) * count

    def release(self, first: int, count: int) -> None:
        """Undo a claim of words that follow each other on both sides."""
        onto = self.to[first]
        self.to[first : first + count] = array("i", [-1]) * count
        self.back[onto : onto + count] = array("i", [-1]) * count
        self.chain[first : first + count] = array("i", [MAIN]) * count

    def release_old(self, first: int, last: int) -> None:
        """Undo every claim of the old words `[first, last)`."""
        for at in range(first, last):
            if self.to[at] >= 0:
                self.release(at, 1)

    def release_new(self, first: int, last: int) -> None:
        """Undo every claim of the new words `[first, last)`."""
        for onto in range(first, last):
            if self.back[onto] >= 0:
                self.release(self.back[onto], 1)

    def gaps(self) -> Iterator[Region]:
        """What stands between paired words on the main chain, in order; neither side is empty on both."""
        before, beside = 0, 0
        to, chain = self.to, self.chain
        for at in self.paired():
            if chain[at] != MAIN:
                continue
            onto = to[at]
            if at != before or onto != beside:
                yield before, at, beside, onto
            before, beside = at + 1, onto + 1
        if before < len(self.old) or beside < len(self.new):
            yield before, len(self.old), beside, len(self.new)

    def paired(self) -> Iterator[int]:
        """The old words that have a new one."""
        return (at for at, onto in enumerate(self.to) if onto >= 0)


def runs_of(words: array[int]) -> Iterator[tuple[int, int]]:
    """The stretches `[first, last)` of a `to` or `back` that are not claimed."""
    first = -1
    for at, onto in enumerate(words):
        if onto < 0 and first < 0:
            first = at
        elif onto >= 0 and first >= 0:
            yield first, at
            first = -1
    if first >= 0:
        yield first, len(words)


def common_start(one: str, other: str) -> int:
    """How many words two stretches share at their beginning."""
    least, most = 0, min(len(one), len(other))
    if one[:most] == other[:most]:
        return most
    while least < most:
        middle = (least + most + 1) // 2
        if one[least:middle] == other[least:middle]:
            least = middle
        else:
            most = middle - 1
    return least


def common_end(one: str, other: str) -> int:
    """How many words two stretches share at their end."""
    return common_start(one[::-1], other[::-1])
