"""What nobody may read later: passwords, keys and token secrets, in history, in logs, in the database."""

from __future__ import annotations

import json
import logging
import re

import pytest
from sqlalchemy import select, text

from annotator.extensions import db
from annotator.models import Event
from tests.cast import PASSWORD, Cast, csrf_token
from tests.support.pages import StrictClient

NEW = "nine loud geese march"
TABLES = ("users", "sessions", "one_time_links", "api_tokens", "events")


def test_no_secret_is_kept(cast: Cast, ada: StrictClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    secrets = [PASSWORD, NEW, *_live_a_little(ada)]
    with ada.session_transaction() as cookie:
        secrets.append(cookie["sid"])
    kept = "".join(str(db.session.execute(text(f"SELECT * FROM {table}")).all()) for table in TABLES)
    told = json.dumps([[event.before, event.after] for event in db.session.scalars(select(Event))])
    assert len(secrets) == 6
    assert [secret for secret in secrets if secret in kept + told + caplog.text] == []
    assert "sign-in refused for 'ada'" in caplog.text


def _live_a_little(ada: StrictClient) -> list[str]:
    """Do everything that has to do with a secret; returns those that were shown."""
    shown = [
        ada.submit("/people/invitations", {"role": "lead"}).text,
        ada.submit("/people/ben/reset-link").text,
        ada.submit("/account/tokens", {"name": "Export", "scopes": ["read"], "days": ""}).text,
    ]
    ada.submit("/account/password", {"current": PASSWORD, "new": NEW})
    ada.token = csrf_token(ada)
    ada.submit("/sign-out")
    ada.token = csrf_token(ada)
    ada.submit("/sign-in", {"username": "ada", "password": PASSWORD})
    ada.submit("/sign-in", {"username": "ada", "password": NEW})
    pattern = r">(?:http\S+/setup/)?((?:ann_)?[\w-]{43})</textarea>"
    return [found for page in shown for found in re.findall(pattern, page)]
