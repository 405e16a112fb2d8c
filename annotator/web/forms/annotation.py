"""The small forms of a card: kind, party with the fields of the kind, and ties."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field as Control
from wtforms import HiddenField, SelectField, StringField, TextAreaField

from annotator.errors import Invalid
from annotator.services.marking import Changes
from annotator.services.parties import Named
from annotator.vocabulary import FIELDS, KINDS, PARTY_LABELS, Field
from annotator.web.forms import row_version
from annotator.web.forms.article import in_iso
from annotator.web.forms.note import in_full

PARTY = ("party", "role", "organisation")
FLAG = {"": "Not said", "yes": "Yes", "no": "No"}
FIRST = {
    "claim": ("harm", "about"),
    "quote": ("title_as_printed",),
    "denial": ("form",),
}
"""The fields of a kind that are always in sight; the others, and what is known of the party, wait to be unfolded."""


NAMED = {"form": "denial_form"}
"""What a control is called that cannot have its field's name: for scripts it would hide the form's own `form`."""


def name_of(field: Field) -> str:
    """The name of a field's control."""
    return NAMED.get(field.name, field.name)


@contextmanager
def as_typed() -> Iterator[None]:
    """Name refused fields by their controls."""
    try:
        yield
    except Invalid as refusal:
        raise Invalid({NAMED.get(name, name): sentence for name, sentence in refusal.fields.items()}) from None


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
    """Who claims, says or denies. `party_form` makes it with the fields of a kind."""

    kind = ""
    party = StringField("Party")
    role = StringField("Role")
    organisation = StringField("Organisation")

    def changes(self, names: Collection[str] | None = None) -> Changes:
        """What was typed, as the service reads it; only these fields, and only what was sent, are mentioned."""
        sent = {control.name for control in self if control.raw_data} & set(self.names if names is None else names)
        mentioned: dict[str, Any] = {"party": self._named()} if sent.intersection(PARTY) else {}
        fields = [field for field in FIELDS[self.kind] if name_of(field) in sent]
        return Changes(**mentioned, fields={one.name: _typed(one, self[name_of(one)].data or "") for one in fields})

    def _named(self) -> Named:
        return Named(*(self[name].data or "" for name in PARTY))

    @property
    def names(self) -> list[str]:
        """The names of all its fields."""
        return [*PARTY, *map(name_of, FIELDS[self.kind])]

    @property
    def first(self) -> list[Control]:
        """The fields of the kind that are always in sight."""
        return [self[name_of(field)] for field in FIELDS[self.kind] if field.name in FIRST[self.kind]]

    @property
    def others(self) -> list[Control]:
        """The fields of the kind that wait to be unfolded."""
        return [self[name_of(field)] for field in FIELDS[self.kind] if field.name not in FIRST[self.kind]]


def _typed(field: Field, text: str) -> Any:
    if field.type == "flag":
        return {"yes": True, "no": False}.get(text, text)
    if field.type == "moment":
        return in_iso(text)
    return in_full(text.strip()) if field.type == "url" else text


def _control(field: Field) -> Control:
    if field.type == "text":
        return TextAreaField(field.label)
    if field.type in ("choice", "flag"):
        choices = FLAG if field.type == "flag" else {"": "Not said"} | dict(field.choices)
        return SelectField(field.label, choices=choices, validate_choice=False)
    return StringField(field.label)


def _class_for(kind: str) -> type[PartyForm]:
    controls = {name_of(field): _control(field) for field in FIELDS[kind]}
    made: type[PartyForm] = type(f"{KINDS[kind]}Form", (PartyForm,), {"kind": kind, **controls})
    made.party = StringField(PARTY_LABELS[kind])
    return made


_FORMS = {kind: _class_for(kind) for kind in KINDS}


def party_form(kind: str, stored: dict[str, str] | None = None) -> PartyForm:
    """The form for an annotation of this kind: as it was sent, or showing what is `stored`."""
    return _FORMS[kind]() if stored is None else _FORMS[kind](formdata=None, data=stored)


class DeniesForm(RowForm):
    """What a denial denies."""

    denies = SelectField("Denies", validate_choice=False)


class TieForm(RowForm):
    """A tie to another annotation."""

    type = SelectField("Relation", validate_choice=False)
    to = SelectField("Other annotation", validate_choice=False)
