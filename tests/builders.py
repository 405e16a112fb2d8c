"""Articles, annotations and notes for tests, made through the services as an edge would make them."""

from __future__ import annotations

from typing import Any

from annotator.access import Actor
from annotator.db import unit_of_work
from annotator.extensions import db
from annotator.extract import from_paste
from annotator.models import Annotation, Article, ArticleVersion, Comment, Note, User
from annotator.services import comments, loading, versions
from annotator.services.anchoring import Place
from annotator.services.annotations import create_annotation
from annotator.services.articles import Details, import_article
from annotator.services.evidence import Piece
from annotator.services.notes import Written, add_note
from annotator.services.versions import Added

TEXT = """The harbour authority paid 4.2 million crowns for cranes that never arrived, documents show.

“We were told to sign and not to ask,” said Ingrid Solheim, who kept the accounts until March.

The authority denies that any payment was made. “No money has left this house,” a spokesman said."""


def make_article(actor: Actor, *, text: str = TEXT, title: str = "Cranes that never came", **details: Any) -> Article:
    """Import this text as one pasted in."""
    with unit_of_work():
        return import_article(actor, Details(title=title, **details), from_paste(text).drafts, "paste")


def text_of(article: Article, number: int = 1) -> str:
    """The canonical text of a version of an article."""
    version = db.session.query(ArticleVersion).filter_by(article_id=article.id, number=number).one()
    text: str = version.text
    return text


def place_of(article: Article, words: str, nth: int = 0, version: int = 1) -> Place:
    """Where these words stand in a version of the article, the `nth` time they occur."""
    text, start = text_of(article, version), -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Place(version, start, start + len(words), words)


def make_annotation(
    actor: Actor,
    article: Article,
    words: str,
    *,
    kind: str = "claim",
    nth: int = 0,
    uuid: str | None = None,
    version: int = 1,
) -> Annotation:
    """Mark these exact words."""
    place = place_of(article, words, nth, version)
    with unit_of_work():
        return create_annotation(actor, article, place, kind, uuid)[0]


def make_note(
    actor: Actor,
    annotation: Annotation,
    body: str = "Read the ledger.",
    *,
    evidence: tuple[Piece, ...] = (),
    **more: Any,
) -> Note:
    """Write a note on an annotation; `verdict` and `method` may be given."""
    with unit_of_work():
        return add_note(actor, annotation, Written(body=body, evidence=evidence, **more))[0]


def next_draft(actor: Actor, article: Article, text: str, change_note: str = "") -> Added:
    """Add a version with this text, as an edge does it."""
    prepared = versions.prepare(article.id, from_paste(text).drafts, "paste", change_note)
    with unit_of_work():
        return versions.add_version(actor, loading.article(actor, article.id), prepared)


def make_comment(username: str, article_id: int, annotation: Annotation | None, body: str) -> Comment:
    """Say something about an annotation, or about the article as a whole when that is None."""
    actor = db.session.query(User).filter_by(username=username).one().actor()
    uuid = annotation.uuid if annotation else None
    with unit_of_work():
        article = loading.article(actor, article_id)
        about = loading.annotation(actor, uuid) if uuid else None
        return comments.add_comment(actor, article, about, body)[0]
