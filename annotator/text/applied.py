"""Whether words that were suggested stand in a text now, beside the place they were suggested for."""

from __future__ import annotations

from annotator.text.spans import Span

AROUND = 16
_PLAIN = str.maketrans("“”„‟«»‘’‚‛‹›\u00a0\u202f–—‑", '""""""' + "''''''" + "  " + "---")


def stands_at(text: str, words: str, start: int, end: int) -> Span | None:
    """The code points at which `words` stand nearest to `[start, end)`, no farther than they are long; else None.

    Quotation marks, dashes and spaces may be of another kind. Nothing stands nowhere.
    """
    reach = len(words) + AROUND
    low, high = max(0, start - reach), end + reach
    near, wanted = text[low:high].translate(_PLAIN), " ".join(words.translate(_PLAIN).split())
    if not wanted:
        return None
    found = list(_places(near, wanted))
    at = min(found, key=lambda place: abs(low + place - start), default=None)
    return None if at is None else Span(low + at, low + at + len(wanted))


def _places(near: str, words: str) -> list[int]:
    found, at = [], near.find(words)
    while at >= 0:
        found.append(at)
        at = near.find(words, at + 1)
    return found
