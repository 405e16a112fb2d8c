"""Comments by themselves: where one is, and those on an article as a whole."""

from __future__ import annotations

from sqlalchemy import func, select

from annotator.errors import NotFound
from annotator.exports import snapshot
from annotator.extensions import db
from annotator.models import Annotation, Comment
from annotator.queries import articles, beneath, records


def place(uuid: str) -> tuple[int, str | None]:
    """The article a comment is on, and the uuid of the annotation when it is on one. NotFound."""
    wanted = select(Comment.article_id, Annotation.uuid)
    wanted = wanted.outerjoin(Annotation, Annotation.id == Comment.annotation_id).where(Comment.uuid == uuid)
    found = db.session.execute(wanted).first()
    if found is None:
        raise NotFound("There is no such comment.")
    return found[0], found[1]


def comment(uuid: str) -> snapshot.Comment:
    """One comment. NotFound."""
    article_id, annotation = place(uuid)
    said = records.record(annotation).comments if annotation else beneath.comments_on(article_id)
    found = next((one for one in said if one.id == uuid), None)
    if found is None:
        raise NotFound("This comment has been taken back.")
    return found


def on_article(article_id: int) -> list[snapshot.Comment]:
    """What was said about an article as a whole, oldest first. NotFound."""
    articles.revision(article_id)
    return beneath.comments_on(article_id)


def open_threads(article_id: int) -> int:
    """How many threads about an article as a whole are not resolved. One query."""
    wanted = select(func.count()).select_from(Comment).filter_by(article_id=article_id, annotation_id=None)
    wanted = wanted.where(Comment.parent_id.is_(None), Comment.resolved_at.is_(None), Comment.deleted_at.is_(None))
    return db.session.scalars(wanted).one()
