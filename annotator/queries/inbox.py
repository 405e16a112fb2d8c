"""Somebody's inbox: what happened that concerns them, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from annotator.extensions import db
from annotator.models import Anchor, Annotation, Article, ArticleVersion, Comment, Event, Notice, User
from annotator.queries.newest import STANDS
from annotator.vocabulary import NOTICES


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an inbox: who did what (`did`, after a name) in which article, on which annotation when on one.

    `words` are those that are marked, `said` what a comment says now; a comment that was taken back says nothing, and
    is `gone`, as is what happened on an annotation that was deleted since.
    """

    id: int
    at: datetime
    why: str
    did: str
    who: str | None
    username: str | None
    article: int
    title: str
    annotation: str | None
    ordinal: int | None
    kind: str | None
    words: str
    said: str
    gone: bool
    read: bool

    @property
    def where(self) -> str:
        """The address of the words, beneath the site: the annotation's card, or what was said about the article."""
        if self.ordinal is not None and not self.gone:
            return f"/articles/{self.article}#a{self.ordinal}"
        return f"/articles/{self.article}" + ("/comments" if self.said else "")


_NEWEST = (
    select(func.max(ArticleVersion.id))
    .where(ArticleVersion.article_id == Event.article_id, STANDS)
    .correlate(Event)
    .scalar_subquery()
)
_ENTRIES: Select[*tuple[Any, ...]] = (
    select(
        Notice,
        Event.at,
        Event.after,
        User.name,
        User.username,
        Article.id,
        Article.title,
        Annotation,
        Anchor.exact,
        Comment,
    )
    .join(Event, Event.id == Notice.event_id)
    .join(Article, Article.id == Event.article_id)
    .outerjoin(User, User.id == Event.actor_id)
    .outerjoin(Annotation, Annotation.id == Event.annotation_id)
    .outerjoin(Anchor, (Anchor.annotation_id == Annotation.id) & (Anchor.version_id == _NEWEST))
    .outerjoin(Comment, Comment.uuid == Event.subject)
    .order_by(Notice.id.desc())
)


def unread(actor_id: int, limit: int = 50) -> list[Entry]:
    """What this person has not read yet, newest first. One query."""
    return _entries(_ENTRIES.where(Notice.person_id == actor_id, Notice.read_at.is_(None)).limit(limit))


def entries(actor_id: int, below: int | None = None, limit: int = 50) -> list[Entry]:
    """Everything, newest first: at most `limit` lines below an id. One query."""
    wanted = _ENTRIES.where(Notice.person_id == actor_id)
    if below is not None:
        wanted = wanted.where(Notice.id < below)
    return _entries(wanted.limit(limit))


def entry(actor_id: int, notice_id: int) -> Entry | None:
    """One line of this person's inbox."""
    return next(iter(_entries(_ENTRIES.where(Notice.person_id == actor_id, Notice.id == notice_id))), None)


def unread_count(actor_id: int) -> int:
    """How much this person has not read yet. One query."""
    wanted = select(func.count()).select_from(Notice).where(Notice.person_id == actor_id, Notice.read_at.is_(None))
    return db.session.scalars(wanted).one()


def _entries(wanted: Select[*tuple[Any, ...]]) -> list[Entry]:
    return [_entry(*row) for row in db.session.execute(wanted)]


def _entry(
    notice: Notice,
    at: datetime,
    after: dict[str, Any] | None,
    who: str | None,
    username: str | None,
    article: int,
    title: str,
    on: Annotation | None,
    words: str | None,
    comment: Comment | None,
) -> Entry:
    taken = comment is not None and comment.deleted_at is not None
    return Entry(
        id=notice.id,
        at=at,
        why=notice.why,
        did=_did(notice.why, on is not None, after or {}),
        who=who,
        username=username,
        article=article,
        title=title,
        annotation=on.uuid if on else None,
        ordinal=on.ordinal if on else None,
        kind=on.kind if on else None,
        words=words or "",
        said=comment.body if comment is not None and not taken else "",
        gone=taken or (on is not None and on.deleted_at is not None),
        read=notice.read_at is not None,
    )


def _did(why: str, on_annotation: bool, after: dict[str, Any]) -> str:
    if why == "comment" and not on_annotation:
        return "commented on the article"
    because = after.get("reopened_why") if why == "reopened" else None
    return NOTICES.get(why, why) + (f" because {because}" if because else "")
