"""The small forms of a card."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField

from annotator.services.parties import Named
from annotator.vocabulary import KINDS, PARTY_LABELS
from annotator.web.forms import row_version


class RowForm(FlaskForm):
    """An act on an annotation as it was seen: `row` is its row version."""

    row = HiddenField()

    def seen(self) -> int | None:
        """The row version that was seen, or None when the form did not say."""
        return row_version(self.row.data)


class KindForm(RowForm):
    """Another kind."""

    kind = SelectField("Kind", choices=KINDS, validate_choice=False)


class PartyForm(RowForm):
    """Who claims, says or denies."""

    party = StringField("Party")
    role = StringField("Role")
    organisation = StringField("Organisation")

    def for_kind(self, kind: str) -> PartyForm:
        """The same form with the party called what it is for this kind."""
        self.party.label.text = PARTY_LABELS[kind]
        return self

    def named(self) -> Named:
        """What was typed, as the service reads it."""
        return Named(self.party.data or "", self.role.data or "", self.organisation.data or "")


class DeniesForm(RowForm):
    """What a denial denies."""

    denies = SelectField("Denies", validate_choice=False)
