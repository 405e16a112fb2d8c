"""The words of a span and what stands on either side of them, by which it is found again in another text."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.text.spans import Span

CONTEXT = 32


@dataclass(frozen=True, slots=True)
class Quote:
    """`exact` are the words; `prefix` and `suffix` are up to `CONTEXT` code points before and after them."""

    exact: str
    prefix: str
    suffix: str


def quote_selector(text: str, span: Span) -> Quote:
    """Return the quote of `span` in `text`. At the edges of the text the context is shorter, down to
    nothing.
    """
    return Quote(
        exact=text[span.start : span.end],
        prefix=text[max(0, span.start - CONTEXT) : span.start],
        suffix=text[span.end : span.end + CONTEXT],
    )
