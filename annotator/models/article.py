"""Articles, their immutable versions, and the sentences of these that were found clear."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from annotator.db import Moment
from annotator.extensions import db
from annotator.models.source import File
from annotator.models.user import User


class Article(db.Model):  # type: ignore[name-defined,misc]
    """A story on the desk. `revision` is the id of its newest event: the cursor that open pages follow.

    `published_at` is text as the source told it (ISO 8601, a date or a time); `search_text` is title, byline and the
    newest text, case-folded. `row_version` grows when title, byline and the like are edited.
    An archived article is out of the lists and the counts; nothing of it is lost. `lead` edits it and decides its
    corrections; in a `blind` one a first verdict is hidden until somebody else has given a second.
    """

    __tablename__ = "articles"
    __table_args__ = (Index("ix_articles_updated_at_id", "updated_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    title: Mapped[str] = mapped_column(String(500))
    byline: Mapped[str] = mapped_column(String(300), default="")
    outlet: Mapped[str] = mapped_column(String(200), default="")
    source_url: Mapped[str] = mapped_column(String(2000), default="")
    language: Mapped[str] = mapped_column(String(35), default="")
    published_at: Mapped[str] = mapped_column(String(40), default="")
    search_text: Mapped[str] = mapped_column(Text, default="")
    last_ordinal: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(default=0)
    row_version: Mapped[int] = mapped_column(default=1)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    updated_at: Mapped[datetime] = mapped_column(Moment)
    archived_at: Mapped[datetime | None] = mapped_column(Moment)
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    blind: Mapped[bool] = mapped_column(default=False)

    created_by: Mapped[User] = relationship(foreign_keys=[created_by_id])
    lead: Mapped[User | None] = relationship(foreign_keys=[lead_id])
    versions: Mapped[list[ArticleVersion]] = relationship(
        back_populates="article", order_by="ArticleVersion.number", lazy="raise_on_sql"
    )

    @property
    def led_by(self) -> str | None:
        """The username of whoever leads it."""
        return self.lead.username if self.lead else None


class ArticleVersion(db.Model):  # type: ignore[name-defined,misc]
    """One text of an article, numbered from 1. Never changed once stored; `sha256` names the text.

    `blocks` is `text.blocks.to_json`; `length` counts code points; `source` says how it came in, `file` is what was
    uploaded. A version that was taken back (`withdrawn_at`) is kept, and its number is not given again; the newest
    that was not is the one people work on.
    """

    __tablename__ = "article_versions"
    __table_args__ = (UniqueConstraint("article_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    blocks: Mapped[list[Any]] = mapped_column(JSON)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    length: Mapped[int]
    source: Mapped[str] = mapped_column(String(16))
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    change_note: Mapped[str] = mapped_column(Text, default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)

    article: Mapped[Article] = relationship(back_populates="versions")
    created_by: Mapped[User] = relationship()
    file: Mapped[File | None] = relationship()


class SentenceCheck(db.Model):  # type: ignore[name-defined,misc]
    """Somebody has read a sentence of a version and found nothing in it to check: it is clear.

    `start` and `end` are code points of the version's text. Carried to the next version where the words stay.
    """

    __tablename__ = "sentence_checks"
    __table_args__ = (UniqueConstraint("version_id", "start"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("article_versions.id"))
    start: Mapped[int]
    end: Mapped[int]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(Moment)

    version: Mapped[ArticleVersion] = relationship()
    by: Mapped[User] = relationship()
