"""What a draft did to an article: which checks it left alone, which it touched, and what is new in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from annotator.errors import NotFound
from annotator.exports import snapshot
from annotator.extensions import db
from annotator.models import Anchor, Annotation, ArticleVersion, Correction, Event, User
from annotator.queries import articles, records
from annotator.queries.newest import PRESENT, STANDS
from annotator.text.spans import Span
from annotator.vocabulary import UNSURE, UNTOUCHED

if TYPE_CHECKING:
    from annotator.text.reanchoring import Alignment


@dataclass(frozen=True, slots=True)
class Was:
    """Where an annotation had its words last, before a draft touched it."""

    version: int
    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class Touched:
    """An annotation that a draft has touched, as it is now, and where it was. None: its words were never there."""

    it: snapshot.Annotation
    was: Was | None


@dataclass(frozen=True, slots=True)
class Decided:
    """An accepted correction: the annotation it is on, and whether this draft has it."""

    kind: str
    ordinal: int
    current: str
    suggested: str
    applied: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """What version `number`, which followed version `base`, did.

    `untouched` checks came as they were, of which `signed` are signed off; `touched` are in the order of the text.
    `clear` sentences stayed clear.
    """

    number: int
    base: int
    by: str
    at: datetime
    change_note: str
    untouched: int
    signed: int
    touched: tuple[Touched, ...]
    corrections: tuple[Decided, ...]
    clear: int


def draft(article_id: int, number: int) -> Draft:
    """What the draft that became version `number` did. NotFound: no such version, or it is the first."""
    version_id, number = articles.version_key(article_id, number)
    wanted = select(Event, User.name).outerjoin(User, User.id == Event.actor_id)
    wanted = wanted.where(Event.article_id == article_id, Event.verb == "article.version_added")
    told = next((row for row in db.session.execute(wanted) if (row[0].after or {})["version"] == number), None)
    if told is None:
        raise NotFound("This is the first version of the article; it followed no other.")
    event, name = told
    before, after = event.before or {}, event.after or {}
    counts = _untouched(version_id)
    listed = _touched(article_id, version_id, number), _corrections(article_id, version_id)
    made = before["version"], name or "a command", event.at, after["change_note"]
    return Draft(number, *made, *counts, *listed, after["clear"])


def _untouched(version_id: int) -> tuple[int, int]:
    wanted = select(Annotation.state, func.count()).join(Anchor, Anchor.annotation_id == Annotation.id)
    wanted = wanted.where(Anchor.version_id == version_id, Anchor.carried_as.in_(UNTOUCHED), PRESENT)
    found: dict[str, int] = {row[0]: row[1] for row in db.session.execute(wanted.group_by(Annotation.state))}
    return sum(found.values()), found.get("signed_off", 0)


def _touched(article_id: int, version_id: int, number: int) -> tuple[Touched, ...]:
    wanted = records.select_annotations().where(Anchor.version_id == version_id, Anchor.carried_as.in_(UNSURE))
    found = records.gather(wanted.where(Annotation.deleted_at.is_(None)).order_by(Anchor.start, Annotation.ordinal))
    last = was([it.id for it in found], number)
    return tuple(Touched(it, last.get(it.id)) for it in found)


def was(uuids: Sequence[str], number: int) -> dict[str, Was]:
    """By id, where each of these annotations had its words last, before version `number`. One query."""
    wanted = select(Annotation.uuid, ArticleVersion.number, Anchor.start, Anchor.end, Anchor.exact)
    wanted = wanted.join(Anchor, Anchor.annotation_id == Annotation.id)
    wanted = wanted.join(ArticleVersion, ArticleVersion.id == Anchor.version_id)
    wanted = wanted.where(Annotation.uuid.in_(uuids), ArticleVersion.number < number, STANDS)
    wanted = wanted.where(Anchor.status != "orphan").order_by(ArticleVersion.number)
    return {row[0]: Was(*row[1:]) for row in db.session.execute(wanted)} if uuids else {}


def _corrections(article_id: int, version_id: int) -> tuple[Decided, ...]:
    """Those accepted that this version has, and those it has not though they were accepted before it came."""
    applied = Correction.applied_in_id == version_id
    came = select(ArticleVersion.created_at).filter_by(id=version_id).scalar_subquery()
    missing = (Correction.state == "accepted") & (Correction.decided_at < came)
    shown: Any = Annotation.kind, Annotation.ordinal, Correction.current, Correction.suggested, applied
    wanted = select(*shown).join(Annotation, Annotation.id == Correction.annotation_id)
    wanted = wanted.where(Annotation.article_id == article_id, PRESENT, applied | missing)
    rows = db.session.execute(wanted.where(Correction.deleted_at.is_(None)).order_by(Annotation.ordinal, Correction.id))
    return tuple(Decided(row[0], row[1], row[2], row[3], bool(row[4])) for row in rows)


@lru_cache(maxsize=2)
def alignment(old_id: int, new_id: int) -> Alignment:
    """The texts of two versions set side by side. They never change, so it is kept for a while."""
    # Loaded when somebody needs it: RapidFuzz comes with it, and takes memory that an idle desk has better uses for.
    from annotator.text.reanchoring import align

    return align(articles.document(old_id).text, articles.document(new_id).text)


def reworded(article_id: int, base: int, number: int, sentences: Sequence[Span]) -> list[bool]:
    """Of each sentence of version `number`, whether it does not stand in version `base` as it is."""
    ids = [articles.version_key(article_id, one)[0] for one in (base, number)]
    kept = sorted((one.new_start, one.new_end) for one in alignment(*ids).stretches())
    starts = [start for start, _ in kept]
    return [not _within(one, kept, starts) for one in sentences]


def _within(sentence: Span, kept: Sequence[tuple[int, int]], starts: Sequence[int]) -> bool:
    at = bisect_right(starts, sentence.start) - 1
    return at >= 0 and kept[at][1] >= sentence.end
