"""The parts of the API's description that a noun brings: its paths, and the schemas of what it reads.

A module beneath this package has `PATHS`, as in `api/paths.py`, and `SCHEMAS`, as in `api/schemas.py`.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any

from annotator.api.describing import (
    assignments,
    comments,
    contacts,
    corrections,
    files,
    notes,
    parties,
    places,
    sentences,
    sign_offs,
    sources,
    versions,
)

NOUNS: tuple[ModuleType, ...] = (
    notes,
    parties,
    files,
    sources,
    contacts,
    corrections,
    sign_offs,
    assignments,
    comments,
    versions,
    sentences,
    places,
)


def paths(first: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """These paths and those of the nouns; an address may have operations of several."""
    merged = {path: dict(operations) for path, operations in first.items()}
    for noun in NOUNS:
        for path, operations in noun.PATHS.items():
            merged.setdefault(path, {}).update(operations)
    return merged


def schemas(first: dict[str, Any]) -> dict[str, Any]:
    """These schemas and those of the nouns."""
    merged = dict(first)
    for noun in NOUNS:
        merged |= noun.SCHEMAS
    return merged
