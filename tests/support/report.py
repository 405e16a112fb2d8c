"""How many tests ran on what: counted from pytest's reports, said in one line, kept as JSON for the gate."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.support.database import MISSING_POSTGRES

PLACES = {
    "sqlite": "on SQLite",
    "postgres": "on PostgreSQL",
    "browser": "in the browser",
    "plain": "without a database",
}


def count(stats: Mapping[str, Sequence[Any]]) -> dict[str, dict[str, int]]:
    """For each place, how many tests passed and failed. An error before or after a test counts as a failure."""
    counts = {place: {"passed": 0, "failed": 0} for place in PLACES}
    for outcome, name in (("passed", "passed"), ("failed", "failed"), ("error", "failed")):
        for report in stats.get(outcome, ()):
            if report.when == "call" or outcome == "error":
                counts[_place(getattr(report, "keywords", {}))][name] += 1
    return counts


def _place(keywords: Mapping[str, Any]) -> str:
    return next((place for place in ("browser", "postgres", "sqlite") if place in keywords), "plain")


def sentence(counts: dict[str, dict[str, int]]) -> str:
    """One line: `Tests: 120 on SQLite, …`."""
    parts = [f"{sum(counts[place].values())} {words}" for place, words in PLACES.items()]
    return f"Tests: {', '.join(parts)}."


def missing(postgres: bool) -> list[str]:
    """A line for everything that was not there to test with."""
    return [] if postgres else [MISSING_POSTGRES]


def write(path: Path, counts: dict[str, dict[str, int]]) -> None:
    """Keep the numbers."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(counts), encoding="utf-8")
