"""From what was read to what is imported: what somebody typed wins over what the text tells of itself."""

from __future__ import annotations

from dataclasses import fields

from annotator.errors import Invalid
from annotator.extract import Extracted
from annotator.services.articles import LENGTHS, Details, checked
from annotator.text.canonical import canonical_line

UNTITLED = "Untitled article"


def completed(typed: Details, found: Extracted) -> Details:
    """The details as typed, each empty one filled with what was found, when that will do."""
    values = {}
    for field in fields(Details):
        written = getattr(typed, field.name).strip()
        values[field.name] = written or _usable(field.name, getattr(found, field.name) or "")
    values["title"] = values["title"] or _first_words(found)
    return Details(**values)


def offered(typed: Details, found: Extracted) -> dict[str, str]:
    """The fields that were left empty and can be filled from what was found."""
    full = completed(typed, found)
    return {
        field.name: getattr(full, field.name)
        for field in fields(Details)
        if getattr(full, field.name) and not getattr(typed, field.name).strip()
    }


def _usable(name: str, value: str) -> str:
    value = canonical_line(value)[: LENGTHS[name]].strip()
    try:
        checked(Details(**({"title": "x"} | {name: value})))
    except Invalid:
        return ""
    return value


def _first_words(found: Extracted) -> str:
    first = next((line for draft in found.drafts if (line := canonical_line(draft.text))), UNTITLED)
    return first if len(first) <= 100 else first[:99].rsplit(" ", 1)[0] + "…"
