"""What every template may use: dates, verdicts, and addresses of static files that change with their content."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, current_app

from annotator.vocabulary import KINDS, METHODS, PARTY_LABELS, SOURCE_TYPES, STATES, VERDICTS


def register(app: Flask) -> None:
    """Add the vocabulary and the versioned static addresses."""
    app.jinja_env.globals.update(
        KINDS=KINDS, STATES=STATES, VERDICTS=VERDICTS, METHODS=METHODS, SOURCE_TYPES=SOURCE_TYPES,
        PARTY_LABELS=PARTY_LABELS,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.url_defaults(versioned)


def versioned(endpoint: str, values: dict[str, Any]) -> None:
    """Give a static file's address a mark of its content, so that a browser may keep it for good."""
    if endpoint == "static" and "v" not in values:
        path = Path(current_app.static_folder or "") / values["filename"]
        if path.is_file():
            values["v"] = _mark(path, path.stat().st_mtime_ns if current_app.debug else 0)


@cache
def _mark(path: Path, changed: int) -> str:
    return sha256(path.read_bytes()).hexdigest()[:12]
