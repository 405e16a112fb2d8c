"""A desk to measure: a server in a process of its own, with people and generated articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from annotator.access import Actor
from annotator.extensions import db
from annotator.models import User
from benchmarks import generator
from benchmarks.filling import fill
from benchmarks.generator import Size
from tests import cast
from tests.support.database import make_app, migrated, running
from tests.support.server import Server, start


@contextmanager
def quiet(folder: Path) -> Iterator[Flask]:
    """An application on a new database with the cast, in this process, nothing served."""
    folder.mkdir(parents=True, exist_ok=True)
    url = f"sqlite:///{folder / 'annotator.sqlite3'}"
    migrated(url, folder)
    with running(make_app(url, folder)) as app:
        cast.bring_in()
        yield app


@contextmanager
def served(folder: Path) -> Iterator[Server]:
    """A real server with the cast."""
    with start(folder) as server:
        server.bring_in_cast()
        yield server


def lead() -> Actor:
    """Ada, who leads."""
    actor: Actor = db.session.query(User).filter_by(username="ada").one().actor()
    return actor


def articles(sizes: Sequence[Size]) -> list[int]:
    """Write an article of each of these sizes. Returns their ids."""
    return [fill(lead(), generator.article(size, at), f"{size} made up") for at, size in enumerate(sizes)]


def client(app: Flask) -> FlaskClient:
    """A browser of this application that Ada has signed in with."""
    made: FlaskClient = cast.signed_in(app.test_client(), "ada")  # type: ignore[arg-type]
    return made
