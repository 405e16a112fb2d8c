"""Importing articles and describing them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from sqlalchemy import select

from annotator import clock
from annotator.access import IMPORT, LEAD, Actor, allow
from annotator.errors import Forbidden, Invalid, Stale
from annotator.extensions import db
from annotator.models import Article, ArticleVersion, File
from annotator.queries.newest import STANDS
from annotator.services import article_sign_offs, events
from annotator.services.files import Kept, add_files
from annotator.text.blocks import Document, Draft, build, to_json
from annotator.text.canonical import canonical_line, sha256
from annotator.text.codepoints import storable

LIMIT = 1_000_000
LENGTHS = {"title": 500, "byline": 300, "outlet": 200, "source_url": 2000, "language": 35, "published_at": 40}
NAMES = {
    "title": "The title",
    "byline": "The byline",
    "outlet": "The outlet",
    "source_url": "The source URL",
    "language": "The language",
    "published_at": "The date",
}
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Details:
    """What is known of an article besides its text. Empty text means unknown; `published_at` is ISO 8601."""

    title: str
    byline: str = ""
    outlet: str = ""
    source_url: str = ""
    language: str = ""
    published_at: str = ""


@dataclass(frozen=True, slots=True)
class Ready:
    """An article that has been checked and may be written. `source` says how it came in (paste, txt, html …), `file` is
    what it was read from when that is to be kept."""

    details: Details
    document: Document
    source: str
    file: Kept | None = None


def import_article(
    actor: Actor, details: Details, drafts: Sequence[Draft], source: str, file: Kept | None = None
) -> Article:
    """Make an article with its first version from read blocks. Raises Invalid as `ready` does, and Forbidden."""
    return import_articles(actor, [ready(details, drafts, source, file)])[0]


def ready(details: Details, drafts: Sequence[Draft], source: str, file: Kept | None = None) -> Ready:
    """Check an article before anything is written. Raises Invalid (fields of Details, `text`)."""
    return Ready(checked(details), checked_document(drafts), source, file)


def import_articles(actor: Actor, wanted: Sequence[Ready]) -> list[Article]:
    """Make these articles, each with its first version, in few statements whatever their number. Raises Forbidden."""
    allow(actor, IMPORT)
    articles = [_new_article(actor, one) for one in wanted]
    db.session.add_all(articles)
    db.session.flush()
    files = add_files(actor, [one.file for one in wanted if one.file])
    versions = [_new_version(actor, article, one, files) for article, one in zip(articles, wanted, strict=True)]
    db.session.add_all(versions)
    events.record_imports(actor, list(zip(articles, map(_imported, wanted, versions), strict=True)))
    return articles


def _new_article(actor: Actor, wanted: Ready) -> Article:
    now = clock.now()
    article = Article(uuid=str(uuid4()), created_by_id=actor.id, created_at=now, updated_at=now, revision=0)
    _assign(article, wanted.details)
    article.search_text = search_text(wanted.details, wanted.document.text)
    return article


def _new_version(actor: Actor, article: Article, wanted: Ready, files: Mapping[str, File]) -> ArticleVersion:
    text = wanted.document.text
    version = ArticleVersion(article_id=article.id, number=1, text=text, length=len(text), source=wanted.source)
    version.blocks, version.sha256 = to_json(wanted.document.blocks), sha256(text)
    version.created_by_id, version.created_at = actor.id, article.created_at
    version.file_id = files[wanted.file.sha256].id if wanted.file else None
    return version


def _imported(wanted: Ready, version: ArticleVersion) -> dict[str, Any]:
    return told(wanted.details) | {"version": version.number, "sha256": version.sha256}


def describe_article(
    actor: Actor, article: Article, details: Details, expected: int, undoes: int | None = None
) -> Article:
    """Change title, byline and the like. `expected` is the row version the person saw. Raises Invalid, Stale."""
    if article.row_version != expected:
        raise Stale("Somebody else has changed these details since you opened them.", current=details_of(article))
    details = checked(details)
    before, after = told(details_of(article)), told(details)
    if before == after:
        return article
    _assign(article, details)
    article.search_text = search_text(details, _newest_text(article))
    article.row_version += 1
    changed = [name for name in after if before[name] != after[name]]
    pick = {name: before[name] for name in changed}, {name: after[name] for name in changed}
    told_of: dict[str, Any] = {"before": pick[0], "after": pick[1], "undoes": undoes}
    events.record(actor, "article.described", article.uuid, article=article, **told_of)
    article_sign_offs.settle(actor, article)
    return article


def archive_article(actor: Actor, article: Article, undoes: int | None = None) -> Article:
    """Take an article off the lists; who imported it or a lead may. Does nothing when it is archived. Forbidden."""
    if article.created_by_id != actor.id and not actor.may(LEAD):
        raise Forbidden("Only the person who imported this article, or a lead, may archive it.")
    if article.archived_at is None:
        article.archived_at = clock.now()
        events.record(actor, "article.archived", article.uuid, article=article, undoes=undoes)
    return article


def unarchive_article(actor: Actor, article: Article, undoes: int | None = None) -> Article:
    """Put an archived article back on the lists. Does nothing when it is there."""
    if article.archived_at is not None:
        article.archived_at = None
        events.record(actor, "article.unarchived", article.uuid, article=article, undoes=undoes)
    return article


def details_of(article: Article) -> Details:
    """The details an article has now."""
    return Details(**{name: getattr(article, name) for name in LENGTHS})


def told(details: Details) -> dict[str, str]:
    """Details by name, as they stand in events."""
    return {name: getattr(details, name) for name in LENGTHS}


def checked(details: Details) -> Details:
    """The same details with white space put right, or Invalid with a sentence for each field that will not do."""
    values = {name: canonical_line(storable(value, name)) for name, value in told(details).items()}
    wrong = {name: problem for name, value in values.items() if (problem := _problem(name, value))}
    if wrong:
        raise Invalid(wrong)
    return Details(**values)


def _problem(name: str, value: str) -> str | None:
    if len(value) > LENGTHS[name]:
        return f"{NAMES[name]} may have at most {LENGTHS[name]} characters; this has {len(value)}."
    if name == "title" and not value:
        return "Give the article a title."
    if name == "source_url" and value and not is_web_address(value):
        return "Write the source URL in full, beginning with https:// or http://."
    if name == "language" and value and not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value):
        return "Write the language as a code such as en, de or pt-BR."
    if name == "published_at" and value and not is_moment(value):
        return "Write the date as 2026-11-23, or with a time as 2026-11-23T18:30."
    return None


def is_web_address(value: str) -> bool:
    """Whether this is a whole http(s) URL with a host and without white space."""
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", value)
    except ValueError:
        return False


def is_moment(value: str) -> bool:
    """Whether this is a date such as 2026-11-23, or one with a time such as 2026-11-23T18:30 (a zone may follow)."""
    if not MOMENT.fullmatch(value):
        return False
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            read(value)
        except ValueError:
            continue
        return True
    return False


def checked_document(drafts: Sequence[Draft]) -> Document:
    """The canonical text and blocks of these drafts, or Invalid on `text` when there is none or too much."""
    document = build(drafts)
    if not document.text:
        raise Invalid({"text": "There is no text in it. Paste the article's text or choose a file."})
    if len(document.text) > LIMIT:
        raise Invalid({"text": f"The text has {len(document.text):,} characters; at most {LIMIT:,} can be read."})
    return document


def _assign(article: Article, details: Details) -> None:
    for name, value in told(details).items():
        setattr(article, name, value)


def search_text(details: Details, text: str) -> str:
    """What an article is searched by: title, byline and text, case-folded."""
    return f"{details.title}\n{details.byline}\n{text}".casefold()


def _newest_text(article: Article) -> str:
    wanted = select(ArticleVersion.text).where(ArticleVersion.article_id == article.id, STANDS)
    return db.session.scalars(wanted.order_by(ArticleVersion.number.desc()).limit(1)).one()
