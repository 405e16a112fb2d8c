"""One's own account as forms: the name, the password, a new token."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import PasswordField, SelectMultipleField, StringField
from wtforms.widgets import CheckboxInput, ListWidget

from annotator.services.tokens import scopes_for

SCOPE_LABELS = {
    "read": "Read articles and checks",
    "annotate": "Import, mark and verify",
    "manage": "Manage people",
}


class NameForm(FlaskForm):
    """The name others see."""

    name = StringField("Your name", render_kw={"autocomplete": "name", "maxlength": "120"})


class PasswordForm(FlaskForm):
    """Another password, proved by the present one."""

    current = PasswordField("Current password", render_kw={"autocomplete": "current-password"})
    new = PasswordField("New password", render_kw={"autocomplete": "new-password"})


class TokenForm(FlaskForm):
    """A new API token."""

    name = StringField("What it is for", render_kw={"autocomplete": "off", "maxlength": "120"})
    scopes = SelectMultipleField(
        "It may", widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(), validate_choice=False
    )
    days = StringField("Days until it expires", render_kw={"autocomplete": "off", "inputmode": "numeric"})

    def for_role(self, role: str) -> TokenForm:
        """The same form with the scopes that somebody in this role may give."""
        self.scopes.choices = {scope: SCOPE_LABELS[scope] for scope in scopes_for(role)}
        return self

    def lifetime(self) -> int | None:
        """The days as a number: None when left empty, 0 (which the service refuses) when it is no number."""
        typed = (self.days.data or "").strip()
        return (int(typed) if typed.isdecimal() and len(typed) < 6 else 0) if typed else None
