"""The one place where lines of history are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from annotator import clock
from annotator.access import Actor
from annotator.db import act_id
from annotator.extensions import db
from annotator.models import Annotation, Article, Event


def record(
    actor: Actor | None,
    verb: str,
    subject: str,
    *,
    article: Article | None = None,
    annotation: Annotation | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    undoes: int | None = None,
) -> Event:
    """Write one event now, in the transaction under way, and move the article's cursor to it.

    `undoes` is the id of the event that this one takes back.
    """
    event = _new_event(actor, verb, subject, article, annotation)
    event.undoes_id = undoes
    event.before, event.after = before, after
    db.session.add(event)
    db.session.flush()
    if article is not None:
        article.revision, article.updated_at = event.id, event.at
    return event


@dataclass(frozen=True, slots=True)
class Told:
    """A line of history yet to be written, about one annotation (by id) or, without one, the article."""

    verb: str
    subject: str
    annotation: int | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def record_many(actor: Actor | None, article: Article, told: Sequence[Told]) -> list[Event]:
    """Write these lines in their order, in one statement, and move the article's cursor to the last."""
    if not told:
        return []
    events = [_new_event(actor, one.verb, one.subject, article) for one in told]
    for event, one in zip(events, told, strict=True):
        event.annotation_id, event.before, event.after = one.annotation, one.before, one.after
    db.session.add_all(events)
    db.session.flush()
    article.revision, article.updated_at = events[-1].id, events[-1].at
    return events


def record_imports(actor: Actor, told: Sequence[tuple[Article, dict[str, Any]]]) -> None:
    """Write `article.imported` for each of these new articles with what it tells, all at once."""
    events = [_new_event(actor, "article.imported", article.uuid, article) for article, _ in told]
    for event, (_, after) in zip(events, told, strict=True):
        event.after = after
    db.session.add_all(events)
    db.session.flush()
    for event, (article, _) in zip(events, told, strict=True):
        article.revision, article.updated_at = event.id, event.at


def _new_event(
    actor: Actor | None, verb: str, subject: str, article: Article | None, annotation: Annotation | None = None
) -> Event:
    event = Event(at=clock.now(), actor_id=actor.id if actor else None, verb=verb, subject=subject)
    event.article_id = article.id if article else None
    event.annotation_id = annotation.id if annotation else None
    event.act = act_id()
    return event


def standing(later: Sequence[Event]) -> list[Event]:
    """Those of these lines, newest first, that have not been taken back; a line and the one that takes it back
    cancel each other."""
    there, gone = {one.id for one in later}, set()
    found = []
    for one in later:
        if one.id not in gone and one.undoes_id in there:
            gone.add(one.undoes_id)
        elif one.id not in gone:
            found.append(one)
    return found
