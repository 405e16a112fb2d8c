"""Of two old sentences that could have become a new one, the one that reads the same has.

When a paragraph moved away and its near-twin stayed behind to be deleted, the order of the text favours the twin. A
sentence that stands word for word is worth more than order.
"""

from __future__ import annotations

from annotator.text.reanchoring.gaps import IN_PLACE
from annotator.text.reanchoring.pairing import Pairing

LEAST = 4


def give_back_to_twins(pairing: Pairing) -> None:
    """Release every new sentence that was paired with changed words, or with none, while one old sentence, and no
    other, reads the same and is not paired with what reads the same; and what that one was paired with. The move that
    is then found sets both right. What was edited in its place stays, though its old wording stands elsewhere.
    """
    waiting = _unsettled(pairing)
    if not waiting:
        return
    new, back = pairing.new, pairing.back
    for number in range(len(new.sentences) - 1):
        first, last = new.sentence(number)
        mine = waiting.get(new.code[first:last])
        if mine is None or mine < 0 or _reads_the_same(pairing, first, last):
            continue
        if max(back[first:last]) < 0 and _is_in_place(pairing, mine):
            continue
        pairing.release_new(first, last)
        pairing.release_old(*pairing.old.sentence(mine))


def _is_in_place(pairing: Pairing, number: int) -> bool:
    """Whether most of an old sentence is still where it stood."""
    first, last = pairing.old.sentence(number)
    weigh, code = pairing.scales.weigh, pairing.old.code
    kept = weigh("".join([code[at] for at in range(first, last) if pairing.to[at] >= 0]))
    return kept >= IN_PLACE * weigh(code[first:last])


def _unsettled(pairing: Pairing) -> dict[str, int]:
    """The wordings of old sentences that are not paired with the same words: which it is, or -1 for several."""
    found: dict[str, int] = {}
    for number in range(len(pairing.old.sentences) - 1):
        first, last = pairing.old.sentence(number)
        if last - first >= LEAST and not _stands(pairing, first, last):
            code = pairing.old.code[first:last]
            found[code] = -1 if code in found else number
    return found


def _stands(pairing: Pairing, first: int, last: int) -> bool:
    """Whether all these old words are paired, one after another."""
    onto = pairing.to[first]
    return onto >= 0 and pairing.to[last - 1] - onto == last - 1 - first and min(pairing.to[first:last]) >= 0


def _reads_the_same(pairing: Pairing, first: int, last: int) -> bool:
    back = pairing.back
    whole = back[first] >= 0 and back[last - 1] - back[first] == last - 1 - first
    return whole and pairing.old.code[back[first] : back[last - 1] + 1] == pairing.new.code[first:last]
