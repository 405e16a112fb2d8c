"""Loading what is about to be changed, with permission.

The article's row is locked first, always, so that changes to one article happen one after the other on PostgreSQL as
they do on SQLite, and its cursor never runs past an event that is not there yet.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, select, union
from sqlalchemy.orm import defer

from annotator.access import ANNOTATE, Actor, allow
from annotator.errors import Conflict, NotFound
from annotator.extensions import db
from annotator.models import (
    Annotation,
    Article,
    ArticleVersion,
    Assignment,
    Comment,
    Contact,
    Correction,
    Evidence,
    Note,
    Party,
    Source,
)
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


def note(actor: Actor, uuid: str, *, taken_back: bool = False) -> Note:
    """The note, its article locked. One that was taken back is found only when asked for. NotFound, Forbidden."""
    owner = select(Annotation.uuid).join(Note, Note.annotation_id == Annotation.id).where(Note.uuid == uuid)
    _lock_owner(actor, owner, "note")
    found = db.session.scalars(select(Note).filter_by(uuid=uuid)).one()
    if found.deleted_at and not taken_back:
        raise NotFound("This note has been taken back.")
    return found


def source(actor: Actor, uuid: str) -> Source:
    """The source, and every article in which a note ever rested on it, locked. NotFound, Forbidden, Conflict.

    Articles come first and in the order of their ids, as everywhere; an article that came in between is a Conflict.
    """
    allow(actor, ANNOTATE)
    before = _rest_on(uuid)
    db.session.execute(select(Article.id).where(Article.id.in_(before)).order_by(Article.id).with_for_update()).all()
    wanted = select(Source).filter_by(uuid=uuid).with_for_update(of=Source)
    found: Source | None = db.session.scalar(wanted.execution_options(populate_existing=True))
    if found is None:
        raise NotFound("There is no such source.")
    if not _rest_on(uuid) <= before:
        raise Conflict("Somebody has used this source just now. Try again.")
    return found


def _rest_on(uuid: str) -> set[int]:
    used = select(Annotation.article_id).join(Note, Note.annotation_id == Annotation.id)
    used = used.join(Evidence, Evidence.note_id == Note.id).join(Source, Source.id == Evidence.source_id)
    return set(db.session.scalars(used.where(Source.uuid == uuid).distinct()))


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


def parties(actor: Actor, *uuids: str) -> list[Party]:
    """These parties, and every article in which one of them appears, locked. NotFound, Forbidden, Conflict.

    Articles come first and in the order of their ids, as everywhere; an article that came in between is a Conflict.
    """
    allow(actor, ANNOTATE)
    before = _appear_in(uuids)
    locked_articles = select(Article.id).where(Article.id.in_(before)).order_by(Article.id).with_for_update()
    db.session.execute(locked_articles).all()
    wanted = select(Party).where(Party.uuid.in_(uuids), Party.merged_into_id.is_(None)).order_by(Party.id)
    rows = db.session.scalars(wanted.with_for_update().execution_options(populate_existing=True))
    found = {party.uuid: party for party in rows}
    if set(found) != set(uuids):
        raise NotFound("There is no such party.")
    if not _appear_in(uuids) <= before:
        raise Conflict("Somebody has named this party just now. Try again.")
    return [found[uuid] for uuid in uuids]


def party(actor: Actor, uuid: str) -> Party:
    """One party, locked as `parties` locks. NotFound, Forbidden, Conflict."""
    return parties(actor, uuid)[0]


def _appear_in(uuids: Sequence[str]) -> set[int]:
    named = select(Annotation.article_id).join(Party, Party.id == Annotation.party_id).where(Party.uuid.in_(uuids))
    asked = select(Annotation.article_id).join(Contact, Contact.annotation_id == Annotation.id)
    asked = asked.join(Party, Party.id == Contact.party_id).where(Party.uuid.in_(uuids))
    return set(db.session.scalars(union(named, asked)))


def contact(actor: Actor, uuid: str, *, taken_back: bool = False) -> Contact:
    """The contact, its article locked. Those taken back are found only when asked for. NotFound, Forbidden."""
    owner = select(Annotation.uuid).join(Contact, Contact.annotation_id == Annotation.id).where(Contact.uuid == uuid)
    _lock_owner(actor, owner, "contact")
    found = db.session.scalars(select(Contact).filter_by(uuid=uuid)).one()
    if found.deleted_at and not taken_back:
        raise NotFound("This contact has been taken back.")
    return found


def correction(actor: Actor, uuid: str, *, taken_back: bool = False) -> Correction:
    """The correction, its article locked. Those taken back are found only when asked for. NotFound, Forbidden."""
    owner = select(Annotation.uuid).join(Correction, Correction.annotation_id == Annotation.id)
    _lock_owner(actor, owner.where(Correction.uuid == uuid), "correction")
    found = db.session.scalars(select(Correction).filter_by(uuid=uuid)).one()
    if found.deleted_at and not taken_back:
        raise NotFound("This correction has been taken back.")
    return found


def assignment(actor: Actor, uuid: str) -> Assignment:
    """The assignment, ended or not, its article locked. NotFound, Forbidden."""
    article_id = db.session.scalar(select(Assignment.article_id).filter_by(uuid=uuid))
    if article_id is None:
        raise NotFound("There is no such assignment.")
    article(actor, article_id)
    return db.session.scalars(select(Assignment).filter_by(uuid=uuid)).one()


def _lock_owner(actor: Actor, owner: Select[str], called: str) -> None:
    uuid = db.session.scalar(owner)
    if uuid is None:
        raise NotFound(f"There is no such {called}.")
    annotation(actor, uuid)
