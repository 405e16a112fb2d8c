"""The application factory: settings, extensions, edges. Nothing happens when this module is imported."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, request
from htmx_flask import Htmx

from annotator import api, cli, config, web
from annotator.api import errors as api_errors
from annotator.db import listen
from annotator.extensions import csrf, db, limiter
from annotator.web import errors as web_errors


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """An application ready to serve. `overrides` replace settings (tests use it)."""
    app = Flask(
        "annotator",
        template_folder=str(config.ROOT / "templates"),
        static_folder=None,
        instance_path=str(config.instance_folder()),
    )
    app.config.update(config.load())
    app.config.update(overrides or {})
    _bind(app)
    web.register(app)
    api.register(app)
    cli.register(app)
    app.register_error_handler(Exception, _answer)
    return app


def _bind(app: Flask) -> None:
    Htmx(app)
    db.init_app(app)
    csrf.init_app(app)
    limiter.init_app(app)
    with app.app_context():
        listen(db.engine)


def _answer(error: Exception) -> Response:
    """Every refusal and failure, in words: JSON beneath /api, whatever is there, and pages elsewhere."""
    edge = api_errors if (request.path + "/").startswith("/api/") else web_errors
    return edge.answer(error)
