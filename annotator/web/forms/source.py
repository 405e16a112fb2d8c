"""Withdrawing a source as a form."""

from __future__ import annotations

from wtforms import TextAreaField

from annotator.web.forms.annotation import RowForm


class WithdrawalForm(RowForm):
    """Why a source is no good."""

    reason = TextAreaField("Reason")
