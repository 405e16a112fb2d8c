"""`import`: articles from files. A file that cannot be read is told in a sentence, and the others go on."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from annotator import extract, uploads
from annotator.access import IMPORT, Actor
from annotator.cli.database import check_ready
from annotator.cli.speaking import SpeakingCommand
from annotator.db import unit_of_work
from annotator.errors import DomainError, Invalid
from annotator.extract import Extracted
from annotator.queries import articles
from annotator.queries.articles import oldest_with
from annotator.queries.coverage import coverage_of
from annotator.queries.people import everybody
from annotator.services import loading, people, versions
from annotator.services.articles import Details, Ready, import_articles, ready
from annotator.services.reading import completed
from annotator.services.versions import Added, Prepared
from annotator.text.canonical import sha256
from annotator.text.coverage import Coverage

AT_ONCE = 100
MANY = 20


@dataclass(frozen=True, slots=True)
class Read:
    """A file that can be imported, and what is to be said about it."""

    path: str
    article: Ready
    remarks: tuple[str, ...]


@click.command("import", cls=SpeakingCommand)
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--title", help="Title of the article; only with a single file. Left away: as the file tells.")
@click.option(
    "--new-version", "article_id", type=int, metavar="ARTICLE", help="The file is the next draft of this one."
)
@click.option("--change-note", default="", help="What has changed; with --new-version.")
@click.option("--as", "username", metavar="USER", help="Who imports. Left away: the first lead or admin.")
@with_appcontext
def importing(
    paths: tuple[str, ...], title: str | None, article_id: int | None, change_note: str, username: str | None
) -> None:
    """Import articles from .txt, .md, .html and .docx files. Prints the number and title of each.

    With --new-version a single file becomes the next version of an article, and what was carried to it is printed.
    """
    if article_id is not None:
        _new_version(article_id, paths, title, change_note, username)
        return
    if change_note:
        raise click.UsageError("--change-note says what has changed in a next draft; give --new-version ARTICLE too.")
    if title and len(paths) > 1:
        raise click.UsageError("--title names one article, and these are several files. Import them one by one.")
    check_ready()
    actor = _actor(username)
    with click.progressbar(length=len(paths), file=sys.stderr, hidden=len(paths) < MANY) as bar:
        made = sum(_import(actor, batch, title, bar.update) for batch in _batches(paths))
    click.echo(f"Imported {made} of {len(paths)} as {actor.username}.", err=True)
    if made < len(paths):
        raise click.exceptions.Exit(1)


def _new_version(
    article_id: int, paths: Sequence[str], title: str | None, change_note: str, username: str | None
) -> None:
    if len(paths) > 1 or title:
        raise click.UsageError("--new-version takes one file, and no --title: the article has one.")
    check_ready()
    actor = _actor(username)
    try:
        prepared, remarks = _prepared(actor, article_id, paths[0], change_note)
        with unit_of_work():
            added = versions.add_version(actor, loading.article(actor, article_id, IMPORT), prepared)
    except DomainError as refusal:
        raise click.ClickException(refusal.message) from None
    for remark in remarks:
        _tell(paths[0], remark)
    for line in summary(added, coverage_of(article_id)):
        click.echo(line)


def _prepared(actor: Actor, article_id: int, path: str, change_note: str) -> tuple[Prepared, tuple[str, ...]]:
    """The draft in a file, which is kept, and what is to be said about it."""
    articles.revision(article_id)
    data = _bytes(path)
    found, source = _extracted(data, path)
    kept = uploads.keep_original(actor, path, data)
    return versions.prepare(article_id, found.drafts, source, change_note, kept), found.remarks


def summary(added: Added, coverage: Coverage) -> list[str]:
    """What a new draft became, a sentence a line."""
    if not added.new:
        return [f"This is the very text of version {added.number}; nothing was changed."]
    counted = [f"{count} {name}" for name, count in added.carried.items()]
    return [
        f"Version {added.number} {added.sha256}",
        f"Checks carried: {', '.join(counted)}.",
        f"Clear sentences that stayed clear: {added.clear} of {added.clear_before}.",
        f"Accepted corrections found applied: {added.applied}.",
        f"Sentences covered: {coverage.read} of {coverage.sentences}; {coverage.unread} to read.",
    ]


def _actor(username: str | None) -> Actor:
    """Who imports: the person named, else the first who leads, those who can sign in before those who cannot yet."""
    if username is None:
        leading = [one for one in everybody() if one.active and one.role in people.LEADING]
        if not leading:
            raise click.ClickException("Nobody leads this desk yet. Add somebody first (user add), or say --as USER.")
        username = min(leading, key=lambda one: (not one.has_password, one.id)).username
    user = people.person(username)
    if not user.active:
        raise click.ClickException(f"{user.username} is disabled. Name somebody else with --as.")
    return user.actor()


def _batches(paths: Sequence[str]) -> Iterator[list[str]]:
    rest = iter(paths)
    while batch := list(islice(rest, AT_ONCE)):
        yield batch


def _import(actor: Actor, paths: Sequence[str], title: str | None, tick: Callable[[int], None]) -> int:
    """Import a batch in one unit of work, reading first. Returns how many articles were made."""
    found = []
    for path in paths:
        try:
            found.append(_read(actor, path, title))
        except DomainError as refusal:
            _tell(path, refusal.message)
        tick(1)
    with unit_of_work():
        made = [(one.id, one.title) for one in import_articles(actor, [one.article for one in found])]
    _say(found, made)
    return len(made)


def _read(actor: Actor, path: str, title: str | None) -> Read:
    """The article in a file, which is kept as well once it has been found to hold one."""
    data = _bytes(path)
    found, source = _extracted(data, path)
    article = ready(completed(Details(title or ""), found), found.drafts, source)
    return Read(path, replace(article, file=uploads.keep_original(actor, path, data)), found.remarks)


def _extracted(data: bytes, path: str) -> tuple[Extracted, str]:
    """The article in these bytes of a file, and how it came in. Raises Invalid on `file`."""
    return extract.from_file(data, path), path.rsplit(".", 1)[-1].lower()


def _bytes(path: str) -> bytes:
    """What the file holds. Raises Invalid on `file` when that is no article, cannot be read or is larger than an
    upload may be."""
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", path):
        raise Invalid({"file": "This is a web address. Save the page as .html in your browser, and import that file."})
    if path.lower().endswith(".jsonl"):
        raise Invalid({"file": "JSON Lines cannot be imported. Give the articles as .txt, .md, .html or .docx files."})
    try:
        if Path(path).stat().st_size <= current_app.config["MAX_CONTENT_LENGTH"]:
            return Path(path).read_bytes()
    except OSError as error:
        raise Invalid({"file": f"It cannot be read: {error.strerror}."}) from None
    limit = current_app.config["MAX_UPLOAD_MB"]
    raise Invalid({"file": f"It is larger than {limit} MB. ANNOTATOR_MAX_UPLOAD_MB allows more."})


def _say(found: Sequence[Read], made: Sequence[tuple[int, str]]) -> None:
    oldest = oldest_with(sha256(one.article.document.text) for one in found)
    for read, (article_id, title) in zip(found, made, strict=True):
        click.echo(f"{article_id}\t{title}")
        twin = oldest[sha256(read.article.document.text)]
        twice = (f"The very same text is already on the desk: article {twin}.",) if twin != article_id else ()
        for remark in (*read.remarks, *twice):
            _tell(read.path, remark)


def _tell(path: str, sentence: str) -> None:
    click.echo(f"{click.format_filename(path)}: {sentence}", err=True)
