"""A fresh database for each test, on SQLite or PostgreSQL, copied from one that the migrations made."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import psycopg
from flask import Flask
from sqlalchemy import text

from annotator.app import create_app
from annotator.cli.database import prepare
from annotator.config import engine_options
from annotator.extensions import db
from tests.support.quickening import quickened

MISSING_POSTGRES = (
    "PostgreSQL is not installed, so nothing ran on it. To run those tests too, install it "
    "(Debian: apt-get install postgresql)."
)


class Databases(Protocol):
    """Where databases come from: one that stays empty, and copies of it."""

    def fresh(self, folder: Path) -> str:
        """The URL of a new database at the newest schema, without rows."""

    def forget(self, url: str) -> None:
        """Give back a database that no test needs any more."""


def make_app(url: str, folder: Path, **more: Any) -> Flask:
    """The application on this database, ready for tests."""
    told = {
        "TESTING": True,
        "INSTANCE": folder,
        "SQLALCHEMY_DATABASE_URI": url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(url),
    }
    return quickened(create_app(told | more))


def migrated(url: str, folder: Path) -> str:
    """Bring a database to the newest schema by the same door that users take. Returns the schema's revision."""
    with running(make_app(url, folder)):
        prepare()
        revision: str = db.session.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        return revision


@contextmanager
def running(app: Flask) -> Iterator[Flask]:
    """An application context, with every connection closed at the end."""
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


class SQLite:
    """Copies of one migrated file."""

    def __init__(self, folder: Path) -> None:
        self.template = folder / "template.sqlite3"
        migrated(f"sqlite:///{self.template}", folder)

    def fresh(self, folder: Path) -> str:
        """A copy in the test's own folder."""
        path = folder / "annotator.sqlite3"
        shutil.copyfile(self.template, path)
        return f"sqlite:///{path}"

    def forget(self, url: str) -> None:
        """The folder goes with the test."""


class PostgreSQL:
    """Databases made from one migrated template, on the run's own server, and emptied for the next test.

    Making a database takes a tenth of a second or more, emptying one a fiftieth.
    """

    def __init__(self, socket: str, folder: Path) -> None:
        self.socket, self.made = socket, 0
        self.spare: list[str] = []
        self._tell("CREATE DATABASE template_annotator")
        self.newest = migrated(self._url("template_annotator"), folder)

    def fresh(self, folder: Path) -> str:
        """A database of its own."""
        if self.spare:
            return self._url(self.spare.pop())
        self.made += 1
        self._tell(f"CREATE DATABASE test_{self.made} TEMPLATE template_annotator")
        return self._url(f"test_{self.made}")

    def forget(self, url: str) -> None:
        """Empty it for the next test, or drop it when it is not as the migrations made it or is still in use."""
        name = url.split("?")[0].rpartition("/")[2]
        try:
            self._empty(name)
            self.spare.append(name)
        except psycopg.Error:
            self._tell(f"DROP DATABASE {name} WITH (FORCE)")

    def _empty(self, name: str) -> None:
        """Remove all rows, history too. Raises when the schema is not the newest or a lock does not come free."""
        with psycopg.connect(host=self.socket, user="tests", dbname=name) as connection:
            connection.execute("SET lock_timeout = '1s'; SET session_replication_role = replica")
            connection.execute("SELECT 1 / count(*) FROM alembic_version WHERE version_num = %s", [self.newest])
            connection.execute(f"TRUNCATE {', '.join(db.metadata.tables)} RESTART IDENTITY")

    def _url(self, name: str) -> str:
        return f"postgresql+psycopg://tests@/{name}?host={self.socket}"

    def _tell(self, order: str) -> None:
        with psycopg.connect(host=self.socket, user="tests", dbname="postgres", autocommit=True) as connection:
            connection.execute(order)
