"""Later drafts: versions with files and notes, places carried along, clear sentences, articles signed off."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

NAMING = {"fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s"}


def moment(name: str, *, nullable: bool = False) -> sa.Column:
    """A time in UTC."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def key(name: str, table: str, *, nullable: bool = False) -> sa.Column:
    """A reference to a row of another table."""
    return sa.Column(name, sa.Integer, sa.ForeignKey(f"{table}.id"), nullable=nullable)


def words(name: str) -> sa.Column:
    """Text, empty rather than null."""
    return sa.Column(name, sa.Text, nullable=False)


def upgrade() -> None:
    """Make the table and widen those there are."""
    op.create_table(
        "sentence_checks",
        sa.Column("id", sa.Integer, primary_key=True),
        key("version_id", "article_versions"),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        key("by_id", "users"),
        moment("at"),
        sa.UniqueConstraint("version_id", "start"),
    )
    for table, columns in _added().items():
        _add(table, columns)


def _added() -> dict[str, list[sa.Column]]:
    return {
        "article_versions": [
            words("change_note"),
            key("file_id", "files", nullable=True),
            moment("withdrawn_at", nullable=True),
        ],
        "annotations": [
            moment("closed_at", nullable=True),
            key("closed_by_id", "users", nullable=True),
            words("closed_why"),
        ],
        "anchors": [
            words("reason"),
            sa.Column("carried_as", sa.String(16), nullable=True),
            key("carried_from_id", "article_versions", nullable=True),
            key("confirmed_by_id", "users", nullable=True),
            moment("confirmed_at", nullable=True),
        ],
        "sign_offs": [sa.Column("open_checks", sa.Integer, nullable=False)],
    }


def _add(table: str, columns: list[sa.Column]) -> None:
    """Add columns at the end; rows there are get the empty value of the type."""
    filled = [column for column in columns if not column.nullable]
    for column in filled:
        column.server_default = sa.DefaultClause("0" if isinstance(column.type, sa.Integer) else "")
    with op.batch_alter_table(table, naming_convention=NAMING) as batch:
        for column in columns:
            batch.add_column(column)
    with op.batch_alter_table(table) as batch:
        for column in filled:
            batch.alter_column(column.name, server_default=None)


def downgrade() -> None:
    """Take the columns and the table away, and what they hold."""
    for table, columns in reversed(_added().items()):
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.drop_column(column.name)
    op.drop_table("sentence_checks")
