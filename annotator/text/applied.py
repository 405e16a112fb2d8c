"""Whether words that were suggested stand in a text now, beside the place they were suggested for."""

from __future__ import annotations

from annotator.text.finding import found
from annotator.text.spans import Span

AROUND = 16


def stands_at(text: str, words: str, start: int, end: int) -> Span | None:
    """The code points at which `words` stand nearest to `[start, end)`, no farther than they are long; else None.

    Quotation marks, dashes and spaces may be of another kind. Nothing stands nowhere.
    """
    reach = len(words) + AROUND
    low = max(0, start - reach)
    near = found(text[low : end + reach], words)
    at = min(near, key=lambda one: abs(low + one.start - start), default=None)
    return None if at is None else Span(low + at.start, low + at.end)
