"""The dashboard for leads."""

from __future__ import annotations

from flask import Response

from annotator.access import LEAD, Actor
from annotator.api import asked, present
from annotator.api.area import area
from annotator.api.replies import reply
from annotator.api.whoami import needs
from annotator.queries.dashboard import dashboard

routes = area("dashboard", __name__)


@routes.get("/dashboard")
@needs(LEAD)
def show(actor: Actor) -> Response:
    """Counts in all, for the articles changed last, and for each reviewer."""
    asked.only()
    return reply(present.dashboard(dashboard()))
