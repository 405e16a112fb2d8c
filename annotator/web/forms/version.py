"""Drafts as forms: the next one pasted or chosen, and the newest text edited by hand."""

from __future__ import annotations

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, StringField, TextAreaField

from annotator.web.forms import row_version


class DraftForm(FlaskForm):
    """The next draft: pasted text or a file."""

    text = TextAreaField("Text")
    file = FileField("File")
    change_note = StringField("Change note")


class EditForm(FlaskForm):
    """The text of the newest version, edited; `base` is the number of the version it was made from."""

    base = HiddenField()
    text = TextAreaField("Text")
    change_note = StringField("Change note")

    def seen(self) -> int:
        """The version that was edited; 0 when the form did not say."""
        return row_version(self.base.data) or 0
