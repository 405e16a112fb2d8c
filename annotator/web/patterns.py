"""The components page, in debug only: every macro, and marks in all their mixtures. Look here when touching CSS."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, render_template
from flask_wtf import FlaskForm
from wtforms import BooleanField, FileField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from annotator.vocabulary import STATES, VERDICTS

pages = Blueprint("patterns", __name__)
MOMENT = datetime(2026, 11, 23, 12, 4, 31, tzinfo=UTC)


class Sample(FlaskForm):  # type: ignore[misc]
    """One field of each sort."""

    title = StringField("Title", [InputRequired("Give the article a title, or leave its first line in the text.")])
    text = TextAreaField("Text")
    kind = SelectField("Verdict", choices={key: one.claim for key, one in VERDICTS.items()})
    upload = FileField("File")
    context = BooleanField("Context checked")


@pages.get("/patterns")
def show() -> str:
    """All components on one page."""
    refused = Sample(formdata=None, prefix="refused-", meta={"csrf": False})
    refused.validate()
    calm = Sample(formdata=None, meta={"csrf": False})
    shown = {"form": calm, "refused": refused, "verdicts": VERDICTS, "states": STATES, "moment": MOMENT}
    return render_template("patterns.html", **shown)
