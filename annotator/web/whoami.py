"""Who is asking: the signed-in person of this request, from their session row."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import quote

from flask import Flask, Response, g, redirect, request, session, url_for

from annotator.access import Actor, allow
from annotator.errors import NotSignedIn
from annotator.services import sessions

View = TypeVar("View", bound=Callable[..., Any])


def register(app: Flask) -> None:
    """Give templates `me`, the person who is asking, or None."""
    app.context_processor(lambda: {"me": current()})


def current() -> Actor | None:
    """The signed-in person, looked up once a request."""
    if "actor" not in g:
        g.actor = sessions.actor_of(session.get("sid"))
    return g.actor


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
    back = quote(request.full_path.rstrip("?")) if request.method == "GET" else ""
    return redirect(url_for("signing.sign_in", next=back or None))  # type: ignore[return-value]
