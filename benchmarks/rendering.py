"""What the server needs for a review page, and for one more mark on it."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from flask.testing import FlaskClient

from annotator.queries import articles
from annotator.web import contexts, painting
from benchmarks import desk, generator
from benchmarks.figures import median, percentile, several, timed
from benchmarks.generator import SIZES, Size
from benchmarks.tables import Table, cell

ABOUT = (
    "The whole request in one process, from the request line to the last byte of HTML, session and queries included; "
    "medians. *First*: nothing kept, sentences counted anew. *Cold*: no block, card or page kept. *After a change*: "
    "the page is made anew from kept blocks and cards. *Warm*: the page is kept. *One more mark*: "
    "`POST /articles/<id>/annotations`, written and answered with its blocks and its card."
)
TITLES = ("words/annotations", "first", "cold", "after a change", "warm", "HTML", "gzip", "one more mark p50", "p95")
COLD, WARM = {Size(5000, 1000): 60}, {Size(5000, 1000): 15}
TIMES, MARKS = 7, 30


def measure(folder: Path) -> list[Table]:
    """The table of server times."""
    with desk.quiet(folder) as app:
        made = desk.articles(SIZES)
        browser = desk.client(app)
        rows = [_row(browser, size, article, at) for at, (size, article) in enumerate(zip(SIZES, made, strict=True))]
    return [Table("Server", ABOUT, TITLES, rows)]


def _row(browser: FlaskClient, size: Size, article: int, seed: int) -> list[str]:
    def opened() -> bytes:
        return browser.get(f"/articles/{article}").data

    first = timed(_after(opened, *_KEPT))
    cold = median(several(_after(opened, *_MADE), TIMES))
    changed = median(several(_after(opened, contexts.painted_page), TIMES))
    warm, html = median(several(opened, TIMES)), opened()
    marked = _marked(browser, size, article, seed)
    limits = COLD.get(size), WARM.get(size)
    times = [cell(first), cell(cold, most=limits[0]), cell(changed), cell(warm, most=limits[1])]
    sizes = [f"{len(html) / 1024:,.0f} KB", f"{len(gzip.compress(html, 9)) / 1024:,.0f} KB"]
    return [str(size), *times, *sizes, cell(percentile(marked, 50)), cell(percentile(marked, 95))]


_MADE = (contexts.painted_page, contexts._cards, painting._block)
_KEPT = (*_MADE, articles.document, articles.sentences_of)


def _after(run: Callable[[], object], *kept: object) -> Callable[[], object]:
    """The call with these caches emptied first; emptying them takes no time to speak of."""

    def emptied() -> object:
        for cache in kept:
            cache.cache_clear()  # type: ignore[attr-defined]
        return run()

    return emptied


def _marked(browser: FlaskClient, size: Size, article: int, seed: int) -> list[float]:
    generated = generator.article(size, seed)
    headers = {"X-CSRFToken": browser.token, "HX-Request": "true"}  # type: ignore[attr-defined]

    def post(start: int, end: int) -> None:
        body = {"id": str(uuid4()), "version": 1, "kind": "claim", "start": start, "end": end}
        body["exact"] = generated.text[start:end]
        answer = browser.post(f"/articles/{article}/annotations", json=body, headers=headers)
        assert answer.status_code == 201, answer.text

    chosen = generated.marks[:: len(generated.marks) // MARKS]
    return [timed(lambda mark=mark: post(mark.start, mark.end)) for mark in chosen]  # type: ignore[misc]
