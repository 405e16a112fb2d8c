"""How far a place in the new text can be believed, and what a person is told about it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel

from annotator.text.reanchoring.alignment import Alignment
from annotator.text.reanchoring.pairing import MAIN
from annotator.text.reanchoring.placing import Place
from annotator.text.reanchoring.words import SENTENCE, fold_signs

State = Literal["exact", "moved", "changed", "review", "orphan"]

SURE, FAIR, COVERED, DOUBTFUL, DOUBTFUL_ALONE = 0.55, 0.45, 0.7, 0.35, 0.40
SAME_SENTENCE = 0.45
NEAR = 12
MOST_LETTERS = 1_000
SHORT = 8

EXACT = "The words stand unchanged in their place."
GLYPHS = "Only signs, spaces or line ends differ; the letters are the same."
MOVED = "The same words stand elsewhere now; what was there before them or after them is not beside them any more."
CHANGED = "The words were edited where they stand."
CLUNG = "The words are the same, but what stands right against them, without a space, is not."
COUNTED = "The figure is the same, but the word right after it, which says of what, is not."
CASE = "Only capital letters changed."
MOVED_CHANGED = "The words were moved and edited."
REPLACED = "Other words stand in their place now, in a sentence that is still there."
NUMBER = "Another number or a corrected word stands in their place now."
DOUBTED = "Little of the wording is left; this is where it would be."
ELSEWHERE = "The words are gone from their place; the same words stand once in new text elsewhere."
ANOTHER = "These words still stand, but little else of their sentence does."
DISPLACED = (
    "The same few words stand in this sentence, but other words stand where they stood; they may be said of those."
)
LIKELY = "A sentence much like this one stands elsewhere now, edited; it may be the same."
GONE = "The words were taken out."
REWRITTEN = "Too little of the wording is left to say that this is still it."


@dataclass(frozen=True, slots=True)
class Judgement:
    """A state, a score from 0 (nothing is left) to 1 (the same letters), and the reason as a sentence."""

    state: State
    score: float
    reason: str


def letters(words: str) -> str:
    """What must be equal for a span to count as unchanged: NFC, with quotation marks, dashes, dots and white space of
    one kind, and without what is not seen. Case counts, and so do signs that only mean the same (² and 2).
    """
    return " ".join(unicodedata.normalize("NFC", fold_signs(words)).split())


def same_letters(one: str, other: str) -> bool:
    """Whether two wordings have the same letters, as `letters` reads them."""
    return one == other or letters(one) == letters(other)


def judge(alignment: Alignment, span: tuple[int, int], found: tuple[int, int], place: Place) -> Judgement:
    """What to say of `span` (code points of the old text) standing at `found` (of the new)."""
    judgement = _judge(alignment, span, found, place)
    if judgement.state in ("exact", "moved", "changed") and _is_in_another_sentence(alignment, span, place):
        return Judgement("review", judgement.score, ANOTHER)
    return judgement


def _is_in_another_sentence(alignment: Alignment, span: tuple[int, int], place: Place) -> bool:
    """Whether a part of a sentence stands in one that has little else of it: the same few words, said of something
    else."""
    old, new = alignment.words
    first, last = old.within(*span)
    start, end = old.sentence(old.sentence_of[first])
    if last > end or (first, last) == (start, end) or alignment.unbroken(start, end):
        return False
    low, high = new.sentence(new.sentence_of[place.first])
    to, weigh = alignment.pairing.to, alignment.pairing.scales.weigh
    kept = weigh("".join([old.code[at] for at in range(start, end) if low <= to[at] < high]))
    return kept < SAME_SENTENCE * min(weigh(old.code[start:end]), weigh(new.code[low:high]))


def _judge(alignment: Alignment, span: tuple[int, int], found: tuple[int, int], place: Place) -> Judgement:
    was, now = alignment.old[span[0] : span[1]], alignment.new[found[0] : found[1]]
    stays = place.chain == MAIN
    if place.chain in alignment.pairing.doubted:
        score = likeness(alignment, alignment.pairing.old.within(*span), place, letters(was), letters(now))
        return Judgement("review", min(score, 0.98), LIKELY)
    if was == now:
        return Judgement("exact", 1.0, EXACT) if stays else Judgement("moved", 1.0, MOVED)
    if max(len(was), len(now)) > MOST_LETTERS and not _reads_alike(alignment, span, place):
        return _judge_edited(alignment, span, place, was, now)
    was, now = letters(was), letters(now)
    if was == now:
        return Judgement("exact", 1.0, GLYPHS) if stays else Judgement("moved", 1.0, MOVED)
    if was.casefold() == now.casefold():
        return Judgement("changed", 0.99, CASE if stays else MOVED_CHANGED)
    return _judge_edited(alignment, span, place, was, now)


def _reads_alike(alignment: Alignment, span: tuple[int, int], place: Place) -> bool:
    """Whether the words are the same but for how they are written: quick to tell, and needed for equal letters."""
    first, last = alignment.pairing.old.within(*span)
    return alignment.pairing.old.code[first:last] == alignment.pairing.new.code[place.first : place.last]


def _judge_edited(alignment: Alignment, span: tuple[int, int], place: Place, was: str, now: str) -> Judgement:
    first, last = alignment.pairing.old.within(*span)
    score = min(0.98, likeness(alignment, (first, last), place, was, now))
    if score >= SURE or (score >= FAIR and place.coverage >= COVERED):
        return Judgement("changed", score, CHANGED if place.chain == MAIN else MOVED_CHANGED)
    if stands_in_its_sentence(alignment, first, last, place):
        return _judge_replaced(score, last - first, place, was, now)
    beside = neighbours(alignment, first, last, place)
    if (beside == 2 and score >= DOUBTFUL) or (beside == 1 and score >= DOUBTFUL_ALONE):
        return Judgement("review", score, DOUBTED)
    return Judgement("orphan", score, REWRITTEN)


def _judge_replaced(score: float, count: int, place: Place, was: str, now: str) -> Judgement:
    size = place.last - place.first
    if max(count, size) > SHORT or max(count, size) > 3 * min(count, size):
        return Judgement("orphan", score, REWRITTEN)
    if max(count, size) <= 2 and was[:1].isdigit() and now[:1].isdigit():
        return Judgement("changed", score, NUMBER)
    return Judgement("review", score, REPLACED)


def stands_in_its_sentence(alignment: Alignment, first: int, last: int, place: Place) -> bool:
    """Whether the words right beside the span stand right beside its place, in a sentence that is still there. The
    beginning and the end of the sentence will do on one side.
    """
    pairing = alignment.pairing
    old, new = pairing.old, pairing.new
    start, end = old.sentence(old.sentence_of[first])
    if last > end:
        return False
    before = first > start and pairing.to[first - 1] == place.first - 1
    after = last < end and pairing.to[last] == place.last
    begins = first == start and new.border(place.first) >= SENTENCE
    ends = last == end and new.border(place.last) >= SENTENCE
    return (before and (after or ends)) or (after and begins)


def likeness(alignment: Alignment, span: tuple[int, int], place: Place, was: str, now: str) -> float:
    """How alike two wordings are: by the weight of the words they share in order, or, for spelling, by letters.

    Letters of unrelated words agree by half, so they count from there. Very long spans are known by their coverage.
    """
    scales, old, new = alignment.pairing.scales, alignment.pairing.old, alignment.pairing.new
    if max(span[1] - span[0], place.last - place.first) > MOST_LETTERS:
        return place.coverage
    by_words = Indel.normalized_similarity(
        scales.heavy(old.code[span[0] : span[1]]), scales.heavy(new.code[place.first : place.last])
    )
    if max(len(was), len(now)) > MOST_LETTERS:
        return by_words
    return max(by_words, 2 * Indel.normalized_similarity(was, now) - 1)


def neighbours(alignment: Alignment, first: int, last: int, place: Place) -> int:
    """On how many sides the words beside the span stand beside its place."""
    pairing = alignment.pairing
    left = (at for at in range(first - 1, max(first - NEAR, 0) - 1, -1) if pairing.to[at] >= 0)
    right = (at for at in range(last, min(last + NEAR, len(pairing.old))) if pairing.to[at] >= 0)
    before, after = next(left, -1), next(right, -1)
    agrees = before >= 0 and 0 <= place.first - pairing.to[before] - 1 <= NEAR
    follows = after >= 0 and 0 <= pairing.to[after] - place.last <= NEAR
    return agrees + follows
