"""Right, loose, wrong, given up: what a method made of the cases."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from benchmarks.carrying.cases import Case, Pair, Spot

Found = tuple[Spot | None, str]
"""A place, or None, and a state."""
Method = Callable[[str, str, Sequence[Spot]], list[Found]]

RIGHT, WRONG = 0.8, 0.5
OUTCOMES = ("correct", "loose", "wrong", "false orphan", "for review")


@dataclass(slots=True)
class Score:
    """How many cases of each class came out how; what was wrong, for reading; `exact` said of other letters."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    wrong: list[tuple[Pair, Case, Found, str]] = field(default_factory=list)
    not_exact: int = 0

    def total(self) -> Counter[str]:
        """All classes together."""
        return sum(self.counts.values(), Counter())


def score(method: Method, pairs: Iterable[Pair]) -> Score:
    """Run a method over pairs and judge what it says."""
    result = Score()
    for pair in pairs:
        for case, found in zip(pair.cases, method(pair.old, pair.new, [one.span for one in pair.cases]), strict=True):
            outcome = judged(pair.new, case, found)
            result.counts[case.kind][outcome] += 1
            if found[0] and found[1] == "exact" and letters(pair.old, case.span) != letters(pair.new, found[0]):
                result.not_exact += 1
            if outcome != "correct":
                result.wrong.append((pair, case, found, outcome))
    return result


def judged(new: str, case: Case, found: Found) -> str:
    """How one answer came out. A place shown for review is right or wrong, but never silently wrong."""
    place, state = found
    if place is None:
        return "false orphan" if case.places and not case.loose else "correct"
    agreement = max((overlap(new, place, right) for right in case.places), default=0.0)
    if agreement >= RIGHT:
        return "correct"
    if state == "review":
        return "for review"
    if case.loose and agreement >= WRONG / 2:
        return "loose"
    return "loose" if agreement >= WRONG else "wrong"


def overlap(text: str, one: Spot, other: Spot) -> float:
    """Intersection over union, in code points that are no white space."""
    both = _seen(text, max(one[0], other[0]), min(one[1], other[1]))
    either = _seen(text, *one) + _seen(text, *other) - both
    return both / either if either else 0.0


def _seen(text: str, start: int, end: int) -> int:
    return sum(not one.isspace() for one in text[start:end]) if start < end else 0


def letters(text: str, spot: Spot) -> str:
    """The letters and digits of a place and nothing else, case kept: what `exact` must not differ in."""
    words = unicodedata.normalize("NFC", text[spot[0] : spot[1]])
    return "".join(one for one in words if unicodedata.category(one)[0] in "LN")
