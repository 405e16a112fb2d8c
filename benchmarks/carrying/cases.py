"""Spans in generated drafts, what became of them, and of what class they are."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from rapidfuzz import fuzz

from benchmarks.carrying.drafts import Draft, Sentence, Word, write
from benchmarks.carrying.editor import add_twins, revise
from benchmarks.carrying.prose import BANKS

Spot = tuple[int, int]
Placed = Sequence[tuple[Word, int, int]]

MOSTLY, SCATTERED = 0.5, 0.4
TWIN = 80


@dataclass(frozen=True, slots=True)
class Case:
    """A span of the old text, the places in the new one that count as right (none: it is gone), and its class.

    `loose` cases may be given up as well: little of them is left.
    """

    span: Spot
    places: tuple[Spot, ...]
    kind: str
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions of a text and spans of the first."""

    old: str
    new: str
    cases: tuple[Case, ...]


def pairs(bank: str, seeds: range, spans: int = 40) -> Iterator[Pair]:
    """Pairs of one bank, one for each seed."""
    for seed in seeds:
        random = Random(f"{bank}:{seed}")
        old = write(BANKS[bank], random)
        add_twins(old)
        yield _pair(old, revise(old, random.choice((1, 2, 4, 8, 14, 20))), random, spans)


def _pair(old: Draft, new: Draft, random: Random, spans: int) -> Pair:
    old_text, old_words = old.render()
    new_text, new_words = new.render()
    if random.random() < 0.06:
        old_text, new_text, new_words = old_text, *_respelled(new_text, new_words)
    homes = {id(word): sentence for sentence in new.sentences() for word in sentence.words}
    teller = _Teller(old_text, new_text, old_words, new_words, homes)
    found = (teller.case(*_span(old, random)) for _ in range(spans))
    return Pair(old_text, new_text, tuple(case for case in found if case))


def _respelled(text: str, placed: Placed) -> tuple[str, Placed]:
    """The new text with its letters decomposed and its lines broken elsewhere."""
    out: list[str] = []
    words: list[tuple[Word, int, int]] = []
    at = before = 0
    for number, (word, start, end) in enumerate(placed):
        gap = text[before:start]
        gap = "\n" if gap == " " and number % 11 == 0 else "\u00a0" if gap == " " and number % 17 == 0 else gap
        letters = unicodedata.normalize("NFD", text[start:end])
        out += [gap, letters]
        words.append((word, at + len(gap), at + len(gap) + len(letters)))
        at, before = words[-1][2], end
    return "".join(out) + text[before:], words


def _span(old: Draft, random: Random) -> tuple[int, int, str]:
    """The old words `[first, last)` of a span: sentences, phrases, several sentences, across paragraphs."""
    bounds, at = [], 0
    for sentence in old.sentences():
        bounds.append((at, at + len(sentence.words)))
        at += len(sentence.words)
    number = random.randrange(len(bounds))
    first, last = bounds[number]
    kind = random.random()
    if kind < 0.45:
        return first, last, "sentence"
    if kind < 0.85 and last - first > 3:
        count = random.randint(2, min(12, last - first - 1))
        start = random.randrange(first, last - count + 1)
        return start, start + count, "phrase"
    end = bounds[min(number + random.randint(1, 3), len(bounds) - 1)][1]
    return first, end, "several"


@dataclass(slots=True)
class _Teller:
    """Tells what became of spans."""

    old: str
    new: str
    old_words: Placed
    new_words: Placed
    homes: dict[int, Sentence]

    def case(self, first: int, last: int, shape: str) -> Case | None:
        """The case of a span of words; None where nobody could say what is right."""
        span = self.old_words[first][1], self.old_words[last - 1][2]
        wanted = set(range(first, last))
        alive = [n for n, (word, _, _) in enumerate(self.new_words) if wanted.intersection(word.origins)]
        if not alive and self._is_copied(span):
            return None
        if not alive:
            return Case(span, (), self._gone(span, shape, first, last))
        kept = {origin for n in alive for origin in self.new_words[n][0].origins} & wanted
        here = [n for n in alive if abs(n - alive[len(alive) // 2]) <= 2 * (last - first) + 30]
        foreign = here[-1] - here[0] + 1 - len(here)
        if len(here) < len(alive) or foreign > SCATTERED * (here[-1] - here[0] + 1):
            return None
        order = [min(wanted.intersection(self.new_words[n][0].origins)) for n in here]
        if shape == "several" and order != sorted(order):
            return None
        whole = kept == wanted
        if len(kept) < MOSTLY * len(wanted):
            return Case(span, (self._spot(here[0], here[-1]),), "mostly cut", loose=True)
        kind = self._kind(here, shape, whole, span)
        loose = kind in ("rewritten", "wording replaced")
        return Case(span, tuple(self._accepted(here, shape)), kind, loose)

    def _is_copied(self, span: Spot) -> bool:
        """Whether the words of a span that is gone were copied before: they have moved, some would say."""
        copies = (one for one in self.homes.values() if not any(word.origins for word in one.words))
        return any(self.old[slice(*span)] in one.text for one in copies)

    def _spot(self, first: int, last: int) -> Spot:
        return self.new_words[first][1], self.new_words[last][2]

    def _accepted(self, here: list[int], shape: str) -> Iterator[Spot]:
        """The place without and with what was put in beside a whole sentence."""
        yield self._spot(here[0], here[-1])
        if shape != "phrase":
            first, last = here[0], here[-1]
            one, other = (self.homes[id(self.new_words[n][0])] for n in (first, last))
            while first and self._is_new(first - 1, one):
                first -= 1
            while last + 1 < len(self.new_words) and self._is_new(last + 1, other):
                last += 1
            yield self._spot(first, last)

    def _is_new(self, n: int, home: Sentence) -> bool:
        word = self.new_words[n][0]
        return not word.origins and self.homes[id(word)] is home

    def _gone(self, span: Spot, shape: str, first: int, last: int) -> str:
        words = self.old[span[0] : span[1]]
        if shape == "phrase":
            beside = [self.old_words[n][0].origins[0] for n in (first - 1, last) if 0 <= n < len(self.old_words)]
            left = {origin for word, _, _ in self.new_words for origin in word.origins}
            if left.issuperset(beside):
                return "phrase cut from kept text"
            return "phrase in deleted text"
        likest = fuzz.partial_ratio(words, self.new)
        return "deleted, look-alike left" if likest >= TWIN else "deleted"

    def _kind(self, here: list[int], shape: str, whole: bool, span: Spot) -> str:
        words = [self.new_words[n][0] for n in here]
        done = set().union(*(self.homes[id(word)].done for word in words))
        same = whole and all(word.same and word.origins for word in words)
        if "rewritten" in done:
            return "rewritten" if not same else "kept in an edited sentence"
        if not any(word.same for word in words):
            return "wording replaced"
        quote = self.old[span[0] : span[1]]
        if not same:
            here = "edited, several" if shape == "several" else "edited"
            return "moved and edited" if done & {"moved", "turned"} else here
        if done & {"moved", "turned"}:
            return "moved"
        if quote not in self.new:
            return "glyphs" if not done - {"moved"} else "joined or split"
        if self.old.count(quote) > 1 or self.new.count(quote) > 1:
            return "repeated, context decides"
        if done:
            return "kept in an edited sentence"
        return "verbatim" if self.new.startswith(quote, span[0]) else "shifted"
