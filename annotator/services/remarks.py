"""Remarks with which people answer for something."""

from __future__ import annotations

from annotator.errors import Invalid
from annotator.text.codepoints import storable
from annotator.text.prose import tidy_prose

REMARK_LIMIT = 2_000


def tidied(remark: str, field: str = "remark") -> str:
    """The same remark put right. Raises Invalid on `field` when it is too long."""
    tidy = tidy_prose(storable(remark, field))
    if len(tidy) > REMARK_LIMIT:
        raise Invalid({field: f"A remark may have at most {REMARK_LIMIT:,} characters; this has {len(tidy):,}."})
    return tidy
