"""The one way a line of history is written."""

from __future__ import annotations

from typing import Any

from annotator import clock
from annotator.access import Actor
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
) -> Event:
    """Write one event now, in the transaction under way, and move the article's cursor to it."""
    event = Event(at=clock.now(), actor_id=actor.id if actor else None, verb=verb, subject=subject)
    event.article_id = article.id if article else None
    event.annotation_id = annotation.id if annotation else None
    event.before, event.after = before, after
    db.session.add(event)
    db.session.flush()
    if article is not None:
        article.revision, article.updated_at = event.id, event.at
    return event
