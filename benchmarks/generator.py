"""Articles and marks out of thin air: the same ones each time, so that two runs can be compared.

The words are invented, plain ASCII. Marks are 5 to 40 words long and may cross paragraphs; two in five lie in hot
spots, because readers mark the same sentences again and again. Kinds take turns; one mark in three has been checked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from annotator.vocabulary import KINDS

PARAGRAPH = 80
SHORTEST, LONGEST = 5, 40
CLUSTERED = 0.4
HOT_EVERY, HOT_WIDTH = 500, 40
SYLLABLES = "ba den fi gor hal in jo kel la men no or pa ri sol ta un ver wes ya".split()
WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Size:
    """How many words an article has, and how many marks."""

    words: int
    marks: int

    def __str__(self) -> str:
        return f"{self.words:,}/{self.marks:,}"


@dataclass(frozen=True, slots=True)
class Mark:
    """A span (code points) with a kind; `clustered` when it was put into a hot spot, `noted` when it is checked."""

    start: int
    end: int
    kind: str
    clustered: bool
    noted: bool


@dataclass(frozen=True, slots=True)
class Generated:
    """An article: its paragraphs and what is marked in them, offsets counted in `text`."""

    paragraphs: tuple[str, ...]
    marks: tuple[Mark, ...]

    @property
    def text(self) -> str:
        """The canonical text that the paragraphs make."""
        return "\n\n".join(self.paragraphs)


SIZES = (Size(600, 100), Size(5000, 1000), Size(5000, 5000), Size(50_000, 5000))


def article(size: Size, seed: int = 1) -> Generated:
    """An article of this size; another seed gives other words and other marks."""
    random = Random(f"{size}:{seed}")
    words = [_word(random) for _ in range(size.words)]
    cut = [words[at : at + PARAGRAPH] for at in range(0, size.words, PARAGRAPH)]
    paragraphs = tuple(" ".join(_punctuated(random, part)) for part in cut)
    found = [match.span() for match in WORD.finditer("\n\n".join(paragraphs))]
    hot = [random.randrange(size.words) for _ in range(max(2, size.words // HOT_EVERY))]
    return Generated(paragraphs, tuple(_mark(random, found, hot, number) for number in range(size.marks)))


def _word(random: Random) -> str:
    return "".join(random.choices(SYLLABLES, k=random.randint(1, 3)))


def _punctuated(random: Random, words: Sequence[str]) -> list[str]:
    """The words as sentences of 8 to 20 words; the last ends with the paragraph."""
    made, left = list(words), 0
    for at, word in enumerate(words):
        first, left = left == 0, left or random.randint(8, 20)
        left -= 1
        made[at] = word.capitalize() if first else word
        made[at] += "." if left == 0 or at == len(words) - 1 else ""
    return made


def _mark(random: Random, words: Sequence[tuple[int, int]], hot: Sequence[int], number: int) -> Mark:
    clustered = random.random() < CLUSTERED
    middle = random.choice(hot) + random.randint(-HOT_WIDTH, HOT_WIDTH) if clustered else random.randrange(len(words))
    length = random.randint(SHORTEST, LONGEST)
    first = min(max(0, middle), len(words) - length)
    kind = tuple(KINDS)[number % len(KINDS)]
    return Mark(words[first][0], words[first + length - 1][1], kind, clustered, number % 3 == 0)
