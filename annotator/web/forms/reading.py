"""Sentences to be marked as read, and an article to be signed off, as forms."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectMultipleField, StringField

from annotator.errors import Invalid
from annotator.web.forms import row_version

MOST = 1_000


class BackForm(FlaskForm):
    """A form that stands on several pages: `to` is the path of the one to go back to."""

    to = HiddenField()

    def back(self, otherwise: str) -> str:
        """Where to go back to: a page of an article, and nothing else that somebody may have written there."""
        path = self.to.data or ""
        inside = path.startswith("/articles/") and "//" not in path and "\\" not in path and ".." not in path
        return path if inside else otherwise


class SentencesForm(BackForm):
    """Sentences of a version by their numbers, counted from 0; `clear` holds anything but nothing when they are."""

    version = HiddenField()
    clear = HiddenField()
    sentence = SelectMultipleField(validate_choice=False)

    def seen(self) -> int:
        """The version they were read in. Raises Invalid."""
        number = row_version(self.version.data)
        if number is None:
            raise Invalid({"version": "Say which version was read."})
        return number

    def chosen(self) -> list[int]:
        """The numbers; one field may hold several, with spaces between. Raises Invalid."""
        words = " ".join(self.sentence.data or []).split()
        if not words:
            raise Invalid({"sentence": "Choose at least one sentence."})
        numbers = [row_version(word) for word in words[: MOST + 1]]
        if None in numbers or len(numbers) > MOST:
            raise Invalid({"sentence": f"Choose between 1 and {MOST:,} sentences by their numbers."})
        return [number for number in numbers if number is not None]


class ArticleSignOffForm(BackForm):
    """Somebody answers for the text with this SHA-256."""

    sha256 = HiddenField()
    remark = StringField("Remark")
