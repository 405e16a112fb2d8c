"""Parties: the people and organisations that claim, say and deny."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from annotator.db import Moment
from annotator.extensions import db


class Party(db.Model):  # type: ignore[name-defined,misc]
    """A person or organisation, shared by all articles. `folded` is the case-folded name: one party a name."""

    __tablename__ = "parties"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    folded: Mapped[str] = mapped_column(String(400), unique=True)
    role: Mapped[str] = mapped_column(String(200), default="")
    organisation: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(Moment)
