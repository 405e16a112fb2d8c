"""`/healthz`: public, and honest about the database."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import OperationalError

from annotator import __version__
from annotator.web import health as page
from tests.support.pages import StrictClient


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_it_says_how_sqlite_is_kept(client: StrictClient) -> None:
    told = client.get("/healthz").get_json()
    database = told["database"]
    assert (told["status"], told["version"], database["engine"]) == ("ok", __version__, "SQLite")
    assert (database["journal"], database["synchronous"], database["foreign_keys"]) == ("WAL", "FULL", True)
    assert database["version"].startswith("3.")


def test_anybody_may_ask_on_either_engine(client: StrictClient, engine_name: str) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.get_json()["database"]["engine"].lower().startswith(engine_name)


def test_a_database_that_does_not_answer_makes_it_503(client: StrictClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OperationalError("SELECT 1", {}, Exception("the disk is gone"))

    monkeypatch.setattr(page, "health", refuse)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.get_json()["status"]) == (503, "unavailable")
