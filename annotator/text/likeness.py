"""Whether two passages say the same, and which of several is most likely meant: from the words alone.

Words are compared without case, marks and accents that NFKC takes apart.
"""

from __future__ import annotations

from functools import lru_cache

import regex

from annotator.text.prose import folded

IDLE = {
    "en": frozenset("a an the that also".split()),
    "de": frozenset("dass auch".split()),
    "fr": frozenset("l le la les un une aussi".split()),
    "es": frozenset("el la los las un una también".split()),
}
"""Words of a language that may be there or not, and the same is said."""

NEAR = 600
"""So many code points away a passage is half as near as one right beside."""

STEM = 5


@lru_cache(maxsize=20_000)
def bare(words: str) -> str:
    """The words of a passage, case-folded, with one space between them and nothing else."""
    return " ".join(regex.findall(r"[\p{L}\p{M}\p{N}]+", folded(words)))


def says_same(one: str, other: str, language: str = "en") -> bool:
    """Whether two passages say the same: the same words and signs in the same order, but for IDLE ones.

    One figure, month, name or `not` that differs makes another claim of the longest passage. So nothing is weighed.
    """
    idle = IDLE.get((language or "en")[:2].lower(), frozenset())
    said = [word for word in _said(one) if word not in idle]
    return bool(said) and said == [word for word in _said(other) if word not in idle]


@lru_cache(maxsize=5_000)
def _said(passage: str) -> tuple[str, ...]:
    """The words, and the signs that a figure means something else without: currency, per cent, minus, from-to."""
    plain = regex.sub(r"[\p{Pd}−]", "-", folded(passage))
    return tuple(regex.findall(r"[\p{L}\p{M}\p{N}]+|[\p{Sc}%‰]|[-/:](?=\p{N})", plain))


def shared(one: str, other: str) -> float:
    """How much two `bare` passages have in common, in any order: half for one long word, two thirds for two, and so on.

    Words count by their first STEM letters, so that `crane` meets `cranes`; shorter ones, which every sentence has, do
    not count.
    """
    common = len(_stems(one) & _stems(other))
    return common / (common + 1)


@lru_cache(maxsize=20_000)
def _stems(passage: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in passage.split() if len(word) >= STEM)


def plausibility(here: tuple[int, str], there: tuple[int, str]) -> float:
    """How likely the passage at `here` speaks of the one at `there`; each is (start, `bare` words).

    Nearness and common words count the same. What comes only afterwards counts half: people answer what was said.
    """
    apart = here[0] - there[0]
    near = NEAR / (NEAR + abs(apart))
    return (near if apart >= 0 else near / 2) + shared(here[1], there[1])
