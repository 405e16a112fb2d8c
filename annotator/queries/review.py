"""What the review page paints: every mark of a version, light, and what has changed since an event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import aliased

from annotator import clock
from annotator.extensions import db
from annotator.models import (
    Anchor,
    Annotation,
    Article,
    Assignment,
    Correction,
    Event,
    Note,
    Party,
    Relation,
    User,
)
from annotator.queries.newest import PRESENT
from annotator.queries.sealing import READ_ONCE
from annotator.queries.sources import resting_on


@dataclass(frozen=True, slots=True)
class Mark:
    """An annotation as the page shows it before it is opened; `status` says how surely it is where it is.

    `overdue`: an answer is awaited since `next_deadline`. `redline` are the words suggested instead of `exact`, the
    accepted ones or else the newest, and whether they were accepted. `whose` names who is to check it, or else wrote
    the newest note; `ties` numbers what it is tied to. Verdict and notes of what one person has read in an article
    that is read blind are left out.
    """

    uuid: str
    ordinal: int
    kind: str
    state: str
    verdict: str | None
    start: int
    end: int
    exact: str
    party: str | None
    notes: int
    body: str
    row_version: int
    open_contacts: int = 0
    next_deadline: datetime | None = None
    open_corrections: int = 0
    open_comments: int = 0
    overdue: bool = False
    redline: tuple[str, bool] | None = None
    whose: str = ""
    ties: tuple[int, ...] = ()
    status: str = "exact"


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened to an article after an event: the annotations concerned, gone ones apart, the spans to paint.

    `came_or_went`: annotations were deleted, closed, restored or taken up; `read`: more or less of the article may be
    read than before; `drafted`: a version was added, or taken back.
    """

    revision: int
    present: frozenset[str]
    gone: frozenset[str]
    spans: tuple[tuple[int, int], ...]
    described: bool
    came_or_went: bool = False
    read: bool = False
    drafted: bool = False


def marks(version_id: int, within: tuple[int, int] | None = None) -> list[Mark]:
    """The marks of a version that touch `within` (all, when None), in the order of the text. Five queries.

    The order of the text: start, then the longer one first, then ordinal.
    """
    wanted = _select(version_id).where(PRESENT)
    if within:
        wanted = wanted.where(Anchor.start < within[1], Anchor.end > within[0])
    return _marks(version_id, wanted, _notes(version_id, within))


def marks_by(version_id: int, uuids: Iterable[str]) -> list[Mark]:
    """The marks with these uuids, deleted ones too, in the order of the text. Five queries."""
    wanted = list(uuids)
    return _marks(version_id, _select(version_id).where(Annotation.uuid.in_(wanted)), _notes(version_id, uuids=wanted))


_ORDER = (Anchor.start, Anchor.end.desc(), Annotation.ordinal)
_COLUMNS = (
    Annotation.id,
    Annotation.row_version,
    Annotation.uuid,
    Annotation.ordinal,
    Annotation.kind,
    Annotation.state,
    case((READ_ONCE, None), else_=Annotation.verdict),
    Anchor.start,
    Anchor.end,
    Anchor.exact,
    Party.name,
    Annotation.open_contacts,
    Annotation.next_deadline,
    Annotation.open_corrections,
    Annotation.open_comments,
    Anchor.status,
)


def _select(version_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(*_COLUMNS)
        .join(Anchor, Anchor.annotation_id == Annotation.id)
        .join(Article, Article.id == Annotation.article_id)
        .outerjoin(Party, Party.id == Annotation.party_id)
        .where(Anchor.version_id == version_id)
        .order_by(*_ORDER)
    )


def _marks(version_id: int, wanted: Select[*tuple[Any, ...]], notes: dict[int, tuple[int, str, str]]) -> list[Mark]:
    redlines, assigned, now, found = _redlines(version_id), _assigned(version_id), clock.now(), []
    ties = _ties(version_id)
    for key, row_version, *rest in db.session.execute(wanted):
        shown, (contacts, deadline, *open_ones), status = rest[:-5], rest[-5:-1], rest[-1]
        overdue = deadline is not None and deadline < now
        count, body, author = notes.get(key, (0, "", ""))
        told: tuple[Any, ...] = *shown, count, body, row_version, contacts, deadline, *open_ones, overdue
        told += redlines.get(key), assigned.get(key, author), tuple(ties[key]), status
        found.append(Mark(*told))
    return found


def _assigned(version_id: int) -> dict[int, str]:
    """By annotation of a version, the username of who is to check it."""
    wanted = select(Assignment.annotation_id, User.username).join(User, User.id == Assignment.person_id)
    wanted = wanted.join(Anchor, Anchor.annotation_id == Assignment.annotation_id)
    wanted = wanted.where(Anchor.version_id == version_id, Assignment.purpose == "check", Assignment.ended_at.is_(None))
    return {row.annotation_id: row.username for row in db.session.execute(wanted) if row.annotation_id}


def _ties(version_id: int) -> defaultdict[int, list[int]]:
    """By annotation, the ordinals of what it is tied to, in either direction."""
    one, other = aliased(Annotation), aliased(Annotation)
    wanted = select(one.id, one.ordinal, other.id, other.ordinal).join(Relation, Relation.from_id == one.id)
    wanted = wanted.join(other, other.id == Relation.to_id).join(Anchor, Anchor.annotation_id == one.id)
    wanted = wanted.where(Anchor.version_id == version_id, one.deleted_at.is_(None), other.deleted_at.is_(None))
    found: defaultdict[int, list[int]] = defaultdict(list)
    for from_id, from_ordinal, to_id, to_ordinal in db.session.execute(wanted.order_by(Relation.id)):
        found[from_id].append(to_ordinal)
        found[to_id].append(from_ordinal)
    return found


def _redlines(version_id: int) -> dict[int, tuple[str, bool]]:
    """By annotation, the words suggested instead of those it marks in this version; none when its edges have moved."""
    accepted = Correction.state == "accepted"
    wanted = select(Correction.annotation_id, Correction.suggested, accepted)
    wanted = wanted.join(Anchor, Anchor.annotation_id == Correction.annotation_id)
    wanted = wanted.where(Anchor.version_id == version_id, Anchor.exact == Correction.current)
    wanted = wanted.where(Correction.state.in_(("proposed", "accepted")), Correction.deleted_at.is_(None))
    rows = db.session.execute(wanted.order_by(accepted, Correction.id))
    return {key: (suggested, bool(is_accepted)) for key, suggested, is_accepted in rows}


def overdue(article_id: int) -> int:
    """In how many annotations of an article an answer is overdue now."""
    late = Annotation.next_deadline < clock.now(), PRESENT
    return db.session.scalar(select(func.count()).where(Annotation.article_id == article_id, *late)) or 0


def _notes(
    version_id: int, within: tuple[int, int] | None = None, uuids: Sequence[str] | None = None
) -> dict[int, tuple[int, str, str]]:
    """How many notes each annotation has, the body of the newest and its author, unless they are sealed."""
    counted = select(Note.annotation_id, func.count().label("count"), func.max(Note.id).label("newest"))
    counted = counted.join(Anchor, Anchor.annotation_id == Note.annotation_id).where(Anchor.version_id == version_id)
    counted = counted.where(Note.deleted_at.is_(None))
    if within:
        counted = counted.where(Anchor.start < within[1], Anchor.end > within[0])
    if uuids is not None:
        counted = counted.join(Annotation, Annotation.id == Note.annotation_id).where(Annotation.uuid.in_(uuids))
    newest = counted.group_by(Note.annotation_id).subquery()
    shown = case((READ_ONCE, 0), else_=newest.c.count), case((READ_ONCE, ""), else_=Note.body), User.username
    wanted = select(newest.c.annotation_id, *shown).join(Note, Note.id == newest.c.newest)
    wanted = wanted.join(User, User.id == Note.author_id).join(Annotation, Annotation.id == Note.annotation_id)
    rows = db.session.execute(wanted.join(Article, Article.id == Annotation.article_id))
    return {key: (count, body, author) for key, count, body, author in rows}


@dataclass(frozen=True, slots=True)
class Gone:
    """An annotation of an article that is out of the list: deleted, or closed because its words are gone (`closed` says
    why)."""

    article: int
    uuid: str
    ordinal: int
    kind: str
    exact: str
    deleted: bool
    closed: str


def gone_marks(version_id: int) -> list[Gone]:
    """Deleted and closed annotations of a version, the newest first, at most 200."""
    deleted = Annotation.deleted_at.is_not(None)
    shown = Annotation.article_id, Annotation.uuid, Annotation.ordinal, Annotation.kind, Anchor.exact
    wanted = select(*shown, deleted, Annotation.closed_why).join(Anchor, Anchor.annotation_id == Annotation.id)
    wanted = wanted.where(Anchor.version_id == version_id, deleted | Annotation.closed_at.is_not(None))
    order = func.coalesce(Annotation.deleted_at, Annotation.closed_at).desc(), Annotation.ordinal
    return [Gone(*row) for row in db.session.execute(wanted.order_by(*order).limit(200))]


def changes(article_id: int, version_id: int, since: int, revision: int) -> Changes:
    """What happened to an article after event `since`, as it shows in one version. Three queries."""
    wanted = select(Event.verb, Event.subject, Event.before, Event.annotation_id)
    wanted = wanted.where(Event.article_id == article_id, Event.id > since, Event.verb != "annotation.carried")
    happened = db.session.execute(wanted).all()
    concerned = {row.annotation_id for row in happened if row.annotation_id}
    concerned |= resting_on([row.subject for row in happened if row.verb.startswith("source.")], article_id)
    if any(row.verb == "article.arranged" and "blind" in (row.before or {}) for row in happened):
        concerned |= set(db.session.scalars(select(Annotation.id).filter_by(article_id=article_id, readers=1)))
    freed = {uuid for row in happened if row.before and (uuid := row.before.get("denies") or row.before.get("to"))}
    rows = _sitting(concerned | _tied(concerned), freed, version_id)
    gone = frozenset(row.uuid for row in rows if row.deleted_at or row.closed_at)
    present = frozenset(row.uuid for row in rows) - gone
    left = [span for row in happened if (span := _place(row.before))]
    spans = tuple(left + [(row.start, row.end) for row in rows])
    verbs = {row.verb for row in happened}
    came_or_went = not verbs.isdisjoint(_PRESENCE)
    drafted = any(verb.startswith("article.version_") for verb in verbs)
    read = drafted or not verbs.isdisjoint(_READ)
    return Changes(revision, present, gone, spans, "article.described" in verbs, came_or_went, read, drafted)


_PRESENCE = ("annotation.deleted", "annotation.restored", "annotation.closed", "annotation.taken_up")
_READ = frozenset(
    "annotation.created annotation.deleted annotation.restored annotation.moved annotation.confirmed "
    "annotation.detached annotation.closed annotation.taken_up sentence.cleared sentence.uncleared "
    "article.described article.signed_off article.sign_off_fallen article.sign_off_withdrawn "
    "article.sign_off_revived".split()
)
"""What changes how much of an article is read, or who answers for it."""


def _tied(concerned: Iterable[int]) -> set[int]:
    ids = list(concerned)
    wanted = select(Relation.from_id, Relation.to_id)
    rows = db.session.execute(wanted.where(Relation.from_id.in_(ids) | Relation.to_id.in_(ids)))
    return {key for row in rows for key in row}


def _sitting(ids: Iterable[int], uuids: Iterable[str], version_id: int) -> Sequence[Any]:
    wanted = select(Annotation.uuid, Annotation.deleted_at, Annotation.closed_at, Anchor.start, Anchor.end)
    wanted = wanted.join(Anchor, Anchor.annotation_id == Annotation.id).where(Anchor.version_id == version_id)
    return db.session.execute(wanted.where(Annotation.id.in_(list(ids)) | Annotation.uuid.in_(list(uuids)))).all()


def _place(before: dict[str, Any] | None) -> tuple[int, int] | None:
    return (before["start"], before["end"]) if before and "start" in before else None
