"""What a reader of articles hands back, and the limits it keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.errors import Invalid
from annotator.text.blocks import Draft

READABLE = (".txt", ".md", ".markdown", ".html", ".htm", ".docx")
MOST_CHARACTERS = 1_000_000
LONGEST_VALUE = 500
EMPTY = "There is no text in it. Choose another file, or paste the text of the article."


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article as it was read: what it says of itself, and its blocks in reading order.

    `published_at` is ISO 8601, exactly as precise as the source: `2026-02-19` when it tells the day,
    `2026-02-19T00:15` when it tells a time without a zone, `2026-02-19T00:15:00+01:00` when it tells the
    zone. `language` is a BCP 47 tag, `source_url` an absolute http or https address. What the source does not
    tell is None. `remarks` are sentences for the person who imports: what was guessed, and what was left out.
    """

    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    published_at: str | None = None
    language: str | None = None
    source_url: str | None = None
    drafts: tuple[Draft, ...] = ()
    remarks: tuple[str, ...] = ()


def names(text: str) -> frozenset[str]:
    """Return the words of `text`, for a table of names that reads as a line of prose."""
    return frozenset(text.split())


def checked(extracted: Extracted, field: str) -> Extracted:
    """Return `extracted`, or raise `Invalid` on `field` when it has no text or more than `MOST_CHARACTERS`."""
    length = text_length(extracted.drafts)
    if not length:
        raise Invalid({field: EMPTY})
    if length > MOST_CHARACTERS:
        raise Invalid({field: too_long(length)})
    return extracted


def too_long(length: int) -> str:
    """Return the sentence for a text of `length` code points, which is too many."""
    return f"The text has {length:,} characters; the most is {MOST_CHARACTERS:,}. Import it in parts."


def text_length(drafts: Sequence[Draft]) -> int:
    """Return the code points of the drafts and of the blank lines between them."""
    return sum(len(draft.text) for draft in drafts) + 2 * max(0, len(drafts) - 1)
