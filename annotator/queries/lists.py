"""Lists for programs, page by page. Each takes the place after which to go on and how many rows to return at most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import load_only

from annotator.errors import NotFound
from annotator.exports import snapshot
from annotator.extensions import db
from annotator.models import Anchor, Annotation, ArticleVersion, Event, User
from annotator.queries import articles
from annotator.queries.articles import Tally
from annotator.queries.beneath import person, standing_sign_offs
from annotator.queries.coverage import coverages
from annotator.queries.newest import STANDS
from annotator.queries.records import gather, select_annotations
from annotator.text.coverage import Coverage

Place = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """A version without its text; `length` counts code points."""

    article: int
    number: int
    sha256: str
    length: int
    source: str
    created_by: snapshot.Person
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Listed:
    """An article, its newest version, how far its checks are and it has been read, and the sign-off that stands."""

    article: snapshot.Article
    version: Head
    tally: Tally
    coverage: Coverage
    signed_off: snapshot.ArticleSignOff | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of history. `undoes` is the id of the line it takes back."""

    id: int
    at: datetime
    actor: snapshot.Person | None
    verb: str
    subject: str
    article: int | None
    annotation: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    undoes: int | None = None


def article(article_id: int) -> Listed:
    """One article as the list has it, in a fixed number of queries. NotFound."""
    return _listed([articles.article(article_id)])[0]


def articles_after(place: Place | None, size: int) -> list[Listed]:
    """Articles by id, after the id in `place`, in a fixed number of queries."""
    return _listed(articles.after(place[0] if place else 0, size))


def _listed(found: Sequence[snapshot.Article]) -> list[Listed]:
    ids = [one.id for one in found]
    newest = {head.article: head for head in _heads(ids)}
    tallies, read, signed = articles.tallies_of(ids), coverages(ids), standing_sign_offs(ids)
    return [Listed(one, newest[one.id], tallies[one.id], read[one.id], signed.get(one.id)) for one in found]


_TOLD = (
    ArticleVersion.article_id,
    ArticleVersion.number,
    ArticleVersion.sha256,
    ArticleVersion.length,
    ArticleVersion.source,
    ArticleVersion.created_at,
)


def _heads(ids: Sequence[int]) -> list[Head]:
    wanted = select(ArticleVersion, User).join(User, User.id == ArticleVersion.created_by_id)
    wanted = wanted.options(load_only(*_TOLD)).where(ArticleVersion.article_id.in_(ids), STANDS)
    rows = db.session.execute(wanted.order_by(ArticleVersion.article_id, ArticleVersion.number))
    return [_head(version, maker) for version, maker in rows]


def _head(version: ArticleVersion, maker: User) -> Head:
    named = version.article_id, version.number, version.sha256, version.length
    return Head(*named, version.source, person(maker), version.created_at)


def versions_after(article_id: int, place: Place | None, size: int) -> list[snapshot.Head]:
    """The versions of an article by number, after the number in `place`. NotFound."""
    articles.version_key(article_id)
    after = place[0] if place else 0
    return [head for head in articles.heads(article_id) if head.number > after][:size]


def carried_to(article_id: int) -> dict[int, dict[str, int]]:
    """What was carried to each version that followed another, by number: how many annotations as what. One query."""
    added = select(Event.after).where(Event.article_id == article_id, Event.verb == "article.version_added")
    return {after["version"]: after["carried"] for after in db.session.scalars(added) if after}


def annotations_after(
    version_id: int, place: Place | None, size: int, *, kind: str | None = None, state: str | None = None
) -> list[snapshot.Annotation]:
    """The annotations of a version in the order of the text, after the place (start, end, ordinal)."""
    wanted = select_annotations().where(Anchor.version_id == version_id, Annotation.deleted_at.is_(None))
    if kind is not None:
        wanted = wanted.where(Annotation.kind == kind)
    if state is not None:
        wanted = wanted.where(Annotation.state == state)
    if place is not None:
        wanted = wanted.where(_later(*place))
    return gather(wanted.order_by(Anchor.start, Anchor.end.desc(), Annotation.ordinal).limit(size))


def _later(start: int, end: int, ordinal: int) -> Any:
    return or_(
        Anchor.start > start,
        and_(Anchor.start == start, Anchor.end < end),
        and_(Anchor.start == start, Anchor.end == end, Annotation.ordinal > ordinal),
    )


def history(uuid: str, place: Place | None, size: int) -> list[Line]:
    """What happened to an annotation, deleted or not, and its notes, after the event in `place`. NotFound."""
    known = db.session.scalar(select(Annotation.id).filter_by(uuid=uuid))
    if known is None:
        raise NotFound("There is no such annotation.")
    return _lines(_select_events(place, size).where(Event.annotation_id == known))


def events_after(place: Place | None, size: int) -> list[Line]:
    """What happened to articles and annotations, oldest first, after the event in `place`.

    What concerns people, sessions and tokens is left out.
    """
    return _lines(_select_events(place, size).where(Event.article_id.is_not(None)))


def events_by(ids: Iterable[int]) -> list[Line]:
    """These events, oldest first. One query."""
    return _lines(_EVENTS.where(Event.id.in_(list(ids))).order_by(Event.id))


def _select_events(place: Place | None, size: int) -> Select[*tuple[Any, ...]]:
    return _EVENTS.where(Event.id > (place[0] if place else 0)).order_by(Event.id).limit(size)


_EVENTS: Select[*tuple[Any, ...]] = (
    select(Event, User, Annotation.uuid)
    .outerjoin(User, User.id == Event.actor_id)
    .outerjoin(Annotation, Annotation.id == Event.annotation_id)
)


def _lines(wanted: Select[*tuple[Any, ...]]) -> list[Line]:
    return [_line(*row) for row in db.session.execute(wanted)]


def _line(event: Event, actor: User | None, annotation: str | None) -> Line:
    told = event.verb, event.subject, event.article_id, annotation
    return Line(event.id, event.at, person(actor) if actor else None, *told, event.before, event.after, event.undoes_id)
