"""The dashboard for leads."""

from __future__ import annotations

from flask import Blueprint, render_template

from annotator.access import LEAD
from annotator.queries.dashboard import dashboard
from annotator.web.whoami import signed_in

pages = Blueprint("dashboard", __name__)


@pages.get("/dashboard")
@signed_in(LEAD)
def show() -> str:
    """Counts per article and per reviewer."""
    return render_template("dashboard/page.html", board=dashboard())
