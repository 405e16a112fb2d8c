"""Generated articles written into a database.

The article goes through its service. Its marks are written in a few statements, because thousands of requests would
take minutes: with the rows, the history included, that the services would leave behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, select

from annotator import clock
from annotator.access import Actor
from annotator.db import unit_of_work
from annotator.extensions import db
from annotator.models import (
    Anchor,
    Annotation,
    Article,
    ArticleVersion,
    Comment,
    Contact,
    Correction,
    Event,
    Evidence,
    Note,
    Source,
)
from annotator.services.articles import Details, import_article
from annotator.services.parties import Named, find_or_add
from annotator.text.blocks import Draft
from annotator.text.selectors import quote_selector
from annotator.text.spans import Span
from annotator.vocabulary import VERDICTS
from benchmarks.generator import Generated

BODY = "Read the minutes of the board and asked the clerk who kept them; both say the same."


def fill(actor: Actor, generated: Generated, title: str) -> int:
    """Write an article with its marks, notes and evidence, all by one person. Returns the article's id."""
    with unit_of_work():
        drafts = [Draft(paragraph) for paragraph in generated.paragraphs]
        article = import_article(actor, Details(title=title, language="en"), drafts, "paste")
        db.session.flush()
        _write(actor, article, generated)
        return article.id


def _write(actor: Actor, article: Article, generated: Generated) -> None:
    version_id = db.session.scalars(select(ArticleVersion.id).filter_by(article_id=article.id)).one()
    rows = _Rows(actor, article.id, version_id, generated)
    made = _insert(Annotation, rows.annotations())
    _insert(Anchor, rows.anchors(made))
    notes = _insert(Note, rows.notes(made))
    _insert(Evidence, rows.evidence(notes, _insert(Source, rows.sources(notes))))
    _insert(Contact, rows.contacts(made, _party()))
    _insert(Correction, rows.corrections(made))
    _insert(Comment, rows.comments(made))
    events = _insert(Event, rows.events(made))
    article.last_ordinal, article.revision = len(made), max([article.revision, *events])


def _insert(model: Any, rows: Iterable[dict[str, Any]]) -> list[int]:
    """Write rows in few statements. Returns their ids, in the same order."""
    wanted = list(rows)
    statement = insert(model).returning(model.id, sort_by_parameter_order=True)
    return list(db.session.scalars(statement, wanted)) if wanted else []


def _party() -> int:
    return find_or_add(Named("Harbour authority", "spokesman")).id


class _Rows:
    """The rows of an article's marks: what is noted has a full record, evidence and contact and all."""

    def __init__(self, actor: Actor, article_id: int, version_id: int, generated: Generated) -> None:
        self.actor_id, self.article_id, self.version_id = actor.id, article_id, version_id
        self.marks, self.text, self.now = generated.marks, generated.text, clock.now()
        self.uuids = [str(uuid4()) for _ in self.marks]

    def annotations(self) -> Iterator[dict[str, Any]]:
        for at, mark in enumerate(self.marks):
            checked = {"verdict": _verdict(at), "verdict_by_id": self.actor_id, "verdict_at": self.now}
            yield {
                "uuid": self.uuids[at],
                "article_id": self.article_id,
                "ordinal": at + 1,
                "kind": mark.kind,
                "state": "checked" if mark.noted else "to_do",
                "fields": {"harm": "low"} if mark.kind == "claim" else {},
                "readers": int(mark.noted),
                "open_comments": int(mark.noted),
                "fingerprint": "0" * 64,
                "row_version": 1,
                "created_by_id": self.actor_id,
                "created_at": self.now,
                "updated_at": self.now,
                **(checked if mark.noted else dict.fromkeys(checked)),
            }

    def anchors(self, made: Sequence[int]) -> Iterator[dict[str, Any]]:
        for key, mark in zip(made, self.marks, strict=True):
            quote = quote_selector(self.text, Span(mark.start, mark.end))
            words = {"exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix}
            place = {"version_id": self.version_id, "start": mark.start, "end": mark.end}
            yield {"annotation_id": key, **place, **words, "status": "exact", "score": 1.0}

    def notes(self, made: Sequence[int]) -> Iterator[dict[str, Any]]:
        for at, (key, mark) in enumerate(zip(made, self.marks, strict=True)):
            if mark.noted:
                who = {"annotation_id": key, "version_id": self.version_id, "author_id": self.actor_id}
                said = {
                    "body": BODY,
                    "verdict": _verdict(at),
                    "method": "document",
                    "row_version": 1,
                    "verdict_order": 1,
                }
                yield {"uuid": str(uuid4()), **who, **said, "created_at": self.now, "updated_at": self.now}

    def sources(self, notes: Sequence[int]) -> Iterator[dict[str, Any]]:
        for key in notes:
            told = {"label": "Minutes", "url": f"https://example.org/minutes/{key}", "created_at": self.now}
            yield {"uuid": str(uuid4()), "key": uuid4().hex * 2, **told, "row_version": 1}

    def evidence(self, notes: Sequence[int], sources: Sequence[int]) -> Iterator[dict[str, Any]]:
        for key, source in zip(notes, sources, strict=True):
            told = {"url": f"https://example.org/minutes/{key}", "title": "Minutes", "source_type": "primary"}
            rest = {"description": "", "locator": "page 4", "excerpt": "The board heard of it in March."}
            made = {"uuid": str(uuid4()), "created_at": self.now, "deleted_at": None}
            yield {"note_id": key, "source_id": source, "position": 0, **made, **told, **rest}

    def contacts(self, made: Sequence[int], party: int) -> Iterator[dict[str, Any]]:
        for key in self._noted(made):
            asked = {"party_id": party, "asked_by_id": self.actor_id, "channel": "email", "asked_at": self.now}
            answer = {"questions": "Is it so?", "outcome": "answered", "answer": "It is.", "answered_at": self.now}
            yield {"annotation_id": key, "uuid": str(uuid4()), **asked, **answer, **self._written()}

    def corrections(self, made: Sequence[int]) -> Iterator[dict[str, Any]]:
        for key in self._noted(made):
            words = {"current": "as it was", "suggested": "as it is", "reason": "The minutes say so."}
            decided = {"decided_by_id": self.actor_id, "decided_at": self.now, "remark": "Rightly not."}
            who = {"annotation_id": key, "version_id": self.version_id, "created_by_id": self.actor_id}
            yield {
                "uuid": str(uuid4()),
                **who,
                **words,
                "severity": "typo",
                "state": "rejected",
                **decided,
                **self._written(),
            }

    def comments(self, made: Sequence[int]) -> Iterator[dict[str, Any]]:
        for key in self._noted(made):
            said = {"author_id": self.actor_id, "body": "Is page 4 the signed copy?"}
            yield {"uuid": str(uuid4()), "article_id": self.article_id, "annotation_id": key, **said, **self._written()}

    def _noted(self, made: Sequence[int]) -> Iterator[int]:
        return (key for key, mark in zip(made, self.marks, strict=True) if mark.noted)

    def _written(self) -> dict[str, Any]:
        return {"created_at": self.now, "updated_at": self.now, "row_version": 1}

    def events(self, made: Sequence[int]) -> Iterator[dict[str, Any]]:
        for key, uuid, mark in zip(made, self.uuids, self.marks, strict=True):
            concerns = {"subject": uuid, "article_id": self.article_id, "annotation_id": key}
            after = {"kind": mark.kind, "version": 1, "start": mark.start, "end": mark.end}
            did = {"at": self.now, "actor_id": self.actor_id, "verb": "annotation.created"}
            yield {**did, **concerns, "before": None, "after": after}


def _verdict(at: int) -> str:
    return tuple(VERDICTS)[at % len(VERDICTS)]
