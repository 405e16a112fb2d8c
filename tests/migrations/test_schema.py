"""The migrations make what the models say, on both engines, and guard the history."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask
from sqlalchemy import Inspector, MetaData, inspect, text
from sqlalchemy.exc import DBAPIError

from annotator import models  # noqa: F401
from annotator.cli import migrating
from annotator.config import ROOT
from annotator.extensions import db
from tests.support.database import Databases

LISTS = ("foreign_keys", "unique_constraints", "indexes", "check_constraints")


def outline(inspector: Inspector) -> dict[str, Any]:
    """Everything a database says about its tables, in an order of its own."""
    tables = [name for name in inspector.get_table_names() if name != "alembic_version"]
    return {table: _table(inspector, table) for table in tables}


def _table(inspector: Inspector, table: str) -> dict[str, Any]:
    columns = [{**column, "type": str(column["type"])} for column in inspector.get_columns(table)]
    told = {name: getattr(inspector, f"get_{name}")(table) for name in LISTS}
    lists = {name: sorted(rows, key=lambda row: row["name"]) for name, rows in told.items()}
    return {"columns": columns, "key": inspector.get_pk_constraint(table), **lists}


def test_the_migrations_leave_nothing_to_compare(app: Flask) -> None:
    with db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), db.metadata) == []


def test_the_migrations_make_the_very_schema_of_the_models(app: Flask) -> None:
    migrated = outline(inspect(db.engine))
    _downgrade()
    db.metadata.create_all(db.engine)
    assert outline(inspect(db.engine)) == migrated


def test_both_engines_get_the_same_tables_columns_and_names(databases: Callable[[str], Databases], app: Flask) -> None:
    named = MetaData()
    named.reflect(db.engine)
    made = {(table.name, column.name, column.nullable) for table in named.tables.values() for column in table.columns}
    wanted = {
        (table.name, column.name, column.nullable) for table in db.metadata.tables.values() for column in table.columns
    }
    assert made - {("alembic_version", "version_num", False)} == wanted


def test_everything_can_be_taken_back_and_made_again(app: Flask) -> None:
    _downgrade()
    assert inspect(db.engine).get_table_names() == ["alembic_version"]
    command.upgrade(_config(), "head")
    assert "events" in inspect(db.engine).get_table_names()


def _downgrade() -> None:
    command.downgrade(_config(), "base")


def _config() -> Any:
    return migrating.config()


@pytest.fixture
def history(app: Flask) -> None:
    """One line of history."""
    _tell("INSERT INTO events (at, verb, subject) VALUES ('2026-11-23 12:00:00', 'desk.opened', 'desk')")


def _tell(order: str) -> None:
    with db.engine.begin() as connection:
        connection.execute(text(order))


ALTERING = {"update": "UPDATE events SET verb = 'nothing'", "delete": "DELETE FROM events"}


@pytest.mark.parametrize("order", ALTERING.values(), ids=ALTERING.keys())
def test_history_cannot_be_altered(history: None, order: str) -> None:
    with pytest.raises(DBAPIError, match="events are append-only"):
        _tell(order)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_history_cannot_be_replaced_on_sqlite(history: None) -> None:
    with pytest.raises(DBAPIError, match="events are append-only"):
        _tell("INSERT OR REPLACE INTO events (id, at, verb, subject) VALUES (1, '2026-11-23 12:00:00', 'x', 'x')")


def test_migrations_never_import_the_models() -> None:
    for path in sorted((ROOT / "migrations" / "versions").glob("*.py")):
        assert "annotator" not in Path(path).read_text(encoding="utf-8"), path.name
