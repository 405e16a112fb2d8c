"""Alembic, apart from everything else: loading it takes a third of a start, and most starts need none of it."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from flask import current_app
from flask_migrate import Migrate

from annotator.db import MIGRATIONS
from annotator.extensions import db


def upgrade() -> None:
    """Bring the database to the newest revision, all of it or nothing."""
    command.upgrade(config(), "head")


def config() -> Config:
    """Alembic's settings for the current application."""
    made: Config = Migrate(current_app, db, str(MIGRATIONS), render_as_batch=True).get_config()
    return made
