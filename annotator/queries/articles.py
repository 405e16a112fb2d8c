"""Articles: one, and the list of them."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased, defer

from annotator.errors import NotFound
from annotator.exports import snapshot
from annotator.extensions import db
from annotator.models import Annotation, Article, ArticleVersion, File, User
from annotator.queries.beneath import article_sign_offs, assignments_of, comments_on, person
from annotator.queries.coverage import coverages, sentences_with
from annotator.queries.events import wordings_in
from annotator.queries.newest import PRESENT, STANDS
from annotator.queries.records import records_of
from annotator.text.blocks import Document, from_json
from annotator.text.coverage import Coverage
from annotator.text.sentences import sentences
from annotator.text.spans import Span

SORTS = {
    "changed": (Article.updated_at.desc(), Article.id.desc()),
    "added": (Article.id.desc(),),
    "title": (func.lower(Article.title), Article.id),
}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many annotations an article has by kind, and how far their checks are."""

    claim: int = 0
    quote: int = 0
    denial: int = 0
    to_do: int = 0
    in_progress: int = 0
    waiting: int = 0
    checked: int = 0
    disagreed: int = 0
    signed_off: int = 0
    reopened: int = 0

    @property
    def done(self) -> int:
        """Those whose check is finished, signed off or not."""
        return self.checked + self.signed_off

    @property
    def under_way(self) -> int:
        """Those begun and not finished: in progress, waiting, disagreed or reopened."""
        return self.in_progress + self.waiting + self.disagreed + self.reopened

    @property
    def total(self) -> int:
        """All annotations."""
        return self.claim + self.quote + self.denial


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list of articles."""

    id: int
    title: str
    byline: str
    outlet: str
    published_at: str
    updated_at: datetime
    tally: Tally
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, how many there are in all, and which of how many pages this is."""

    rows: tuple[Row, ...]
    total: int
    number: int
    last: int


Lead = aliased(User)
_VERSIONS = (
    select(ArticleVersion, User, File)
    .join(User, User.id == ArticleVersion.created_by_id)
    .outerjoin(File, File.id == ArticleVersion.file_id)
)
_ARTICLES = (
    select(Article, User, Lead).join(User, User.id == Article.created_by_id).outerjoin(Lead, Lead.id == Article.lead_id)
)


def article(article_id: int) -> snapshot.Article:
    """One article without its text. NotFound."""
    found = db.session.execute(_ARTICLES.where(Article.id == article_id)).first()
    if found is None:
        raise NotFound("There is no such article.")
    return as_value(*found)


def revision(article_id: int) -> int:
    """The id of the article's newest event. NotFound."""
    found = db.session.scalar(select(Article.revision).filter_by(id=article_id))
    if found is None:
        raise NotFound("There is no such article.")
    return found


def language(article_id: int) -> str:
    """The language code of an article, empty when it is not known. NotFound."""
    found = db.session.scalar(select(Article.language).filter_by(id=article_id))
    if found is None:
        raise NotFound("There is no such article.")
    return found


def as_value(stored: Article, maker: User, lead: User | None) -> snapshot.Article:
    """A stored article as a plain value."""
    return snapshot.Article(
        id=stored.id,
        uuid=stored.uuid,
        title=stored.title,
        byline=stored.byline,
        outlet=stored.outlet,
        source_url=stored.source_url,
        language=stored.language,
        published_at=stored.published_at,
        revision=stored.revision,
        row_version=stored.row_version,
        created_by=person(maker),
        created_at=stored.created_at,
        updated_at=stored.updated_at,
        archived=stored.archived_at is not None,
        lead=person(lead) if lead else None,
        due_at=stored.due_at,
        blind=stored.blind,
    )


def version_key(article_id: int, number: int | None = None) -> tuple[int, int]:
    """The id and number of a version: the one asked for, or the newest. NotFound."""
    wanted = select(ArticleVersion.id, ArticleVersion.number).filter_by(article_id=article_id)
    wanted = wanted.where(STANDS if number is None else ArticleVersion.number == number)
    found = db.session.execute(wanted.order_by(ArticleVersion.number.desc()).limit(1)).first()
    if found is None:
        raise NotFound("There is no such version of this article.")
    return found[0], found[1]


@lru_cache(maxsize=1_000)
def number_of(version_id: int) -> int:
    """The number of a version; it never changes, so it is kept."""
    return db.session.scalars(select(ArticleVersion.number).filter_by(id=version_id)).one()


@lru_cache(maxsize=64)
def document(version_id: int) -> Document:
    """The text and blocks of a version. Versions never change, so the answer is kept."""
    wanted = select(ArticleVersion.text, ArticleVersion.blocks).filter_by(id=version_id)
    text, blocks = db.session.execute(wanted).one()
    return Document(text, from_json(blocks))


@lru_cache(maxsize=64)
def sentences_of(version_id: int, language: str) -> tuple[Span, ...]:
    """The sentences of a version, in the order of the text."""
    found = document(version_id)
    return tuple(sentences(found.text, found.blocks, language or "en"))


def versions(article_id: int) -> list[snapshot.Version]:
    """All versions of an article, oldest first."""
    wanted = _VERSIONS.where(ArticleVersion.article_id == article_id)
    return [_version(*row) for row in db.session.execute(wanted.order_by(ArticleVersion.number))]


def version(article_id: int, number: int | None = None) -> snapshot.Version:
    """One version of an article, or the newest. NotFound."""
    version_id, _ = version_key(article_id, number)
    return _version(*db.session.execute(_VERSIONS.where(ArticleVersion.id == version_id)).one())


def _version(stored: ArticleVersion, maker: User, file: File | None) -> snapshot.Version:
    named = stored.number, stored.text, tuple(from_json(stored.blocks)), stored.sha256, stored.source
    made = person(maker), stored.created_at, stored.change_note
    return snapshot.Version(*named, *made, _file(file), stored.withdrawn_at is not None)


def snapshot_of(article_id: int, number: int | None = None) -> snapshot.Snapshot:
    """An article with one version and all its annotations, in a fixed number of queries. NotFound."""
    told = article(article_id)
    version_id, number = version_key(article_id, number)
    earlier = wordings_in(article_id)
    annotations = tuple(_with_earlier(one, earlier) for one in records_of(version_id))
    besides = tuple(comments_on(article_id)), tuple(assignments_of(article_id))
    read = sentences_with(version_id, sentences_of(version_id, told.language))
    signed = tuple(article_sign_offs(article_id))
    return snapshot.Snapshot(told, version(article_id, number), annotations, *besides, heads(article_id), read, signed)


def heads(article_id: int) -> tuple[snapshot.Head, ...]:
    """All versions of an article without their texts, by number. One query."""
    unread = defer(ArticleVersion.text), defer(ArticleVersion.blocks)
    wanted = _VERSIONS.where(ArticleVersion.article_id == article_id).options(*unread)
    return tuple(_head(*row) for row in db.session.execute(wanted.order_by(ArticleVersion.number)))


def newest_of(heads: Sequence[snapshot.Head]) -> snapshot.Head:
    """The version people work on, among all those of an article."""
    return max((head for head in heads if not head.withdrawn), key=lambda head: head.number)


def is_withdrawn(heads: Sequence[snapshot.Head], number: int) -> bool:
    """Whether the version with this number was taken back."""
    return any(head.withdrawn for head in heads if head.number == number)


def _head(stored: ArticleVersion, maker: User, file: File | None) -> snapshot.Head:
    named = stored.number, stored.sha256, stored.length, stored.source, person(maker), stored.created_at
    return snapshot.Head(*named, stored.change_note, _file(file), stored.withdrawn_at is not None)


def _file(file: File | None) -> snapshot.File | None:
    return snapshot.File(file.sha256, file.name, file.media_type, file.size) if file else None


def _with_earlier(
    annotation: snapshot.Annotation, earlier: Mapping[str, Sequence[snapshot.Wording]]
) -> snapshot.Annotation:
    if not any(note.edited for note in annotation.notes):
        return annotation
    notes = tuple(replace(note, earlier=tuple(earlier.get(note.id, ()))) for note in annotation.notes)
    return replace(annotation, notes=notes)


def all_ids() -> list[int]:
    """The ids of all articles, oldest first."""
    return list(db.session.scalars(select(Article.id).order_by(Article.id)))


def same_text(sha256: str, besides: int | None = None) -> snapshot.Article | None:
    """The oldest other article that has this very text, if there is one."""
    wanted = select(ArticleVersion.article_id).filter_by(sha256=sha256).order_by(ArticleVersion.article_id)
    found = db.session.scalar(wanted.where(ArticleVersion.article_id != (besides or 0)).limit(1))
    return article(found) if found else None


def same_title(title: str) -> int | None:
    """The id of the newest article on the lists that has this title, if there is one."""
    wanted = select(Article.id).where(Article.title == title, Article.archived_at.is_(None))
    found: int | None = db.session.scalar(wanted.order_by(Article.id.desc()).limit(1)) if title else None
    return found


def oldest_with(sha256s: Iterable[str]) -> dict[str, int]:
    """The id of the oldest article that has each of these texts, by the SHA-256 of the text. One query."""
    wanted = select(ArticleVersion.sha256, func.min(ArticleVersion.article_id)).group_by(ArticleVersion.sha256)
    rows = db.session.execute(wanted.where(ArticleVersion.sha256.in_(list(sha256s))))
    return {row[0]: row[1] for row in rows}


def listing(search: str = "", sort: str = "changed", page: int = 1, size: int = 50, *, archived: bool = False) -> Page:
    """A page of the list, the last one when there are fewer; or of the archived articles, in a fixed number of queries.

    `search` looks for every one of its words in title, byline and text; `sort` is one of SORTS.
    """
    matching = _matching(search).where(Article.archived_at.is_not(None) if archived else Article.archived_at.is_(None))
    total = db.session.scalar(select(func.count()).select_from(matching.subquery())) or 0
    last = max(1, -(-total // size))
    page = min(max(1, page), last)
    wanted = matching.order_by(*SORTS[sort]).limit(size).offset((page - 1) * size)
    found = list(db.session.scalars(wanted))
    tallies, read = tallies_of([row.id for row in found]), coverages(row.id for row in found)
    return Page(tuple(_row(row, tallies[row.id], read[row.id]) for row in found), total, page, last)


def archived_count() -> int:
    """How many articles are archived."""
    return db.session.scalar(select(func.count()).where(Article.archived_at.is_not(None))) or 0


def after(cursor: int, size: int) -> list[snapshot.Article]:
    """Up to `size` articles with ids above the cursor, by id."""
    wanted = _ARTICLES.where(Article.id > cursor).order_by(Article.id).limit(size)
    return [as_value(*row) for row in db.session.execute(wanted)]


def _matching(search: str) -> Select[Any]:
    wanted = select(Article)
    for word in unicodedata.normalize("NFC", search).replace("\0", "").casefold().split():
        wanted = wanted.where(Article.search_text.contains(word, autoescape=True))
    return wanted


def tallies_of(ids: list[int]) -> defaultdict[int, Tally]:
    """The tally of each of these articles, in one query."""
    counted = select(Annotation.article_id, Annotation.kind, Annotation.state, func.count())
    counted = counted.where(Annotation.article_id.in_(ids), PRESENT)
    sums: defaultdict[int, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = db.session.execute(counted.group_by(Annotation.article_id, Annotation.kind, Annotation.state))
    for article_id, kind, state, count in rows:
        sums[article_id][kind] += count
        sums[article_id][state] += count
    return defaultdict(Tally, {article_id: Tally(**numbers) for article_id, numbers in sums.items()})


def _row(stored: Article, tally: Tally, coverage: Coverage) -> Row:
    told = stored.id, stored.title, stored.byline, stored.outlet, stored.published_at
    return Row(*told, stored.updated_at, tally, coverage)
