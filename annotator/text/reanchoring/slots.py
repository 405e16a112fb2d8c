"""Words that are still in their sentence, while others of their kind stand where they stood: “14, not 12 as reported”.

A correction often keeps the old figure or name beside the new one, and two that were mixed up change places. The
letters are the same, and something else is said. So a few words that stand after a figure, a name or a “not” that was
put in where they stood are for a person to look at. One more item of a list before them is no reason.
"""

from __future__ import annotations

from collections.abc import Sequence

from annotator.text.reanchoring.alignment import Alignment
from annotator.text.reanchoring.pairing import MAIN
from annotator.text.reanchoring.placing import Place

FEW = 6
_AND = frozenset("and or & und oder et ou y o e en och og eller и или و".split())
_NOT = frozenset(
    "not never no nor neither without nicht nie kein keine keinen ohne pas jamais sans nunca sin não nunca sem non mai "
    "senza niet geen nooit inte aldrig utan ikke aldri uten не нет без لا لم لن ليس".split()
)

Stretch = tuple[int, int]


def lost_its_slot(alignment: Alignment, span: tuple[int, int], place: Place) -> bool:
    """Whether the span is part of a short run of words before or after which its like was put in."""
    old = alignment.pairing.old
    first, last = old.within(*span)
    sentence = old.sentence(old.sentence_of[first])
    if place.chain != MAIN or last > sentence[1] or not alignment.unbroken(first, last):
        return False
    run = _run(alignment, first, last, sentence)
    if run == sentence or len(_said(alignment, alignment.pairing.old.code, run)) > FEW:
        return False
    before, after = _before(alignment, run, sentence), _after(alignment, run, sentence)
    rivals = [at for at in (*before, *after) if _is_rival(alignment, span, at)]
    return bool(rivals) and ((bool(before) and bool(after)) or _takes_the_place(alignment, run, before, rivals))


def _run(alignment: Alignment, first: int, last: int, sentence: Stretch) -> Stretch:
    """All words around these, in their sentence, that stand beside them in both texts."""
    while first > sentence[0] and alignment.unbroken(first - 1, last):
        first -= 1
    while last < sentence[1] and alignment.unbroken(first, last + 1):
        last += 1
    return first, last


def _said(alignment: Alignment, code: str, words: Stretch) -> list[int]:
    """Those of the words that are no signs."""
    sizes = alignment.pairing.scales.sizes
    return [at for at in range(*words) if sizes[code[at]] > 1]


def _before(alignment: Alignment, run: Stretch, sentence: Stretch) -> Sequence[int]:
    """The new words between the run and what is kept before it, when they are more than there were."""
    to, chain = alignment.pairing.to, alignment.pairing.chain
    kept = next((at for at in range(run[0] - 1, sentence[0] - 1, -1) if to[at] >= 0 and chain[at] == MAIN), None)
    if kept is None:
        return ()
    zone = _said(alignment, alignment.pairing.new.code, (to[kept] + 1, to[run[0]]))
    return zone if len(zone) > len(_said(alignment, alignment.pairing.old.code, (kept + 1, run[0]))) else ()


def _after(alignment: Alignment, run: Stretch, sentence: Stretch) -> Sequence[int]:
    """The new words between the run and what is kept after it, or the end of its sentence, when they are others."""
    to, chain = alignment.pairing.to, alignment.pairing.chain
    new = alignment.pairing.new
    kept = next((at for at in range(run[1], sentence[1]) if to[at] >= 0 and chain[at] == MAIN), None)
    onto = to[run[1] - 1] + 1
    end = new.sentences[new.sentence_of[onto - 1] + 1] if kept is None else to[kept]
    return _said(alignment, new.code, (onto, max(onto, end)))


def _is_rival(alignment: Alignment, span: tuple[int, int], at: int) -> bool:
    """Whether a new word was not there in order, and is of the span's kind: a figure, a name; or denies."""
    back, chain, new = alignment.pairing.back, alignment.pairing.chain, alignment.pairing.new
    if back[at] >= 0 and chain[back[at]] == MAIN:
        return False
    was, word = alignment.old[slice(*span)], new.text[new.starts[at] : new.ends[at]]
    if any(map(str.isdigit, was)):
        return any(map(str.isdigit, word))
    return word.lower() in _NOT or (was[:1].isupper() and word[:1].isupper())


def _takes_the_place(alignment: Alignment, run: Stretch, before: Sequence[int], rivals: Sequence[int]) -> bool:
    """Whether what was put in begins with a rival and leads on to the run, as items of a list do not."""
    new, onto = alignment.pairing.new, alignment.pairing.to[run[0]]
    if not before or before[0] not in rivals:
        return False
    leads = new.text[new.starts[before[-1]] : new.starts[onto]].rstrip().lower()
    return leads.isalpha() and leads not in _AND
