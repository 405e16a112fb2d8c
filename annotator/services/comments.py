"""Comments: what people say to each other about an annotation or an article, in threads of one level."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from sqlalchemy import select

from annotator import clock
from annotator.access import DECIDE, Actor
from annotator.errors import Conflict, Forbidden, Invalid, Stale
from annotator.extensions import db
from annotator.models import Annotation, Article, Comment, Event, Note, User
from annotator.services import events, notices
from annotator.services.annotations import checked_uuid, touch
from annotator.services.states import settle_state
from annotator.text.codepoints import storable
from annotator.text.mentions import candidates, mentioned
from annotator.text.prose import tidy_prose

BODY_LIMIT = 5_000


def add_comment(
    actor: Actor,
    article: Article,
    annotation: Annotation | None,
    body: str,
    parent: str | None = None,
    uuid: str | None = None,
) -> tuple[Comment, bool]:
    """Say something about an annotation, or about the article as a whole when that is None.

    `parent` is the uuid of the first comment of the thread it answers. Returns the comment, and whether it was made now
    (False: the same request came before). Raises Invalid (body, parent, id), Conflict (the id belongs to another one).
    """
    uuid = checked_uuid(uuid) if uuid else str(uuid4())
    body, first = checked_body(body), _thread(article, annotation, parent)
    known = db.session.scalar(select(Comment).filter_by(uuid=uuid))
    if known is not None:
        return _repeated(known, actor, article, body, first), False
    comment = _new_comment(actor, article, annotation, body, first)
    comment.uuid = uuid
    db.session.add(comment)
    event = _settle(actor, comment, "comment.added", None, told(comment))
    _tell(actor, event, comment, "")
    return comment, True


def checked_body(body: str) -> str:
    """What somebody typed, put right; Invalid on `body` when nothing is left or it is too long."""
    tidy = tidy_prose(storable(body, "body"))
    if not tidy:
        raise Invalid({"body": "Write something before sending it."})
    if len(tidy) > BODY_LIMIT:
        raise Invalid({"body": f"A comment may have at most {BODY_LIMIT:,} characters; this has {len(tidy):,}."})
    return tidy


def _thread(article: Article, annotation: Annotation | None, parent: str | None) -> Comment | None:
    """The first comment of the thread that is answered."""
    if parent is None:
        return None
    wanted = select(Comment).filter_by(uuid=checked_parent(parent), article_id=article.id, parent_id=None)
    found: Comment | None = db.session.scalar(wanted.where(Comment.deleted_at.is_(None)))
    if found is None or found.annotation_id != (annotation.id if annotation else None):
        raise Invalid({"parent": "Answer the first comment of a thread that is here; this is none."})
    return found


def checked_parent(parent: str) -> str:
    """The uuid in its usual spelling, or Invalid on `parent`."""
    try:
        return checked_uuid(parent)
    except Invalid:
        raise Invalid({"parent": "The parent must be the id of a comment."}) from None


def _repeated(known: Comment, actor: Actor, article: Article, body: str, first: Comment | None) -> Comment:
    if known.author_id != actor.id or known.article_id != article.id:
        raise Conflict("This id already belongs to another comment.", fields={"id": "Make a new UUID."})
    said = db.session.scalar(select(Event.after).filter_by(subject=known.uuid, verb="comment.added"))
    if said != {"body": body, "parent": first.uuid if first else None}:
        raise Conflict("This comment was sent before, with other words.", fields={"id": "Make a new UUID."})
    if known.deleted_at:
        raise Conflict("This comment was sent before, and taken back since.", fields={"id": "Make a new UUID."})
    return known


def _new_comment(
    actor: Actor, article: Article, annotation: Annotation | None, body: str, first: Comment | None
) -> Comment:
    now = clock.now()
    made = Comment(article=article, annotation=annotation, parent=first, author_id=actor.id, body=body)
    made.created_at = made.updated_at = now
    return made


def told(comment: Comment) -> dict[str, Any]:
    """A comment's content as it stands in events."""
    return {"body": comment.body, "parent": comment.parent.uuid if comment.parent else None}


def edit_comment(actor: Actor, comment: Comment, body: str, expected: int | None, undoes: int | None = None) -> Comment:
    """Say it in other words; the old ones stay in history. Its author may. Raises Stale, Forbidden, Invalid."""
    if comment.author_id != actor.id:
        raise Forbidden("Only its author may edit a comment. Answer it instead.")
    check_row(comment, expected)
    body, before = checked_body(body), comment.body
    if body != before:
        comment.body, comment.updated_at = body, clock.now()
        event = _settle(actor, comment, "comment.edited", {"body": before}, {"body": body}, undoes)
        _tell(actor, event, comment, before)
    return comment


def check_row(comment: Comment, expected: int | None) -> None:
    """Raise Stale unless the comment is still at the row version the actor saw (None: whatever is there)."""
    if expected is not None and comment.row_version != expected:
        raise Stale("This comment has been changed since you saw it. Nothing of yours was saved.")


def resolve_thread(actor: Actor, comment: Comment, undoes: int | None = None) -> Comment:
    """Note that what a thread is about is settled. Does nothing when it is. Conflict for an answer in a thread."""
    return _set_resolved(actor, comment, True, undoes)


def unresolve_thread(actor: Actor, comment: Comment, undoes: int | None = None) -> Comment:
    """Take a thread up again. Does nothing when it is open. Conflict for an answer in a thread."""
    return _set_resolved(actor, comment, False, undoes)


def _set_resolved(actor: Actor, comment: Comment, resolved: bool, undoes: int | None) -> Comment:
    if comment.parent_id is not None:
        raise Conflict("A thread is resolved by its first comment; this is an answer in it.")
    if resolved == (comment.resolved_at is not None):
        return comment
    comment.resolved_at = clock.now() if resolved else None
    comment.resolved_by_id = actor.id if resolved else None
    verb = "comment.resolved" if resolved else "comment.unresolved"
    _settle(actor, comment, verb, {"resolved": not resolved}, {"resolved": resolved}, undoes)
    return comment


def take_back_comment(actor: Actor, comment: Comment, undoes: int | None = None) -> None:
    """Take a comment away; `bring_back_comment` is the way back. Its author or a lead may. Forbidden.

    Conflict when others have answered it: nobody's words vanish with somebody else's.
    """
    _own(actor, comment)
    if comment.deleted_at is not None:
        return
    if answered(comment):
        raise Conflict("It has been answered. Resolve the thread instead, or take the answers back first.")
    comment.deleted_at = clock.now()
    _settle(actor, comment, "comment.taken_back", told(comment), None, undoes)


def bring_back_comment(actor: Actor, comment: Comment, undoes: int | None = None) -> None:
    """Bring a comment back as it was. Its author or a lead may. Forbidden; Conflict when its thread is gone."""
    _own(actor, comment)
    if comment.deleted_at is None:
        return
    if comment.parent is not None and comment.parent.deleted_at is not None:
        raise Conflict("The comment that it answers has been taken back. Bring that back first.")
    comment.deleted_at = None
    _settle(actor, comment, "comment.brought_back", None, told(comment), undoes)


def _own(actor: Actor, comment: Comment) -> None:
    if comment.author_id != actor.id and not actor.may(DECIDE):
        raise Forbidden("Only the author of a comment, or a lead, may take it back.")


def answered(comment: Comment) -> bool:
    """Whether there are answers to it."""
    wanted = select(Comment.id).filter_by(parent_id=comment.id, deleted_at=None).limit(1)
    return db.session.scalar(wanted) is not None


def _settle(
    actor: Actor,
    comment: Comment,
    verb: str,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    undoes: int | None = None,
) -> Event:
    """Write the line of history, and bring what the annotation shows of its comments in line."""
    annotation = comment.annotation
    said: dict[str, Any] = {"article": comment.article, "annotation": annotation, "undoes": undoes}
    if annotation is not None:
        touch(annotation)
    event = events.record(actor, verb, comment.uuid, before=before, after=after, **said)
    if annotation is not None:
        settle_state(actor, annotation)
    return event


def _tell(actor: Actor, event: Event, comment: Comment, before: str) -> None:
    """Tell those who are mentioned and were not in the words `before`, and of a new comment those it concerns."""
    names = _people(mentioned_in(comment.body)) - _people(mentioned_in(before))
    notices.tell(actor, event, names, "mention")
    if event.verb == "comment.added":
        notices.tell(actor, event, concerned(comment), "comment")


def mentioned_in(body: str) -> list[str]:
    """The user names of active people whom these words mention, in the order of the words. One query, or none."""
    named = candidates(body)
    known = set(db.session.scalars(select(User.username).where(User.username.in_(named), User.active))) if named else ()
    return mentioned(body, known)


def _people(usernames: list[str]) -> set[int]:
    return set(db.session.scalars(select(User.id).where(User.username.in_(usernames)))) if usernames else set()


def concerned(comment: Comment) -> set[int]:
    """The ids of those who have worked on what a comment is about, or have said something about it before."""
    about, article = comment.annotation, comment.article
    if about is None:
        said = select(Comment.author_id).filter_by(article_id=article.id, annotation_id=None, deleted_at=None)
        return {*db.session.scalars(said), *([article.lead_id] if article.lead_id else ())}
    said = select(Comment.author_id).filter_by(annotation_id=about.id, deleted_at=None)
    wrote = select(Note.author_id).filter_by(annotation_id=about.id, deleted_at=None)
    return {about.created_by_id, *db.session.scalars(said.union(wrote))}
