"""How far an annotation is, what is in the way of its next step, and who is to take it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from annotator.access import ASSIGN, DECIDE, Actor
from annotator.exports import snapshot
from annotator.queries import people, records
from annotator.services.guards import own_verdict
from annotator.services.second_reading import why_not_read
from annotator.services.states import original_of, why_not
from annotator.services.verdicts import standing
from annotator.vocabulary import DONE
from annotator.web.forms.deciding import AssignForm, ReaderForm, SettleForm, SignOffForm
from annotator.web.sections import Forms

OPENED = (*DONE, "disagreed")
OURS: dict[str, Any] = {"sign_off": SignOffForm, "settle": SettleForm, "reader": ReaderForm, "assign": AssignForm}


@dataclass(frozen=True, slots=True)
class Deciding:
    """What the section shows. Reasons are sentences; a button with reasons is there, and cannot be used.

    `checking` and `reading` are the open assignments, `fallen` the last sign-off when it fell.
    """

    not_signed: list[str]
    not_read: list[str]
    may_withdraw: bool
    may_settle: bool
    may_assign: bool
    may_read: bool
    checking: snapshot.Assignment | None
    reading: snapshot.Assignment | None
    fallen: snapshot.SignOff | None
    open: bool
    sign_off_form: SignOffForm
    settle_form: SettleForm
    reader_form: ReaderForm
    assign_form: AssignForm


def section(record: snapshot.Annotation, actor: Actor, forms: Forms) -> dict[str, Any]:
    """The reasons, the forms and the assignments of a card, and whose it is for the filter."""
    told = _deciding(record, actor, forms)
    last = record.notes[-1].author.username if record.notes else ""
    whose = told.checking.person.username if told.checking and told.checking.person else last
    return {"deciding": told, "whose": whose}


def _deciding(record: snapshot.Annotation, actor: Actor, forms: Forms) -> Deciding:
    whole = records.record(record.id) if record.sealed else record
    original, signed, reading = original_of(whole), record.signed_off, _open(record, "second_reading")
    giver = standing(whole, original).by
    own = own_verdict(actor.username, standing(whole, original))
    return Deciding(
        not_signed=[*([own] if own else []), *why_not(whole, original).values()],
        not_read=list(why_not_read(whole, original).values()),
        may_withdraw=signed is not None and (signed.by.username == actor.username or actor.may(DECIDE)),
        may_settle=record.state == "disagreed" and actor.may(DECIDE),
        may_assign=actor.may(ASSIGN),
        may_read=reading is not None and reading.person is None and giver != actor.username,
        checking=_open(record, "check"),
        reading=reading,
        fallen=_fallen(record),
        open=record.state in OPENED or record.sealed or bool(OURS.keys() & forms.others.keys()),
        **_forms(record, forms, giver),
    )


def _open(record: snapshot.Annotation, purpose: str) -> snapshot.Assignment | None:
    return next((one for one in record.assignments if one.purpose == purpose), None)


def _fallen(record: snapshot.Annotation) -> snapshot.SignOff | None:
    last = record.sign_offs[-1] if record.sign_offs else None
    return last if last and last.fallen_at else None


def _forms(record: snapshot.Annotation, forms: Forms, giver: str | None) -> dict[str, Any]:
    everybody = people.active()
    readers = {name: told for name, told in everybody.items() if name != giver}
    made = {name: forms.others.get(name) or kind(formdata=None) for name, kind in OURS.items()}
    made["reader"].reader.choices = {"": "Anybody"} | readers
    made["assign"].assignee.choices = {"": "Choose"} | everybody
    made["settle"].for_kind(record.kind)
    return {f"{name}_form": form for name, form in made.items()}
