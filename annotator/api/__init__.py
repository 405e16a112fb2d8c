"""JSON under /api/v1. An edge loads with permission, validates, calls one verb and presents."""

from flask import Flask


def register(app: Flask) -> None:
    """Add the API to the application."""
