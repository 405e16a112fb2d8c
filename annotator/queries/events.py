"""Reading history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from annotator.extensions import db
from annotator.models import Event


@dataclass(frozen=True, slots=True)
class Wording:
    """What a note said before it was edited, and until when."""

    until: datetime
    said: dict[str, Any]


def earlier_wordings(note: str, limit: int = 100) -> list[Wording]:
    """The earlier wordings of a note, newest first, at most `limit`."""
    wanted = select(Event.at, Event.before).filter_by(subject=note, verb="note.edited")
    rows = db.session.execute(wanted.order_by(Event.id.desc()).limit(limit))
    return [Wording(at, before or {}) for at, before in rows]
