"""Comments: threads on an annotation or on an article, and what people are told of."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from annotator.db import Moment
from annotator.extensions import db
from annotator.models.annotation import Annotation
from annotator.models.article import Article
from annotator.models.event import Event
from annotator.models.user import User


class Comment(db.Model):  # type: ignore[name-defined,misc]
    """One comment. The first of a thread has no `parent_id`; it is the one that is resolved. Without `annotation_id`
    it is about the article as a whole."""

    __tablename__ = "comments"
    __table_args__ = (Index("ix_comments_article_id_id", "article_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    annotation_id: Mapped[int | None] = mapped_column(ForeignKey("annotations.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment)
    updated_at: Mapped[datetime] = mapped_column(Moment)
    resolved_at: Mapped[datetime | None] = mapped_column(Moment)
    resolved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    row_version: Mapped[int] = mapped_column(default=1)
    deleted_at: Mapped[datetime | None] = mapped_column(Moment)

    article: Mapped[Article] = relationship()
    annotation: Mapped[Annotation | None] = relationship()
    parent: Mapped[Comment | None] = relationship(remote_side=[id])
    author: Mapped[User] = relationship(foreign_keys=[author_id])
    resolved_by: Mapped[User | None] = relationship(foreign_keys=[resolved_by_id])

    __mapper_args__ = {"version_id_col": row_version}


class Notice(db.Model):  # type: ignore[name-defined,misc]
    """One line of somebody's inbox: event `event_id` concerns them, for the reason `why` (`vocabulary.NOTICES`)."""

    __tablename__ = "notices"
    __table_args__ = (Index("ix_notices_person_id_id", "person_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    why: Mapped[str] = mapped_column(String(20))
    read_at: Mapped[datetime | None] = mapped_column(Moment)

    event: Mapped[Event] = relationship()
