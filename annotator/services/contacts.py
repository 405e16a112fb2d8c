"""Contacts: who was asked, how, when and what; until when an answer is wanted, and what came back.

A contact is open, and its annotation waits, until an outcome is written down; taking the outcome away opens it again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from annotator import clock
from annotator.access import DECIDE, Actor
from annotator.errors import Conflict, Forbidden, Invalid, Stale
from annotator.exports import snapshot
from annotator.extensions import db
from annotator.models import Annotation, Contact, Event, Party
from annotator.services import events, moments
from annotator.services.annotations import checked_uuid, touch
from annotator.services.parties import Named, find_or_add
from annotator.services.states import settle_state
from annotator.text.codepoints import storable
from annotator.text.prose import tidy_prose
from annotator.vocabulary import CHANNELS, OUTCOMES

LENGTHS = {"questions": 10_000, "answer": 10_000, "remark": 2_000}
MOST_FOLLOW_UPS = 100
TIMES = ("asked_at", "deadline", "answered_at")


@dataclass(frozen=True, slots=True)
class Asking:
    """An attempt to ask somebody, as it was written. Without `asked_at` it is now; times are in UTC.

    `outcome` is empty while an answer is awaited, and with an answer it is answered or declined. `in_text`: whether
    the answer stands in the article; None is unknown.
    """

    party: Named
    channel: str = ""
    questions: str = ""
    asked_at: datetime | None = None
    deadline: datetime | None = None
    outcome: str = ""
    answer: str = ""
    answered_at: datetime | None = None
    in_text: bool | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One more attempt, as it was written. Without `at` it is now."""

    channel: str = ""
    remark: str = ""
    at: datetime | None = None


def add_contact(
    actor: Actor, annotation: Annotation, asking: Asking, uuid: str | None = None, *, undoes: int | None = None
) -> tuple[Contact, bool]:
    """Write down who was asked. Returns the contact, and whether it was made now (False: the same request came before).

    Raises Invalid (party, channel, questions, asked_at, deadline, outcome, answer, answered_at), Conflict (the uuid
    belongs to another contact, or came before with other content).
    """
    uuid = checked_uuid(uuid) if uuid else str(uuid4())
    known = db.session.scalar(select(Contact).filter_by(uuid=uuid))
    if known is not None:
        return _repeated(known, actor, annotation, asking), False
    contact = Contact(uuid=uuid, annotation_id=annotation.id, asked_by_id=actor.id, follow_ups=[])
    contact.created_at = contact.updated_at = clock.now()
    _write(contact, checked(asking))
    db.session.add(contact)
    db.session.flush()
    _settle(actor, contact, "contact.added", None, told(contact), undoes)
    return contact, True


def _repeated(known: Contact, actor: Actor, annotation: Annotation, asking: Asking) -> Contact:
    if known.annotation_id != annotation.id or known.asked_by_id != actor.id:
        raise Conflict("This id already belongs to another contact.", fields={"id": "Make a new UUID."})
    if known.deleted_at:
        raise Conflict("This contact was made and has since been taken back.", fields={"id": "Make a new UUID."})
    first = db.session.scalars(select(Event.after).filter_by(subject=known.uuid, verb="contact.added")).one() or {}
    asked_at, answered_at = (getattr(asking, name) or _read(first, name) for name in ("asked_at", "answered_at"))
    again = checked(replace(asking, asked_at=asked_at, answered_at=answered_at))
    said = {name: _plain(getattr(again, name)) for name in first if name not in ("party", "follow_ups")}
    if find_or_add(again.party).name != first["party"] or any(first[name] != value for name, value in said.items()):
        raise Conflict("This contact was saved before, with other words.", fields={"id": "Make a new UUID."})
    return known


def change_contact(
    actor: Actor, contact: Contact, asking: Asking, expected: int | None, *, undoes: int | None = None
) -> Contact:
    """Write a contact anew, its outcome included; anybody may. Raises Stale, and Invalid as `add_contact` does."""
    check_version(contact, expected)
    before = told(contact)
    _write(contact, checked(replace(asking, asked_at=asking.asked_at or contact.asked_at)))
    _changed(actor, contact, before, undoes)
    return contact


def follow_up(
    actor: Actor, contact: Contact, said: FollowUp, expected: int | None = None, *, undoes: int | None = None
) -> Contact:
    """Add one more attempt to get an answer. The very same one again, with its time, changes nothing.

    Raises Stale, Invalid (channel, remark, at), Conflict when an outcome has been written down.
    """
    one = _checked_follow_up(contact, said)
    known = {"at": _plain(one.at), "by": actor.username, "channel": one.channel, "remark": one.remark}
    if said.at and known in contact.follow_ups:
        return contact
    check_version(contact, expected)
    if contact.outcome:
        raise Conflict("This contact is closed. Take its outcome away first; then follow up.")
    if len(contact.follow_ups) >= MOST_FOLLOW_UPS:
        raise Conflict(f"A contact may have at most {MOST_FOLLOW_UPS} follow-ups; write down a new contact instead.")
    before = told(contact)
    contact.follow_ups = sorted([*contact.follow_ups, known], key=lambda each: str(each["at"]))
    _changed(actor, contact, before, undoes)
    return contact


def put_back_contact(
    actor: Actor, contact: Contact, values: Mapping[str, Any], *, undoes: int | None = None
) -> Contact:
    """Give a contact these values again, as a line of its history told them; the others stay. Raises Invalid."""
    before = told(contact)
    now = before | {name: value for name, value in values.items() if name in before}
    _write(contact, checked(_asking_of(now)))
    contact.follow_ups = now["follow_ups"]
    _changed(actor, contact, before, undoes)
    return contact


def take_back_contact(
    actor: Actor, contact: Contact, expected: int | None = None, *, undoes: int | None = None
) -> None:
    """Take a contact away; nothing of it is lost. Who asked, or a lead, may. Raises Stale, Forbidden."""
    _own(actor, contact)
    check_version(contact, expected)
    if contact.deleted_at is None:
        contact.deleted_at = contact.updated_at = clock.now()
        _settle(actor, contact, "contact.taken_back", told(contact), None, undoes)


def bring_back_contact(actor: Actor, contact: Contact, *, undoes: int | None = None) -> None:
    """Bring a contact back as it was; nothing when it is there. Who asked, or a lead, may. Forbidden."""
    _own(actor, contact)
    if contact.deleted_at is not None:
        contact.deleted_at, contact.updated_at = None, clock.now()
        _settle(actor, contact, "contact.brought_back", None, told(contact), undoes)


def _own(actor: Actor, contact: Contact) -> None:
    if contact.asked_by_id != actor.id and not actor.may(DECIDE):
        raise Forbidden("Only the person who asked, or a lead, may take this contact back. Write down its outcome.")


def check_version(contact: Contact, expected: int | None) -> None:
    """Raise Stale unless the contact is still at the row version the actor saw (None: whatever is there)."""
    if expected is not None and contact.row_version != expected:
        raise Stale("Somebody else has changed this contact since you opened it. Nothing of yours was saved.")


def as_asked(contact: Contact | snapshot.Contact) -> Asking:
    """A stored contact as it was written."""
    party = Named(contact.party.name, contact.party.role, contact.party.organisation)
    plain = "channel", "questions", *TIMES, "outcome", "answer", "in_text"
    return Asking(party, **{name: getattr(contact, name) for name in plain})


def told(contact: Contact) -> dict[str, Any]:
    """A contact as it stands in events: the party by name, times as text."""
    names = [name for name in Asking.__dataclass_fields__ if name != "party"]
    values = {name: _plain(getattr(contact, name)) for name in names}
    return {"party": contact.party.name, **values, "follow_ups": list(contact.follow_ups)}


def _plain(value: Any) -> Any:
    return clock.iso(value) if isinstance(value, datetime) else value


def _asking_of(values: Mapping[str, Any]) -> Asking:
    said: dict[str, Any] = {name: values[name] for name in ("channel", "questions", "outcome", "answer", "in_text")}
    said |= {name: _read(values, name) for name in TIMES}
    return Asking(Named(values["party"]), **said)


def _read(values: Mapping[str, Any], name: str) -> datetime | None:
    return clock.read(values[name]) if values.get(name) else None


def checked(asking: Asking) -> Asking:
    """The same attempt put right, its open times filled in; or Invalid with a sentence for each field that will not
    do."""
    questions, answer = (tidy_prose(storable(getattr(asking, name), name)) for name in ("questions", "answer"))
    asked_at = asking.asked_at or moments.this_minute()
    answered_at = (asking.answered_at or _since(asked_at)) if asking.outcome or answer else None
    settled = replace(asking, questions=questions, answer=answer, asked_at=asked_at, answered_at=answered_at)
    wrong = _missing(settled) | _too_long({"questions": questions, "answer": answer}) | _mistimed(settled)
    if wrong:
        raise Invalid(wrong)
    return settled


def _since(asked_at: datetime) -> datetime:
    return max(moments.this_minute(), asked_at)


def _missing(asking: Asking) -> dict[str, str]:
    wrong = {}
    if not asking.party.name.strip():
        wrong["party"] = "Write who was asked."
    if asking.channel not in CHANNELS:
        known = f"Say how they were asked: one of {', '.join(CHANNELS)}."
        wrong["channel"] = known if asking.channel else "Choose how they were asked."
    if not asking.questions:
        wrong["questions"] = "Write what was asked."
    if asking.outcome and asking.outcome not in OUTCOMES:
        wrong["outcome"] = f"The outcome must be one of {', '.join(OUTCOMES)}, or empty while an answer is awaited."
    if asking.outcome == "answered" and not asking.answer:
        wrong["answer"] = "Write what was answered, or choose another outcome."
    if asking.answer and not asking.outcome:
        wrong["outcome"] = "Say what came of it; with an answer that is Answered or Declined."
    if asking.answer and asking.outcome in ("no_answer", "not_reached"):
        wrong["answer"] = "There is an answer: choose Answered or Declined, or take the answer away."
    return wrong


def _too_long(words: Mapping[str, str]) -> dict[str, str]:
    long = {name: len(value) for name, value in words.items() if len(value) > LENGTHS[name]}
    return {name: f"At most {LENGTHS[name]:,} characters; this has {length:,}." for name, length in long.items()}


def _mistimed(asking: Asking) -> dict[str, str]:
    wrong, asked_at = {}, asking.asked_at
    for name in ("asked_at", "answered_at"):
        value = getattr(asking, name)
        if value and moments.lies_ahead(value):
            wrong[name] = f"This time is yet to come; it is {clock.said(moments.this_minute())} now."
    if asked_at and asking.deadline and asking.deadline < asked_at:
        wrong["deadline"] = f"The deadline lies before the question ({clock.said(asked_at)}). Write a later time."
    if asked_at and asking.answered_at and asking.answered_at < asked_at:
        wrong["answered_at"] = f"The answer lies before the question ({clock.said(asked_at)}). Write a later time."
    return wrong


def _checked_follow_up(contact: Contact, said: FollowUp) -> FollowUp:
    one = FollowUp(said.channel, tidy_prose(storable(said.remark, "remark")), said.at or _since(contact.asked_at))
    wrong = _too_long({"remark": one.remark})
    if one.channel not in CHANNELS:
        known = f"Say how you followed up: one of {', '.join(CHANNELS)}."
        wrong["channel"] = known if one.channel else "Choose how you followed up."
    if one.at and moments.lies_ahead(one.at):
        wrong["at"] = f"This time is yet to come; it is {clock.said(moments.this_minute())} now."
    if one.at and one.at < contact.asked_at:
        wrong["at"] = f"This lies before the question ({clock.said(contact.asked_at)}). Write a later time."
    if wrong:
        raise Invalid(wrong)
    return one


def _write(contact: Contact, asking: Asking) -> None:
    party: Party = find_or_add(asking.party)
    contact.party, contact.party_id = party, party.id
    for name, value in asdict(asking).items():
        if name != "party":
            setattr(contact, name, value)


def _changed(actor: Actor, contact: Contact, before: dict[str, Any], undoes: int | None) -> None:
    after = told(contact)
    names = [name for name in after if before[name] != after[name]]
    if names:
        contact.updated_at = clock.now()
        pick = {name: before[name] for name in names}, {name: after[name] for name in names}
        _settle(actor, contact, "contact.changed", *pick, undoes)


def _settle(
    actor: Actor,
    contact: Contact,
    verb: str,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    undoes: int | None,
) -> None:
    annotation = contact.annotation
    touch(annotation)
    about: dict[str, Any] = {"article": annotation.article, "annotation": annotation}
    events.record(actor, verb, contact.uuid, before=before, after=after, undoes=undoes, **about)
    settle_state(actor, annotation)
