"""Values as JSON answers."""

from __future__ import annotations

import json
from typing import Any

from flask import Response

from annotator.api.area import PREFIX


def reply(value: Any, status: int = 200, *, row: int | None = None, location: str | None = None) -> Response:
    """The value as UTF-8 JSON. `row` becomes the ETag; `location` is an address beneath /api/v1.

    Half a surrogate pair, which UTF-8 does not hold, goes out as the JSON escape it came in as.
    """
    words = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return raw(words.encode("utf-8", "backslashreplace"), status, row=row, location=location)


def raw(data: bytes, status: int = 200, *, row: int | None = None, location: str | None = None) -> Response:
    """Bytes that are JSON already, as an answer."""
    response = Response(data, status, content_type="application/json")
    response.vary.add("Authorization")
    if row is not None:
        response.set_etag(str(row))
        response.headers["Cache-Control"] = "private, no-cache"
    if location is not None:
        response.headers["Location"] = PREFIX + location
    return response


def nothing() -> Response:
    """Done, and nothing to say about it."""
    return Response(status=204)


def page(items: list[Any], following: str | None) -> Response:
    """One page of a list. `following` is the cursor of the next page, None at the end."""
    return reply({"items": items, "next": following})
