"""The migration to the whole record keeps what was written before it."""

from __future__ import annotations

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import text

from annotator.cli import migrating
from annotator.extensions import db
from annotator.queries import records
from tests import builders
from tests.cast import Cast

SAID = "SELECT url, description, title, locator FROM evidence ORDER BY id"


@pytest.fixture
def before(cast: Cast) -> str:
    """A database as it was before, with a claim that has two notes. Returns the claim's uuid."""
    article = builders.make_article(cast.ada)
    claim = builders.make_annotation(cast.ada, article, "4.2 million crowns")
    same = builders.Piece(url="https://example.org/ledger", title="Ledger", source_type="primary")
    other = builders.Piece(description="The clerk’s own copy")
    builders.make_note(cast.ada, claim, verdict="accurate", evidence=(same, other))
    builders.make_note(cast.ben, claim, body="So do I.", evidence=(same,))
    uuid = claim.uuid
    db.session.remove()
    command.downgrade(migrating.config(), "0004")
    return uuid


def rows(order: str) -> list[tuple[object, ...]]:
    """What the database answers."""
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(order))]


def test_evidence_gets_its_sources(before: str, app: Flask) -> None:
    said = rows(SAID)
    command.upgrade(migrating.config(), "head")
    assert rows(SAID) == said
    first, second = records.record(before).notes
    ledger, clerk = first.evidence
    assert second.evidence[0].source == ledger.source != clerk.source
    assert sorted(rows("SELECT label FROM sources")) == [("Ledger",), ("The clerk’s own copy",)]


def test_verdicts_stand_as_they_did(before: str, app: Flask) -> None:
    command.upgrade(migrating.config(), "head")
    found = records.record(before)
    assert (found.state, found.readers, found.fields) == ("checked", 1, {})
    assert found.verdict is not None
    assert [note.verdict_order is None for note in found.notes] == [False, True]


def test_history_is_still_guarded(before: str, app: Flask) -> None:
    command.upgrade(migrating.config(), "head")
    with pytest.raises(Exception, match="events are append-only"), db.engine.begin() as connection:
        connection.execute(text("DELETE FROM events"))
