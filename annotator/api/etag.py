"""Entity tags: the row version in quotation marks, so that nobody's change is overwritten unseen."""

from __future__ import annotations

from flask import Response, request

from annotator.api.replies import nothing
from annotator.errors import PreconditionRequired, Stale

UNSEEN = 'Send the ETag you last saw as `If-Match`, or `If-Match: *` for "whatever is there".'
OVERTAKEN = "Somebody else has changed this since you read it. Nothing of yours was saved."


def require() -> None:
    """Raise PreconditionRequired when a change does not say which state it was made on."""
    if not request.headers.get("If-Match", "").strip():
        raise PreconditionRequired(UNSEEN)


def check(row: int) -> None:
    """Raise Stale unless `If-Match` names this row version, among others perhaps. A weak tag never matches."""
    if not request.if_match.contains(str(row)):
        raise Stale(OVERTAKEN)


def check_if_sent(row: int) -> None:
    """The same, but without `If-Match` it is taken as it is."""
    if request.if_match:
        check(row)


def unless_known(response: Response) -> Response:
    """The answer, or 304 when the client has it already."""
    tag, _ = response.get_etag()
    if tag is None or not request.if_none_match.contains_weak(tag):
        return response
    empty = nothing()
    empty.status_code = 304
    for name in ("ETag", "Cache-Control", "Vary"):
        empty.headers[name] = response.headers[name]
    return empty
