"""History: one line for every change, written in the same transaction as the change, never altered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from annotator.db import Moment
from annotator.extensions import db
from annotator.models.user import User


class Event(db.Model):  # type: ignore[name-defined,misc]
    """Who did what to which thing, when, with the values before and after. Ordered by id, never by time.

    `subject` is the uuid (or username) of the thing; triggers in the database refuse UPDATE and DELETE. All events of
    one unit of work share `act`; `undoes_id` is the event that this one takes back.
    """

    __tablename__ = "events"
    __table_args__ = (
        Index("ix_events_article_id_id", "article_id", "id"),
        Index("ix_events_subject_id", "subject", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    verb: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(64))
    article_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id"))
    annotation_id: Mapped[int | None] = mapped_column(ForeignKey("annotations.id"))
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    act: Mapped[str | None] = mapped_column(String(36))
    undoes_id: Mapped[int | None]

    actor: Mapped[User | None] = relationship()
