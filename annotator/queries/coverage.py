"""How much of an article has been read: each sentence is unread, clear, or covered by an annotation.

What a person marked clear stands in rows; what is covered follows from where annotations sit. Both are counted when
somebody asks, and the counts are kept until the article's next event.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, func, select

from annotator.exports import snapshot
from annotator.extensions import db
from annotator.models import Anchor, Annotation, Article, ArticleVersion, SentenceCheck, User
from annotator.queries.newest import NEWEST, PRESENT
from annotator.text.blocks import from_json
from annotator.text.coverage import Coverage, State, count, states
from annotator.text.sentences import sentences
from annotator.text.spans import Span
from annotator.vocabulary import UNSURE

COVERING = ("exact", "moved", "changed", "confirmed")
"""What covers a sentence: not what is gone, nor what may be on other words than it was."""

MOST = 20_000

Spans = list[tuple[int, int]]


@cache
def _kept() -> OrderedDict[tuple[int, int, str], Coverage]:
    """What was counted, by version, revision and language."""
    return OrderedDict()


def states_of(version_id: int, spans: Sequence[Span], within: tuple[int, int] | None = None) -> list[State]:
    """The state of each of these sentences of a version. Two queries.

    With `within`, only those that touch these code points are looked at; the others are told as unread.
    """
    covered, clear = _covering([version_id], within)[version_id], _clear([version_id])[version_id]
    return states(spans, covered, clear)


def sentences_with(version_id: int, spans: Sequence[Span]) -> tuple[snapshot.Sentence, ...]:
    """The sentences of a version with their states, and who found the clear ones clear. Three queries."""
    wanted = select(SentenceCheck, User).join(User, User.id == SentenceCheck.by_id).filter_by(version_id=version_id)
    by = {check.start: (check, user) for check, user in db.session.execute(wanted)}
    found = zip(spans, states_of(version_id, spans), strict=True)
    return tuple(_sentence(span, state, by) for span, state in found)


def _sentence(span: Span, state: State, by: dict[int, tuple[SentenceCheck, User]]) -> snapshot.Sentence:
    check, user = by.get(span.start, (None, None))
    if state != "clear" or check is None or user is None:
        return snapshot.Sentence(span.start, span.end, state)
    return snapshot.Sentence(span.start, span.end, state, snapshot.Person(user.username, user.name), check.at)


def coverage_of(article_id: int) -> Coverage:
    """How much of the newest version has been read, counted anew: for decisions, inside a transaction too."""
    wanted = _VERSIONS.where(Article.id == article_id, ArticleVersion.id.in_(NEWEST))
    return _count(list(db.session.execute(wanted)))[article_id]


def coverages(article_ids: Iterable[int]) -> dict[int, Coverage]:
    """How much of the newest version of each of these articles has been read. One query, four when some have
    changed since they were last counted."""
    wanted = select(Article.id, Article.revision, Article.language, ArticleVersion.id)
    wanted = wanted.join(ArticleVersion, ArticleVersion.article_id == Article.id)
    rows = db.session.execute(wanted.where(Article.id.in_(list(article_ids)), ArticleVersion.id.in_(NEWEST))).all()
    keys = {key: (version, revision, language) for key, revision, language, version in rows}
    known = {key: found for key, kept in keys.items() if (found := _kept().get(kept))}
    missing = [version for key, (version, *_) in keys.items() if key not in known]
    counted = _count(list(db.session.execute(_VERSIONS.where(ArticleVersion.id.in_(missing))))) if missing else {}
    return known | {key: _keep(keys[key], found) for key, found in counted.items()}


_VERSIONS: Select[*tuple[Any, ...]] = select(
    Article.id, Article.language, ArticleVersion.id, ArticleVersion.text, ArticleVersion.blocks
).join(ArticleVersion, ArticleVersion.article_id == Article.id)


def _keep(key: tuple[int, int, str], counted: Coverage) -> Coverage:
    kept = _kept()
    kept[key] = counted
    while len(kept) > MOST:
        kept.popitem(last=False)
    return counted


def _count(rows: Sequence[Any]) -> dict[int, Coverage]:
    ids = [row[2] for row in rows]
    covered, clear = _covering(ids), _clear(ids)
    found = {}
    for article_id, language, version_id, text, blocks in rows:
        spans = sentences(text, from_json(blocks), language or "en")
        found[article_id] = count(states(spans, covered[version_id], clear[version_id]))
    return found


def _covering(version_ids: Sequence[int], within: tuple[int, int] | None = None) -> defaultdict[int, Spans]:
    wanted = select(Anchor.version_id, Anchor.start, Anchor.end).join(Annotation, Annotation.id == Anchor.annotation_id)
    wanted = wanted.where(Anchor.version_id.in_(version_ids), Anchor.status.in_(COVERING), PRESENT)
    if within:
        wanted = wanted.where(Anchor.start < within[1], Anchor.end > within[0])
    return _by_version(db.session.execute(wanted))


def _clear(version_ids: Sequence[int]) -> defaultdict[int, Spans]:
    wanted = select(SentenceCheck.version_id, SentenceCheck.start, SentenceCheck.end)
    return _by_version(db.session.execute(wanted.where(SentenceCheck.version_id.in_(version_ids))))


def _by_version(rows: Iterable[Any]) -> defaultdict[int, Spans]:
    found: defaultdict[int, Spans] = defaultdict(list)
    for version_id, start, end in rows:
        found[version_id].append((start, end))
    return found


@dataclass(frozen=True, slots=True)
class Unattended:
    """An annotation that a draft has touched without anybody having looked since; `status` is its anchor's."""

    uuid: str
    kind: str
    ordinal: int
    status: str
    exact: str


def unattended_ones(article_id: int) -> list[Unattended]:
    """Those of the newest version, in the order of the text, at most 200."""
    shown = Annotation.uuid, Annotation.kind, Annotation.ordinal, Anchor.status, Anchor.exact
    wanted = _unattended(select(*shown).select_from(Anchor), article_id).order_by(Anchor.start, Annotation.ordinal)
    return [Unattended(*row) for row in db.session.execute(wanted.limit(200))]


def unattended(article_id: int) -> int:
    """How many there are."""
    return int(db.session.scalar(_unattended(select(func.count()).select_from(Anchor), article_id)) or 0)


def _unattended(wanted: Select[*tuple[Any, ...]], article_id: int) -> Select[*tuple[Any, ...]]:
    wanted = wanted.join(Annotation, Annotation.id == Anchor.annotation_id)
    wanted = wanted.where(Annotation.article_id == article_id, PRESENT, Anchor.version_id.in_(NEWEST))
    return wanted.where(Anchor.status.in_(UNSURE))
