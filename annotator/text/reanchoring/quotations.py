"""Sentences that are gone from their place and only quoted: “an earlier version said: …”.

The words stand in both texts and nothing else claims them, but a claim that was withdrawn is no longer made. Such a
sentence is taken out of the order and doubted, so that a person looks.
"""

from __future__ import annotations

from array import array

from annotator.text.reanchoring.pairing import MAIN, Pairing
from annotator.text.reanchoring.words import PARAGRAPH

LEAST_BEFORE = 3
BESIDE = 4
_OPENING = frozenset("\"“„‟«»‘'’:「『")


def doubt_quotations(pairing: Pairing) -> None:
    """Doubt every sentence that now stands in quotation marks inside a new sentence, away from both its neighbours."""
    chain = 1 + max(pairing.chain, default=MAIN)
    for number in range(len(pairing.old.sentences) - 1):
        first, last = pairing.old.sentence(number)
        if not _is_quoted(pairing, first, last):
            continue
        if pairing.chain[first] != MAIN:
            pairing.doubted.add(pairing.chain[first])
        else:
            pairing.chain[first:last] = array("i", [chain]) * (last - first)
            pairing.doubted.add(chain)
            chain += 1


def _is_quoted(pairing: Pairing, first: int, last: int) -> bool:
    old, new, to, back = pairing.old, pairing.new, pairing.to, pairing.back
    onto = to[first]
    if onto <= 0 or back[onto - 1] >= 0 or new.text[new.starts[onto - 1]] not in _OPENING:
        return False
    start = new.sentences[new.sentence_of[onto]]
    if onto - start < LEAST_BEFORE or max(back[start:onto]) >= 0:
        return False
    follows = first > 0 and to[first - 1] >= 0 and to[first - 1] == start - 1
    breaks = (new.border(start) == PARAGRAPH) != (old.border(first) == PARAGRAPH)
    ends = to[last - 1]
    goes_on = last < len(old) and ends >= 0 and 0 < to[last] - ends <= BESIDE
    return not (follows and not breaks) and not goes_on
