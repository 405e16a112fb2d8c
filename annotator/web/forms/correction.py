"""Other words for those that are marked, and the decision on them, as forms."""

from __future__ import annotations

from uuid import uuid4

from wtforms import HiddenField, SelectField, TextAreaField

from annotator.exports import snapshot
from annotator.services.corrections import Suggestion
from annotator.vocabulary import SEVERITIES
from annotator.web.forms.annotation import RowForm

DECISIONS = {"": "Choose", "accepted": "Accept", "rejected": "Reject"}
NAMES = {"reason": "why", "state": "decision"}
"""What the service calls a field, and the forms another name."""


class CorrectionForm(RowForm):
    """Other words. `uuid` makes a repeated save safe; `row` is what was seen of a correction that is changed."""

    uuid = HiddenField()
    suggested = TextAreaField("Suggested words")
    why = TextAreaField("Why it should change")
    severity = SelectField("Severity", choices={"": "Choose how grave"} | SEVERITIES, validate_choice=False)

    @classmethod
    def blank(cls, current: str) -> CorrectionForm:
        """A form that offers the words as they stand, to be changed."""
        return cls(formdata=None, data={"uuid": str(uuid4()), "suggested": current})

    @classmethod
    def of(cls, correction: snapshot.Correction) -> CorrectionForm:
        """A form that shows a stored correction, to change it."""
        said = {"suggested": correction.suggested, "why": correction.reason, "severity": correction.severity}
        return cls(formdata=None, data=said)

    def suggestion(self) -> Suggestion:
        """What was typed, as the service reads it."""
        return Suggestion(self.suggested.data or "", self.why.data or "", self.severity.data or "")


class DecisionForm(RowForm):
    """Accepted or rejected, and why."""

    decision = SelectField("Decision", choices=DECISIONS, validate_choice=False)
    remark = TextAreaField("Reason for the decision")
