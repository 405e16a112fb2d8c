"""Reading history."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from annotator.exports import snapshot
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


def wordings_in(article_id: int) -> dict[str, list[snapshot.Wording]]:
    """The earlier wordings of all notes of an article, oldest first, by the id of the note. One query."""
    wanted = select(Event.subject, Event.at, Event.before).filter_by(article_id=article_id, verb="note.edited")
    found: defaultdict[str, list[snapshot.Wording]] = defaultdict(list)
    for note, at, before in db.session.execute(wanted.order_by(Event.id)):
        found[note].append(_wording(at, before or {}))
    return found


def _wording(until: datetime, said: dict[str, Any]) -> snapshot.Wording:
    pieces = tuple(snapshot.Evidence(id="", **piece) for piece in said["evidence"])
    return snapshot.Wording(until, said["body"], said["verdict"], said["method"], pieces)
