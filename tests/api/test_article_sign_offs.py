"""Signing off a whole article through the API: who may, what is missing, and when it falls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotator.db import unit_of_work
from annotator.exports import native
from annotator.models import Article
from annotator.queries.articles import snapshot_of
from annotator.services import loading, undoing
from tests.api.program import Program, refused, told
from tests.builders import TEXT, make_article, next_draft
from tests.cast import Cast

Mark = Callable[..., dict[str, Any]]
SENTENCES = 4


@pytest.fixture
def path(article: Article) -> str:
    """The address of the article's sign-off."""
    return f"/articles/{article.id}/sign-off"


@pytest.fixture
def read(reviewer: Program, article: Article) -> Callable[..., None]:
    """`read()`: Ben reads the article through; `read(2)` its second version."""

    def through(number: int = 1) -> None:
        for sentence in range(SENTENCES):
            answer = reviewer.put(f"/articles/{article.id}/versions/{number}/sentences/{sentence}/clear")
            assert answer.status_code in (200, 201)

    return through


def test_from_unread_to_signed_off(lead: Program, article: Article, path: str, read: Callable[..., None]) -> None:
    before = told(lead.get(f"/articles/{article.id}"))
    assert (before["signed_off"], before["coverage"]["unread"]) == (None, SENTENCES)
    read()
    text = before["version"]["sha256"]
    response = lead.post(path, {"remark": "Read it.", "sha256": text})
    made = told(response, 201)
    assert response.headers["Location"] == f"/api/v1{path}"
    signed = {"by": "ada", "at": made["at"], "version": 1, "sha256": text, "remark": "Read it."}
    assert signed.items() <= made.items()
    assert told(lead.post(path)) == made
    now = told(lead.get(f"/articles/{article.id}"))
    assert now["signed_off"] == signed
    assert now["coverage"] == {"sentences": SENTENCES, "clear": SENTENCES, "covered": 0, "unread": 0}
    assert told(lead.get("/articles"))["items"] == [now]
    assert native.document(snapshot_of(article.id))["sign_offs"] == [made]
    assert lead.delete(path).status_code == 204
    refused(lead.delete(path), 404)
    assert told(lead.get(f"/articles/{article.id}"))["signed_off"] is None
    assert native.document(snapshot_of(article.id))["sign_offs"][0]["fallen_why"] == "Withdrawn by Ada Okafor."


def test_what_is_missing_is_told(
    lead: Program, reviewer: Program, cast: Cast, article: Article, path: str, mark: Mark
) -> None:
    touched = mark(reviewer, "4.2 million crowns")["id"]
    mark(reviewer, "Ingrid Solheim")
    next_draft(cast.ada, article, TEXT.replace("4.2 million", "4.6 million"))
    error = refused(lead.post(path), 409, "coverage", "places")
    assert error["message"] == " ".join(error["fields"].values())
    version = told(lead.get(f"/articles/{article.id}/versions/2"))
    assert error["current"] == {
        "version": 2,
        "sha256": version["sha256"],
        "coverage": {"sentences": SENTENCES, "clear": 0, "covered": 2, "unread": 2},
        "unread": [[at, *version["sentences"][at]] for at in (2, 3)],
        "touched": 1,
        "annotations": [touched],
    }
    assert native.document(snapshot_of(article.id))["sign_offs"] == []


def test_no_more_is_told_than_can_be_read(lead: Program, cast: Cast) -> None:
    long = make_article(cast.ada, text=" ".join(f"This is sentence number {at} of many." for at in range(300)))
    current = refused(lead.post(f"/articles/{long.id}/sign-off"), 409, "coverage")["current"]
    assert (len(current["unread"]), current["coverage"]["unread"]) == (200, 300)
    assert [one[0] for one in current["unread"]] == list(range(200))


def test_the_text_that_was_read_is_named(
    lead: Program, cast: Cast, article: Article, path: str, read: Callable[..., None]
) -> None:
    first = told(lead.get(f"/articles/{article.id}"))["version"]
    next_draft(cast.ada, article, TEXT.replace("4.2 million", "4.6 million"))
    read(2)
    error = refused(lead.post(path, {"sha256": first["sha256"]}), 409, "sha256")
    now = told(lead.get(f"/articles/{article.id}"))["version"]
    assert error["current"] == {"version": 2, "sha256": now["sha256"]}
    told(lead.post(path, {"sha256": now["sha256"]}), 201)


def test_who_may(
    lead: Program,
    reviewer: Program,
    reader: Program,
    cast: Cast,
    article: Article,
    path: str,
    read: Callable[..., None],
) -> None:
    read()
    refused(reviewer.post(path), 403)
    refused(reader.post(path), 403)
    refused(reader.delete(path), 403)
    told(lead.patch(f"/articles/{article.id}", {"lead": "ben"}, If_Match="*"))
    assert told(reviewer.post(path), 201)["by"] == "ben"
    assert "Ben Lindqvist has signed this article off already." in refused(lead.post(path), 409)["message"]
    assert lead.delete(path).status_code == 204


def test_values_that_will_not_do(lead: Program, path: str) -> None:
    refused(lead.post(path, {"remark": 7}), 422, "remark")
    refused(lead.post(path, {"why": "x"}), 422, "why")
    refused(lead.post("/articles/99/sign-off"), 404)
    refused(lead.delete("/articles/99/sign-off"), 404)


def test_it_falls_with_the_next_draft(
    lead: Program, cast: Cast, article: Article, path: str, read: Callable[..., None]
) -> None:
    read()
    made = told(lead.post(path), 201)
    next_draft(cast.ben, article, TEXT.replace("4.2 million", "4.6 million"))
    assert told(lead.get(f"/articles/{article.id}"))["signed_off"] is None
    fallen = native.document(snapshot_of(article.id))["sign_offs"]
    assert [(one["id"], one["fallen_why"]) for one in fallen] == [(made["id"], "Version 2 was added.")]


def test_it_falls_when_a_sentence_is_unread_again(
    lead: Program, reviewer: Program, article: Article, path: str, read: Callable[..., None]
) -> None:
    read()
    told(lead.post(path), 201)
    assert reviewer.delete(f"/articles/{article.id}/versions/1/sentences/0/clear").status_code == 204
    assert told(lead.get(f"/articles/{article.id}"))["signed_off"] is None


def test_undo_does_not_make_it_fall(
    lead: Program, reviewer: Program, cast: Cast, article: Article, path: str, read: Callable[..., None]
) -> None:
    read()
    told(lead.post(path), 201)
    error = refused(reviewer.post(f"/articles/{article.id}/undo"), 409)
    assert error["message"] == "Ada Okafor has signed off the article since; it stays as it is."
    assert told(lead.get(f"/articles/{article.id}"))["signed_off"]["by"] == "ada"
    with unit_of_work():
        undoing.undo(cast.ada, loading.article(cast.ada, article.id))
    assert told(reviewer.post(f"/articles/{article.id}/undo"))["undone"]


def test_queries_do_not_grow(lead: Program, cast: Cast, queries: Callable[[], Any]) -> None:
    """Of the dashboard and of the list, whether the counts are kept already or not."""
    for path in ("/dashboard", "/articles"):
        counts = []
        told(lead.get(path))
        for rows in (2, 9):
            for at in range(rows):
                make_article(cast.ada, title=f"No. {at}")
            for _ in range(2):
                with queries() as sent:
                    rows = told(lead.get(path))["items"]
                assert all(one["coverage"]["unread"] == SENTENCES for one in rows)
                counts.append(len(sent))
        assert counts[:2] == counts[2:]
