"""Spans, carried from one text to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.text.reanchoring.alignment import Alignment, align
from annotator.text.reanchoring.clinging import around, clinging, counts_the_same, put_against
from annotator.text.reanchoring.judging import (
    CLUNG,
    COUNTED,
    DISPLACED,
    ELSEWHERE,
    EXACT,
    GONE,
    Judgement,
    State,
    judge,
    same_letters,
)
from annotator.text.reanchoring.placing import Place, place_words
from annotator.text.reanchoring.slots import lost_its_slot

REACH = 48
SAYS_ENOUGH, FEWEST_WORDS = 16, 3
SEARCHED = 100_000_000
EDGED = 0.95


@dataclass(frozen=True, slots=True)
class Carried:
    """Where a span stands in the new text, in code points, half open.

    `exact`: the letters are the same, it stands where its surroundings stand, and nothing was put right against it.
    `moved`: the same, but its surroundings are elsewhere. `changed`: this is it, with other letters, case included, or
    with others right against it. `review`: this may be it; a person must look. `orphan`: it is gone; `start` and `end`
    are None. `point` is `start`, or where an orphan would have stood. `score` is 1 for the same letters and less the
    less is left; `reason` is a sentence for people.
    """

    start: int | None
    end: int | None
    state: State
    score: float
    reason: str
    point: int


def carry(old: str, new: str, spans: Sequence[tuple[int, int]]) -> list[Carried]:
    """Carry `spans` of `old` to `new`, in the order given, with one alignment for all.

    Raises `ValueError` for a span that is empty, backward or outside `old`.
    """
    _check(old, spans)
    if old == new:
        return [Carried(start, end, "exact", 1.0, EXACT, start) for start, end in spans]
    return carry_along(align(old, new), spans)


def carry_along(alignment: Alignment, spans: Sequence[tuple[int, int]]) -> list[Carried]:
    """The same by an alignment made before, for spans of its old text."""
    _check(alignment.old, spans)
    carrier = _Carrier(alignment)
    return [carrier.carry(start, end) for start, end in spans]


def _check(old: str, spans: Sequence[tuple[int, int]]) -> None:
    for start, end in spans:
        if not 0 <= start < end <= len(old):
            raise ValueError(f"a span is at least one code point of {len(old)}, not {start} to {end}")


@dataclass(slots=True)
class _Carrier:
    """One alignment, and how much searching is left for spans whose words are gone from their place."""

    alignment: Alignment
    left: int = SEARCHED

    def carry(self, start: int, end: int) -> Carried:
        """Carry one span."""
        old = self.alignment.pairing.old
        first, last = old.within(start, end)
        if first == last:
            return self._carry_space(start, end)
        place = place_words(self.alignment, first, last)
        if place is None:
            return self._search(start, end, Judgement("orphan", 0.0, GONE))
        found = self._offsets(place, (first, last), (start, end))
        judgement = judge(self.alignment, (start, end), found, place)
        if judgement.state in ("changed", "review", "orphan"):
            snapped = self._snap((start, end), (first, last), found, place)
            if snapped:
                found, judgement = snapped, judge(self.alignment, (start, end), snapped, place)
        if judgement.state == "orphan":
            return self._search(start, end, judgement)
        return self._carried(*self._beside((start, end), found, place, judgement))

    def _beside(
        self, span: tuple[int, int], found: tuple[int, int], place: Place, judgement: Judgement
    ) -> tuple[tuple[int, int], Judgement]:
        """The same letters are not the same words when something right beside them is another: what clings to them then
        belongs to them."""
        if judgement.state not in ("exact", "moved"):
            return found, judgement
        if not self._clings_alike(span, found):
            wide = clinging(self.alignment.new, self.alignment.pairing.new, found)
            return wide, Judgement("changed", EDGED, CLUNG)
        if not counts_the_same(self.alignment, span, found):
            return found, Judgement("changed", EDGED, COUNTED)
        if judgement.state == "exact" and lost_its_slot(self.alignment, span, place):
            return found, Judgement("review", EDGED, DISPLACED)
        return found, judgement

    def _clings_alike(self, span: tuple[int, int], found: tuple[int, int]) -> bool:
        """Whether the same stands right against the words, without a space, as it did."""
        old, new = self.alignment.old, self.alignment.new
        if around(old, span) == around(new, found):
            return True
        mine = put_against(old, self.alignment.pairing.old, span)
        theirs = put_against(new, self.alignment.pairing.new, found)
        return all(map(same_letters, mine, theirs))

    def _carried(self, found: tuple[int, int], judgement: Judgement) -> Carried:
        return Carried(*found, judgement.state, judgement.score, judgement.reason, found[0])

    def _offsets(self, place: Place, words: tuple[int, int], span: tuple[int, int]) -> tuple[int, int]:
        """The code points of a place. A span that begins or ends inside a word, or with white space, does so there too
        when the words are the same."""
        alignment = self.alignment
        old, new = alignment.words
        start, end = new.starts[place.first], new.ends[place.last - 1]
        if alignment.pairing.to[words[0]] == place.first and self._same_word(words[0], place.first):
            start += span[0] - old.starts[words[0]]
        if alignment.pairing.to[words[1] - 1] == place.last - 1 and self._same_word(words[1] - 1, place.last - 1):
            end += span[1] - old.ends[words[1] - 1]
        if start >= 0 and end <= len(alignment.new) and alignment.new[start:end] == alignment.old[span[0] : span[1]]:
            return start, end
        start, end = max(start, new.starts[place.first]), min(end, new.ends[place.last - 1])
        return (start, end) if start < end else (new.starts[place.first], new.ends[place.last - 1])

    def _same_word(self, mine: int, theirs: int) -> bool:
        old, new = self.alignment.words
        word = self.alignment.old[old.starts[mine] : old.ends[mine]]
        return word == self.alignment.new[new.starts[theirs] : new.ends[theirs]]

    def _snap(
        self, span: tuple[int, int], words: tuple[int, int], found: tuple[int, int], place: Place
    ) -> tuple[int, int] | None:
        """The very words of the span, when they stand once within reach of the place found, some of it are they, and
        nothing else claims them. Beside it they may be said of something else: “14, not 12”."""
        quote = self.alignment.old[span[0] : span[1]]
        reach = max(REACH, len(quote))
        low, high = max(0, found[0] - reach), found[1] + reach
        near = self.alignment.new[low:high]
        at = near.find(quote)
        if at < 0 or near.find(quote, at + 1) >= 0:
            return None
        first, last = self.alignment.pairing.new.within(low + at, low + at + len(quote))
        back = self.alignment.pairing.back
        own = all(back[word] < 0 or words[0] <= back[word] < words[1] for word in range(first, last))
        spot = low + at, low + at + len(quote)
        own = own and spot[0] < found[1] and found[0] < spot[1]
        return spot if own and self._clings_alike(span, spot) else None

    def _search(self, start: int, end: int, judgement: Judgement) -> Carried:
        """Words that are gone from their place but stand elsewhere, once in each text and claimed by nothing: shown for
        review, for they may have been written anew."""
        old, new = self.alignment.words
        first, last = old.within(start, end)
        words = old.code[first:last]
        orphan = Carried(None, None, "orphan", judgement.score, judgement.reason, self.alignment.point(start))
        self.left -= len(old) + len(new)
        if end - start < SAYS_ENOUGH or last - first < FEWEST_WORDS or self.left < 0:
            return orphan
        at = new.code.find(words)
        once = at >= 0 and at == new.code.rfind(words) and old.code.find(words) == old.code.rfind(words)
        if not once or max(self.alignment.pairing.back[at : at + len(words)]) >= 0:
            return orphan
        found = new.starts[at], new.ends[at + len(words) - 1]
        return self._carried(found, Judgement("review", 0.9, ELSEWHERE))

    def _carry_space(self, start: int, end: int) -> Carried:
        """A span without a word: kept when both words beside it are still neighbours and the same stands between."""
        alignment = self.alignment
        old, new = alignment.words
        word = old.within(start, end)[0]
        if 0 < word < len(old) and alignment.unbroken(word - 1, word + 1):
            low = new.ends[alignment.pairing.to[word - 1]]
            found = alignment.new.find(alignment.old[start:end], low, new.starts[alignment.pairing.to[word]])
            if found >= 0:
                return Carried(found, found + end - start, "exact", 1.0, EXACT, found)
        return Carried(None, None, "orphan", 0.0, GONE, alignment.point(start))
