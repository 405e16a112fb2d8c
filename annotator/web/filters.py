"""What every template may use: the words of the desk."""

from __future__ import annotations

from flask import Flask

from annotator.vocabulary import KINDS, METHODS, PARTY_LABELS, SOURCE_TYPES, STATES, VERDICTS

WORDS = {
    "KINDS": KINDS,
    "METHODS": METHODS,
    "PARTY_LABELS": PARTY_LABELS,
    "SOURCE_TYPES": SOURCE_TYPES,
    "STATES": STATES,
    "VERDICTS": VERDICTS,
}


def register(app: Flask) -> None:
    """Add the vocabulary, and let template tags leave no blank lines."""
    app.jinja_env.globals.update(WORDS)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
