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
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from annotator.extensions import db
from annotator.models import Annotation, Note


class Found(Protocol):
    """What the rules look at in a note, stored or as a plain value."""

    @property
    def body(self) -> str: ...
    @property
    def verdict(self) -> str | None: ...
    @property
    def evidence(self) -> Sequence[object]: ...


def settle_state(annotation: Annotation) -> None:
    """Bring the stored state and verdict of an annotation in line with its notes."""
    wanted = select(Note).filter_by(annotation_id=annotation.id).order_by(Note.id)
    wanted = wanted.options(selectinload(Note.evidence)).execution_options(populate_existing=True)
    notes = db.session.scalars(wanted).all()
    deciding = next((note for note in reversed(notes) if note.verdict), None)
    annotation.state = derive(notes)
    annotation.verdict = deciding.verdict if deciding else None
    annotation.verdict_by_id = deciding.author_id if deciding else None
    annotation.verdict_at = deciding.updated_at if deciding else None


def derive(notes: Sequence[Found]) -> str:
    """The state that these notes (oldest first) add up to."""
    if not notes:
        return "to_do"
    return "in_progress" if missing(notes) else "checked"


def missing(notes: Sequence[Found]) -> list[str]:
    """What keeps these notes (oldest first) from being a finished check, as sentences."""
    verdict = next((note.verdict for note in reversed(notes) if note.verdict), None)
    reasons = []
    if verdict is None:
        reasons.append("A verdict is missing.")
    if not any(note.body.strip() for note in notes):
        reasons.append("A note that says how it was checked is missing.")
    if not any(note.evidence for note in notes) and verdict != "not_checkable":
        reasons.append("A piece of evidence is missing.")
    return reasons
