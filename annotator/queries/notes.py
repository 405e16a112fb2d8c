"""Notes that were taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from annotator.exports import snapshot
from annotator.extensions import db
from annotator.models import Annotation, Note, User


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A note that was taken back, and when."""

    id: str
    body: str
    author: snapshot.Person
    at: datetime


def taken_back(annotation: str, author: str | None = None) -> list[TakenBack]:
    """The notes taken back from an annotation, oldest first, at most 100; only those of one person when named."""
    wanted = select(Note.uuid, Note.body, User.username, User.name, Note.deleted_at)
    wanted = wanted.join(Annotation, Annotation.id == Note.annotation_id).join(User, User.id == Note.author_id)
    wanted = wanted.where(Annotation.uuid == annotation, Note.deleted_at.is_not(None))
    if author is not None:
        wanted = wanted.where(User.username == author)
    rows = db.session.execute(wanted.order_by(Note.id).limit(100))
    return [TakenBack(uuid, body, snapshot.Person(*by), at) for uuid, body, *by, at in rows if at]
