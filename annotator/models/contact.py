"""Contacts: attempts to ask somebody about what an annotation marks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from annotator.db import Moment
from annotator.extensions import db
from annotator.models.annotation import Annotation
from annotator.models.party import Party
from annotator.models.user import User


class Contact(db.Model):  # type: ignore[name-defined,misc]
    """Who was asked, by whom, how, when and what; until when an answer is wanted, and what came back.

    Open while `outcome` is empty. `follow_ups` are further attempts, oldest first, each `{at, by, channel, remark}`
    with a time in UTC and a username. `in_text` says whether the answer stands in the article.
    """

    __tablename__ = "contacts"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    annotation_id: Mapped[int] = mapped_column(ForeignKey("annotations.id"), index=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("parties.id"), index=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    channel: Mapped[str] = mapped_column(String(16))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    questions: Mapped[str] = mapped_column(Text)
    deadline: Mapped[datetime | None] = mapped_column(Moment)
    follow_ups: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    outcome: Mapped[str] = mapped_column(String(16), default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    in_text: Mapped[bool | None]
    row_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(Moment)
    updated_at: Mapped[datetime] = mapped_column(Moment)
    deleted_at: Mapped[datetime | None] = mapped_column(Moment)

    annotation: Mapped[Annotation] = relationship()
    party: Mapped[Party] = relationship()
    asked_by: Mapped[User] = relationship()

    __mapper_args__ = {"version_id_col": row_version}
