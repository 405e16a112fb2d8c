"""Coming in: the sign-in form, and the form behind a one-time link."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField

USERNAME = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "maxlength": "64"}


class SignInForm(FlaskForm):
    """Who, and the password. `next` is where to go then."""

    next = HiddenField()
    username = StringField("Username", render_kw=USERNAME)
    password = PasswordField("Password", render_kw={"autocomplete": "current-password"})


class JoinForm(FlaskForm):
    """A new person: what others call them, how they sign in."""

    name = StringField("Your name", render_kw={"autocomplete": "name", "maxlength": "120"})
    username = StringField("Username", render_kw=USERNAME)
    password = PasswordField("Password", render_kw={"autocomplete": "new-password"})


class ResetForm(FlaskForm):
    """Another password for somebody who is known already."""

    password = PasswordField("Password", render_kw={"autocomplete": "new-password"})
