"""What is typed as a URL: the address in it and the place it tells, as the page's script reads it too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.web.forms.note import apart

CASES = json.loads((Path(__file__).parents[1] / "vectors" / "addresses.json").read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize(("typed", "address", "place"), CASES)
def test_the_address_and_the_place_in_it(typed: str, address: str, place: str) -> None:
    found, told = apart(typed)
    assert (found.strip(), told) == (address, place)
