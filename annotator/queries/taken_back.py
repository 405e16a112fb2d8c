"""What has been taken away from an article, or from one annotation of it, and can be brought back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select

from annotator.exports import snapshot
from annotator.extensions import db
from annotator.models import Anchor, Annotation, Comment, Contact, Correction, Note, User
from annotator.queries.beneath import person

MOST = 200


@dataclass(frozen=True, slots=True)
class TakenBack:
    """One thing: what it is (`noun`, as addresses have it), on which annotation (None: the article), by whom it was
    made, its words and when it was taken away."""

    noun: str
    id: str
    annotation: str | None
    ordinal: int | None
    kind: str | None
    words: str
    by: snapshot.Person
    at: datetime


_ON = (Annotation.uuid, Annotation.ordinal, Annotation.kind)
_WANTED: dict[str, Select[*tuple[Any, ...]]] = {
    "annotations": (
        select(Annotation.uuid, *_ON, Anchor.exact, User, Annotation.deleted_at)
        .join(Anchor, Anchor.annotation_id == Annotation.id)
        .join(User, User.id == Annotation.created_by_id)
    ),
    "notes": (
        select(Note.uuid, *_ON, Note.body, User, Note.deleted_at)
        .join(Annotation, Annotation.id == Note.annotation_id)
        .join(User, User.id == Note.author_id)
    ),
    "contacts": (
        select(Contact.uuid, *_ON, Contact.questions, User, Contact.deleted_at)
        .join(Annotation, Annotation.id == Contact.annotation_id)
        .join(User, User.id == Contact.asked_by_id)
    ),
    "corrections": (
        select(Correction.uuid, *_ON, Correction.suggested, User, Correction.deleted_at)
        .join(Annotation, Annotation.id == Correction.annotation_id)
        .join(User, User.id == Correction.created_by_id)
    ),
    "comments": (
        select(Comment.uuid, *_ON, Comment.body, User, Comment.deleted_at)
        .outerjoin(Annotation, Annotation.id == Comment.annotation_id)
        .join(User, User.id == Comment.author_id)
    ),
}
_MODELS: dict[str, Any] = {"notes": Note, "contacts": Contact, "corrections": Correction, "comments": Comment}


def taken_back(article_id: int, annotation: str | None = None) -> list[TakenBack]:
    """What has been taken away, newest first, at most MOST of a kind. A query a noun.

    What hangs beneath a deleted annotation comes back with it, and is left out.
    """
    found = [one for noun in _WANTED for one in _rows(noun, article_id, annotation)]
    return sorted({(one.noun, one.id): one for one in found}.values(), key=lambda one: one.at, reverse=True)


def _rows(noun: str, article_id: int, annotation: str | None) -> list[TakenBack]:
    gone = _MODELS.get(noun, Annotation).deleted_at
    wanted = _WANTED[noun].where(gone.is_not(None)).order_by(gone.desc()).limit(MOST)
    if noun == "comments":
        wanted = wanted.where(Comment.article_id == article_id)
    else:
        wanted = wanted.where(Annotation.article_id == article_id)
    if noun != "annotations":
        wanted = wanted.where(or_(Annotation.id.is_(None), Annotation.deleted_at.is_(None)))
    if annotation is not None:
        wanted = wanted.where(Annotation.uuid == annotation)
    rows = db.session.execute(wanted)
    return [
        TakenBack(noun, uuid, on, number, kind, words, person(by), at) for uuid, on, number, kind, words, by, at in rows
    ]
