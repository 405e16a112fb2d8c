"""How much of a text has been read, sentence by sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from annotator.text.spans import Span

State = Literal["unread", "clear", "covered"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many sentences there are, and how many of them are clear or covered."""

    sentences: int
    clear: int
    covered: int

    @property
    def read(self) -> int:
        """Those that are clear or covered."""
        return self.clear + self.covered

    @property
    def unread(self) -> int:
        """Those that are neither."""
        return self.sentences - self.read

    @property
    def complete(self) -> bool:
        """Whether nothing is unread."""
        return not self.unread

    @property
    def share(self) -> int:
        """Whole per cent that are read, rounded down: 100 means all."""
        return 100 * self.read // self.sentences if self.sentences else 100


def states(
    sentences: Sequence[Span], covered: Iterable[tuple[int, int]], clear: Iterable[tuple[int, int]]
) -> list[State]:
    """The state of each sentence: covered when a span touches it, clear when one contains it."""
    starts = [one.start for one in sentences]
    found: list[State] = ["unread"] * len(sentences)
    for start, end in clear:
        at = max(0, bisect_right(starts, start) - 1)
        for number in range(at, len(starts)):
            if sentences[number].start >= start and sentences[number].end <= end:
                found[number] = "clear"
            elif starts[number] >= end:
                break
    for start, end in covered:
        number = max(0, bisect_right(starts, start) - 1)
        while number < len(starts) and starts[number] < end:
            if sentences[number].end > start:
                found[number] = "covered"
            number += 1
    return found


def count(found: Sequence[State]) -> Coverage:
    """How many there are of each."""
    return Coverage(len(found), found.count("clear"), found.count("covered"))
