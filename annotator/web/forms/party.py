"""The shared record of a party as forms."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import StringField

from annotator.web.forms.annotation import RowForm


class RecordForm(RowForm):
    """Name, role and organisation. `row` is the row version that was seen."""

    name = StringField("Name")
    role = StringField("Role")
    organisation = StringField("Organisation")

    def values(self) -> dict[str, str]:
        """What was typed, as the service reads it."""
        return {name: self[name].data or "" for name in ("name", "role", "organisation")}


class AliasForm(FlaskForm):
    """Another name of a party."""

    alias = StringField("Also known as")


class MergeForm(FlaskForm):
    """Another party, by its name, that is the same."""

    other = StringField("The same as")
