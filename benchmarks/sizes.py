"""Bytes: what the page's files weigh, and what really travels when the review page opens for the first time."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from annotator.config import ROOT
from annotator.web.assets import content
from benchmarks import desk, reviewing
from benchmarks.generator import SIZES
from benchmarks.tables import FIGURE, Table, row
from tests.support.browser import launched

KB = 1024
STATIC = ROOT / "static"
FILES = "As sent (without comments and indentation) under `gzip -9`, file by file, because each is sent by itself."
TRAVELLED = (
    "Chromium with an empty cache opens the article of 600 words and 100 annotations: bytes as the server sent them, "
    "headers included."
)
ENTRIES = """[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .map(({ name, transferSize }) => [new URL(name).pathname, transferSize])"""


def measure(folder: Path) -> list[Table]:
    """Files by weight, and one first opening."""
    scripts = [*sorted((STATIC / "js").rglob("*.js")), *sorted((STATIC / "vendor").glob("*.js"))]
    sheets = sorted((STATIC / "css").glob("*.css"))
    totals = [row("All JavaScript, gzip", _sum(scripts), "KB", 26), row("All CSS, gzip", _sum(sheets), "KB", 10)]
    lines = [_weight(path) for path in (*scripts, *sheets)]
    return [
        Table("Bytes of script and style", FILES, FIGURE, totals),
        Table("File by file", "The same files one by one.", ("file", "raw", "gzip"), lines),
        Table("What travels at the first opening", TRAVELLED, ("what", "files", "KB"), _travelled(folder)),
    ]


def _squeezed(path: Path) -> int:
    return len(gzip.compress(content(path), 9, mtime=0))


def _sum(paths: Sequence[Path]) -> float:
    return sum(map(_squeezed, paths)) / KB


def _weight(path: Path) -> list[str]:
    return [str(path.relative_to(STATIC)), f"{path.stat().st_size:,}", f"{_squeezed(path):,}"]


def _travelled(folder: Path) -> list[list[str]]:
    with desk.served(folder) as server, launched() as browser:
        with server.app():
            article = desk.articles(SIZES[:1])[0]
        page = reviewing.opened(browser, server, article)
        entries: list[Any] = page.evaluate(ENTRIES)
        page.context.close()
    kinds = {"the page": "", "scripts": ".js", "style sheets": ".css", "everything": None}
    return [_kind(what, ending, entries) for what, ending in kinds.items()]


def _kind(what: str, ending: str | None, entries: Sequence[tuple[str, int]]) -> list[str]:
    chosen = [size for name, size in entries if ending is None or Path(name).suffix == ending]
    return [what, str(len(chosen)), f"{sum(chosen) / KB:,.0f}"]
