"""Drafts as forms: the next one pasted or chosen, and the newest text edited by hand."""

from __future__ import annotations

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, StringField, TextAreaField

from annotator.web.forms import row_version


class BasedForm(FlaskForm):
    """`base` is the number of the version that was the newest when the form was opened."""

    base = HiddenField()

    def seen(self) -> int | None:
        """That number, or None when the form did not say."""
        return row_version(self.base.data)


class DraftForm(BasedForm):
    """The next draft: pasted text or a file."""

    text = TextAreaField("Text")
    file = FileField("File")
    change_note = StringField("Change note")


class EditForm(BasedForm):
    """The text of the newest version, edited."""

    text = TextAreaField("Text")
    change_note = StringField("Change note")
