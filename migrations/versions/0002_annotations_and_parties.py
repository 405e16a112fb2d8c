"""Annotations, where they sit, how they relate, and the parties they name."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TABLES = ("parties", "annotations", "anchors", "relations")


def moment(name: str, *, nullable: bool = False) -> sa.Column:
    """A time in UTC."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    """Make the tables."""
    _parties()
    _annotations()
    _anchors()
    _relations()


def _parties() -> None:
    op.create_table(
        "parties",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uuid", sa.String(36), nullable=False, unique=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("folded", sa.String(400), nullable=False, unique=True),
        sa.Column("role", sa.String(200), nullable=False),
        sa.Column("organisation", sa.String(200), nullable=False),
        moment("created_at"),
    )


def _annotations() -> None:
    op.create_table(
        "annotations",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uuid", sa.String(36), nullable=False, unique=True),
        sa.Column("article_id", sa.Integer, sa.ForeignKey("articles.id"), nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("verdict", sa.String(20)),
        sa.Column("verdict_by_id", sa.Integer, sa.ForeignKey("users.id")),
        moment("verdict_at", nullable=True),
        sa.Column("party_id", sa.Integer, sa.ForeignKey("parties.id"), index=True),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("row_version", sa.Integer, nullable=False),
        sa.Column("created_by_id", sa.Integer, sa.ForeignKey("users.id"), nullable=False, index=True),
        moment("created_at"),
        moment("updated_at"),
        moment("deleted_at", nullable=True),
        sa.UniqueConstraint("article_id", "ordinal"),
        sa.CheckConstraint("kind IN ('claim', 'quote', 'denial')", name="kind"),
    )
    op.create_index("ix_annotations_article_id_state", "annotations", ["article_id", "state"])


def _anchors() -> None:
    op.create_table(
        "anchors",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("annotation_id", sa.Integer, sa.ForeignKey("annotations.id"), nullable=False),
        sa.Column("version_id", sa.Integer, sa.ForeignKey("article_versions.id"), nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("exact", sa.Text, nullable=False),
        sa.Column("prefix", sa.Text, nullable=False),
        sa.Column("suffix", sa.Text, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.UniqueConstraint("annotation_id", "version_id"),
    )
    op.create_index("ix_anchors_version_id_start", "anchors", ["version_id", "start"])


def _relations() -> None:
    op.create_table(
        "relations",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("from_id", sa.Integer, sa.ForeignKey("annotations.id"), nullable=False),
        sa.Column("to_id", sa.Integer, sa.ForeignKey("annotations.id"), nullable=False, index=True),
        sa.Column("type", sa.String(16), nullable=False),
        sa.Column("created_by_id", sa.Integer, sa.ForeignKey("users.id"), nullable=False),
        moment("created_at"),
        sa.UniqueConstraint("from_id", "to_id", "type"),
    )


def downgrade() -> None:
    """Drop the tables, and everything in them."""
    for table in reversed(TABLES):
        op.drop_table(table)
