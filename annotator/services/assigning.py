"""Who is to check and to second-read."""

from __future__ import annotations

from sqlalchemy import or_, select

from annotator import clock
from annotator.access import Actor
from annotator.extensions import db
from annotator.models import Annotation, Assignment, Note


def end_second_reading(actor: Actor, annotation: Annotation, note: Note) -> None:
    """A verdict by somebody else than who asked for the second reading is what was asked for."""
    if not note.verdict:
        return
    wanted = select(Assignment).filter_by(annotation_id=annotation.id, purpose="second_reading", ended_at=None)
    wanted = wanted.where(Assignment.by_id != actor.id)
    wanted = wanted.where(or_(Assignment.person_id == actor.id, Assignment.person_id.is_(None)))
    for assignment in db.session.scalars(wanted):
        assignment.ended_at = clock.now()
