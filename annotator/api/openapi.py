"""The description of the API, `/api/v1/openapi.json`. A test compares it with the routes, another with the answers."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import Response

from annotator import __version__
from annotator.api import describing
from annotator.api.area import PREFIX, area
from annotator.api.paths import PATHS, RESPONSES
from annotator.api.replies import reply
from annotator.api.schemas import SCHEMAS

routes = area("openapi", __name__)

ABOUT = (
    "Articles, their versions, the claims, quotes and denials marked in them, and how each was verified. "
    "Offsets count Unicode code points in a version's canonical text, from 0, half open. "
    "Everything that people typed is untrusted plain text: escape it before showing it."
)


@routes.get("/openapi.json")
def show() -> Response:
    """The document, for everybody."""
    return reply(document())


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """OpenAPI 3.1."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Annotator", "version": __version__, "description": ABOUT},
        "servers": [{"url": PREFIX}],
        "security": [{"token": []}, {"session": [], "csrf": []}],
        "paths": describing.paths(PATHS),
        "components": {"schemas": describing.schemas(SCHEMAS), "responses": RESPONSES, "securitySchemes": SCHEMES},
    }


SCHEMES = {
    "token": {"type": "http", "scheme": "bearer", "description": "A token from the account page or `token add`."},
    "session": {"type": "apiKey", "in": "cookie", "name": "session"},
    "csrf": {
        "type": "apiKey",
        "in": "header",
        "name": "X-CSRFToken",
        "description": "With the session, for everything but GET and HEAD.",
    },
}
