"""Signing off, settling, asking for a second reading and assigning, as forms of a card.

`names` tells by what name a form has a field that the services call otherwise.
"""

from __future__ import annotations

from typing import ClassVar

from wtforms import SelectField, StringField, TextAreaField

from annotator.vocabulary import VERDICTS
from annotator.web.forms.annotation import RowForm


class SignOffForm(RowForm):
    """A sign-off, with a remark when there is something to say."""

    remark = StringField("Sign-off remark")


class SettleForm(RowForm):
    """Which verdict stands when people disagree, and why."""

    names: ClassVar = {"verdict": "stands", "reason": "settled"}
    stands = SelectField("What stands", validate_choice=False)
    settled = TextAreaField("Why it stands")

    def for_kind(self, kind: str) -> SettleForm:
        """The same form with the verdicts labelled for this kind."""
        labels = {verdict.value: verdict.label(kind) for verdict in VERDICTS.values()}
        self.stands.choices = {"": "Choose"} | labels
        return self


class ReaderForm(RowForm):
    """Who is asked for a second reading; nobody in particular is anybody."""

    names: ClassVar = {"username": "reader"}
    reader = SelectField("Second reader", validate_choice=False)


class AssignForm(RowForm):
    """Who is to check it, and until when. `row` is that of the assignment that was seen, 0 for none."""

    names: ClassVar = {"username": "assignee", "due_at": "due"}
    assignee = SelectField("Assign to", validate_choice=False)
    due = StringField("Until")
