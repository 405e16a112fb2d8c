"""How migrations run: on the application's own engine, all of them in one transaction, on SQLite as on PostgreSQL.

`python -m annotator init` calls this through Alembic. The migrations themselves never import the models, so that an old
one keeps meaning what it meant; the models are known here only to compare them. Constraints and indexes get their names
by the convention in `annotator/extensions.py`.
"""

from __future__ import annotations

from alembic import context
from flask import current_app
from sqlalchemy.engine import Connection

from annotator import models  # noqa: F401  (makes the tables known)
from annotator.extensions import db

LOCK = 20261123


def run(connection: Connection) -> None:
    """Run what Alembic asks for on this connection, all of it or nothing."""
    context.configure(connection=connection, target_metadata=db.metadata, render_as_batch=True, transactional_ddl=True)
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            refuse_orphans(connection)


def forget_foreign_keys(connection: Connection) -> None:
    """On SQLite a batch change drops a table and makes it anew, which enforced foreign keys would not survive."""
    connection.detach()
    if connection.dialect.name == "sqlite":
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")


def refuse_orphans(connection: Connection) -> None:
    """Undo everything when a migration left rows that point to nothing."""
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if orphans:
        raise RuntimeError(f"{len(orphans)} rows would point to nothing, the first in {orphans[0][0]}.")


assert current_app, "Migrations run inside the application: python -m annotator init"
with db.engine.connect() as opened:
    forget_foreign_keys(opened)
    run(opened)
