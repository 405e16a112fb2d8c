"""How an article is worked on: who leads it, until when it is due, and whether it is read blind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from annotator.access import ASSIGN, Actor, allow
from annotator.clock import iso
from annotator.errors import Invalid, Stale
from annotator.extensions import db
from annotator.models import Annotation, Article, User
from annotator.services import events, notices
from annotator.services.annotations import touch
from annotator.services.states import settle_state


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The username of who leads the article (None: nobody), until when it is due, and whether it is read blind."""

    lead: str | None = None
    due_at: datetime | None = None
    blind: bool = False


def arrangement_of(article: Article) -> Arrangement:
    """How an article is arranged now."""
    return Arrangement(article.lead.username if article.lead else None, article.due_at, article.blind)


def arrange_article(
    actor: Actor, article: Article, wanted: Arrangement, expected: int | None, undoes: int | None = None
) -> Article:
    """Arrange how an article is worked on; leads may. Raises Forbidden, Stale, Invalid (lead).

    Read blind, a check that one person alone has read loses its sign-off.
    """
    allow(actor, ASSIGN)
    if expected is not None and article.row_version != expected:
        raise Stale("Somebody else has changed these details since you opened them.", current=told(article))
    before, lead = told(article), _lead(wanted.lead, article)
    article.lead_id = lead.id if lead else None
    article.due_at, article.blind = wanted.due_at, wanted.blind
    db.session.flush()
    db.session.refresh(article, ["lead"])
    if (after := told(article)) != before:
        article.row_version += 1
        _record(actor, article, before, after, undoes)
    return article


def told(article: Article) -> dict[str, Any]:
    """An arrangement as it stands in events."""
    now = arrangement_of(article)
    return {"lead": now.lead, "due_at": iso(now.due_at) if now.due_at else None, "blind": now.blind}


def _lead(username: str | None, article: Article) -> User | None:
    if not username:
        return None
    found: User | None = db.session.scalar(select(User).filter_by(username=username))
    if found is None or not (found.active or found.id == article.lead_id):
        raise Invalid({"lead": f"There is nobody active called {username!r}."})
    return found


def _record(actor: Actor, article: Article, before: dict[str, Any], after: dict[str, Any], undoes: int | None) -> None:
    changed = [name for name in after if before[name] != after[name]]
    pick = {name: before[name] for name in changed}, {name: after[name] for name in changed}
    told_of: dict[str, Any] = {"before": pick[0], "after": pick[1], "undoes": undoes}
    event = events.record(actor, "article.arranged", article.uuid, article=article, **told_of)
    if "lead" in changed:
        notices.tell(actor, event, [article.lead_id], "assigned")
    if "blind" in changed:
        _settle_what_one_has_read(actor, article)


def _settle_what_one_has_read(actor: Actor, article: Article) -> None:
    """What is hidden now, or no longer, is a change to see there; a sign-off may fall."""
    wanted = select(Annotation).filter_by(article_id=article.id, readers=1)
    for annotation in db.session.scalars(wanted.order_by(Annotation.id)).all():
        touch(annotation)
        if article.blind and annotation.state == "signed_off":
            settle_state(actor, annotation)
