"""Parties: the people and organisations that claim, say and deny."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from annotator.db import Moment
from annotator.extensions import db


class Party(db.Model):  # type: ignore[name-defined,misc]
    """A person or organisation, shared by all articles. `folded` is the case-folded name: one party a name.

    One that turned out to be another is kept with `merged_into_id`, and its name is an alias of that other: its own
    `folded` is given up.
    """

    __tablename__ = "parties"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    folded: Mapped[str] = mapped_column(String(400), unique=True)
    role: Mapped[str] = mapped_column(String(200), default="")
    organisation: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(Moment)
    row_version: Mapped[int] = mapped_column(default=1)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("parties.id"))

    aliases: Mapped[list[PartyAlias]] = relationship(order_by="PartyAlias.name", viewonly=True)

    __mapper_args__ = {"version_id_col": row_version}


class PartyAlias(db.Model):  # type: ignore[name-defined,misc]
    """Another name of a party. No two parties share one, and none is a party's own name."""

    __tablename__ = "party_aliases"

    id: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("parties.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    folded: Mapped[str] = mapped_column(String(400), unique=True)
