"""Refusals as pages and fragments."""

from __future__ import annotations

import logging

from flask import Response, current_app, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException

from annotator.errors import DomainError, NotSignedIn
from annotator.extensions import db
from annotator.web import fragments
from annotator.web.whoami import to_sign_in

SENTENCES = {
    404: "There is no such page.",
    405: "This address does not take that kind of request.",
    413: "That is more than {limit} MB, the most this desk takes in one go. Choose a smaller file, or paste the text.",
    415: "This address does not read that type of content.",
    429: "That was tried too often. Wait a minute, then try again.",
}
OPEN_TOO_LONG = "This page was open too long. Go back, reload it and try again; what you typed is still there."
BUSY = "The database is busy or cannot be written just now. Nothing was changed; try again in a moment."
CROSSED = "Somebody else saved the same thing at this very moment. Nothing was changed; try again."
BROKEN = "Something went wrong here, not with you. What was saved before is safe."


def answer(error: Exception) -> Response:
    """Any exception as a page or a fragment."""
    if isinstance(error, DomainError):
        return on_refusal(error)
    if isinstance(error, CSRFError):
        return on_csrf(error)
    if isinstance(error, HTTPException):
        return on_http(error)
    db.session.rollback()
    if isinstance(error, IntegrityError):
        return say(CROSSED, 409)
    return on_database(error) if isinstance(error, OperationalError) else on_failure(error)


def on_refusal(error: DomainError) -> Response:
    """A domain error: the sign-in page, a fragment or a page."""
    if isinstance(error, NotSignedIn) and not fragments.wanted():
        return to_sign_in()
    return say(error.message, error.status)


def on_csrf(error: CSRFError) -> Response:
    """A form without a valid token."""
    return say(OPEN_TOO_LONG, 400)


def on_http(error: HTTPException) -> Response:
    """What Flask and Werkzeug refuse themselves."""
    if error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    sentence = SENTENCES.get(error.code, error.description or "That cannot be done.")
    answer = say(sentence.replace("{limit}", str(current_app.config["MAX_UPLOAD_MB"])), error.code)
    if retry := getattr(error, "retry_after", None):
        answer.headers["Retry-After"] = str(retry)
    return answer


def on_database(error: OperationalError) -> Response:
    """A full disk or a lock held elsewhere: nothing is lost, reading goes on."""
    logging.getLogger("annotator").error("database: %s", error.orig)
    answer = say(BUSY, 503)
    answer.headers["Retry-After"] = "10"
    return answer


def on_failure(error: Exception) -> Response:
    """A fault of ours."""
    logging.getLogger("annotator").exception("unhandled", exc_info=error)
    return say(BROKEN, 500)


def say(sentence: str, status: int) -> Response:
    """The sentence, as a fragment for the script or as a page. Programs get the API's own shape (`api/errors.py`)."""
    if fragments.wanted():
        return make_response(render_template("errors/_refusal.html", sentence=sentence), status)
    page = render_template("errors/page.html", sentence=sentence, status=status, path=request.path)
    return make_response(page, status)
