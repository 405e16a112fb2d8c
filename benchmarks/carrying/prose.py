"""News-like prose out of thin air: invented names, numbers, quotations, lists, captions, headings, several scripts.

Two banks of subjects are kept apart: thresholds were looked at on `dev` alone, `held-out` has other subjects, other
sentence shapes and other seeds.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from rapidfuzz import fuzz, process

ATTEMPTS, TOO_LIKE = 20, 65
WORDS = json.loads((Path(__file__).parent / "words.json").read_text(encoding="utf-8"))
FIRST, LAST, PLACES = WORDS["people"]["first"], WORDS["people"]["last"], WORDS["places"]
DAYS, MONTHS, NUMBERS = WORDS["days"], WORDS["months"], WORDS["numbers"]
OTHER_WORDS, EMOJI, SCRIPTS = WORDS["other words"], WORDS["emoji"], WORDS["scripts"]
UNSPACED = ("zh", "th")


@dataclass(frozen=True, slots=True)
class Bank:
    """What sentences of one bank are made of."""

    actors: Sequence[str]
    things: Sequence[str]
    acts: Sequence[str]
    tails: Sequence[str]
    openings: Sequence[str]
    sayings: Sequence[str]
    shapes: Sequence[str]


BANKS = {name: Bank(**lists) for name, lists in WORDS["banks"].items()}


class Writer:
    """Writes sentences and paragraphs from one bank."""

    def __init__(self, bank: Bank, random: Random) -> None:
        self.bank, self.random = bank, random
        self.people = [f"{random.choice(FIRST)} {random.choice(LAST)}" for _ in range(6)]
        self.places = random.sample(PLACES, 4)
        self.written: list[str] = []

    def sentence(self) -> str:
        """One sentence, unlike those written before as far as a few attempts find one."""
        for _ in range(ATTEMPTS):
            words = self.filled(self.random.choice(self.bank.shapes))
            if not process.extractOne(words, self.written, scorer=fuzz.ratio, score_cutoff=TOO_LIKE):
                break
        self.written.append(words)
        return words

    def filled(self, shape: str) -> str:
        """A shape with its slots filled, and the slots of what filled them."""
        pick, bank = self.random.choice, self.bank
        actor = pick(bank.actors)
        values = {
            "actor": actor, "Actor": actor[0].upper() + actor[1:], "actor2": pick(bank.actors),
            "act": pick(bank.acts), "act2": pick(bank.acts), "thing": pick(bank.things), "thing2": pick(bank.things),
            "tail": pick(bank.tails), "opening": pick(bank.openings), "saying": pick(bank.sayings),
            "saying2": pick(bank.sayings), "person": pick(self.people), "place": pick(self.places), "day": pick(DAYS),
            "month": pick(MONTHS), "year": str(self.random.randint(1987, 2026)), "year2": "2026",
            "number": pick(NUMBERS), "number2": pick(NUMBERS), "nth": pick(("second", "third", "fourth")),
            "small": str(self.random.randint(11, 79)), "count": f"{self.random.randint(101, 9999):,}",
            "count2": f"{self.random.randint(101, 9999):,}",
        }  # fmt: skip
        words = shape.format(**values)
        return self.filled(words) if "{" in words else words

    def heading(self) -> str:
        """A heading, with or without the sign of Markdown."""
        words = self.random.choice(self.bank.things)
        heading = self.filled(self.random.choice(("## ", "")) + words[0].upper() + words[1:])
        return f"{heading}: {self.random.choice(self.places)}"

    def listing(self) -> list[str]:
        """The lines of a list or of a table: near-identical on purpose."""
        shape = self.random.choice(
            (
                "- {actor}: {count} pounds", "* {place}, {day}: {small} samples, {number} failed",
                "| {place} | {count} | {small} per cent |", "- keeps regular contact with {actor} in {place}",
                "{person}, {place}: {count} votes",
            )
        )  # fmt: skip
        return [self.filled(shape) for _ in range(self.random.randint(4, 9))]

    def foreign(self) -> tuple[list[str], bool]:
        """Sentences in another script, and whether their words stand apart."""
        script = self.random.choice(list(SCRIPTS))
        stop = {"zh": "。", "hi": "।", "th": " "}.get(script, ".")
        pool = SCRIPTS[script]
        return [one + stop for one in self.random.sample(pool, min(len(pool), 4))], script not in UNSPACED
