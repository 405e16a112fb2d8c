"""Sign-offs and assignments: who answers for what."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from annotator.db import Moment
from annotator.extensions import db
from annotator.models.annotation import Annotation
from annotator.models.article import Article, ArticleVersion
from annotator.models.note import Note
from annotator.models.user import User


class SignOff(db.Model):  # type: ignore[name-defined,misc]
    """Somebody answers for the verdict of `note` on the words `exact` of a version. Once fallen, it is kept.

    Without an annotation it is that of the article: somebody answers for the whole text of that version, read to the
    last sentence, while `open_checks` of its checks were not finished.
    """

    __tablename__ = "sign_offs"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), index=True)
    annotation_id: Mapped[int | None] = mapped_column(ForeignKey("annotations.id"), index=True)
    note_id: Mapped[int | None] = mapped_column(ForeignKey("notes.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("article_versions.id"))
    exact: Mapped[str] = mapped_column(Text, default="")
    verdict: Mapped[str | None] = mapped_column(String(20))
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
    remark: Mapped[str] = mapped_column(Text, default="")
    fallen_at: Mapped[datetime | None] = mapped_column(Moment)
    fallen_why: Mapped[str] = mapped_column(Text, default="")
    open_checks: Mapped[int] = mapped_column(default=0)

    article: Mapped[Article] = relationship()
    annotation: Mapped[Annotation | None] = relationship()
    note: Mapped[Note | None] = relationship()
    version: Mapped[ArticleVersion] = relationship()
    by: Mapped[User] = relationship()


class Assignment(db.Model):  # type: ignore[name-defined,misc]
    """Somebody is to check or second-read an article or one annotation of it (`purpose`: check, second_reading).

    Without a person it is offered to anybody, as second readings are. Open until `ended_at`; at most one open
    assignment a purpose and thing.
    """

    __tablename__ = "assignments"
    __table_args__ = (Index("ix_assignments_person_id_ended_at", "person_id", "ended_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), index=True)
    annotation_id: Mapped[int | None] = mapped_column(ForeignKey("annotations.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(16))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    row_version: Mapped[int] = mapped_column(default=1)

    article: Mapped[Article] = relationship()
    annotation: Mapped[Annotation | None] = relationship()
    person: Mapped[User | None] = relationship(foreign_keys=[person_id])
    by: Mapped[User] = relationship(foreign_keys=[by_id])

    __mapper_args__ = {"version_id_col": row_version}
