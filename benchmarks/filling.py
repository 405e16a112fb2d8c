"""Generated articles written into a database.

The article goes through its service. Its marks are written in a few statements, because thousands of requests would take
minutes: with the rows, the history included, that the services would leave behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select

from annotator import clock
from annotator.access import Actor
from annotator.db import unit_of_work
from annotator.extensions import db
from annotator.models import Anchor, Annotation, Article, ArticleVersion, Event, Evidence, Note
from annotator.services.articles import Details, import_article
from annotator.text.blocks import Draft
from annotator.text.selectors import quote_selector
from annotator.text.spans import Span
from annotator.vocabulary import VERDICTS
from benchmarks.generator import Generated, Mark

BODY = "Read the minutes of the board and asked the clerk who kept them; both say the same."


def fill(actor: Actor, generated: Generated, title: str) -> int:
    """Write an article with its marks, notes and evidence, all by one person. Returns the article's id."""
    with unit_of_work():
        drafts = [Draft(paragraph) for paragraph in generated.paragraphs]
        article = import_article(actor, Details(title=title, language="en"), drafts, "paste")
        db.session.flush()
        _write(_Writer(actor, article, generated))
        return article.id


class _Writer:
    """The rows of an article's marks, numbered on from what is in the database."""

    def __init__(self, actor: Actor, article: Article, generated: Generated) -> None:
        self.actor, self.article, self.generated, self.now = actor, article, generated, clock.now()
        self.text = generated.text
        self.version_id = db.session.scalars(select(ArticleVersion.id).filter_by(article_id=article.id)).one()
        self.first, self.first_note, self.first_event = _next(Annotation), _next(Note), _next(Event)

    def marks(self) -> Iterator[tuple[int, Mark]]:
        return enumerate(self.generated.marks)

    def noted(self) -> Iterable[tuple[int, tuple[int, Mark]]]:
        return enumerate((at, mark) for at, mark in self.marks() if mark.noted)

    def uuid(self, place: int, at: int) -> str:
        return str(UUID(int=(self.article.id << 64) + (place << 32) + at, version=4))

    def annotations(self) -> Iterator[dict[str, Any]]:
        for at, mark in self.marks():
            checked = {"verdict": _verdict(at), "verdict_by_id": self.actor.id, "verdict_at": self.now}
            yield {
                "id": self.first + at,
                "uuid": self.uuid(1, at),
                "article_id": self.article.id,
                "ordinal": at + 1,
                "kind": mark.kind,
                "state": "checked" if mark.noted else "to_do",
                "fingerprint": "0" * 64,
                "row_version": 1,
                "created_by_id": self.actor.id,
                "created_at": self.now,
                "updated_at": self.now,
                **(checked if mark.noted else dict.fromkeys(checked)),
            }

    def anchors(self) -> Iterator[dict[str, Any]]:
        for at, mark in self.marks():
            quote = quote_selector(self.text, Span(mark.start, mark.end))
            words = {"exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix}
            place = {"version_id": self.version_id, "start": mark.start, "end": mark.end}
            yield {"annotation_id": self.first + at, **place, **words, "status": "exact", "score": 1.0}

    def notes(self) -> Iterator[dict[str, Any]]:
        for number, (at, _) in self.noted():
            yield {
                "id": self.first_note + number,
                "uuid": self.uuid(2, number),
                "annotation_id": self.first + at,
                "version_id": self.version_id,
                "author_id": self.actor.id,
                "body": BODY,
                "verdict": _verdict(at),
                "method": "document",
                "row_version": 1,
                "created_at": self.now,
                "updated_at": self.now,
            }

    def evidence(self) -> Iterator[dict[str, Any]]:
        for number, _ in self.noted():
            told = {"url": f"https://example.org/minutes/{number}", "title": "Minutes", "source_type": "primary"}
            made = {"uuid": self.uuid(3, number), "created_at": self.now, "deleted_at": None}
            rest = {"description": "", "locator": "page 4", "excerpt": "The board heard of it in March."}
            yield {"note_id": self.first_note + number, "position": 0, **made, **told, **rest}

    def events(self) -> Iterator[dict[str, Any]]:
        for at, mark in self.marks():
            yield {
                "id": self.first_event + at,
                "at": self.now,
                "actor_id": self.actor.id,
                "verb": "annotation.created",
                "subject": self.uuid(1, at),
                "article_id": self.article.id,
                "annotation_id": self.first + at,
                "before": None,
                "after": {"kind": mark.kind, "version": 1, "start": mark.start, "end": mark.end},
            }


def _write(writer: _Writer) -> None:
    parts = ((Annotation, writer.annotations), (Anchor, writer.anchors), (Note, writer.notes))
    for model, rows in (*parts, (Evidence, writer.evidence), (Event, writer.events)):
        made = list(rows())
        if made:
            db.session.execute(insert(model), made)
    article = writer.article
    article.last_ordinal = len(writer.generated.marks)
    article.revision = max(article.revision, writer.first_event + len(writer.generated.marks) - 1)


def _next(model: Any) -> int:
    return (db.session.scalar(select(func.max(model.id))) or 0) + 1


def _verdict(at: int) -> str:
    return tuple(VERDICTS)[at % len(VERDICTS)]
