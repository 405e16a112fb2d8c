"""Who was asked, what came back, and follow-ups, as forms."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField, TextAreaField

from annotator.exports import snapshot
from annotator.services import moments
from annotator.services.contacts import Asking, FollowUp
from annotator.services.parties import Named
from annotator.vocabulary import CHANNELS, OUTCOMES
from annotator.web.forms.annotation import RowForm

YES_NO = {"": "Not said", "yes": "Yes", "no": "No"}
_CHANNELS = {"": "Choose how"} | CHANNELS


class AskForm(RowForm):
    """Who was asked what. `uuid` makes a repeated save safe; `row` is what was seen of a contact that is changed."""

    uuid = HiddenField()
    asked = StringField("Who was asked")
    channel = SelectField("Channel", choices=_CHANNELS, validate_choice=False)
    questions = TextAreaField("Questions")
    asked_at = StringField("Asked at (UTC)")
    deadline = StringField("Deadline (UTC)")

    @classmethod
    def blank(cls) -> AskForm:
        """An empty form."""
        return cls(formdata=None, data={"uuid": str(uuid4())})

    @classmethod
    def of(cls, contact: snapshot.Contact) -> AskForm:
        """A form that shows a stored contact, to change it."""
        times = {name: moments.as_written(getattr(contact, name)) for name in ("asked_at", "deadline")}
        said = {"asked": contact.party.name, "channel": contact.channel, "questions": contact.questions}
        return cls(formdata=None, data=said | times)

    def asking(self, before: Asking | None = None) -> Asking:
        """What was typed, as the service reads it; what is not in this form stays as it was before."""
        name = self.asked.data or ""
        known = before.party if before and before.party.name == name.strip() else Named(name)
        times = moments.all_of(asked_at=self.asked_at.data or "", deadline=self.deadline.data or "")
        said = replace(before or Asking(known), party=known, channel=self.channel.data or "")
        said = replace(said, questions=self.questions.data or "")
        return replace(said, asked_at=times["asked_at"], deadline=times["deadline"])


class AnswerForm(RowForm):
    """What came back."""

    outcome = SelectField("Outcome", choices={"": "Awaited"} | OUTCOMES, validate_choice=False)
    answer = TextAreaField("Answer")
    answered_at = StringField("Answered at (UTC)")
    in_text = SelectField("In the text", choices=YES_NO, validate_choice=False)

    @classmethod
    def of(cls, contact: snapshot.Contact) -> AnswerForm:
        """A form that shows what came back so far."""
        in_text = {None: "", True: "yes", False: "no"}[contact.in_text]
        said = {"outcome": contact.outcome, "answer": contact.answer, "in_text": in_text}
        return cls(formdata=None, data=said | {"answered_at": moments.as_written(contact.answered_at)})

    def asking(self, before: Asking) -> Asking:
        """The contact as it was before, with what came back."""
        said = replace(before, outcome=self.outcome.data or "", answer=self.answer.data or "")
        in_text = {"yes": True, "no": False}.get(self.in_text.data or "")
        return replace(said, answered_at=moments.moment(self.answered_at.data or "", "answered_at"), in_text=in_text)


class FollowUpForm(RowForm):
    """One more attempt."""

    follow_channel = SelectField("Followed up by", choices=_CHANNELS, validate_choice=False)
    follow_remark = StringField("Remark")
    followed_at = StringField("Followed up at (UTC)")

    def said(self) -> FollowUp:
        """What was typed, as the service reads it."""
        at = moments.all_of(at=self.followed_at.data or "")["at"]
        return FollowUp(self.follow_channel.data or "", self.follow_remark.data or "", at)


NAMES: dict[type[FlaskForm], dict[str, str]] = {
    AskForm: {"party": "asked"},
    FollowUpForm: {"channel": "follow_channel", "remark": "follow_remark", "at": "followed_at"},
}
"""What the service calls a field, and the form another name."""
