"""The lead's first look: how far each article is, and who has done what."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from annotator.extensions import db
from annotator.models import Annotation, Article, Note, User
from annotator.queries.articles import Row, Tally, listing
from annotator.queries.newest import PRESENT
from annotator.vocabulary import DONE


@dataclass(frozen=True, slots=True)
class Reviewer:
    """What one person has marked and written, over all articles."""

    username: str
    name: str
    active: bool
    marked: int
    notes: int
    verdicts: int
    checked: int


@dataclass(frozen=True, slots=True)
class Dashboard:
    """The sum of all articles, those changed last (at most 100), and every reviewer by name."""

    articles: int
    tally: Tally
    rows: tuple[Row, ...]
    reviewers: tuple[Reviewer, ...]


def dashboard() -> Dashboard:
    """Counts per article and per reviewer, in a number of queries that does not grow."""
    page = listing(size=100)
    return Dashboard(page.total, _whole(), page.rows, _reviewers())


def _whole() -> Tally:
    counted = select(Annotation.kind, Annotation.state, func.count()).join(Article)
    counted = counted.where(PRESENT, Article.archived_at.is_(None))
    sums: dict[str, int] = {}
    for kind, state, count in db.session.execute(counted.group_by(Annotation.kind, Annotation.state)):
        sums[kind] = sums.get(kind, 0) + count
        sums[state] = sums.get(state, 0) + count
    return Tally(**sums)


def _reviewers() -> tuple[Reviewer, ...]:
    alive = Annotation.deleted_at.is_(None)
    marked = select(Annotation.created_by_id, func.count()).where(alive).group_by(Annotation.created_by_id)
    checked = select(Annotation.verdict_by_id, func.count()).where(alive, Annotation.state.in_(DONE))
    notes = select(Note.author_id, func.count(), func.count(Note.verdict)).join(Annotation)
    notes = notes.where(alive, Note.deleted_at.is_(None))
    made = dict(db.session.execute(marked).all())
    done = dict(db.session.execute(checked.group_by(Annotation.verdict_by_id)).all())
    wrote = {row[0]: (row[1], row[2]) for row in db.session.execute(notes.group_by(Note.author_id))}
    people = db.session.scalars(select(User).order_by(User.name, User.id))
    return tuple(_reviewer(user, made, done, wrote) for user in people)


def _reviewer(
    user: User, made: dict[int, int], done: dict[int | None, int], wrote: dict[int, tuple[int, int]]
) -> Reviewer:
    notes, verdicts = wrote.get(user.id, (0, 0))
    counts = made.get(user.id, 0), notes, verdicts, done.get(user.id, 0)
    return Reviewer(user.username, user.name, user.active, *counts)
