"""People as forms: an invitation, another role."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import SelectField

ROLE_LABELS = {"reviewer": "Reviewer", "lead": "Lead", "admin": "Admin"}


class RoleForm(FlaskForm):
    """A role, among those that may be given."""

    role = SelectField("Role", choices=ROLE_LABELS, validate_choice=False)
