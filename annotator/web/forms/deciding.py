"""Signing off, settling, asking for a second reading and assigning, as forms of a card."""

from __future__ import annotations

from wtforms import SelectField, StringField, TextAreaField

from annotator.vocabulary import VERDICTS
from annotator.web.forms.annotation import RowForm

NAMES = {"username": "person", "due_at": "due", "verdict": "stands", "reason": "settled"}
"""What the services call a field, and these forms another name."""


class SignOffForm(RowForm):
    """A sign-off, with a remark when there is something to say."""

    remark = StringField("Sign-off remark")


class SettleForm(RowForm):
    """Which verdict stands when people disagree, and why."""

    stands = SelectField("What stands", validate_choice=False)
    settled = TextAreaField("Why it stands")

    def for_kind(self, kind: str) -> SettleForm:
        """The same form with the verdicts labelled for this kind."""
        labels = {verdict.value: verdict.label(kind) for verdict in VERDICTS.values()}
        self.stands.choices = {"": "Choose"} | labels
        return self


class ReaderForm(RowForm):
    """Who is asked for a second reading; nobody in particular is anybody."""

    person = SelectField("Second reader", validate_choice=False)


class AssignForm(RowForm):
    """Who is to check it, and until when. `row` is that of the assignment that was seen, 0 for none."""

    person = SelectField("Assign to", validate_choice=False)
    due = StringField("Until")
