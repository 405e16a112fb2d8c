"""Sources that turn out to be no good: withdrawn, with what rested on them reopened, and reinstated."""

from __future__ import annotations

from sqlalchemy import select

from annotator import clock
from annotator.access import DECIDE, Actor
from annotator.errors import Conflict, Forbidden, Invalid, Stale
from annotator.extensions import db
from annotator.models import Annotation, Evidence, Note, Source
from annotator.services import events
from annotator.services.annotations import touch
from annotator.services.states import reopen, settle_state
from annotator.text.codepoints import storable
from annotator.text.prose import tidy_prose

REASON_LIMIT = 2000


def withdraw_source(
    actor: Actor, source: Source, reason: str, expected: int | None = None, *, undoes: int | None = None
) -> None:
    """Say that a source is no good, and why. What living notes rest on it is reopened: it needs a verdict anew.

    `source` comes from `loading.source`, so all articles concerned are locked. One event an article, one without an
    article when nothing rests on it. Raises Stale, Conflict (it is withdrawn already), Invalid (reason).
    """
    check_seen(source, expected)
    if source.withdrawn_at:
        raise Conflict("This source has been withdrawn already.")
    why = _checked(reason)
    source.withdrawn_at, source.withdrawn_by_id, source.withdrawn_why = clock.now(), actor.id, why
    _tell(actor, source, "source.withdrawn", (None, why), undoes)
    for annotation in _resting_on(source):
        reopen(actor, annotation, f"its source “{source.label[:200]}” was withdrawn: {why.removesuffix('.')}")
        _settle(actor, annotation)


def reinstate_source(actor: Actor, source: Source, expected: int | None = None, *, undoes: int | None = None) -> None:
    """Let a withdrawn source stand again; who withdrew it or a lead may. What was reopened stays so.

    Raises Stale, Conflict (it is not withdrawn), Forbidden.
    """
    check_seen(source, expected)
    if source.withdrawn_at is None:
        raise Conflict("This source has not been withdrawn.")
    if source.withdrawn_by_id != actor.id and not actor.may(DECIDE):
        raise Forbidden("Only the person who withdrew this source, or a lead, may reinstate it.")
    why = source.withdrawn_why
    source.withdrawn_at, source.withdrawn_by_id, source.withdrawn_why = None, None, ""
    _tell(actor, source, "source.reinstated", (why, None), undoes)
    for annotation in _resting_on(source):
        _settle(actor, annotation)


def check_seen(source: Source, expected: int | None) -> None:
    """Raise Stale unless the source is still at the row version the actor saw (None: whatever is there)."""
    if expected is not None and source.row_version != expected:
        raise Stale("Somebody else has changed this source since you saw it. Nothing of yours was saved.")


def _checked(reason: str) -> str:
    why = tidy_prose(storable(reason, "reason"))
    if not why:
        raise Invalid({"reason": "Say why this source is no good; everybody whose check rested on it will read it."})
    if len(why) > REASON_LIMIT:
        raise Invalid({"reason": f"At most {REASON_LIMIT:,} characters; this has {len(why):,}."})
    return why


def _tell(actor: Actor, source: Source, verb: str, why: tuple[str | None, str | None], undoes: int | None) -> None:
    db.session.flush()
    before, after = ({"source": source.label, "withdrawn": one} for one in why)
    articles = {annotation.article_id: annotation.article for annotation in _resting_on(source)}
    for article in articles.values() or [None]:
        events.record(actor, verb, source.uuid, article=article, before=before, after=after, undoes=undoes)


def _resting_on(source: Source) -> list[Annotation]:
    """The annotations with a living note that rests on it, deleted ones too, those of one article together."""
    ids = select(Note.annotation_id).join(Evidence, Evidence.note_id == Note.id)
    ids = ids.where(Evidence.source_id == source.id, Evidence.deleted_at.is_(None), Note.deleted_at.is_(None))
    wanted = select(Annotation).where(Annotation.id.in_(ids))
    return list(db.session.scalars(wanted.order_by(Annotation.article_id, Annotation.id)))


def _settle(actor: Actor, annotation: Annotation) -> None:
    touch(annotation)
    settle_state(actor, annotation)
