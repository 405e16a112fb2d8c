"""`init`: the database is made once, kept as it is, and never taken over from a newer release."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import text

from annotator.cli import database, migrating
from annotator.cli.locks import hold
from annotator.db import unit_of_work
from annotator.extensions import db
from tests.support.database import make_app, running


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Flask]:
    """An application whose SQLite file has yet to be made, in a folder that is not there either."""
    with running(make_app(f"sqlite:///{tmp_path / 'deep' / 'desk.sqlite3'}", tmp_path)) as application:
        yield application


def run(application: Flask, *command: str) -> tuple[int, str]:
    """The exit status of a command and all that it said."""
    answer = application.test_cli_runner().invoke(args=command)
    return answer.exit_code, answer.output


def test_it_makes_the_database_and_then_leaves_it_alone(bare: Flask) -> None:
    assert run(bare, "init") == (0, "The database is ready.\n")
    assert run(bare, "init") == (0, "The database was up to date.\n")


def test_only_the_owner_may_read_the_file(bare: Flask, tmp_path: Path) -> None:
    database.prepare()
    assert stat.S_IMODE((tmp_path / "deep" / "desk.sqlite3").stat().st_mode) == 0o600


def test_sqlite_is_opened_as_promised(bare: Flask) -> None:
    database.prepare()
    asked = {name: db.session.execute(text(f"PRAGMA {name}")).scalar_one() for name in PROMISED}
    assert asked == PROMISED


PROMISED = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000, "trusted_schema": 0}


def test_it_goes_on_from_an_older_schema(app: Flask) -> None:
    from alembic import command

    command.downgrade(migrating.config(), "0002")
    assert database.prepare() == "migrated"
    assert database.prepare() == ""


def test_a_database_from_a_newer_release_is_refused(app: Flask, runner: FlaskCliRunner) -> None:
    with unit_of_work():
        db.session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    answer = runner.invoke(args=["init"])
    assert answer.exit_code == 1
    assert "written by a newer release" in answer.output
    assert "9999" in answer.output


def test_a_file_that_is_no_database_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "letter.sqlite3"
    path.write_text("Dear editor, this is a letter and not a database. " * 40)
    with running(make_app(f"sqlite:///{path}", tmp_path)) as application:
        status, said = run(application, "init")
    assert (status, "cannot be used" in said) == (1, True)
    assert path.read_text().startswith("Dear editor")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where a folder should be")
    with running(make_app(f"sqlite:///{tmp_path / 'taken' / 'desk.sqlite3'}", tmp_path)) as application:
        status, said = run(application, "init")
    assert (status, "folder of the database cannot be used" in said) == (1, True)


def test_a_database_server_that_is_not_there_is_named_without_its_password(tmp_path: Path) -> None:
    url = f"postgresql+psycopg://desk:secret@/desk?host={tmp_path}"
    with running(make_app(url, tmp_path)) as application:
        status, said = run(application, "init")
    assert (status, "ANNOTATOR_DATABASE_URL" in said, "secret" in said) == (1, True, False)


def test_two_that_prepare_at_once_take_turns(bare: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "LOCK_WAIT_S", 0)
    first = hold(tmp_path / "migration.lock")
    assert first
    assert "Somebody else is preparing" in run(bare, "init")[1]
    first.close()
    assert run(bare, "init")[0] == 0


def test_serving_asks_for_init_first(bare: Flask) -> None:
    status, said = run(bare, "serve")
    assert (status, "python -m annotator init" in said) == (1, True)
