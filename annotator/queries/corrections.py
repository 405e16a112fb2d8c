"""Corrections that wait to be put into the text."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from annotator.extensions import db
from annotator.models import Anchor, Annotation, Correction
from annotator.queries.newest import NEWEST, PRESENT


@dataclass(frozen=True, slots=True)
class Waiting:
    """An accepted correction that the newest version does not have: `suggested` instead of `current` at the code points
    `[start, end)` of it."""

    kind: str
    ordinal: int
    start: int
    end: int
    current: str
    suggested: str


def accepted(article_id: int) -> list[Waiting]:
    """Those of an article whose words still stand as they did, in the order of the text. One query."""
    shown = Annotation.kind, Annotation.ordinal, Anchor.start, Anchor.end, Correction.current, Correction.suggested
    wanted = select(*shown).join(Annotation, Annotation.id == Correction.annotation_id)
    wanted = wanted.join(Anchor, Anchor.annotation_id == Annotation.id)
    wanted = wanted.where(Anchor.version_id.in_(NEWEST), Anchor.end > Anchor.start, PRESENT)
    wanted = wanted.where(Annotation.article_id == article_id, Correction.state == "accepted")
    wanted = wanted.where(Correction.deleted_at.is_(None), Anchor.exact == Correction.current)
    return [Waiting(*row) for row in db.session.execute(wanted.order_by(Anchor.start, Correction.id))]
