"""What forms put right before a service reads it."""

from __future__ import annotations

import pytest

from annotator.web.forms.article import in_iso
from annotator.web.forms.note import in_full

DATES = {
    "12 March 2026": "2026-03-12",
    "2026-11-23T18:30": "2026-11-23T18:30",
    "03/04/2026": "03/04/2026",
    "seen on 12 March 2026": "seen on 12 March 2026",
    "": "",
}
ADDRESSES = {
    "example.org/table": "https://example.org/table",
    "https://example.org": "https://example.org",
    "javascript:alert(1)": "javascript:alert(1)",
    "a note": "a note",
    "p. 4": "p. 4",
    "": "",
}


@pytest.mark.parametrize("typed", DATES)
def test_a_date_written_out_is_understood(typed: str) -> None:
    assert in_iso(typed) == DATES[typed]


@pytest.mark.parametrize("typed", ADDRESSES)
def test_an_address_without_its_beginning_is_completed(typed: str) -> None:
    assert in_full(typed) == ADDRESSES[typed]
