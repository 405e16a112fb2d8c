"""Spans: where an annotation may stand.

A span is half open, in code points of the canonical text, trimmed of surrounding white space, snapped outward
to whole written characters (grapheme clusters), never empty and at most `LONGEST` code points long.
"""

from __future__ import annotations

from dataclasses import dataclass

from annotator.errors import Invalid, WordsDiffer
from annotator.text.graphemes import boundary_after, boundary_before

LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class Span:
    """The code points `[start, end)` of a text."""

    start: int
    end: int


def settle(text: str, start: object, end: object) -> Span:
    """Return the span that `start` and `end` mean in `text`.

    White space at both ends is left out, then each end moves outward to a whole written character. Settling a
    settled span changes nothing. `start` and `end` may be anything a request can hold.

    Raises `Invalid` on `start` or `end` when they are not whole numbers (a boolean is none), lie outside the
    text, are in the wrong order, hold only white space, or reach over more than `LONGEST` code points.
    """
    first, last = _within(text, start, end)
    words = text[first:last]
    trimmed = words.strip()
    if not trimmed:
        raise Invalid({"start": f"There is only white space from {first} to {last}; select at least one word."})
    left = first + len(words) - len(words.lstrip())
    span = Span(boundary_before(text, left), boundary_after(text, left + len(trimmed)))
    if span.end - span.start > LONGEST:
        raise Invalid({"end": f"Select at most {LONGEST:,} characters; these are {span.end - span.start:,}."})
    return span


def check_words(text: str, span_start: object, span_end: object, exact: str) -> None:
    """Make sure that the words a client believes to be at its offsets are there, before anything is stored.

    The offsets are the client's own, not yet settled, and the comparison is exact, code point by code point:
    a client that sliced the canonical text at its offsets passes, one that counted in other units or saw
    another text does not.

    Raises `Invalid` for offsets that `settle` refuses as well, and `WordsDiffer` when the words are others.
    """
    first, last = _within(text, span_start, span_end)
    if text[first:last] != exact:
        raise WordsDiffer(found=text[first:last])


def _within(text: str, start: object, end: object) -> tuple[int, int]:
    first, last = _whole_number(start, "start"), _whole_number(end, "end")
    if first >= len(text):
        raise Invalid({"start": f"Start lies past the end of the text; send a number below {len(text)}."})
    if last > len(text):
        raise Invalid({"end": f"End lies past the end of the text; send a number up to {len(text)}."})
    if first >= last:
        raise Invalid({"end": f"End must be greater than start ({first}); the span is empty or backward."})
    return first, last


def _whole_number(value: object, field: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise Invalid({field: f"{field.capitalize()} must be a whole number, counted in code points from 0."})
    return value
