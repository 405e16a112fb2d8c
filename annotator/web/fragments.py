"""Answers in pieces: what htmx asks for, and what it gets. The only module that knows htmx-flask.

htmx-flask 0.1.0 was written for htmx 1: it does not know the headers that htmx 4 renamed, and refuses swap styles it
has not heard of (docs/decisions/0004-htmx.md). So its request flag is used, and `HX-Reswap` is set here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import Response, make_response
from htmx_flask import make_response as htmx_response
from htmx_flask import request
from markupsafe import Markup, escape


def wanted() -> bool:
    """Whether the browser asks for a fragment rather than a page."""
    return bool(request.htmx) and not request.htmx.boosted


@dataclass(frozen=True, slots=True)
class Partial:
    """One piece of an answer: where it goes (a CSS selector) and how (`outerHTML`, `beforeend`, `delete`)."""

    target: str
    html: Markup
    swap: str = "outerHTML"

    def __html__(self) -> str:
        target, swap = escape(self.target), escape(self.swap)
        return f'<hx-partial hx-target="{target}" hx-swap="{swap}">{self.html}</hx-partial>'


def answer(
    pieces: Iterable[Partial],
    *,
    main: str | Markup = "",
    status: int = 200,
    headers: dict[str, Any] | None = None,
    trigger: dict[str, Any] | None = None,
) -> Response:
    """One answer made of a main fragment and partials, with headers and an event for the page's script."""
    body = Markup(main) + Markup("").join(Markup(piece.__html__()) for piece in pieces)
    response: Response = make_response(body, status) if trigger is None else _with_trigger(body, status, trigger)
    for name, value in (headers or {}).items():
        response.headers[name] = str(value)
    return response


def _with_trigger(body: Markup, status: int, trigger: dict[str, Any]) -> Response:
    response: Response = htmx_response(body, trigger=json.dumps(trigger))
    response.status_code = status
    return response
