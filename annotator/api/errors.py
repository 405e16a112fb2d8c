"""Refusals and failures in the one shape of the API: `{"error": {"code", "message", "fields"?, "current"?}}`."""

from __future__ import annotations

import logging
from typing import Any

from flask import Response
from sqlalchemy.exc import IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException

from annotator.api.replies import reply
from annotator.errors import DomainError, NotSignedIn
from annotator.extensions import db

CODES = {
    400: "bad_request",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "unsupported_media_type",
    429: "too_many_requests",
}
SENTENCES = {
    404: "There is nothing at this address. /api/v1/openapi.json lists those there are.",
    405: "This address does not take that method; the Allow header names those it takes.",
    413: "The body is larger than this desk takes in one request (ANNOTATOR_MAX_UPLOAD_MB).",
    429: "That was tried too often. Wait, then try again.",
}
PASSED_ON = ("Allow", "Retry-After")
BUSY = "The database is busy or cannot be written just now. Nothing was changed; send the request again."
CROSSED = "Somebody else saved the same thing at this moment. Nothing was changed; send the request again."
BROKEN = "Something went wrong here, not with the request. What was saved before is safe."


def answer(error: Exception) -> Response:
    """Any exception as an answer."""
    if isinstance(error, DomainError):
        return on_refusal(error)
    if isinstance(error, HTTPException):
        return on_http(error)
    db.session.rollback()
    if isinstance(error, IntegrityError):
        return say(409, "conflict", CROSSED)
    if isinstance(error, OperationalError):
        return on_database(error)
    logging.getLogger("annotator").exception("unhandled", exc_info=error)
    return say(500, "failed", BROKEN)


def on_refusal(error: DomainError) -> Response:
    """A refusal of the domain, with the fields it names and what is stored now."""
    response = say(error.status, error.code, error.message, error.fields, error.current)
    if isinstance(error, NotSignedIn):
        response.headers["WWW-Authenticate"] = 'Bearer realm="Annotator"'
    return response


def on_http(error: HTTPException) -> Response:
    """What Flask and Werkzeug refuse themselves."""
    if error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    sentence = SENTENCES.get(error.code, error.description or "That cannot be done.")
    response = say(error.code, CODES.get(error.code, "refused"), sentence)
    for name, value in error.get_headers():
        if name in PASSED_ON:
            response.headers[name] = value
    return response


def on_database(error: OperationalError) -> Response:
    """A full disk or a lock held elsewhere: nothing is lost, reading goes on."""
    logging.getLogger("annotator").error("database: %s", error.orig)
    response = say(503, "busy", BUSY)
    response.headers["Retry-After"] = "10"
    return response


def say(status: int, code: str, message: str, fields: dict[str, str] | None = None, current: Any = None) -> Response:
    """The error shape; `fields` and `current` are left out when there is nothing in them."""
    told: dict[str, Any] = {"code": code, "message": message}
    if fields:
        told["fields"] = fields
    if current is not None:
        told["current"] = current
    return reply({"error": told}, status)
