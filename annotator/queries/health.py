"""Whether the database answers, and how it keeps what it is told."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import inspect, text

from annotator.extensions import db

SYNCHRONOUS = ("OFF", "NORMAL", "FULL", "EXTRA")


@dataclass(frozen=True, slots=True)
class Health:
    """The database as it answered just now. The last three are None on PostgreSQL, which has its own."""

    engine: str
    version: str
    journal: str | None = None
    synchronous: str | None = None
    foreign_keys: bool | None = None


def health() -> Health:
    """Ask the database. Raises SQLAlchemy's OperationalError when it does not answer."""
    if db.engine.dialect.name == "postgresql":
        return Health("PostgreSQL", _ask("SHOW server_version").split()[0])
    return Health(
        "SQLite",
        _ask("SELECT sqlite_version()"),
        _ask("PRAGMA journal_mode").upper(),
        SYNCHRONOUS[int(_ask("PRAGMA synchronous"))],
        _ask("PRAGMA foreign_keys") == "1",
    )


def _ask(question: str) -> str:
    return str(db.session.execute(text(question)).scalar_one())


def revision() -> str | None:
    """The migration that the database stands at, or None when it is new. Asked without Alembic, at every start."""
    with db.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return found
