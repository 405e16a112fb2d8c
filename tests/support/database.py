"""A fresh database for each test, on SQLite or PostgreSQL, copied from one that the migrations made."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import psycopg
from flask import Flask

from annotator.app import create_app
from annotator.cli.database import prepare
from annotator.config import engine_options
from annotator.extensions import db

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
    return create_app(
        {
            "TESTING": True,
            "INSTANCE": folder,
            "SQLALCHEMY_DATABASE_URI": url,
            "SQLALCHEMY_ENGINE_OPTIONS": engine_options(url),
            **more,
        }
    )


def migrated(url: str, folder: Path) -> None:
    """Bring a database to the newest schema by the same door that users take."""
    app = make_app(url, folder)
    with running(app):
        prepare()


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
    """Databases made from one migrated template, on the run's own server."""

    def __init__(self, socket: str, folder: Path) -> None:
        self.socket, self.made = socket, 0
        self._tell("CREATE DATABASE template_annotator")
        migrated(self._url("template_annotator"), folder)

    def fresh(self, folder: Path) -> str:
        """A database of its own."""
        self.made += 1
        self._tell(f"CREATE DATABASE test_{self.made} TEMPLATE template_annotator")
        return self._url(f"test_{self.made}")

    def empty(self) -> str:
        """A database without any table."""
        self.made += 1
        self._tell(f"CREATE DATABASE test_{self.made}")
        return self._url(f"test_{self.made}")

    def forget(self, url: str) -> None:
        """Drop it."""
        name = url.split("?")[0].rpartition("/")[2]
        self._tell(f"DROP DATABASE {name} WITH (FORCE)")

    def _url(self, name: str) -> str:
        return f"postgresql+psycopg://tests@/{name}?host={self.socket}"

    def _tell(self, order: str) -> None:
        with psycopg.connect(host=self.socket, user="tests", dbname="postgres", autocommit=True) as connection:
            connection.execute(order)
