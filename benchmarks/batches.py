"""Much at once: a thousand articles in, a large article out, lists over many annotations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import event

from annotator.db import unit_of_work
from annotator.exports import native
from annotator.extensions import db
from annotator.extract import from_paste
from annotator.queries import articles
from annotator.services.articles import Details, Ready, import_articles, ready
from annotator.text.blocks import Draft
from benchmarks import desk, generator
from benchmarks.figures import median, took
from benchmarks.generator import Size
from benchmarks.tables import FIGURE, Table, cell, row

IMPORTED, LARGE = 1000, Size(20_000, 10_000)
ARTICLES, EACH = 200, Size(600, 500)
PAGES = ("/articles", "/articles?q=fi&sort=title", "/dashboard")
TIMES = 5
BATCHES = (
    f"Services and queries alone, no request. Import: {IMPORTED:,} articles of 600 words, checked and written in one "
    f"unit of work, once. Export: one article of {LARGE.words:,} words with {LARGE.marks:,} annotations, a third with "
    f"note and evidence, median of {TIMES}. *Computing* is the processor's time alone."
)
LISTS = f"Whole requests on {ARTICLES} articles with {ARTICLES * EACH.marks:,} annotations. Medians of {TIMES}."


def measure(folder: Path) -> list[Table]:
    """Import and export, then the lists."""
    return [
        Table("Import and export", BATCHES, FIGURE, [*_import(folder / "in"), *_export(folder / "out")]),
        Table("Lists", LISTS, ("page", "time", "target", "met", "computing", "queries"), _lists(folder / "lists")),
    ]


def _import(folder: Path) -> Iterator[list[str]]:
    made = [generator.article(Size(600, 0), seed).paragraphs for seed in range(IMPORTED)]
    with desk.quiet(folder):
        whole = took(lambda: _write(list(map(_ready, made))))
    yield row("import: checked and written", whole.wall, "ms", 400)
    yield row("import, computing", whole.computing, "ms")
    reading = took(lambda: [from_paste("\n\n".join(one)) for one in made])
    yield row("reading the same as pasted text, computing", reading.computing, "ms")


def _ready(paragraphs: tuple[str, ...]) -> Ready:
    return ready(Details(title=paragraphs[0][:60], language="en"), [Draft(one) for one in paragraphs], "txt")


def _write(wanted: list[Ready]) -> None:
    with unit_of_work():
        import_articles(desk.lead(), wanted)


def _export(folder: Path) -> Iterator[list[str]]:
    with desk.quiet(folder):
        article = desk.articles([LARGE])[0]
        runs = [took(lambda: _exported(article)) for _ in range(TIMES)]
        yield row("export to JSON", median([run.wall for run in runs]), "ms", 600)
        yield row("export, computing", median([run.computing for run in runs]), "ms")
        yield row("export, bytes", len(_exported(article)) / 1024, "KB")


def _exported(article: int) -> bytes:
    db.session.rollback()
    return native.to_bytes(articles.snapshot_of(article))


def _lists(folder: Path) -> list[list[str]]:
    with desk.quiet(folder) as app:
        desk.articles([EACH] * ARTICLES)
        browser = desk.client(app)
        return [_page(browser, path) for path in PAGES]


def _page(browser: FlaskClient, path: str) -> list[str]:
    def opened() -> None:
        assert browser.get(path).status_code == 200

    runs = [took(opened) for _ in range(TIMES)]
    told = row(f"`{path}`", median([run.wall for run in runs]), "ms", 200 if path == "/dashboard" else None)
    return [*told, cell(median([run.computing for run in runs])), str(_queries(opened))]


def _queries(run: Callable[[], object]) -> int:
    with _counting() as sent:
        run()
    return len(sent)


@contextmanager
def _counting() -> Iterator[list[str]]:
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
