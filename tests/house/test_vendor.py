"""What others wrote stands in static/vendor unmodified, named, licensed and listed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

VENDOR = Path(__file__).parents[2] / "static" / "vendor"
LISTED: list[dict[str, Any]] = json.loads((VENDOR / "VENDOR.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("part", LISTED, ids=lambda part: part["file"])
def test_a_vendored_file_is_the_one_that_was_published(part: dict[str, Any]) -> None:
    found = hashlib.sha256((VENDOR / part["file"]).read_bytes()).hexdigest()
    assert found == part["sha256"]


@pytest.mark.parametrize("part", LISTED, ids=lambda part: part["file"])
def test_a_vendored_file_carries_its_version_and_licence(part: dict[str, Any]) -> None:
    assert part["version"] in part["file"]
    assert part["licence"]
    assert (VENDOR / part["licence_file"]).read_text(encoding="utf-8").strip()


def test_every_vendored_file_is_listed() -> None:
    listed = {part["file"] for part in LISTED} | {part["licence_file"] for part in LISTED} | {"VENDOR.json"}
    assert {path.name for path in VENDOR.iterdir()} == listed
