"""Who was asked about what the annotation marks, and the forms to ask, to record the answer and to follow up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from annotator import clock
from annotator.access import DECIDE, Actor
from annotator.exports import snapshot
from annotator.web.forms.contact import AnswerForm, AskForm, FollowUpForm
from annotator.web.sections import Forms


@dataclass(frozen=True, slots=True)
class Shown:
    """One contact with its forms; `changing` is the form that writes it anew, when it is open."""

    contact: snapshot.Contact
    overdue: bool
    answer_form: AnswerForm
    follow_form: FollowUpForm
    changing: AskForm | None
    answering: bool
    following: bool
    may_take_back: bool


def section(record: snapshot.Annotation, actor: Actor, forms: Forms) -> dict[str, Any]:
    """The contacts there are, and the form for another; it is open when it was sent and refused."""
    return {
        "contacts": [_shown(contact, actor, forms) for contact in record.contacts],
        "ask_form": forms.others.get("ask") or AskForm.blank(),
        "asking": "ask" in forms.others,
    }


def _shown(contact: snapshot.Contact, actor: Actor, forms: Forms) -> Shown:
    changing, answer, follow = (forms.others.get(f"{act}:{contact.id}") for act in ("change", "answer", "follow"))
    return Shown(
        contact=contact,
        overdue=contact.open and contact.deadline is not None and contact.deadline < clock.now(),
        answer_form=answer or AnswerForm.of(contact),
        follow_form=follow or FollowUpForm(formdata=None),
        changing=changing,
        answering=answer is not None,
        following=follow is not None,
        may_take_back=contact.asked_by.username == actor.username or actor.may(DECIDE),
    )
