"""The query string: limits, cursors, filters. A parameter nobody reads is refused, so that a misspelt one is noticed.

A cursor is opaque to whoever passes it on. It holds the place of the last row of a page in the order of its list, so a
list can be walked while rows are added or deleted: nothing is seen twice, nothing that was there is skipped.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable

from flask import request

from annotator.errors import Invalid
from annotator.wire import LARGEST

LIMIT, MOST = 50, 200


def only(*names: str) -> None:
    """Refuse parameters other than these, and those that are sent twice."""
    wrong = {name[:80]: f"There is no parameter {name[:80]!r} here." for name in request.args if name not in names}
    wrong |= {name: f"Send {name} once." for name in names if len(request.args.getlist(name)) > 1}
    if wrong:
        raise Invalid(wrong)


def limit() -> int:
    """How many rows a page shall have."""
    return whole("limit", LIMIT, 1, MOST)


def whole(name: str, default: int, low: int = 0, high: int = LARGEST) -> int:
    """A whole number, `default` when it was not sent. Raises Invalid."""
    given = request.args.get(name)
    if given is None:
        return default
    if not re.fullmatch(r"[0-9]{1,10}", given) or not low <= int(given) <= high:
        raise Invalid({name: f"{name} must be a whole number from {low} to {high}."})
    return int(given)


def choice(name: str, values: Iterable[str], default: str | None = None) -> str | None:
    """One of these values, `default` when it was not sent. Raises Invalid."""
    given = request.args.get(name)
    if given is None:
        return default
    if given not in values:
        raise Invalid({name: f"{name} must be one of {', '.join(values)}."})
    return given


def cursor(length: int) -> tuple[int, ...] | None:
    """The place that the cursor holds, in `length` whole numbers; None at the beginning. Raises Invalid."""
    given = request.args.get("cursor")
    return None if given is None else decoded(given, length)


def encoded(place: Iterable[int]) -> str:
    """A place as a cursor."""
    return base64.urlsafe_b64encode(json.dumps(list(place)).encode()).decode().rstrip("=")


def decoded(given: str, length: int) -> tuple[int, ...]:
    """The place in a cursor that `encoded` made. Raises Invalid on `cursor` for anything else."""
    try:
        value = json.loads(base64.b64decode(given + "=" * (-len(given) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        value = None
    if not isinstance(value, list) or len(value) != length or not all(_counts(part) for part in value):
        raise Invalid({"cursor": "Send the cursor exactly as `next` gave it, or leave it away to begin."})
    return tuple(value)


def _counts(part: object) -> bool:
    return type(part) is int and 0 <= part <= LARGEST
