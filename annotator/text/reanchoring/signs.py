"""Full stops and quotation marks are in every sentence: that two sentences share them does not make one the other."""

from __future__ import annotations

from annotator.text.reanchoring.pairing import Pairing

FEWEST = 4


def release_lone_signs(pairing: Pairing) -> None:
    """Release the signs of every old sentence of which nothing but signs is paired. Else the sentence that followed a
    deleted one would draw spans of the deleted one to itself."""
    old, to, sizes = pairing.old, pairing.to, pairing.scales.sizes
    for number in range(len(old.sentences) - 1):
        first, last = old.sentence(number)
        if last - first < FEWEST or min(to[first:last]) >= 0 or max(to[first:last]) < 0:
            continue
        claimed = [at for at in range(first, last) if to[at] >= 0]
        if all(sizes[old.code[at]] == 1 for at in claimed):
            for at in claimed:
                pairing.release(at, 1)
