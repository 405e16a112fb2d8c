"""Verification notes and the evidence they rest on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TABLES = ("notes", "evidence")


def moment(name: str, *, nullable: bool = False) -> sa.Column:
    """A time in UTC."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    """Make the tables."""
    _notes()
    _evidence()


def _notes() -> None:
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uuid", sa.String(36), nullable=False, unique=True),
        sa.Column("annotation_id", sa.Integer, sa.ForeignKey("annotations.id"), nullable=False),
        sa.Column("version_id", sa.Integer, sa.ForeignKey("article_versions.id"), nullable=False),
        sa.Column("author_id", sa.Integer, sa.ForeignKey("users.id"), nullable=False, index=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("verdict", sa.String(20)),
        sa.Column("method", sa.String(16)),
        sa.Column("row_version", sa.Integer, nullable=False),
        moment("created_at"),
        moment("updated_at"),
    )
    op.create_index("ix_notes_annotation_id_id", "notes", ["annotation_id", "id"])


def _evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uuid", sa.String(36), nullable=False, unique=True),
        sa.Column("note_id", sa.Integer, sa.ForeignKey("notes.id"), nullable=False, index=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("url", sa.String(2000), nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("title", sa.String(500), nullable=False),
        sa.Column("source_type", sa.String(16), nullable=False),
        sa.Column("locator", sa.String(200), nullable=False),
        sa.Column("excerpt", sa.Text, nullable=False),
        moment("created_at"),
        moment("deleted_at", nullable=True),
    )


def downgrade() -> None:
    """Drop the tables, and everything in them."""
    for table in reversed(TABLES):
        op.drop_table(table)
