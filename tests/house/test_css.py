"""The style sheets stay small, and keep colours where the contrast test reads them."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from annotator.web.assets import content

CSS = Path(__file__).parents[2] / "static" / "css"
BUDGET = 10 * 1024
CODED = re.compile(r"#[0-9a-fA-F]{3,8}(?=[;,) ])")
SHEETS = sorted(CSS.glob("*.css"))
PLAIN = [sheet for sheet in SHEETS if sheet.name not in ("tokens.css", "print.css")]


def test_all_sheets_together_keep_their_budget() -> None:
    assert sum(len(gzip.compress(content(sheet), mtime=0)) for sheet in SHEETS) <= BUDGET


@pytest.mark.parametrize("sheet", PLAIN, ids=lambda sheet: sheet.name)
def test_colours_stand_in_the_tokens_alone(sheet: Path) -> None:
    assert CODED.findall(sheet.read_text(encoding="utf-8")) == []
