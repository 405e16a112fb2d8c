"""The state of an annotation, derived from what is written beneath it and stored for listing.

| state       | when (the first that holds)                                                          |
| ----------- | ------------------------------------------------------------------------------------- |
| signed_off  | a sign-off stands; it falls by itself when a guard no longer lets it pass, or when     |
|             | what it answers for is another: words, verdict, a note, its fields, whose words they are |
| disagreed   | two people gave different verdicts and no lead has settled it since                   |
| waiting     | somebody was asked and has not answered                                               |
| reopened    | its words or its evidence changed after the verdict, and none was given since         |
| checked     | no guard of `guards.CHECKED` is in the way                                            |
| in_progress | something is written down                                                             |
| to_do       | nothing is                                                                            |

What repeats another annotation, and has no verdict of its own, has the other's verdict and is as far as the other.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from annotator import clock
from annotator.access import Actor
from annotator.exports import snapshot
from annotator.exports.sourcing import sourcing
from annotator.extensions import db
from annotator.models import Annotation, Note, Relation, SignOff, User
from annotator.queries import records
from annotator.services import article_sign_offs, events, notices
from annotator.services.guards import BESIDES, CHECKED, SIGN_OFF, blocked, reasons
from annotator.services.verdicts import Standing, standing
from annotator.vocabulary import DONE, KINDS


def settle_state(actor: Actor, annotation: Annotation) -> None:
    """Bring everything derived in line with what is written, let a sign-off fall that no longer holds, and do the same
    for what repeats this annotation."""
    db.session.flush()
    it = records.record(annotation.uuid, deleted=True)
    original = original_of(it)
    now = standing(it, original)
    if it.signed_off and (why := _fallen(it, now, original)):
        _fall(actor, annotation, why)
        it = records.record(annotation.uuid, deleted=True)
    store_derived(annotation, it, now, original)
    for repeating in _repeating(annotation):
        settle_state(actor, repeating)
    article_sign_offs.settle(actor, annotation.article)


def original_of(it: snapshot.Annotation) -> snapshot.Annotation | None:
    """What this annotation repeats, when it is there."""
    return records.record(it.repeats, deleted=True) if it.repeats else None


def state_of(it: snapshot.Annotation, now: Standing, original: snapshot.Annotation | None = None) -> str:
    """The first state of the table above that holds."""
    if it.signed_off:
        return "signed_off"
    if now.disagreed:
        return "disagreed"
    if it.awaited:
        return "waiting"
    if now.reopened:
        return "reopened"
    if original is not None and follows(it):
        return "checked" if original.state in DONE else original.state
    if not (it.notes or it.contacts or it.corrections):
        return "to_do"
    return "in_progress" if blocked(CHECKED, it, now) else "checked"


def follows(it: snapshot.Annotation) -> bool:
    """Whether it is as far as the one it repeats: it repeats one, and has no verdict of its own."""
    return it.repeats is not None and not any(note.verdict for note in it.notes)


def why_not(it: snapshot.Annotation, original: snapshot.Annotation | None = None) -> dict[str, str]:
    """What keeps an annotation from being signed off now: a sentence each, by what it is about; empty when it can be.

    What follows the one it repeats needs no note and no evidence of its own, but that one has to be checked.
    """
    now = standing(it, original)
    if original is None or not follows(it):
        return reasons(SIGN_OFF, it, now)
    name = f"{KINDS[original.kind]} {original.ordinal}"
    waits = {} if original.state in DONE else {"repeats": f"It repeats {name}, which is not checked yet."}
    return waits | reasons(BESIDES, it, now)


def _fallen(it: snapshot.Annotation, now: Standing, original: snapshot.Annotation | None) -> str | None:
    """Why the sign-off that stands no longer holds, or None."""
    signed = it.signed_off
    if signed and not same_words(signed.exact, it.anchor.exact):
        return "The words were changed."
    if signed and signed.verdict != now.verdict:
        return "The verdict was changed."
    if signed and signed.by.username == now.by:
        return "The verdict is now that of the person who signed it off."
    if why := next(iter(why_not(it, original).values()), None):
        return why
    return "A note was edited." if signed and edited_since(signed.at, it, original) else None


def same_words(one: str, other: str) -> bool:
    """Whether two wordings have the same letters; signs and spaces may be written in other ways."""
    if one == other:
        return True
    # Loaded when somebody needs it: RapidFuzz comes with it, and takes memory that an idle desk has better uses for.
    from annotator.text.reanchoring import same_letters

    return same_letters(one, other)


def edited_since(moment: datetime, it: snapshot.Annotation, original: snapshot.Annotation | None) -> bool:
    """Whether a note that was there at this moment has been edited after it; of what it repeats, when it follows that.

    Whoever signed off answers for what the notes say, so another wording needs another sign-off, whatever its verdict.
    """
    read = original if original and follows(it) else it
    return any(note.created_at <= moment < note.updated_at for note in read.notes)


def fall(actor: Actor, annotation: Annotation, why: str) -> None:
    """Let the sign-off that stands fall for a reason that no guard knows, and settle; nothing when none stands."""
    if annotation.state == "signed_off":
        _fall(actor, annotation, why)
        settle_state(actor, annotation)


def _fall(actor: Actor, annotation: Annotation, why: str) -> None:
    wanted = select(SignOff).filter_by(annotation_id=annotation.id, fallen_at=None)
    for signed in db.session.scalars(wanted).all():
        signed.fallen_at, signed.fallen_why = clock.now(), why
        after = {"signed_off": False, "why": why}
        told: dict[str, Any] = {"annotation": annotation, "before": {"signed_off": True}, "after": after}
        event = events.record(actor, "sign_off.fallen", signed.uuid, article=annotation.article, **told)
        notices.tell(actor, event, [signed.by_id], "fallen")
    db.session.flush()


def store_derived(
    annotation: Annotation, it: snapshot.Annotation, now: Standing, original: snapshot.Annotation | None
) -> None:
    """Store for listing what follows from the record."""
    annotation.state = state_of(it, now, original)
    annotation.verdict, annotation.verdict_at, annotation.readers = now.verdict, now.at, now.readers
    annotation.verdict_by_id = _id_of(now.by)
    checked = original if original and follows(it) else it
    annotation.weak = now.verdict not in (None, "not_checkable") and not sourcing(checked.notes).met
    annotation.open_contacts = len(it.awaited)
    annotation.next_deadline = min((one.deadline for one in it.awaited if one.deadline), default=None)
    annotation.open_corrections = sum(one.state == "proposed" for one in it.corrections)
    annotation.open_comments = sum(not (one.parent or one.resolved_at) for one in it.comments)


def _id_of(username: str | None) -> int | None:
    return db.session.scalar(select(User.id).filter_by(username=username)) if username else None


def _repeating(annotation: Annotation) -> list[Annotation]:
    wanted = select(Annotation).join(Relation, Relation.from_id == Annotation.id)
    wanted = wanted.where(Relation.to_id == annotation.id, Relation.type == "repeats")
    return list(db.session.scalars(wanted.order_by(Annotation.id)))


def reopen(actor: Actor, annotation: Annotation, why: str) -> None:
    """Ask for a verdict anew, because its words or evidence changed; nothing when there is none. Settle afterwards."""
    orders = db.session.scalars(select(Note.verdict_order).filter_by(annotation_id=annotation.id, deleted_at=None))
    newest = max((order for order in orders if order), default=None)
    if newest is None or annotation.reopened_after == newest:
        return
    before = {"reopened_after": annotation.reopened_after, "reopened_why": annotation.reopened_why}
    annotation.reopened_after, annotation.reopened_why = newest, why
    after = {"reopened_after": newest, "reopened_why": why}
    told: dict[str, Any] = {"annotation": annotation, "before": before, "after": after}
    event = events.record(actor, "annotation.reopened", annotation.uuid, article=annotation.article, **told)
    notices.tell(actor, event, [annotation.verdict_by_id], "reopened")


def reopen_unless_stood_by(actor: Actor, annotation: Annotation, why: str) -> None:
    """As `reopen`, but whoever gave the verdict stands by it, as long as nobody has signed it off."""
    if annotation.state == "signed_off" or annotation.verdict_by_id != actor.id:
        reopen(actor, annotation, why)
