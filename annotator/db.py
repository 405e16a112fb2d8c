"""Transactions: how the database is opened, and the one door through which anything is written.

SQLite begins a transaction as a reader unless told otherwise, and a reader cannot become a writer after somebody else
has committed. So a unit of work begins IMMEDIATE, and a lock in the process makes writers wait in turn rather than
poll (docs/decisions/0003-sqlite.md has the figures). PostgreSQL needs neither.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import DateTime, event
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.types import TypeDecorator

from annotator import config
from annotator.extensions import db

MIGRATIONS = config.ROOT / "migrations"

_writing: ContextVar[str] = ContextVar("writing", default="")
_turn = threading.Lock()

PRAGMAS = (
    "PRAGMA busy_timeout=10000",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
)


class Moment(TypeDecorator[datetime]):
    """A time in UTC. Aware on the way in and out, whatever the database keeps."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


@contextmanager
def unit_of_work() -> Iterator[None]:
    """Everything inside is written together or not at all. Commits at the end; rolls back when anything is raised.

    What was read before is forgotten first, so that the work is decided on what stands in the database now. Raises
    RuntimeError inside another one, which would wait for itself.
    """
    if _writing.get():
        raise RuntimeError("A unit of work was begun inside another. Only the outermost edge begins one.")
    db.session.rollback()
    with _turn if is_sqlite() else nullcontext():
        token = _writing.set(str(uuid4()))
        try:
            yield
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise
        finally:
            _writing.reset(token)


def act_id() -> str | None:
    """What tells this unit of work from all others, for the events it writes; None outside one."""
    return _writing.get() or None


def look_once() -> None:
    """Let everything that follows in this transaction be read as it stands now, whatever others write meanwhile.

    SQLite does that by itself.
    """
    db.session.rollback()
    if not is_sqlite():
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def is_sqlite() -> bool:
    """Whether the current application keeps its data in SQLite."""
    return db.engine.dialect.name == "sqlite"


def listen(engine: Engine) -> None:
    """Prepare an SQLite engine: settings on each connection, and a BEGIN that fits what is about to happen."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)


def _on_connect(connection: Any, record: Any) -> None:
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _on_begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
