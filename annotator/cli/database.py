"""`init`: a database that is there, and as new as this release."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import DatabaseError

from annotator.cli.locks import hold
from annotator.db import MIGRATIONS, is_sqlite
from annotator.extensions import db
from annotator.queries.health import revision

LOCK_WAIT_S = 60


@click.command("init")
@with_appcontext
def init() -> None:
    """Create the database, or bring it up to date. Running it again changes nothing."""
    click.echo("The database is ready." if prepare() else "The database was up to date.")


def prepare() -> str:
    """Bring the database to this release. Returns "made", "migrated", or "" when nothing was to do.

    Raises ClickException when the database cannot be opened, or comes from a newer release.
    """
    with _sentences():
        _make_folder()
        if revision() == _newest():
            return ""
        with _alone():
            before = _refuse_newer(revision())
            from annotator.cli import migrating  # only now: Alembic is large, and rarely needed

            migrating.upgrade()
            return "migrated" if before else "made"


def check_ready() -> None:
    """Raise ClickException unless the database is there and is as new as this release."""
    with _sentences():
        if (is_sqlite() and not _file().exists()) or _refuse_newer(revision()) != _newest():
            raise click.ClickException("The database is not ready. Run this first: python -m annotator init")


@contextmanager
def _sentences() -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise click.ClickException(
            f"The database {db.engine.url.render_as_string()} cannot be used: {reason}. Check ANNOTATOR_DATABASE_URL."
        ) from None
    except OSError as error:
        raise click.ClickException(f"The folder of the database cannot be used: {error}.") from None


def _make_folder() -> None:
    """Make the SQLite file before anybody else can, so that only its owner may read it."""
    if is_sqlite() and not _file().exists():
        _file().parent.mkdir(parents=True, exist_ok=True)
        _file().touch(mode=0o600)


def _file() -> Path:
    return Path(db.engine.url.database or "")


def _newest() -> str:
    return max(_known())


def _known() -> set[str]:
    """The revisions of this release: a migration is named by its revision, `0001_people_and_articles.py`."""
    return {path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9][0-9][0-9][0-9]_*.py")}


@contextmanager
def _alone() -> Iterator[None]:
    lock = hold(Path(current_app.config["INSTANCE"]) / "migration.lock", wait=LOCK_WAIT_S)
    if lock is None:
        raise click.ClickException("Somebody else is preparing this database. Wait until they are done, and try again.")
    with closing(lock):
        yield


def _refuse_newer(found: str | None) -> str | None:
    if found and found not in _known():
        raise click.ClickException(
            f"This database was written by a newer release of Annotator (its schema is {found}; this release knows "
            f"up to {_newest()}). Use that release, or restore a backup made by this one."
        )
    return found
