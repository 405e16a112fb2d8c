"""Loading what is about to be changed, with permission.

The article's row is locked first, always, so that changes to one article happen one after the other on PostgreSQL as
they do on SQLite, and its cursor never runs past an event that is not there yet.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import defer

from annotator.access import ANNOTATE, Actor, allow
from annotator.errors import NotFound
from annotator.extensions import db
from annotator.models import Annotation, Article, ArticleVersion, Comment, Note
from annotator.queries.records import DELETED


def article(actor: Actor, article_id: int, permission: str = ANNOTATE) -> Article:
    """The article, locked until the unit of work ends. NotFound, Forbidden."""
    allow(actor, permission)
    unread = [defer(Article.search_text)]
    found = db.session.get(Article, article_id, options=unread, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFound("There is no such article.")
    return found


def version(article_id: int, number: int) -> ArticleVersion:
    """One version of an article. NotFound."""
    wanted = select(ArticleVersion).filter_by(article_id=article_id, number=number)
    wanted = wanted.options(defer(ArticleVersion.blocks))
    found: ArticleVersion | None = db.session.scalar(wanted)
    if found is None:
        raise NotFound(f"This article has no version {number}.")
    return found


def annotation(actor: Actor, uuid: str, *, deleted: bool = False) -> Annotation:
    """The annotation, its article locked. Deleted ones are found only when asked for. NotFound, Forbidden."""
    article_id = db.session.scalar(select(Annotation.article_id).filter_by(uuid=uuid))
    if article_id is None:
        raise NotFound("There is no such annotation.")
    article(actor, article_id)
    found = db.session.scalars(select(Annotation).filter_by(uuid=uuid)).one()
    if found.deleted_at and not deleted:
        raise NotFound(DELETED)
    return found


def note(actor: Actor, uuid: str) -> Note:
    """The note, its article locked. NotFound, Forbidden."""
    owner = select(Annotation.uuid).join(Note, Note.annotation_id == Annotation.id).where(Note.uuid == uuid)
    found = db.session.scalar(owner.where(Note.deleted_at.is_(None)))
    if found is None:
        raise NotFound("There is no such note.")
    annotation(actor, found)
    return db.session.scalars(select(Note).filter_by(uuid=uuid)).one()


def comment(actor: Actor, uuid: str, *, taken_back: bool = False) -> Comment:
    """The comment, its article locked. One that was taken back is found only when asked for. NotFound, Forbidden."""
    owner = select(Comment.article_id, Annotation.uuid).outerjoin(Annotation, Annotation.id == Comment.annotation_id)
    found = db.session.execute(owner.where(Comment.uuid == uuid)).first()
    if found is None:
        raise NotFound("There is no such comment.")
    if found.uuid:
        annotation(actor, found.uuid)
    else:
        article(actor, found.article_id)
    comment = db.session.scalars(select(Comment).filter_by(uuid=uuid)).one()
    if comment.deleted_at and not taken_back:
        raise NotFound("This comment has been taken back.")
    return comment
