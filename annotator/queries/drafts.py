"""What a draft did to an article: which checks it left alone, which it touched, and what is new in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased

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
    """Where an annotation stood in a version."""

    version: int
    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """Where an annotation stood before a version: with the words that somebody `read` last, and with those it had
    `last`; they differ while nobody has looked at what a draft made of it. `since` is the version that touched it.
    """

    read: Was
    last: Was
    since: int

    def against(self, it: snapshot.Annotation) -> Was:
        """What to hold its words of now against: when they are gone, where they stood last."""
        return self.last if it.anchor.orphan else self.read

    def reads_again(self, it: snapshot.Annotation) -> bool:
        """Whether its words had been changed, and read as before."""
        return self.since < it.anchor.version and not it.anchor.orphan and self.read.exact == it.anchor.exact


@dataclass(frozen=True, slots=True)
class Touched:
    """An annotation that a draft has touched, as it is now, and where it was. None: its words were never there."""

    it: snapshot.Annotation
    earlier: Earlier | None


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

    `untouched` checks came as they were, of which `signed` are signed off; `touched` are in the order of the text, with
    those that an earlier draft had touched and nobody had looked at. `clear` sentences stayed clear.
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
    base_id, _ = articles.version_key(article_id, before["version"])
    counts = _untouched(version_id, base_id)
    listed = _touched(version_id, base_id, number), _corrections(article_id, version_id)
    made = before["version"], name or "a command", event.at, after["change_note"]
    return Draft(number, *made, *counts, *listed, after["clear"])


Before = aliased(Anchor)
_CAME: Any = Before.annotation_id == Anchor.annotation_id


def _had_words(base_id: int) -> ColumnElement[bool]:
    return exists().where(_CAME, Before.version_id == base_id, Before.status != "orphan")


def _was_settled(base_id: int) -> ColumnElement[bool]:
    """That an annotation had its words in the version before, and nobody had to look at them."""
    return exists().where(_CAME, Before.version_id == base_id, Before.status.not_in(UNSURE))


def _untouched(version_id: int, base_id: int) -> tuple[int, int]:
    wanted = select(Annotation.state, func.count()).join(Anchor, Anchor.annotation_id == Annotation.id)
    wanted = wanted.where(Anchor.version_id == version_id, Anchor.carried_as.in_(UNTOUCHED), PRESENT)
    wanted = wanted.where(_was_settled(base_id)).group_by(Annotation.state)
    found: dict[str, int] = {row[0]: row[1] for row in db.session.execute(wanted)}
    return sum(found.values()), found.get("signed_off", 0)


def _touched(version_id: int, base_id: int, number: int) -> tuple[Touched, ...]:
    """What came otherwise than it was, what waited already, and what has its words again; not what was closed before
    this draft came."""
    waited = Anchor.carried_as.in_(UNTOUCHED) & ~_was_settled(base_id)
    here = (Anchor.carried_as.in_(UNSURE) | waited) & Annotation.deleted_at.is_(None)
    closed_long = Annotation.closed_at.is_not(None) & ~_had_words(base_id)
    wanted = records.select_annotations().where(Anchor.version_id == version_id, here, ~closed_long)
    found = records.gather(wanted.order_by(Anchor.start, Annotation.ordinal))
    known = earlier([it.id for it in found], number)
    return tuple(Touched(it, known.get(it.id)) for it in found)


@dataclass(frozen=True, slots=True)
class Around:
    """An annotation whose own words stand, in a sentence that does not: its sentences as they were and as they are."""

    kind: str
    ordinal: int
    state: str
    old: str
    new: str


Read = tuple[int, Sequence[Span]]
"""The id of a version, and its sentences."""


def around(base: Read, version: Read, changed: Sequence[bool]) -> tuple[Around, ...]:
    """The untouched annotations of a version whose sentences differ from those of its `base`, in the order of the text,
    at most 200. `changed` is what `reworded` says of its sentences. One query."""
    found: list[Around] = []
    for kind, ordinal, state, *places in db.session.execute(_both(base[0], version[0])):
        touching = _touching(version[1], *places[:2])
        if any(changed[at] for at in touching) and len(found) < MOST:
            old, new = _words(base, _touching(base[1], *places[2:])), _words(version, touching)
            found.append(Around(kind, ordinal, state, old, new))
    return tuple(found)


MOST = 200


def _both(base_id: int, version_id: int) -> Select[*tuple[Any, ...]]:
    shown = Annotation.kind, Annotation.ordinal, Annotation.state
    places = Anchor.start, Anchor.end, Before.start, Before.end
    wanted = select(*shown, *places).select_from(Anchor).join(Annotation, Annotation.id == Anchor.annotation_id)
    wanted = wanted.join(Before, _CAME & (Before.version_id == base_id) & Before.status.not_in(UNSURE))
    wanted = wanted.where(Anchor.version_id == version_id, Anchor.carried_as.in_(UNTOUCHED), PRESENT)
    return wanted.order_by(Anchor.start, Annotation.ordinal)


def _touching(sentences: Sequence[Span], start: int, end: int) -> range:
    """The numbers of the sentences that a span touches."""
    first = bisect_right(sentences, start, key=lambda one: one.end)
    return range(first, bisect_left(sentences, end, key=lambda one: one.start))


def _words(version: Read, numbers: range) -> str:
    """The words of these sentences, which follow each other."""
    spans = version[1][numbers.start : numbers.stop]
    return articles.document(version[0]).text[spans[0].start : spans[-1].end] if spans else ""


def earlier(uuids: Sequence[str], number: int) -> dict[str, Earlier]:
    """By id, where each of these annotations stood before version `number`, if it ever had words. One query."""
    wanted = select(Annotation.uuid, Anchor.status, ArticleVersion.number, Anchor.start, Anchor.end, Anchor.exact)
    wanted = wanted.join(Anchor, Anchor.annotation_id == Annotation.id)
    wanted = wanted.join(ArticleVersion, ArticleVersion.id == Anchor.version_id)
    wanted = wanted.where(Annotation.uuid.in_(uuids), ArticleVersion.number < number, STANDS)
    stood: dict[str, list[tuple[str, Was]]] = {}
    for row in db.session.execute(wanted.order_by(ArticleVersion.number)) if uuids else ():
        stood.setdefault(row[0], []).append((row[1], Was(*row[2:])))
    return {uuid: found for uuid, places in stood.items() if (found := _earlier(places, number))}


def _earlier(places: Sequence[tuple[str, Was]], number: int) -> Earlier | None:
    """Of the places in order, by their status, those that say something."""
    worded = [at for at, (status, _) in enumerate(places) if status != "orphan"]
    if not worded:
        return None
    read = next((at for at in reversed(worded) if places[at][0] not in UNSURE), worded[0])
    after = [was.version for status, was in places[read + 1 :] if status in UNSURE]
    return Earlier(places[read][1], places[worded[-1]][1], min(after, default=number))


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


def reworded(base_id: int, version_id: int, sentences: Sequence[Span]) -> list[bool]:
    """Of each of these sentences of a version, whether it does not stand in its base as it is."""
    kept = sorted((one.new_start, one.new_end) for one in alignment(base_id, version_id).stretches())
    starts = [start for start, _ in kept]
    return [not _within(one, kept, starts) for one in sentences]


def _within(sentence: Span, kept: Sequence[tuple[int, int]], starts: Sequence[int]) -> bool:
    at = bisect_right(starts, sentence.start) - 1
    return at >= 0 and kept[at][1] >= sentence.end
