"""Sources, what is known of each, and what rests on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import aliased

from annotator.access import Actor
from annotator.errors import NotFound
from annotator.exports import snapshot
from annotator.extensions import db
from annotator.models import Anchor, Annotation, Article, Evidence, File, Note, Source, User
from annotator.text.prose import folded

USES = 500


@dataclass(frozen=True, slots=True)
class Known:
    """A source: what people read, its URL if it has one, how many living notes rest on it, whether it is withdrawn."""

    key: int
    id: str
    label: str
    url: str
    created_at: datetime
    row_version: int
    used: int
    withdrawn: snapshot.Withdrawn | None
    withdrawn_by: int | None


@dataclass(frozen=True, slots=True)
class Use:
    """One piece of evidence on a living note that rests on a source, and the annotation it is about.

    In an article that is read blind the verdict and what the note says are hidden (`sealed`) from who has not given
    a verdict of their own; then only the words are told.
    """

    article: int
    title: str
    archived: bool
    annotation: str
    ordinal: int
    kind: str
    state: str
    exact: str
    sealed: bool
    verdict: str | None
    author: snapshot.Person
    source_type: str
    stance: str
    locator: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A source with a URL that has been used before, and what was said of it last."""

    url: str
    title: str
    publisher: str
    source_type: str


def _alive() -> ColumnElement[bool]:
    return Evidence.deleted_at.is_(None) & Note.deleted_at.is_(None) & Annotation.deleted_at.is_(None)


def _living(*columns: Any) -> Select[*tuple[Any, ...]]:
    wanted = select(*columns).select_from(Evidence).join(Note, Note.id == Evidence.note_id)
    return wanted.join(Annotation, Annotation.id == Note.annotation_id).where(_alive())


_USED = _living(func.count(Note.id.distinct())).where(Evidence.source_id == Source.id).correlate(Source)
_SOURCES = select(Source, User, _USED.scalar_subquery()).outerjoin(User, User.id == Source.withdrawn_by_id)


def source(uuid: str) -> Known:
    """One source. NotFound."""
    found = db.session.execute(_SOURCES.where(Source.uuid == uuid)).first()
    if found is None:
        raise NotFound("There is no such source.")
    return _known(*found)


def _known(stored: Source, by: User | None, used: int) -> Known:
    withdrawn = None
    if by and stored.withdrawn_at:
        person = snapshot.Person(by.username, by.name)
        withdrawn = snapshot.Withdrawn(stored.withdrawn_at, person, stored.withdrawn_why)
    told = stored.id, stored.uuid, stored.label, stored.url, stored.created_at, stored.row_version
    return Known(*told, used, withdrawn, stored.withdrawn_by_id)


def files_of(key: int) -> list[snapshot.File]:
    """The files that pieces of evidence on this source carry, by name."""
    wanted = select(File).where(exists().where(Evidence.file_id == File.id, Evidence.source_id == key))
    rows = db.session.scalars(wanted.order_by(File.name, File.id))
    return [snapshot.File(row.sha256, row.name, row.media_type, row.size) for row in rows]


def uses(key: int, actor: Actor, limit: int = USES) -> list[Use]:
    """What rests on a source, articles newest first, then in the order they were marked: at most `limit`. One query."""
    sits = aliased(Anchor)
    newest = select(func.max(sits.id)).where(sits.annotation_id == Annotation.id).correlate(Annotation)
    wanted = _living(Evidence, Annotation, Article, Anchor.exact, User).where(Evidence.source_id == key)
    wanted = wanted.join(Article, Article.id == Annotation.article_id).join(User, User.id == Note.author_id)
    wanted = wanted.join(Anchor, Anchor.id == newest.scalar_subquery())
    order = Article.id.desc(), Annotation.ordinal, Note.id, Evidence.position
    return [_use(*row, actor=actor) for row in db.session.execute(wanted.order_by(*order).limit(limit))]


def _use(piece: Evidence, annotation: Annotation, article: Article, exact: str, author: User, *, actor: Actor) -> Use:
    sealed = article.blind and annotation.readers == 1 and annotation.verdict_by_id != actor.id
    return Use(
        article=article.id,
        title=article.title,
        archived=article.archived_at is not None,
        annotation=annotation.uuid,
        ordinal=annotation.ordinal,
        kind=annotation.kind,
        state=annotation.state,
        exact=exact,
        sealed=sealed,
        verdict=None if sealed else annotation.verdict,
        author=snapshot.Person(author.username, author.name),
        source_type="" if sealed else piece.source_type,
        stance="" if sealed else piece.stance,
        locator="" if sealed else piece.locator,
        excerpt="" if sealed else piece.excerpt,
    )


def used(uuids: Iterable[str]) -> dict[str, int]:
    """How many living notes rest on each of these sources. One query."""
    wanted = _living(Source.uuid, func.count(Note.id.distinct())).join(Source, Source.id == Evidence.source_id)
    rows = db.session.execute(wanted.where(Source.uuid.in_(set(uuids))).group_by(Source.uuid))
    return {row[0]: row[1] for row in rows}


def after(typed: str, cursor: int, size: int, actor: Actor) -> list[Known]:
    """Sources whose label or URL contains what was typed, by the order they were made, after the id `cursor`."""
    wanted = _SOURCES.where(_matching(typed), Source.id > cursor, _open_to(actor))
    return [_known(*row) for row in db.session.execute(wanted.order_by(Source.id).limit(size))]


def offers(typed: str, actor: Actor, limit: int = 12) -> list[Offer]:
    """Sources with a URL that fit what was typed and stand, the most used first, then the newest. One query.

    What only notes name that are hidden from this person, because an article is read blind, is not offered.
    """
    newest = select(func.max(Evidence.id)).where(Evidence.source_id == Source.id).correlate(Source).scalar_subquery()
    last = aliased(Evidence)
    wanted = select(Source.url, last.title, last.publisher, last.source_type).join(last, last.id == newest)
    wanted = wanted.where(Source.url != "", Source.withdrawn_at.is_(None), _matching(typed), _open_to(actor))
    rows = db.session.execute(wanted.order_by(_USED.scalar_subquery().desc(), Source.id.desc()).limit(limit))
    return [Offer(*row) for row in rows]


def _open_to(actor: Actor) -> ColumnElement[bool]:
    """Whether a source is used in sight of this person, or nowhere."""
    hidden = Article.blind & (Annotation.readers == 1) & (Annotation.verdict_by_id != actor.id)
    used = _living(Evidence.id).join(Article, Article.id == Annotation.article_id)
    used = used.where(Evidence.source_id == Source.id).correlate(Source)
    return or_(used.where(~hidden).exists(), ~used.exists())


def _matching(typed: str) -> ColumnElement[bool]:
    """SQLite folds the case of ASCII alone; so what was typed may also stand there as it is."""
    words = " ".join(typed.replace("\0", "").split())[:200]
    folded_words = (func.lower(told).contains(folded(words), autoescape=True) for told in (Source.label, Source.url))
    return or_(Source.label.contains(words, autoescape=True), *folded_words)


def resting_on(uuids: Sequence[str], article_id: int) -> set[int]:
    """The ids of the annotations of an article that rest on one of these sources. One query, none without a source."""
    if not uuids:
        return set()
    wanted = _living(Annotation.id).join(Source, Source.id == Evidence.source_id)
    return set(db.session.scalars(wanted.where(Source.uuid.in_(uuids), Annotation.article_id == article_id)))
