"""Verification notes and the evidence they rest on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from annotator.db import Moment
from annotator.extensions import db
from annotator.models.annotation import Annotation
from annotator.models.article import ArticleVersion
from annotator.models.source import File, Source
from annotator.models.user import User


class Note(db.Model):  # type: ignore[name-defined,misc]
    """What one person found out about an annotation. Earlier wordings stay in the events `note.edited`.

    `verdict_order` numbers the verdicts of an annotation in the order they were given. A note that `resolves` is a
    lead's, and ends a disagreement. Taken back by undoing, a note has a `deleted_at`.
    """

    __tablename__ = "notes"
    __table_args__ = (Index("ix_notes_annotation_id_id", "annotation_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    annotation_id: Mapped[int] = mapped_column(ForeignKey("annotations.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("article_versions.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    body: Mapped[str] = mapped_column(Text, default="")
    verdict: Mapped[str | None] = mapped_column(String(20))
    method: Mapped[str | None] = mapped_column(String(16))
    row_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(Moment)
    updated_at: Mapped[datetime] = mapped_column(Moment)
    verdict_order: Mapped[int | None]
    resolves: Mapped[bool] = mapped_column(default=False)
    deleted_at: Mapped[datetime | None] = mapped_column(Moment)

    annotation: Mapped[Annotation] = relationship()
    version: Mapped[ArticleVersion] = relationship()
    author: Mapped[User] = relationship()
    evidence: Mapped[list[Evidence]] = relationship(
        primaryjoin="and_(Note.id == Evidence.note_id, Evidence.deleted_at.is_(None))",
        order_by="Evidence.position",
        viewonly=True,
    )

    __mapper_args__ = {"version_id_col": row_version}


class Evidence(db.Model):  # type: ignore[name-defined,misc]
    """One piece of evidence on a note: what a source says there, and how it bears on the words.

    Never changed: an edit of the note takes pieces away (`deleted_at`) and adds others. What is shared by all notes
    that use the same document, page or recording is its `source`.
    """

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("notes.id"), index=True)
    position: Mapped[int]
    url: Mapped[str] = mapped_column(String(2000), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    title: Mapped[str] = mapped_column(String(500), default="")
    source_type: Mapped[str] = mapped_column(String(16), default="")
    locator: Mapped[str] = mapped_column(String(200), default="")
    excerpt: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(Moment)
    deleted_at: Mapped[datetime | None] = mapped_column(Moment)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), index=True)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"))
    publisher: Mapped[str] = mapped_column(String(200), default="")
    accessed_at: Mapped[str] = mapped_column(String(40), default="")
    archive_url: Mapped[str] = mapped_column(String(2000), default="")
    stance: Mapped[str] = mapped_column(String(16), default="")
    independence_group: Mapped[str] = mapped_column(String(200), default="")

    source: Mapped[Source] = relationship(lazy="joined", innerjoin=True)
    file: Mapped[File | None] = relationship(lazy="joined")
