"""An article's text as programs send it: plain, or as HTML."""

from __future__ import annotations

from typing import Any

from annotator import wire
from annotator.errors import Invalid, TooLarge
from annotator.extract import Extracted, from_html, from_paste
from annotator.services.articles import LIMIT
from annotator.text.blocks import Draft


def source_of(sent: dict[str, Any]) -> str:
    """Which field holds the text: `text` or `html`. Raises Invalid."""
    given = [name for name in ("text", "html") if sent.get(name) is not None]
    if len(given) != 1:
        raise Invalid({"text": "Send the article as text or as html, and not as both."})
    return given[0]


def extracted(sent: dict[str, Any], source: str) -> tuple[tuple[Draft, ...], Extracted]:
    """The blocks, and what the text tells of itself. Raises Invalid, TooLarge.

    Plain text stays as it is, paragraph by paragraph, so that a program can tell the offsets; HTML is reduced.
    """
    content = wire.text(sent, source)
    if len(content) > LIMIT:
        told = f"At most {LIMIT:,} characters can be read; these are {len(content):,}."
        raise TooLarge(told, fields={source: told})
    found = from_html(content) if source == "html" else from_paste(content)
    return found.drafts if source == "html" else (Draft(content),), found
