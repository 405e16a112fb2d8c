"""The state of an annotation, derived from its notes.

| state       | when                                                                              |
| ----------- | --------------------------------------------------------------------------------- |
| to_do       | nothing has been written down                                                     |
| in_progress | something has, but a rule of `missing` is not met                                 |
| checked     | a verdict, a note and at least one piece of evidence; *not checkable* needs none  |

The current verdict is that of the newest note that carries one.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from annotator.extensions import db
from annotator.models import Annotation, Note


def settle_state(annotation: Annotation) -> None:
    """Bring the stored state and verdict of an annotation in line with its notes."""
    wanted = select(Note).filter_by(annotation_id=annotation.id).order_by(Note.id)
    wanted = wanted.options(selectinload(Note.evidence)).execution_options(populate_existing=True)
    notes = db.session.scalars(wanted).all()
    deciding = next((note for note in reversed(notes) if note.verdict), None)
    annotation.state = derive(notes, deciding)
    annotation.verdict = deciding.verdict if deciding else None
    annotation.verdict_by_id = deciding.author_id if deciding else None
    annotation.verdict_at = deciding.updated_at if deciding else None


def derive(notes: Sequence[Note], deciding: Note | None) -> str:
    """The state that these notes (oldest first) add up to."""
    if not notes:
        return "to_do"
    return "in_progress" if missing(notes, deciding) else "checked"


def missing(notes: Sequence[Note], deciding: Note | None) -> list[str]:
    """What keeps these notes from being a finished check, as sentences."""
    reasons = []
    if deciding is None:
        reasons.append("A verdict is missing.")
    if not any(note.body.strip() for note in notes):
        reasons.append("A note that says how it was checked is missing.")
    if not any(note.evidence for note in notes) and not (deciding and deciding.verdict == "not_checkable"):
        reasons.append("A piece of evidence is missing.")
    return reasons
