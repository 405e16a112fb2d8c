"""Corrections: words suggested instead of those an annotation marks."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from annotator.db import Moment
from annotator.extensions import db
from annotator.models.annotation import Annotation
from annotator.models.article import ArticleVersion
from annotator.models.user import User


class Correction(db.Model):  # type: ignore[name-defined,misc]
    """Other words for `current` (the words marked when it was made), with a reason.

    `state` goes from proposed to accepted or rejected (`decided_by`, `remark`); an accepted one is open no longer, and
    becomes applied in the version that has its words.
    """

    __tablename__ = "corrections"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    annotation_id: Mapped[int] = mapped_column(ForeignKey("annotations.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("article_versions.id"))
    current: Mapped[str] = mapped_column(Text)
    suggested: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    severity: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16), default="proposed")
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    updated_at: Mapped[datetime] = mapped_column(Moment)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    remark: Mapped[str] = mapped_column(Text, default="")
    applied_in_id: Mapped[int | None] = mapped_column(ForeignKey("article_versions.id"))
    row_version: Mapped[int] = mapped_column(default=1)
    deleted_at: Mapped[datetime | None] = mapped_column(Moment)

    annotation: Mapped[Annotation] = relationship()
    version: Mapped[ArticleVersion] = relationship(foreign_keys=[version_id])
    created_by: Mapped[User] = relationship(foreign_keys=[created_by_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])

    __mapper_args__ = {"version_id_col": row_version}
