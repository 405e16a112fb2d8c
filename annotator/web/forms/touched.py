"""What is done about an annotation that a draft has touched, as forms."""

from __future__ import annotations

from wtforms import StringField, TextAreaField

from annotator.web.forms.annotation import RowForm
from annotator.web.forms.reading import BackForm


class StillForm(RowForm, BackForm):
    """It still stands on the new wording."""


class WordsForm(RowForm, BackForm):
    """The words it is about now."""

    words = TextAreaField("Words it is about now")


class ClosureForm(RowForm, BackForm):
    """Its words are gone for good."""

    reason = StringField("Reason")
