"""What several tests of the readers look at."""

from __future__ import annotations

from collections.abc import Callable

from annotator.errors import Invalid
from annotator.extract import Extracted
from annotator.text.blocks import Document, build

_SHORT = {"paragraph": "p", "heading": "h", "list_item": "li", "quotation": "q"}


def shapes(extracted: Extracted) -> list[tuple[str, str]]:
    """Return type and text of every draft; a heading is named with its level, as h2."""
    return [(_SHORT[draft.type] + str(draft.level or ""), draft.text) for draft in extracted.drafts]


def links(extracted: Extracted) -> list[tuple[str, str]]:
    """Return the words and the address of every link."""
    return [(draft.text[link.start : link.end], link.href) for draft in extracted.drafts for link in draft.links]


def built_or_refused(read: Callable[[], Extracted], field: str) -> Document | None:
    """Return the document that was read, None when it was refused with one sentence, on `field`."""
    try:
        extracted = read()
    except Invalid as refusal:
        told = refusal.fields
    else:
        return build(extracted.drafts)
    assert list(told) == [field]
    assert told[field].endswith(".")
    return None
