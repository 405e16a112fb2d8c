"""`/healthz`: whether the desk can do its work, for whoever watches over it. Public, and cheap."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response, jsonify
from sqlalchemy.exc import OperationalError

from annotator import __version__
from annotator.queries.health import health

pages = Blueprint("health", __name__)


@pages.get("/healthz")
def healthz() -> tuple[Response, int]:
    """200 with the release and how the database is kept, or 503 when the database does not answer."""
    try:
        database = {name: value for name, value in asdict(health()).items() if value is not None}
    except OperationalError:
        return jsonify(status="unavailable", version=__version__), 503
    return jsonify(status="ok", version=__version__, database=database), 200
