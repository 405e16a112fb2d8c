"""Reading an article through: sentences marked clear, and what each version tells of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotator.db import unit_of_work
from annotator.models import Article
from annotator.services import loading, undoing
from tests.api.program import Program, refused, told
from tests.builders import TEXT, next_draft
from tests.cast import Cast

LAST = 3


@pytest.fixture
def version(article: Article) -> str:
    """The address of the article's only version, which has four sentences."""
    return f"/articles/{article.id}/versions/1"


def states(program: Program, version: str) -> list[str]:
    """How each sentence has been read."""
    return [one["state"] for one in told(program.get(version))["states"]]


def test_a_sentence_is_marked_clear_once(reviewer: Program, lead: Program, version: str) -> None:
    response = reviewer.put(f"{version}/sentences/1/clear")
    made = told(response, 201)
    assert response.headers["Location"] == f"/api/v1{version}/sentences/1/clear"
    place = told(reviewer.get(version))["sentences"][1]
    assert (made["version"], made["sentence"], made["by"]) == (1, 1, "ben")
    assert [made["start"], made["end"]] == place
    assert told(lead.put(f"{version}/sentences/1/clear")) == made
    assert told(lead.put(f"{version}/sentences/1/clear", {})) == made
    now = told(lead.get(version))
    assert now["states"][1] == {"state": "clear", "by": "ben", "at": made["at"]}
    assert now["coverage"] == {"sentences": 4, "clear": 1, "covered": 0, "unread": 3}


def test_anybody_takes_it_back(reviewer: Program, lead: Program, version: str) -> None:
    told(reviewer.put(f"{version}/sentences/0/clear"), 201)
    for _ in range(2):
        assert lead.delete(f"{version}/sentences/0/clear").status_code == 204
    assert states(lead, version) == ["unread"] * 4
    told(lead.put(f"{version}/sentences/0/clear"), 201)
    verbs = [line["verb"] for line in told(lead.get("/events"))["items"]]
    assert verbs[1:] == ["sentence.cleared", "sentence.uncleared", "sentence.cleared"]


def test_a_mark_covers_what_it_touches(reviewer: Program, version: str, mark: Callable[..., dict[str, Any]]) -> None:
    told(reviewer.put(f"{version}/sentences/0/clear"), 201)
    made = mark(reviewer, "cranes")
    assert states(reviewer, version) == ["covered", "unread", "unread", "unread"]
    assert told(reviewer.get(version))["states"][0] == {"state": "covered", "by": None, "at": None}
    assert reviewer.delete(f"/annotations/{made['id']}", If_Match="*").status_code == 204
    assert states(reviewer, version)[0] == "clear"


def test_what_is_not_there(reviewer: Program, article: Article, version: str) -> None:
    for path in (
        f"{version}/sentences/4",
        f"/articles/{article.id}/versions/2/sentences/0",
        "/articles/99/versions/1/sentences/0",
    ):
        refused(reviewer.put(f"{path}/clear"), 404)
        refused(reviewer.delete(f"{path}/clear"), 404)
    refused(reviewer.put(f"{version}/sentences/-1/clear"), 404)
    refused(reviewer.get(f"{version}/sentences/0/clear"), 405)
    refused(reviewer.put(f"{version}/sentences/0/clear", {"by": "ada"}), 422, "by")


def test_a_token_for_reading_reads_only(reader: Program, version: str) -> None:
    refused(reader.put(f"{version}/sentences/0/clear"), 403)
    refused(reader.delete(f"{version}/sentences/0/clear"), 403)
    assert states(reader, version) == ["unread"] * 4


def test_only_the_newest_version_is_read(reviewer: Program, cast: Cast, article: Article, version: str) -> None:
    told(reviewer.put(f"{version}/sentences/{LAST}/clear"), 201)
    next_draft(cast.ada, article, TEXT.replace("4.2 million", "4.6 million"))
    for send in (reviewer.put, reviewer.delete):
        error = refused(send(f"{version}/sentences/0/clear"), 409)
        assert error["current"] == {"version": 2}
        assert error["message"] == "Version 2 has come since; read version 2."
    second = f"/articles/{article.id}/versions/2"
    assert states(reviewer, second) == states(reviewer, version) == ["unread", "unread", "unread", "clear"]
    told(reviewer.put(f"{second}/sentences/{LAST}/clear"), 200)
    with unit_of_work():
        undoing.undo(cast.ada, loading.article(cast.ada, article.id))
    error = refused(reviewer.put(f"{second}/sentences/0/clear"), 409)
    assert error["message"] == "Version 2 was taken back; read version 1."
    told(reviewer.put(f"{version}/sentences/0/clear"), 201)


def test_versions_tell_what_was_carried(
    reviewer: Program, cast: Cast, article: Article, version: str, mark: Callable[..., dict[str, Any]]
) -> None:
    mark(reviewer, "4.2 million crowns")
    mark(reviewer, "Ingrid Solheim")
    path = f"/articles/{article.id}/versions"
    changed = {"text": TEXT.replace("4.2 million", "4.6 million"), "change_note": "Figures"}
    carried = told(reviewer.post(path, changed), 201)["carried"]
    mark(reviewer, "Ingrid Solheim", "quote")
    first, second = told(reviewer.get(path))["items"]
    assert (first["carried"], first["change_note"], first["withdrawn"]) == (None, None, False)
    assert (second["carried"], second["change_note"], second["withdrawn"]) == (carried, "Figures", False)
    assert (
        told(reviewer.get(f"{path}/2"))["carried"]
        == carried
        == {"exact": 1, "moved": 0, "changed": 1, "review": 0, "orphan": 0}
    )
    with unit_of_work():
        undoing.undo(cast.ben, loading.article(cast.ben, article.id))
        undoing.undo(cast.ben, loading.article(cast.ben, article.id))
    assert [one["withdrawn"] for one in told(reviewer.get(path))["items"]] == [False, True]
