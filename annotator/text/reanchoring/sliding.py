"""Where words were put in or taken out and the same words stand on either side, several alignments are equally short.

Of "A | A B" either A may be the new one. The one that begins and ends where paragraphs do is taken, else where
sentences do: people insert and delete whole paragraphs and sentences, and a pull quote is a paragraph.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from annotator.text.reanchoring.pairing import MAIN, Pairing
from annotator.text.reanchoring.words import Words

FURTHEST = 400


def slide(pairing: Pairing) -> None:
    """Move every run of new words, then of deleted ones, to the best borders within reach."""
    for first, last in list(_lone_runs(pairing.back, pairing.to)):
        _settle(pairing, first, last, inserted=True)
    for first, last in list(_lone_runs(pairing.to, pairing.back)):
        _settle(pairing, first, last, inserted=False)


def _lone_runs(mine: array[int], theirs: array[int]) -> Iterator[tuple[int, int]]:
    """Unclaimed stretches with claimed words on both sides that follow each other in the other text."""
    first = -1
    for at, onto in enumerate(mine):
        if onto < 0:
            first = at if first < 0 else first
        elif first >= 0:
            if first > 0 and mine[first - 1] == onto - 1:
                yield first, at
            first = -1


def _settle(pairing: Pairing, first: int, last: int, inserted: bool) -> None:
    words = pairing.new if inserted else pairing.old
    mine = pairing.back if inserted else pairing.to
    if max(mine[first], mine[last - 1]) >= 0 or mine[first - 1] < 0 or mine[last] != mine[first - 1] + 1:
        return  # an earlier run slid into this one
    if _chain(pairing, first - 1, inserted) != _chain(pairing, last, inserted):
        return
    left, right = _reach(pairing, words.code, mine, first, last, inserted)
    if not left and not right:
        return
    best = max(range(-left, right + 1), key=lambda by: (_quality(words, first + by, last + by), -abs(by)))
    if best < 0:
        _shift(pairing, last + best, first + best, -best, inserted)
    elif best > 0:
        _shift(pairing, first, last, best, inserted)


def _quality(words: Words, first: int, last: int) -> int:
    one, other = words.border(first), words.border(last)
    return 4 * min(one, other) + one + other


def _reach(pairing: Pairing, code: str, mine: array[int], first: int, last: int, inserted: bool) -> tuple[int, int]:
    """How far the run can slide either way: over equal words whose partners follow each other without a break."""
    left = right = 0
    chain = _chain(pairing, first - 1, inserted)
    while (
        left < FURTHEST
        and min(first - left - 1, mine[first - 1] - left) >= 0
        and mine[first - left - 1] == mine[first - 1] - left
        and code[first - left - 1] == code[last - left - 1]
        and _chain(pairing, first - left - 1, inserted) == chain
    ):
        left += 1
    while (
        right < FURTHEST
        and last + right < len(code)
        and mine[last + right] == mine[last] + right
        and code[first + right] == code[last + right]
        and _chain(pairing, last + right, inserted) == chain
    ):
        right += 1
    return left, right


def _chain(pairing: Pairing, at: int, inserted: bool) -> int:
    return pairing.chain[pairing.back[at] if inserted else at]


def _shift(pairing: Pairing, to_word: int, from_word: int, count: int, inserted: bool) -> None:
    """Give the partners of `count` words at `from_word` to the equal ones at `to_word`. One end of the run grows by
    what the other loses, so overlapping stretches are copied before they are cleared.
    """
    mine, theirs = (pairing.back, pairing.to) if inserted else (pairing.to, pairing.back)
    partners = mine[from_word : from_word + count]
    chain = _chain(pairing, from_word, inserted)
    mine[from_word : from_word + count] = array("i", [-1]) * count
    mine[to_word : to_word + count] = partners
    theirs[partners[0] : partners[0] + count] = array("i", range(to_word, to_word + count))
    if not inserted and chain != MAIN:
        pairing.chain[from_word : from_word + count] = array("i", [MAIN]) * count
        pairing.chain[to_word : to_word + count] = array("i", [chain]) * count
