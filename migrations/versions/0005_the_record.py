"""The whole record: fields, sources and files, contacts, corrections, comments, sign-offs, assignments, aliases."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

NAMING = {"fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s"}
TABLES = (
    "party_aliases",
    "sources",
    "files",
    "contacts",
    "corrections",
    "comments",
    "notices",
    "sign_offs",
    "assignments",
)


def moment(name: str, *, nullable: bool = False) -> sa.Column:
    """A time in UTC."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def key(name: str, table: str, *, nullable: bool = False, index: bool = False) -> sa.Column:
    """A reference to a row of another table."""
    return sa.Column(name, sa.Integer, sa.ForeignKey(f"{table}.id"), nullable=nullable, index=index)


def named() -> list[sa.Column]:
    """The row's own keys."""
    return [
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uuid", sa.String(36), nullable=False, unique=True),
    ]


def count(name: str, *, nullable: bool = False) -> sa.Column:
    """A whole number."""
    return sa.Column(name, sa.Integer, nullable=nullable)


def words(name: str, most: int | None = None) -> sa.Column:
    """Text, empty rather than null."""
    return sa.Column(name, sa.String(most) if most else sa.Text, nullable=False)


def upgrade() -> None:
    """Make the tables, widen those there are, and give every piece of evidence its source."""
    _sources()
    _parties()
    _talking()
    _answering_for()
    _widen()
    _give_sources()


def _sources() -> None:
    op.create_table(
        "sources",
        *named(),
        sa.Column("key", sa.String(64), nullable=False, unique=True),
        words("label", 500),
        words("url", 2000),
        moment("created_at"),
        count("row_version"),
        moment("withdrawn_at", nullable=True),
        key("withdrawn_by_id", "users", nullable=True),
        words("withdrawn_why"),
    )
    op.create_table(
        "files",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False, unique=True),
        words("name", 255),
        words("media_type", 100),
        count("size"),
        key("created_by_id", "users"),
        moment("created_at"),
    )


def _parties() -> None:
    op.create_table(
        "party_aliases",
        sa.Column("id", sa.Integer, primary_key=True),
        key("party_id", "parties", index=True),
        words("name", 200),
        sa.Column("folded", sa.String(400), nullable=False, unique=True),
    )


def _talking() -> None:
    op.create_table(
        "contacts",
        *named(),
        key("annotation_id", "annotations", index=True),
        key("party_id", "parties", index=True),
        key("asked_by_id", "users", index=True),
        words("channel", 16),
        moment("asked_at"),
        words("questions"),
        moment("deadline", nullable=True),
        sa.Column("follow_ups", sa.JSON, nullable=False),
        words("outcome", 16),
        words("answer"),
        moment("answered_at", nullable=True),
        sa.Column("in_text", sa.Boolean, nullable=True),
        count("row_version"),
        moment("created_at"),
        moment("updated_at"),
        moment("deleted_at", nullable=True),
    )
    op.create_table(
        "corrections",
        *named(),
        key("annotation_id", "annotations", index=True),
        key("version_id", "article_versions"),
        words("current"),
        words("suggested"),
        words("reason"),
        words("severity", 16),
        words("state", 16),
        key("created_by_id", "users", index=True),
        moment("created_at"),
        moment("updated_at"),
        key("decided_by_id", "users", nullable=True),
        moment("decided_at", nullable=True),
        words("remark"),
        key("applied_in_id", "article_versions", nullable=True),
        count("row_version"),
        moment("deleted_at", nullable=True),
    )
    op.create_table(
        "comments",
        *named(),
        key("article_id", "articles"),
        key("annotation_id", "annotations", nullable=True, index=True),
        key("parent_id", "comments", nullable=True),
        key("author_id", "users", index=True),
        words("body"),
        moment("created_at"),
        moment("updated_at"),
        moment("resolved_at", nullable=True),
        key("resolved_by_id", "users", nullable=True),
        count("row_version"),
        moment("deleted_at", nullable=True),
    )
    op.create_index("ix_comments_article_id_id", "comments", ["article_id", "id"])
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer, primary_key=True),
        key("person_id", "users"),
        key("event_id", "events"),
        words("why", 20),
        moment("read_at", nullable=True),
    )
    op.create_index("ix_notices_person_id_id", "notices", ["person_id", "id"])


def _answering_for() -> None:
    op.create_table(
        "sign_offs",
        *named(),
        key("article_id", "articles", index=True),
        key("annotation_id", "annotations", nullable=True, index=True),
        key("note_id", "notes", nullable=True),
        key("version_id", "article_versions"),
        words("exact"),
        sa.Column("verdict", sa.String(20)),
        key("by_id", "users", index=True),
        moment("at"),
        words("remark"),
        moment("fallen_at", nullable=True),
        words("fallen_why"),
    )
    op.create_table(
        "assignments",
        *named(),
        key("article_id", "articles", index=True),
        key("annotation_id", "annotations", nullable=True, index=True),
        words("purpose", 16),
        key("person_id", "users", nullable=True),
        key("by_id", "users"),
        moment("due_at", nullable=True),
        moment("created_at"),
        moment("ended_at", nullable=True),
        count("row_version"),
    )
    op.create_index("ix_assignments_person_id_ended_at", "assignments", ["person_id", "ended_at"])


def _widen() -> None:
    flag = sa.Column("blind", sa.Boolean, nullable=False)
    _add("articles", [key("lead_id", "users", nullable=True), moment("due_at", nullable=True), flag])
    _add("parties", [count("row_version"), key("merged_into_id", "parties", nullable=True)], start={"row_version": "1"})
    _add("annotations", _derived(), start={"fields": "{}"})
    resolves = sa.Column("resolves", sa.Boolean, nullable=False)
    _add("notes", [count("verdict_order", nullable=True), resolves, moment("deleted_at", nullable=True)])
    _add("evidence", _on_evidence())
    op.add_column("events", sa.Column("act", sa.String(36)))
    op.add_column("events", count("undoes_id", nullable=True))
    op.execute(sa.text("UPDATE notes SET verdict_order = id WHERE verdict IS NOT NULL"))
    op.execute(sa.text("UPDATE annotations SET readers = 1 WHERE verdict IS NOT NULL"))


def _derived() -> list[sa.Column]:
    return [
        sa.Column("fields", sa.JSON, nullable=False),
        count("readers"),
        sa.Column("weak", sa.Boolean, nullable=False),
        count("open_contacts"),
        moment("next_deadline", nullable=True),
        count("open_corrections"),
        count("open_comments"),
        count("reopened_after", nullable=True),
        words("reopened_why"),
    ]


def _on_evidence() -> list[sa.Column]:
    return [
        key("source_id", "sources", nullable=True),
        key("file_id", "files", nullable=True),
        words("publisher", 200),
        words("accessed_at", 40),
        words("archive_url", 2000),
        words("stance", 16),
        words("independence_group", 200),
    ]


def _add(table: str, columns: list[sa.Column], *, start: dict[str, str] | None = None) -> None:
    """Add columns at the end; rows there are get the empty value of the type, or `start`."""
    filled = [column for column in columns if not column.nullable]
    for column in filled:
        column.server_default = sa.DefaultClause((start or {}).get(column.name, _empty(column)))
    with op.batch_alter_table(table, naming_convention=NAMING) as batch:
        for column in columns:
            batch.add_column(column)
    with op.batch_alter_table(table) as batch:
        for column in filled:
            batch.alter_column(column.name, server_default=None)


def _empty(column: sa.Column) -> str:
    return {sa.Boolean: "false", sa.Integer: "0"}.get(type(column.type), "")


def _give_sources() -> None:
    evidence = sa.table("evidence", *(sa.column(name) for name in ("id", "source_id", "url", "description", "title")))
    sources = sa.table("sources", *(sa.column(name) for name in _SOURCE), sa.column("created_at", sa.DateTime(True)))
    connection, known = op.get_bind(), {}
    for row in connection.execute(sa.select(evidence).order_by(evidence.c.id)).all():
        told = f"url:{row.url}" if row.url else f"text:{' '.join(row.description.split()).casefold()}"
        if told not in known:
            made = sources.insert().values(_source(told, row)).returning(sources.c.id)
            known[told] = connection.execute(made).scalar()
        connection.execute(evidence.update().where(evidence.c.id == row.id).values(source_id=known[told]))
    with op.batch_alter_table("evidence", naming_convention=NAMING) as batch:
        batch.alter_column("source_id", existing_type=sa.Integer, nullable=False)
        batch.create_index("ix_evidence_source_id", ["source_id"])


_SOURCE = ("id", "uuid", "key", "label", "url", "row_version", "withdrawn_why")


def _source(told: str, row: sa.Row) -> dict[str, object]:
    label = (row.title or row.url or row.description)[:500]
    made = {"uuid": str(uuid4()), "key": sha256(told.encode()).hexdigest(), "label": label, "url": row.url}
    return made | {"created_at": datetime.now(UTC), "row_version": 1, "withdrawn_why": ""}


def downgrade() -> None:
    """Take the columns and tables away, and what they hold."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(sa.text("DROP INDEX ix_evidence_source_id"))
    for table, columns in _ADDED.items():
        _drop(table, columns)
    for table in reversed(TABLES):
        op.drop_table(table)


_ADDED = {
    "articles": ("lead_id", "due_at", "blind"),
    "parties": ("row_version", "merged_into_id"),
    "annotations": tuple(column.name for column in _derived()),
    "notes": ("verdict_order", "resolves", "deleted_at"),
    "evidence": tuple(column.name for column in _on_evidence()),
    "events": ("act", "undoes_id"),
}


def _drop(table: str, columns: tuple[str, ...]) -> None:
    if table == "events":
        for column in columns:
            op.drop_column(table, column)
        return
    with op.batch_alter_table(table) as batch:
        for column in columns:
            batch.drop_column(column)
