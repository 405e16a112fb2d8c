"""Numbers in addresses and queries: only those that a row of the database can have."""

from __future__ import annotations

from typing import Any

from flask import Flask, request
from werkzeug.routing import IntegerConverter, Map

from annotator.wire import LARGEST


class RowNumber(IntegerConverter):
    """A whole number up to 2^31 - 1. A larger one is no address at all: 404 instead of an overflow in the database."""

    def __init__(self, map: Map, *args: Any, **options: Any) -> None:
        super().__init__(map, *args, **({"max": LARGEST} | options))


def register(app: Flask) -> None:
    """Read every `<int:…>` this way. Must come before the routes."""
    app.url_map.converters["int"] = RowNumber


def asked(name: str, default: int) -> int:
    """A whole number from the query, brought within what the database can hold; `default` when it is none."""
    return max(-LARGEST, min(LARGEST, request.args.get(name, default, type=int)))
