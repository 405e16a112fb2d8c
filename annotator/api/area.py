"""What every part of the API is made from: an address beneath /api/v1, JSON or nothing as an answer."""

from __future__ import annotations

from flask import Blueprint, Response
from werkzeug.routing import IntegerConverter

from annotator.extensions import csrf

PREFIX = "/api/v1"
ARTICLE = "/articles/<row:article_id>"
VERSION = f"{ARTICLE}/versions/<row:number>"
ANNOTATION = "/annotations/<uuid:key>"
NOTE = "/notes/<uuid:key>"


class Row(IntegerConverter):
    """A number of a row in an address. Longer ones, which no database column holds, lead nowhere."""

    regex = "[0-9]{1,9}"


def area(name: str, module: str) -> Blueprint:
    """A blueprint for one noun. The forms' CSRF check does not apply: `whoami` makes its own."""
    made = Blueprint(f"api_{name}", module, url_prefix=PREFIX)
    made.after_request(bare_when_empty)
    csrf.exempt(made)
    return made


def bare_when_empty(response: Response) -> Response:
    """An answer without a body has no type."""
    if not response.direct_passthrough and not response.data:
        response.headers.pop("Content-Type", None)
    return response
