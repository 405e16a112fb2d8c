"""My queue: what somebody has to do next."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, url_for

from annotator.access import LEAD, READ
from annotator.queries import inbox
from annotator.queries import queue as query
from annotator.web.whoami import me, signed_in

pages = Blueprint("queue", __name__)

SECTIONS = (
    ("mine", "Mine", "To be checked by you: assigned to you, or begun by you."),
    ("second_reading", "For second reading", "Checked by somebody else, and to be read once more."),
    ("to_settle", "To settle", "The verdicts disagree; say which one stands, and why."),
    ("waiting", "Waiting", "Somebody was asked and has not answered."),
    ("unclaimed", "Unclaimed", "Marked, and nobody has begun."),
)


@pages.get("/")
@signed_in(READ)
def home() -> Response:
    """Where people land: leads on the dashboard, everybody else on their queue."""
    return redirect(url_for("dashboard.show" if me().may(LEAD) else "queue.show"))  # type: ignore[return-value]


@pages.get("/queue")
@signed_in(READ)
def show() -> str:
    """What I have to do next."""
    mentions = inbox.unread(me().id, query.MOST)
    return render_template("queue/page.html", queue=query.queue(me()), sections=SECTIONS, mentions=mentions)
