"""Sign-offs: somebody else than who gave the verdict answers for it. What they need stands in `guards`."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from sqlalchemy import select

from annotator import clock
from annotator.access import DECIDE, Actor
from annotator.errors import Conflict, Forbidden, NotFound
from annotator.exports import snapshot
from annotator.extensions import db
from annotator.models import Annotation, ArticleVersion, Event, Note, SignOff
from annotator.queries import records
from annotator.services import events
from annotator.services.annotations import check_version, touch
from annotator.services.guards import own_verdict
from annotator.services.remarks import tidied
from annotator.services.states import edited_since, original_of, same_words, settle_state, why_not
from annotator.services.verdicts import Standing, standing

CHANGED = "The words, what is said about them, the verdict or the sign-off have changed since."


def sign_off(
    actor: Actor, annotation: Annotation, remark: str = "", expected: int | None = None, undoes: int | None = None
) -> tuple[SignOff, bool]:
    """Answer for the verdict on these words. Returns the sign-off, and whether it was made now (False: it stood).

    Raises Forbidden for who gave the verdict, Conflict with every reason that blocks it (`fields` by what it is
    about), Invalid (remark), Stale.
    """
    it = records.record(annotation.uuid)
    if it.signed_off:
        return _standing(actor, annotation, it.signed_off), False
    check_version(annotation, expected)
    remark, original = tidied(remark), original_of(it)
    now = standing(it, original)
    if own := own_verdict(actor.username, now):
        raise Forbidden(own)
    if reasons := why_not(it, original):
        raise Conflict(" ".join(reasons.values()), fields=reasons)
    signed = _new(actor, annotation, it, now)
    signed.remark = remark
    after = {"signed_off": True, "verdict": now.verdict, "exact": it.anchor.exact, "remark": remark}
    _record(actor, "sign_off.given", signed, {"signed_off": False}, after, undoes)
    return signed, True


def _standing(actor: Actor, annotation: Annotation, known: snapshot.SignOff) -> SignOff:
    if known.by.username != actor.username:
        raise Conflict(f"{known.by.name} has signed it off already.")
    return _stored(annotation)


def _stored(annotation: Annotation) -> SignOff:
    return db.session.scalars(select(SignOff).filter_by(annotation_id=annotation.id, fallen_at=None)).one()


def _new(actor: Actor, annotation: Annotation, it: snapshot.Annotation, now: Standing) -> SignOff:
    version = select(ArticleVersion.id).filter_by(article_id=annotation.article_id, number=it.anchor.version)
    signed = SignOff(uuid=str(uuid4()), article_id=annotation.article_id, annotation_id=annotation.id)
    signed.version_id, signed.exact = db.session.scalars(version).one(), it.anchor.exact
    signed.note_id, signed.verdict = _note_of(it, now), now.verdict
    signed.by_id, signed.at = actor.id, clock.now()
    db.session.add(signed)
    return signed


def _note_of(it: snapshot.Annotation, now: Standing) -> int | None:
    """The note whose verdict stands; None when it is that of the annotation this one repeats."""
    given = [one.id for one in it.notes if one.verdict == now.verdict and one.author.username == now.by]
    return db.session.scalar(select(Note.id).filter_by(uuid=given[-1])) if given else None


def withdraw_sign_off(
    actor: Actor, annotation: Annotation, expected: int | None = None, undoes: int | None = None
) -> SignOff:
    """Take a sign-off back; who gave it or a lead may. It is kept as fallen. Raises NotFound, Forbidden, Stale."""
    signed: SignOff | None = db.session.scalar(select(SignOff).filter_by(annotation_id=annotation.id, fallen_at=None))
    if signed is None:
        raise NotFound("Nobody has signed this off.")
    check_version(annotation, expected)
    if signed.by_id != actor.id and not actor.may(DECIDE):
        raise Forbidden("Only the person who signed this off, or a lead, may withdraw it.")
    signed.fallen_at, signed.fallen_why = clock.now(), f"Withdrawn by {actor.name}."
    _record(actor, "sign_off.withdrawn", signed, {"signed_off": True}, {"signed_off": False}, undoes)
    return signed


def bring_back_sign_off(actor: Actor, signed: SignOff, undoes: int | None = None) -> SignOff:
    """Let a sign-off that was withdrawn stand again; who gave it or a lead may. Raises Forbidden, Conflict."""
    if signed.by_id != actor.id and not actor.may(DECIDE):
        raise Forbidden("Only the person who signed this off, or a lead, may bring it back.")
    _refuse_unless_same(signed)
    signed.fallen_at, signed.fallen_why = None, ""
    _record(actor, "sign_off.given", signed, {"signed_off": False}, {"signed_off": True}, undoes)
    return signed


def revive(actor: Actor, signed: SignOff, fell: dict[str, Any], undoes: int) -> None:
    """Let a sign-off stand again that fell (as history told) because of a draft which was taken back. Raises Conflict
    when more than the text has changed since."""
    _refuse_unless_same(signed)
    signed.fallen_at, signed.fallen_why = None, ""
    _record(actor, "sign_off.revived", signed, fell, {"signed_off": True}, undoes)


def _refuse_unless_same(signed: SignOff) -> None:
    it = records.record(db.session.get_one(Annotation, signed.annotation_id).uuid)
    original = original_of(it)
    now, reasons = standing(it, original), why_not(it, original)
    changed = not same_words(signed.exact, it.anchor.exact) or signed.verdict != now.verdict
    changed = changed or signed.by.username == now.by
    changed = changed or edited_since(signed.at, it, original) or _told_otherwise(signed)
    if it.signed_off or changed or reasons:
        raise Conflict(" ".join(reasons.values()) or CHANGED)


def _told_otherwise(signed: SignOff) -> bool:
    """Whether the fields, or whose words they are, were changed after it was signed off."""
    told = select(Event).filter_by(annotation_id=signed.annotation_id).where(Event.at > signed.at)
    fields = Event.verb == "annotation.fields_changed"
    named = db.session.scalars(told.where(Event.verb == "annotation.party_named")).all()
    renamed = any((one.before or {}).get("party") != (one.after or {}).get("party") for one in named)
    return renamed or db.session.scalar(told.where(fields).limit(1)) is not None


def _record(
    actor: Actor, verb: str, signed: SignOff, before: dict[str, Any], after: dict[str, Any], undoes: int | None
) -> None:
    annotation = db.session.get_one(Annotation, signed.annotation_id)
    touch(annotation)
    told_of: dict[str, Any] = {"before": before, "after": after, "undoes": undoes}
    events.record(actor, verb, signed.uuid, article=annotation.article, annotation=annotation, **told_of)
    settle_state(actor, annotation)
