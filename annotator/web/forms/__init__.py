"""The shape of what pages send: one file a noun. Shape only; the truth is the services'."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import Field, FieldList

from annotator.errors import Invalid


def row_version(typed: str | None) -> int | None:
    """The row version a form carries, or None when it is no number that a row could have."""
    given = typed or ""
    return int(given) if given.isdecimal() and len(given) < 10 else None


def show_refusal(form: FlaskForm, refusal: Invalid, names: dict[str, str] | None = None) -> None:
    """Put each sentence of a refusal at the field it names (`names` maps the service's names to the form's).

    A sentence for a field the form does not have, or for a list of fields, goes to the form as a whole.
    """
    for name, sentence in refusal.fields.items():
        field = _find(form, (names or {}).get(name, name))
        if field is None or isinstance(field, FieldList):
            form.form_errors.append(sentence)
        else:
            field.errors = [*field.errors, sentence]


def _find(form: FlaskForm, name: str) -> Field | None:
    found = form
    for part in name.split("."):
        try:
            found = found[int(part)] if part.isdigit() else found[part]
        except (KeyError, IndexError, TypeError):
            return None
    return found if isinstance(found, Field) else None
