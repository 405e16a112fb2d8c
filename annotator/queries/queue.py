"""My queue: what somebody has to do next, over all articles that are not archived.

| section        | what is in it                                                                               |
| -------------- | -------------------------------------------------------------------------------------------- |
| mine           | to be checked by me: assigned to me, or assigned to nobody and the newest note is mine       |
| waiting        | somebody was asked, by me or on what is mine; the earliest deadline first                    |
| second_reading | a second reading is asked of me, or of anybody, and the verdict is somebody else's           |
| to_settle      | the verdicts disagree; for those who settle that                                             |
| unclaimed      | assigned to nobody, and nobody has written a note                                            |

What is done is in no section but second_reading, what waits in none but waiting. What nobody has in an article that is
assigned as a whole is that person's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, nulls_last, or_, select
from sqlalchemy.orm import aliased

from annotator import clock
from annotator.access import DECIDE, Actor
from annotator.exports import snapshot
from annotator.extensions import db
from annotator.models import Anchor, Annotation, Article, Assignment, Contact, Note, Relation, User
from annotator.queries.newest import NEWEST, PRESENT
from annotator.vocabulary import DONE

MOST = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One annotation to do something about. `due` is when: by its assignment, its deadline or its article.

    `since` is when it was asked for, `by` who asked for it, and `overdue` whether the time is over.
    """

    article: int
    title: str
    uuid: str
    ordinal: int
    kind: str
    state: str
    exact: str
    due: datetime | None
    since: datetime | None = None
    by: snapshot.Person | None = None
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """At most MOST rows, and how many there are in all."""

    rows: tuple[Row, ...]
    total: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.rows)


@dataclass(frozen=True, slots=True)
class Work:
    """An article that I lead or that is assigned to me as a whole, until when, and how many of its marks are done."""

    id: int
    title: str
    due: datetime | None
    overdue: bool
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Queue:
    """Everything that somebody has to do next."""

    articles: tuple[Work, ...]
    mine: Section
    waiting: Section
    second_reading: Section
    to_settle: Section
    unclaimed: Section

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        sections = self.mine, self.waiting, self.second_reading, self.to_settle, self.unclaimed
        return not self.articles and not any(section.total for section in sections)


Whole, By, Original = aliased(Assignment), aliased(User), aliased(Annotation)
_LAST = (
    select(Note.author_id)
    .where(Note.annotation_id == Annotation.id, Note.deleted_at.is_(None))
    .order_by(Note.id.desc())
    .limit(1)
    .correlate(Annotation)
    .scalar_subquery()
)
_ASKED = (
    select(func.min(Contact.asked_at))
    .where(Contact.annotation_id == Annotation.id, Contact.outcome == "", Contact.deleted_at.is_(None))
    .correlate(Annotation)
)
_REPEATS = (
    exists()
    .where(Relation.from_id == Annotation.id, Relation.type == "repeats", Original.id == Relation.to_id)
    .where(Original.deleted_at.is_(None))
)
_DUE = func.coalesce(Assignment.due_at, Whole.due_at, Article.due_at)
_SHOWN = (
    *(Article.id, Article.title, Annotation.uuid, Annotation.ordinal, Annotation.kind, Annotation.state, Anchor.exact),
    *(By.username, By.name),
)


def queue(actor: Actor, limit: int = MOST) -> Queue:
    """What this person has to do next, at most `limit` rows a section. Seven queries at most."""
    return Queue(
        articles=_articles(actor.id, limit),
        mine=_section(_checks().where(_is_mine(actor.id)), limit),
        waiting=_waiting(actor.id, limit),
        second_reading=_second_readings(actor.id, limit),
        to_settle=_to_settle(actor, limit),
        unclaimed=_section(_checks().where(_is_free()), limit),
    )


def _of(due: Any, since: Any, purpose: str) -> Select[*tuple[Any, ...]]:
    """Annotations in the newest versions, each with its open assignment of this purpose, the most urgent first; and
    how many the statement finds in all."""
    given = Assignment.annotation_id == Annotation.id, Assignment.ended_at.is_(None)
    whole = Whole.article_id == Article.id, Whole.annotation_id.is_(None), Whole.ended_at.is_(None)
    wanted = select(*_SHOWN, due.label("due"), since.label("since"), func.count().over().label("total"))
    wanted = wanted.select_from(Annotation).join(Article, Article.id == Annotation.article_id)
    wanted = wanted.join(Anchor, Anchor.annotation_id == Annotation.id)
    wanted = wanted.outerjoin(Assignment, and_(*given, Assignment.purpose == purpose))
    wanted = wanted.outerjoin(Whole, and_(*whole, Whole.purpose == "check"))
    wanted = wanted.outerjoin(By, By.id == Assignment.by_id).where(Anchor.version_id.in_(NEWEST))
    wanted = wanted.where(PRESENT, Article.archived_at.is_(None))
    return wanted.order_by(nulls_last(due), Article.id, Anchor.start, Annotation.ordinal)


def _checks() -> Select[*tuple[Any, ...]]:
    open_ones = Annotation.state.not_in((*DONE, "waiting"))
    return _of(_DUE, Assignment.created_at, "check").where(open_ones)


def _is_mine(me: int) -> ColumnElement[bool]:
    """Given to this person; or to nobody, and they wrote the newest note, or have the whole article and no note is."""
    noted = Annotation.id.in_(select(Note.annotation_id).where(Note.author_id == me))
    begun = and_(noted, _LAST.in_((me,)))
    whole = and_(Whole.person_id == me, _LAST.is_(None))
    return or_(Assignment.person_id == me, and_(Assignment.id.is_(None), ~_REPEATS, or_(begun, whole)))


def _is_free() -> ColumnElement[bool]:
    return and_(Assignment.id.is_(None), Whole.id.is_(None), _LAST.is_(None), ~_REPEATS)


def _waiting(me: int, limit: int) -> Section:
    asked = select(Contact.annotation_id).where(Contact.asked_by_id == me, Contact.outcome == "")
    asked = asked.where(Contact.deleted_at.is_(None))
    wanted = _of(Annotation.next_deadline, _ASKED.scalar_subquery(), "check").where(Annotation.open_contacts > 0)
    return _section(wanted.where(or_(Annotation.id.in_(asked), _is_mine(me))), limit)


def _second_readings(me: int, limit: int) -> Section:
    wanted = _of(func.coalesce(Assignment.due_at, Article.due_at), Assignment.created_at, "second_reading")
    wanted = wanted.where(Assignment.id.is_not(None), Annotation.verdict_by_id != me)
    return _section(wanted.where(or_(Assignment.person_id == me, Assignment.person_id.is_(None))), limit)


def _to_settle(actor: Actor, limit: int) -> Section:
    if not actor.may(DECIDE):
        return Section((), 0)
    return _section(_of(Article.due_at, Annotation.updated_at, "check").where(Annotation.state == "disagreed"), limit)


def _section(wanted: Select[*tuple[Any, ...]], limit: int) -> Section:
    rows = db.session.execute(wanted.limit(limit)).all()
    now = clock.now()
    return Section(tuple(_row(row, now) for row in rows), rows[0].total if rows else 0)


def _row(row: Any, now: datetime) -> Row:
    by = snapshot.Person(row.username, row.name) if row.username else None
    shown: list[Any] = [*row[:7], row.due, row.since, by, row.due is not None and row.due < now]
    return Row(*shown)


def _articles(me: int, limit: int) -> tuple[Work, ...]:
    due = func.coalesce(Whole.due_at, Article.due_at)
    alive = select(func.count()).where(Annotation.article_id == Article.id, PRESENT)
    alive = alive.correlate(Article)
    counted = alive.where(Annotation.state.in_(DONE)).scalar_subquery(), alive.scalar_subquery()
    mine = and_(Whole.article_id == Article.id, Whole.annotation_id.is_(None), Whole.person_id == me)
    wanted = select(Article.id, Article.title, due.label("due"), counted[0].label("done"), counted[1].label("total"))
    wanted = wanted.outerjoin(Whole, and_(mine, Whole.ended_at.is_(None)))
    wanted = wanted.where(or_(Article.lead_id == me, Whole.id.is_not(None)), Article.archived_at.is_(None))
    rows = db.session.execute(wanted.order_by(nulls_last(due), Article.id).limit(limit))
    now = clock.now()
    return tuple(Work(row.id, row.title, row.due, _over(row, now), row.done, row.total) for row in rows)


def _over(row: Any, now: datetime) -> bool:
    """An article is late when its time is over and something in it is not done, or nothing is marked."""
    late = row.due is not None and row.due < now
    return bool(late and (row.done < row.total or not row.total))
