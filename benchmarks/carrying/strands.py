"""Text whose characters remember which old characters they are, or stand for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

Spot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Strand:
    """Letters written together. They stand for the old characters `of`, or are new when that is None; `kept` when they
    are these very characters, one for one.
    """

    letters: str
    of: Spot | None = None
    kept: bool = False


Text = list[Strand]


def wording(text: Sequence[Strand]) -> str:
    """What is read."""
    return "".join(strand.letters for strand in text)


def new(letters: str) -> Text:
    """Text that was not there before."""
    return [Strand(letters)]


def old(letters: str, at: int) -> Text:
    """Text as it stood in the old draft from `at` on."""
    return [Strand(letters, (at, at + len(letters)), kept=True)]


def cut(text: Text, start: int, end: int) -> Text:
    """The part `[start, end)` of a text. A strand that stands for others is not cut: it goes where it begins."""
    found: Text = []
    at = 0
    for strand in text:
        low, high = max(start - at, 0), min(end - at, len(strand.letters))
        if strand.kept and strand.of and low < high:
            found.append(Strand(strand.letters[low:high], (strand.of[0] + low, strand.of[0] + high), kept=True))
        elif not strand.kept and strand.of and start <= at < end:
            found.append(strand)
        elif strand.of is None and low < high:
            found.append(Strand(strand.letters[low:high]))
        at += len(strand.letters)
    return found


def put(text: Text, at: int, letters: str) -> Text:
    """The text with new letters put in."""
    return [*cut(text, 0, at), *new(letters), *cut(text, at, len(wording(text)))]


def put_for(text: Text, start: int, end: int, letters: str) -> Text:
    """The text with other letters in place of `[start, end)`, standing for what they replace."""
    gone = [strand.of for strand in cut(text, start, end) if strand.of]
    of = (min(one[0] for one in gone), max(one[1] for one in gone)) if gone else None
    return [*cut(text, 0, start), Strand(letters, of), *cut(text, end, len(wording(text)))]


def typeset(text: Text, sign: Callable[[str], str]) -> Text:
    """The text with every character written as `sign` writes it; it stays the same character to a reader."""
    return [one for strand in text for one in _typeset(strand, sign)]


def _typeset(strand: Strand, sign: Callable[[str], str]) -> Iterator[Strand]:
    if not strand.kept or strand.of is None:
        yield Strand("".join(map(sign, strand.letters)), strand.of)
        return
    for at, letter in enumerate(strand.letters, strand.of[0]):
        yield Strand(sign(letter), (at, at + 1), kept=True)


@dataclass(frozen=True, slots=True)
class Trace:
    """What became of a span: where its characters stand now, how many of them were kept, whether only part of what
    stands for them is meant, and whether their order was kept.
    """

    places: list[Spot]
    kept: int
    torn: bool
    ordered: bool


def trace(text: Sequence[Strand], span: Spot) -> Trace:
    """Follow the old span into a text."""
    places: list[Spot] = []
    order: list[int] = []
    at = kept = 0
    torn = False
    for strand in text:
        if strand.of and max(strand.of[0], span[0]) < min(strand.of[1], span[1]) and strand.letters:
            low, high = _part(strand, span)
            inside = span[0] <= strand.of[0] and strand.of[1] <= span[1]
            torn |= not (strand.kept or inside or strand.of == span)
            places.append((at + low, at + high))
            kept += min(strand.of[1], span[1]) - max(strand.of[0], span[0]) if strand.kept else 0
            order.append(max(strand.of[0], span[0]))
        at += len(strand.letters)
    return Trace(places, kept, torn, order == sorted(order))


def _part(strand: Strand, span: Spot) -> Spot:
    assert strand.of
    if not strand.kept or len(strand.letters) != strand.of[1] - strand.of[0]:
        return 0, len(strand.letters)
    return max(0, span[0] - strand.of[0]), min(len(strand.letters), span[1] - strand.of[0])
