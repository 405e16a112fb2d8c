"""`export`: articles with everything written about them, to a file or to standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from uuid import uuid4

import click
from flask.cli import with_appcontext

from annotator.cli.database import check_ready
from annotator.cli.speaking import SpeakingCommand
from annotator.db import look_once
from annotator.exports.formats import FORMATS
from annotator.queries import articles


@click.command("export", cls=SpeakingCommand)
@click.option("--article", "article_id", type=int, metavar="ID", help="Only this article; left away, all of them.")
@click.option("--format", "name", type=click.Choice(tuple(FORMATS)), default="json", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Left away: standard output.")
@with_appcontext
def export(article_id: int | None, name: str, output: Path | None) -> None:
    """Write articles with all annotations, notes and evidence.

    json: one article is one document, all articles are an array of documents. jsonl: a document a line, for many.
    """
    check_ready()
    pieces = _pieces(article_id, name)
    if output is None:
        _print(pieces)
    else:
        _save(pieces, output)


def _pieces(article_id: int | None, name: str) -> Iterator[bytes]:
    look_once()
    if article_id is not None:
        return iter([FORMATS[name].one(articles.snapshot_of(article_id))])
    return FORMATS[name].many(map(articles.snapshot_of, articles.all_ids()))


def _print(pieces: Iterable[bytes]) -> None:
    """Write bytes as they are. A reader who has seen enough (`| head`) ends it without a word."""
    try:
        sys.stdout.buffer.writelines(pieces)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise click.ClickException(f"Standard output cannot be written: {error.strerror}.") from None


def _save(pieces: Iterable[bytes], path: Path) -> None:
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as device:
                device.writelines(pieces)
        else:
            _put_in_place(pieces, path.resolve())
    except OSError as error:
        raise click.ClickException(f"{click.format_filename(path)} cannot be written: {error.strerror}.") from None


def _put_in_place(pieces: Iterable[bytes], path: Path) -> None:
    """Write beside the file and move it there when it is whole: half an export is never found under its name."""
    half = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        with half.open("xb") as file:
            file.writelines(pieces)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
