"""Texts that cost the most: what nobody writes, and what a desk must survive all the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

Texts = tuple[str, str]

LETTERS = "abcdefghijklmnopqrstuvwxyz"
QUIPS = ["A cat sat.", "A dog ran.", "He left.", "She came back home."]


def vocabulary(seed: int, count: int) -> list[str]:
    """Words of two to nine letters."""
    random = Random(seed)
    return ["".join(random.choices(LETTERS, k=random.randint(2, 9))) for _ in range(count)]


def prose(seed: int, size: int, words: list[str], punctuated: bool = True) -> str:
    """Random words up to a size, in sentences of twelve and paragraphs of 72."""
    random = Random(seed)
    made = random.choices(words, k=size // 5)
    for at in range(11, len(made), 12) if punctuated else ():
        made[at] += "." if at % 72 != 71 else ".\n\n"
    return " ".join(made)[:size]


def touched(size: int) -> Texts:
    """Prose, and the same with one sentence in eight touched."""
    random = Random(3)
    old = prose(1, size, vocabulary(1, 8000))
    sentences = old.split(". ")
    return old, ". ".join(one if random.random() > 0.12 else one.replace(" ", " new ", 1) for one in sentences)


def _characters(seed: int, size: int, pool: str) -> str:
    return "".join(Random(seed).choices(pool, k=size))


def _shuffled(size: int, joint: str) -> Texts:
    parts = touched(size)[0].split(joint)
    return joint.join(parts), joint.join(Random(5).sample(parts, len(parts)))


def _lines(size: int, every: int, price: int) -> str:
    rows = range(size // 33)
    return "\n".join(f"- item {row} costs {row * price % 97} pounds each" for row in rows if row % every)


def _reordered(parts: list[str], joint: str) -> Texts:
    return joint.join(parts), joint.join(Random(5).sample(parts, len(parts)))


def _short_lines(size: int) -> list[str]:
    random = Random(1)
    return [f"{random.choice(LETTERS)}{random.randrange(999)} ok" for _ in range(size // 10)]


def _chunks(text: str, size: int) -> list[str]:
    return [text[at : at + size] for at in range(0, len(text), size)]


def _any_character(seed: int, size: int, last: int) -> str:
    random = Random(seed)
    return "".join(chr(random.randrange(0x20, last)) for _ in range(size))


HAN = "".join(map(chr, range(0x4E00, 0x5A00)))
MARKS = "".join(map(chr, range(0x300, 0x36F)))
HOSTILE: dict[str, Callable[[int], Texts]] = {
    "usual edits": touched,
    "all new": lambda size: (prose(1, size, vocabulary(1, 8000)), prose(2, size, vocabulary(2, 8000))),
    "all new of the same words": lambda size: (
        prose(1, size, vocabulary(1, 8000)), prose(2, size, vocabulary(1, 8000))
    ),
    "all new without punctuation": lambda size: (
        prose(1, size, vocabulary(1, 8000), punctuated=False), prose(2, size, vocabulary(1, 8000), punctuated=False)
    ),
    "ten words at random": lambda size: (prose(1, size, vocabulary(1, 10)), prose(2, size, vocabulary(1, 10))),
    "one word repeated": lambda size: ("a " + "spam " * (size // 5), "b " + "spam " * (size // 6) + "c"),
    "one sentence repeated, then another": lambda size: (
        "x. " + "The dog was here on Monday. " * (size // 28), "y. " + "The cat was here on Monday. " * (size // 29)
    ),
    "four sentences at random": lambda size: (
        " ".join(Random(1).choices(QUIPS, k=size // 12)), " ".join(Random(2).choices(QUIPS, k=size // 12))
    ),
    "near-identical lines": lambda size: (_lines(size, size, 7), _lines(size, 9, 5)),
    "words in random order": lambda size: _shuffled(size, " "),
    "sentences in random order": lambda size: _shuffled(size, ". "),
    "paragraphs reversed": lambda size: (touched(size)[0], "\n\n".join(touched(size)[0].split("\n\n")[::-1])),
    "short lines in random order": lambda size: _reordered(_short_lines(size), "\n"),
    "short paragraphs in random order": lambda size: _reordered(_short_lines(size), "\n\n"),
    "every second word new": lambda size: (
        prose(1, size, vocabulary(1, 8000)), re.sub(r"(\w+ )(\w+ )", r"\1other ", prose(1, size, vocabulary(1, 8000)))
    ),
    "two words in turn": lambda size: ("ab cd " * (size // 6), "cd ab " * (size // 6) + "x"),
    "ever new words": lambda size: (
        " ".join(f"x{n:x}" for n in range(size // 7)), " ".join(f"y{n:x}" for n in range(size // 7))
    ),
    "no spaces": lambda size: (_characters(1, size, LETTERS), _characters(2, size, LETTERS)),
    "no spaces, Chinese, all new": lambda size: (_characters(1, size, HAN), _characters(2, size, HAN)),
    "Chinese sentences in random order": lambda size: _reordered(_chunks(_characters(1, size, HAN), 11), "。"),
    "any characters of the first plane": lambda size: (
        _any_character(1, size, 0xD800), _any_character(2, size, 0xD800)
    ),
    "any characters": lambda size: (_any_character(1, size, 0x110000), _any_character(2, size, 0x110000)),
    "full stops apart": lambda size: (". " * (size // 2), ".. " * (size // 3)),
    "numbers of a list": lambda size: ("1. " * (size // 3), "2. " * (size // 3)),
    "line ends alone": lambda size: ("\n" * size, "\n" * (size - 7)),
    "accents alone": lambda size: (_characters(1, size, MARKS), _characters(2, size, MARKS)),
    "signs alone": lambda size: (".,!?" * (size // 4), "!.,?" * (size // 4)),
    "line ends": lambda size: ("a\n" * (size // 2), "b\n" * (size // 2)),
    "accents on one letter": lambda size: ("e" + "\u0301" * size, "e" + "\u0301" * (size - 5) + "x"),
}  # fmt: skip
