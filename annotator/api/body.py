"""The body of a request: JSON, read strictly, with no field that nobody reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import request

from annotator import wire
from annotator.errors import Invalid, UnsupportedType


def read(*names: str) -> dict[str, Any]:
    """The JSON object sent, which may have these fields only. UnsupportedType, Malformed, Invalid."""
    if request.mimetype != "application/json":
        raise UnsupportedType("Send JSON with the header `Content-Type: application/json`.")
    body = wire.read_object(request.get_data())
    wire.only(body, names)
    return body


def read_if_any(*names: str) -> dict[str, Any]:
    """As `read`, but no body at all is an empty object."""
    return read(*names) if request.content_type or request.get_data() else {}


def inner(body: dict[str, Any], name: str, *names: str) -> dict[str, Any]:
    """An object inside the body, which may have these fields only. Missing or null is empty. Raises Invalid."""
    value = body.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Invalid({name: f"{name} must be an object."})
    with beneath(name):
        wire.only(value, names)
    return value


@contextmanager
def beneath(place: str) -> Iterator[None]:
    """Name refused fields by their whole path: `url` beneath `evidence.0` is `evidence.0.url`."""
    try:
        yield
    except Invalid as refusal:
        raise Invalid({f"{place}.{name}": sentence for name, sentence in refusal.fields.items()}) from None


@contextmanager
def called(**names: str) -> Iterator[None]:
    """Name refused fields as the API calls them: `called(denies="to")`."""
    try:
        yield
    except Invalid as refusal:
        raise Invalid({names.get(name, name): sentence for name, sentence in refusal.fields.items()}) from None
