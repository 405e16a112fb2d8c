"""How alike two passages are, and which of several is most likely meant: figures from 0 to 1, from the words alone.

Words are compared without case, marks and accents that NFKC takes apart. RapidFuzz does the counting.
"""

from __future__ import annotations

from functools import lru_cache

import regex

from annotator.text.prose import folded

SAME = 0.9
"""From here on two passages say the same thing."""

NEAR = 600
"""So many code points away a passage is half as near as one right beside."""

STEM = 5


@lru_cache(maxsize=20_000)
def bare(words: str) -> str:
    """The words of a passage, case-folded, with one space between them and nothing else."""
    return " ".join(regex.findall(r"[\p{L}\p{M}\p{N}]+", folded(words)))


def likeness(one: str, other: str) -> float:
    """How much of one `bare` passage stands in the other, in the same order: 1 for the same words."""
    # Loaded when somebody needs it: it takes 5 MB that an idle desk has better uses for.
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other) / 100 if one and other else 0.0


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
