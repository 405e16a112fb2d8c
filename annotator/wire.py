"""JSON from outside, read strictly: what cannot be read is Malformed, what has the wrong shape is Invalid by field."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from annotator.errors import Invalid, Malformed
from annotator.text.codepoints import storable

DEPTH = 20
LARGEST = 2**31 - 1


def read_object(data: bytes) -> dict[str, Any]:
    """A JSON object from UTF-8 bytes. Malformed for anything else: other types, NaN, repeated keys, deep nesting."""
    try:
        value = json.loads(data.decode("utf-8"), parse_constant=_no_constant, object_pairs_hook=_no_repeats)
    except UnicodeDecodeError as error:
        raise Malformed(f"The body is not UTF-8 (byte {error.start}).") from None
    except RecursionError:
        raise Malformed("The JSON is nested too deeply.") from None
    except ValueError as error:
        raise Malformed(f"The body is not valid JSON: {error}.") from None
    if not isinstance(value, dict):
        raise Malformed("The body must be a JSON object.")
    _shallow(value, DEPTH)
    return value


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands in it twice")
    return found


def _shallow(value: Any, left: int) -> None:
    if left < 0:
        raise Malformed("The JSON is nested too deeply.")
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for child in children:
        _shallow(child, left - 1)


def only(body: Mapping[str, Any], names: Iterable[str]) -> None:
    """Refuse fields nobody reads, so that a misspelt name is not lost in silence."""
    unknown = sorted(set(body) - set(names))
    if unknown:
        raise Invalid({name[:80]: f"There is no field {name[:80]!r} here." for name in unknown[:20]})


def text(body: Mapping[str, Any], name: str, default: str | None = None) -> str:
    """A string field, storable as it is. Without a default it is required."""
    value = body.get(name)
    if value is None:
        if default is None:
            raise Invalid({name: f"{name} is missing."})
        return default
    if not isinstance(value, str):
        raise Invalid({name: f"{name} must be a string."})
    return storable(value, name)


def whole(body: Mapping[str, Any], name: str) -> int:
    """A required whole number; true, 1.0 and numbers beyond 2^31 are refused."""
    value = body.get(name)
    if value is None:
        raise Invalid({name: f"{name} is missing."})
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > LARGEST:
        raise Invalid({name: f"{name} must be a whole number."})
    return value
