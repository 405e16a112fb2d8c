"""What every template may use: the words of the desk."""

from __future__ import annotations

from flask import Flask

from annotator.vocabulary import (
    CHANNELS,
    CORRECTION_STATES,
    KINDS,
    METHODS,
    OUTCOMES,
    PARTY_LABELS,
    SEVERITIES,
    SOURCE_TYPES,
    STANCES,
    STATES,
    TOUCHED,
    UNFINISHED,
    UNSURE,
    VERDICTS,
)

WORDS = {
    "CHANNELS": CHANNELS,
    "CORRECTION_STATES": CORRECTION_STATES,
    "KINDS": KINDS,
    "METHODS": METHODS,
    "OUTCOMES": OUTCOMES,
    "PARTY_LABELS": PARTY_LABELS,
    "SEVERITIES": SEVERITIES,
    "SOURCE_TYPES": SOURCE_TYPES,
    "STANCES": STANCES,
    "STATES": STATES,
    "TOUCHED": TOUCHED,
    "UNFINISHED": UNFINISHED,
    "UNSURE": UNSURE,
    "VERDICTS": VERDICTS,
}


def register(app: Flask) -> None:
    """Add the vocabulary, and let template tags leave no blank lines."""
    app.jinja_env.globals.update(WORDS)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
