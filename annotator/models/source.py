"""Sources that evidence rests on, shared by all notes, and the files that were attached."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from annotator.db import Moment
from annotator.extensions import db
from annotator.models.user import User


class Source(db.Model):  # type: ignore[name-defined,misc]
    """One document, page, recording or person, whatever number of notes rest on it.

    `key` is the SHA-256 of what tells it from others: its URL, else its file, else its description. `label` is what
    people read. A source found to be no good is withdrawn, and what rested on it is reopened.
    """

    __tablename__ = "sources"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[str] = mapped_column(String(500))
    url: Mapped[str] = mapped_column(String(2000), default="")
    created_at: Mapped[datetime] = mapped_column(Moment)
    row_version: Mapped[int] = mapped_column(default=1)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    withdrawn_why: Mapped[str] = mapped_column(Text, default="")

    withdrawn_by: Mapped[User | None] = relationship()

    __mapper_args__ = {"version_id_col": row_version}


class File(db.Model):  # type: ignore[name-defined,misc]
    """A file that was attached, kept once in `instance/uploads` under its SHA-256. `size` counts bytes."""

    __tablename__ = "files"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
