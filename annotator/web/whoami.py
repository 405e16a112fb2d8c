"""Who is asking: the signed-in person of this request, from their session row."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, Response, g, redirect, request, session, url_for
from sqlalchemy.exc import OperationalError

from annotator.access import Actor, allow
from annotator.db import unit_of_work
from annotator.errors import NotSignedIn
from annotator.services import sessions

View = TypeVar("View", bound=Callable[..., Any])

UNATTENDED = ("assets.show", "review.changed")


def register(app: Flask) -> None:
    """Give templates `me`, the person who is asking, or None; and note that their session is in use."""
    app.before_request(note_seen)
    app.context_processor(lambda: {"me": current()})


def note_seen() -> None:
    """Keep the session from idling out. An open page that only asks for news is nobody at work.

    When the database cannot be written, reading goes on.
    """
    if request.endpoint in UNATTENDED:
        return
    found = visit()
    if found is None or not found.due:
        return
    try:
        with unit_of_work():
            sessions.mark_seen(found.session_id)
    except OperationalError as error:
        logging.getLogger("annotator").warning("cannot note that a session is in use: %s", error.orig)


def visit() -> sessions.Visit | None:
    """The living session of this request, looked up once."""
    if "visit" not in g:
        g.visit = sessions.visit_of(session.get("sid"))
    found: sessions.Visit | None = g.visit
    return found


def current() -> Actor | None:
    """The signed-in person, or None."""
    found = visit()
    return found.actor if found else None


def me() -> Actor:
    """The signed-in person. Raises NotSignedIn."""
    actor = current()
    if actor is None:
        raise NotSignedIn("Sign in to go on.")
    return actor


def signed_in(permission: str) -> Callable[[View], View]:
    """Only for people who are signed in and may do this; others are sent to the sign-in page, or refused."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            allow(me(), permission)
            return view(*args, **kwargs)

        return guarded  # type: ignore[return-value]

    return wrap


def to_sign_in() -> Response:
    """Send the browser to the sign-in page, to come back here when it was only reading."""
    back = request.full_path.rstrip("?") if request.method == "GET" else "/"
    return redirect(url_for("signing.sign_in", next=None if back == "/" else back))  # type: ignore[return-value]
