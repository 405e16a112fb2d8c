"""Articles as forms: importing one, and its details."""

from __future__ import annotations

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, StringField, TextAreaField, URLField

from annotator.exports import snapshot
from annotator.extract.dates import find_date
from annotator.services.articles import LENGTHS, Details


def in_iso(typed: str) -> str:
    """A date written out, such as `12 March 2026`, as ISO 8601; anything else as it was typed."""
    found = find_date(typed)
    return found[0] if found and not found[1].strip(" ,.") else typed


class DetailsForm(FlaskForm):
    """What is known of an article besides its text. `row` is the row version that was seen."""

    row = HiddenField()
    title = StringField("Title")
    byline = StringField("Byline")
    outlet = StringField("Outlet")
    published_at = StringField("Date")
    language = StringField("Language")
    source_url = URLField("Source URL")

    @classmethod
    def of(cls, article: snapshot.Article) -> DetailsForm:
        """A form that shows what is known of an article."""
        data = {name: getattr(article, name) for name in LENGTHS} | {"row": str(article.row_version)}
        return cls(formdata=None, data=data)

    def details(self) -> Details:
        """What was typed, as the service reads it."""
        typed = {name: self[name].data or "" for name in LENGTHS}
        return Details(**typed | {"published_at": in_iso(typed["published_at"])})


class ImportForm(DetailsForm):
    """A new article: pasted text or a file."""

    text = TextAreaField("Text")
    file = FileField("File")
