"""Who is asking: a program by its token, or the page's script by the browser's session."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from flask import Response, request, session
from flask_wtf.csrf import validate_csrf
from sqlalchemy.exc import OperationalError
from wtforms import ValidationError

from annotator.access import Actor, allow
from annotator.db import unit_of_work
from annotator.errors import Forbidden, NotSignedIn
from annotator.services import sessions, tokens

Given = ParamSpec("Given")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def needs(permission: str) -> Callable[[Callable[Concatenate[Actor, Given], Response]], Callable[Given, Response]]:
    """Only for those who may do this; the view gets the actor before its other arguments."""

    def wrap(view: Callable[Concatenate[Actor, Given], Response]) -> Callable[Given, Response]:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Response:
            actor = asking()
            allow(actor, permission)
            return view(actor, *args, **kwargs)

        return guarded

    return wrap


def asking() -> Actor:
    """The person or program that sent this request. Raises NotSignedIn; Forbidden without the CSRF token."""
    given = request.headers.get("Authorization")
    return by_token(given) if given is not None else by_session()


def by_token(given: str) -> Actor:
    """The owner of the token in an Authorization header, within the token's scopes."""
    scheme, _, secret = given.strip().partition(" ")
    use = tokens.use_of(secret.strip()) if scheme.lower() == "bearer" else None
    if use is None:
        raise NotSignedIn("This token does not work. Send `Authorization: Bearer <token>` with a token that does.")
    if use.due:
        note_use(use.token_id)
    return use.actor


def note_use(token_id: int) -> None:
    """Write down that a token was used. When the database cannot be written, reading goes on."""
    try:
        with unit_of_work():
            tokens.mark_used(token_id)
    except OperationalError as error:
        logging.getLogger("annotator").warning("cannot note that a token was used: %s", error.orig)


def by_session() -> Actor:
    """The person whose browser this is. What changes something must carry the page's token as well."""
    actor = sessions.actor_of(session.get("sid"))
    if actor is None:
        raise NotSignedIn("Send `Authorization: Bearer <token>`, or sign in.")
    if request.method not in SAFE:
        _check_csrf()
    return actor


def _check_csrf() -> None:
    try:
        validate_csrf(request.headers.get("X-CSRFToken"))
    except ValidationError:
        raise Forbidden("Send the page's token in the header X-CSRFToken; reload the page for a new one.") from None
