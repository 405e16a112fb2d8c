"""The inbox: what concerns me, and leads to the words."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, redirect, render_template, request, url_for

from annotator.access import READ
from annotator.db import unit_of_work
from annotator.errors import NotFound
from annotator.queries import inbox as query
from annotator.services import notices
from annotator.web.addresses import asked
from annotator.web.forms import row_version
from annotator.web.whoami import current, me, signed_in

pages = Blueprint("inbox", __name__)

SIZE = 50


def register(app: Flask) -> None:
    """Let the site bar say how much is unread; asked only where a page shows it."""
    app.context_processor(lambda: {"unread_notices": unread})


def unread() -> int:
    """How much the person who is asking has not read yet."""
    actor = current()
    return query.unread_count(actor.id) if actor else 0


@pages.get("/inbox")
@signed_in(READ)
def show() -> str:
    """What concerns me, newest first."""
    entries = query.entries(me().id, asked("below", 0) or None, SIZE + 1)
    below = entries[SIZE - 1].id if len(entries) > SIZE else None
    newest = entries[0].id if entries else 0
    return render_template("inbox/page.html", entries=entries[:SIZE], below=below, newest=newest)


@pages.get("/inbox/<int:notice_id>")
@signed_in(READ)
def follow(notice_id: int) -> Response:
    """To the words that a line is about; who goes there has read it."""
    found = query.entry(me().id, notice_id)
    if found is None:
        raise NotFound("There is no such line in your inbox.")
    if not found.read:
        with unit_of_work():
            notices.mark_one_read(me(), notice_id)
    return redirect(request.script_root + found.where)  # type: ignore[return-value]


@pages.post("/inbox/read")
@signed_in(READ)
def read() -> Response:
    """I have read everything up to the line that was the newest when the page was made."""
    with unit_of_work():
        notices.mark_read(me(), row_version(request.form.get("newest")) or 0)
    return redirect(url_for("inbox.show"))  # type: ignore[return-value]
