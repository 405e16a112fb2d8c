"""Texts that people revised, from two folders that hold an earlier and a later state of the same files:

`python -m benchmarks.carrying.revisions OLD NEW [NEWER …]` prints a table over all consecutive pairs of folders.

What became of a passage is told from whole paragraphs alone, by difflib, which the method does not use: those that
stand in both are found, those that stand in one are gone or new, and one in the place of another that is much like it
was edited. Where that says nothing sure, nothing is asked.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import NamedTuple

from rapidfuzz import fuzz

from benchmarks.carrying.cases import Case, Pair, Spot
from benchmarks.carrying.measuring import quality
from benchmarks.carrying.methods import METHODS
from benchmarks.carrying.scoring import score

ENDINGS = (".md", ".rst", ".txt")
UNLIKE, LIKE = 60, 80
SAYS_ENOUGH, LONGEST = 40, 120
ASKED = 0.1
ABOUT = (
    "{pairs:,} pairs of files that people revised. *Unchanged*: paragraphs that stand once in each; one in ten is "
    "asked for. *Repeated*: those that stand several times. All of a paragraph is asked for, then a part of it."
)


class Paragraph(NamedTuple):
    """Text between blank lines, where it begins, and what it reads with line breaks left aside."""

    text: str
    start: int
    read: str

    @property
    def spot(self) -> Spot:
        """All of it."""
        return self.start, self.start + len(self.text)


def revisions(folders: Sequence[Path]) -> Iterator[Pair]:
    """Pairs of the files that differ between one folder and the next, with what can be asked of them."""
    for one, other in pairwise(folders):
        for old in sorted(path for path in one.rglob("*") if path.suffix in ENDINGS):
            new = other / old.relative_to(one)
            texts = [
                _canonical(path.read_text(encoding="utf-8", errors="replace")) for path in (old, new) if path.is_file()
            ]
            if len(texts) == 2 and texts[0] != texts[1]:
                yield Pair(*texts, tuple(_cases(*texts, Random(str(old.relative_to(one))))))


def _canonical(text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def _paragraphs(text: str) -> list[Paragraph]:
    found, at = [], 0
    for part in text.split("\n\n"):
        found.append(Paragraph(part, at, " ".join(part.split())))
        at += len(part) + 2
    return found


def _cases(old: str, new: str, random: Random) -> Iterator[Case]:
    before, after = _paragraphs(old), _paragraphs(new)
    compared = SequenceMatcher(None, [one.read for one in before], [one.read for one in after], autojunk=False)
    times = [Counter(one.read for one in side) for side in (before, after)]
    for what, low, high, start, end in compared.get_opcodes():
        here, there = before[low:high], after[start:end]
        if what == "equal":
            for one, other in zip(here, there, strict=True):
                unique = times[0][one.read] == times[1][one.read] == 1
                yield from _stood(one, other, unique, random)
        elif what == "delete":
            yield from _gone(here, after, times)
        elif what == "replace" and len(here) == len(there) == 1:
            yield from _edited(here[0], there[0])


def _stood(one: Paragraph, other: Paragraph, unique: bool, random: Random) -> Iterator[Case]:
    """A paragraph that both have, and, when its lines break at the same words, some words of it."""
    if (unique and random.random() > ASKED) or not one.read:
        return
    kind = "unchanged" if unique else "repeated"
    yield Case(one.spot, (other.spot,), kind if one.text == other.text else f"{kind}, other line breaks")
    words = [match.span() for match in re.finditer(r"\S+", one.text)]
    first = random.randrange(len(words))
    last = min(len(words), first + random.randint(1, LONGEST // 6))
    spot = words[first][0], words[last - 1][1]
    if one.text == other.text:
        yield Case(_from(one, spot), (_from(other, spot),), f"{kind}, a part")


def _from(paragraph: Paragraph, spot: Spot) -> Spot:
    return paragraph.start + spot[0], paragraph.start + spot[1]


def _gone(here: Iterable[Paragraph], after: Sequence[Paragraph], times: Sequence[Counter[str]]) -> Iterator[Case]:
    """Paragraphs that are gone, where nothing like them stands or where one like them stood before and still does."""
    for one in here:
        if len(one.read) < SAYS_ENOUGH or times[1][one.read]:
            continue
        if fuzz.partial_ratio(one.read, " ".join(each.read for each in after)) < UNLIKE:
            yield Case(one.spot, (), "deleted")
        likest = max(after, key=lambda each: fuzz.ratio(one.read, each.read))
        if times[0][likest.read] and fuzz.ratio(one.read, likest.read) >= LIKE:
            yield Case(one.spot, (), "deleted, look-alike left")


def _edited(one: Paragraph, other: Paragraph) -> Iterator[Case]:
    if len(one.read) >= SAYS_ENOUGH and fuzz.ratio(one.read, other.read) >= UNLIKE:
        yield Case(one.spot, (other.spot,), "edited")


def main(folders: Sequence[str]) -> None:
    """Print the table for these folders."""
    if len(folders) < 2:
        sys.exit("Give two folders or more: an earlier and a later state of the same texts.")
    found = list(revisions([Path(one) for one in folders]))
    result = score(METHODS["one alignment (ours)"], found)
    print(quality("revised by people", result, ABOUT.format(pairs=len(found))).markdown())


if __name__ == "__main__":
    main(sys.argv[1:])
