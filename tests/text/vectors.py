"""The cases in `tests/vectors/`, which JavaScript reads as well."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent.parent / "vectors"


def read(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def cases(name: str) -> pytest.MarkDecorator:
    """Run a test with every case of a file as `case`, named as the case is."""
    found = read(name)
    return pytest.mark.parametrize("case", found, ids=[case["name"] for case in found])
