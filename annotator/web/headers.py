"""Headers that every answer carries."""

from __future__ import annotations

from flask import Flask, Response

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)


def register(app: Flask) -> None:
    """Set the security headers after every request."""
    app.after_request(secure)


def secure(response: Response) -> Response:
    """Allow nothing but our own files, never guess a type, tell nobody where the reader came from, keep nothing."""
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    response.vary.add("HX-Request")
    response.headers.setdefault("Cache-Control", "no-store")
    return response
