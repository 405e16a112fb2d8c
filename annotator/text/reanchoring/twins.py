"""Of two old sentences that could have become a new one, the one that reads the same has.

When a paragraph moved away and its near-twin stayed behind to be deleted, the order of the text favours the twin. A
sentence that stands word for word is worth more than order.
"""

from __future__ import annotations

from annotator.text.reanchoring.pairing import Pairing

LEAST = 6


def give_back_to_twins(pairing: Pairing) -> None:
    """Release every new sentence that was paired with changed words while one unclaimed old sentence, and no other,
    reads the same. The move that is then found gives it back.
    """
    waiting = _unclaimed(pairing)
    if not waiting:
        return
    new, back = pairing.new, pairing.back
    for number in range(len(new.sentences) - 1):
        first, last = new.sentence(number)
        code = new.code[first:last]
        if waiting.get(code) and max(back[first:last]) >= 0 and not _reads_the_same(pairing, first, last):
            _release(pairing, first, last)


def _unclaimed(pairing: Pairing) -> dict[str, bool]:
    """The wordings of old sentences of which no word is claimed: whether there is only one of that wording."""
    found: dict[str, bool] = {}
    for number in range(len(pairing.old.sentences) - 1):
        first, last = pairing.old.sentence(number)
        if last - first >= LEAST and pairing.to[first] < 0 and max(pairing.to[first:last]) < 0:
            code = pairing.old.code[first:last]
            found[code] = code not in found
    return found


def _reads_the_same(pairing: Pairing, first: int, last: int) -> bool:
    back = pairing.back
    whole = back[first] >= 0 and back[last - 1] - back[first] == last - 1 - first
    return whole and pairing.old.code[back[first] : back[last - 1] + 1] == pairing.new.code[first:last]


def _release(pairing: Pairing, first: int, last: int) -> None:
    for onto in range(first, last):
        if pairing.back[onto] >= 0:
            pairing.release(pairing.back[onto], 1)
