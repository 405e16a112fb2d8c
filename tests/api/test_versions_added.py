"""New drafts through the API."""

from __future__ import annotations

from typing import Any

from annotator.models import Article
from tests.api.conftest import Program, told
from tests.builders import TEXT, make_annotation, text_of
from tests.cast import Cast

SECOND = TEXT.replace("4.2 million", "4.6 million")
NONE = {"exact": 0, "moved": 0, "changed": 0, "review": 0, "orphan": 0}


def test_a_draft_becomes_the_next_version(reviewer: Program, cast: Cast, article: Article) -> None:
    make_annotation(cast.ben, article, "4.2 million crowns")
    make_annotation(cast.ben, article, "Ingrid Solheim")
    path = f"/articles/{article.id}/versions"
    response = reviewer.post(path, {"text": SECOND, "change_note": "Figures"})
    made = told(response, 201)
    assert response.headers["Location"] == f"/api/v1{path}/2"
    assert made["carried"] == NONE | {"exact": 1, "changed": 1}
    newest = told(reviewer.get(f"{path}/2"))
    assert (newest["text"], newest["sha256"], newest["change_note"]) == (text_of(article, 2), made["sha256"], "Figures")
    assert [one["number"] for one in told(reviewer.get(path))["items"]] == [1, 2]
    found = told(reviewer.get(f"/articles/{article.id}/annotations"))["items"]
    assert [one["anchor"]["status"] for one in found] == ["changed", "exact"]
    assert [one["anchor"]["version"] for one in found] == [2, 2]


def test_the_same_text_is_skipped(reviewer: Program, cast: Cast, article: Article) -> None:
    make_annotation(cast.ben, article, "Ingrid Solheim")
    response = reviewer.post(f"/articles/{article.id}/versions", {"text": text_of(article)})
    assert told(response, 200)["number"] == 1
    assert told(response, 200)["carried"] == NONE | {"exact": 1}


def test_what_will_not_do_is_named(reviewer: Program, article: Article) -> None:
    path = f"/articles/{article.id}/versions"
    wanted: list[tuple[dict[str, Any], str]] = [
        ({}, "text"),
        ({"text": " "}, "text"),
        ({"html": "<p></p>"}, "html"),
        ({"text": "x", "change_note": "n" * 1001}, "change_note"),
        ({"text": "x", "title": "y"}, "title"),
    ]
    for sent, field in wanted:
        response = reviewer.post(path, sent)
        assert response.status_code == 422
        assert list(response.get_json()["error"]["fields"]) == [field]
    assert reviewer.post("/articles/99/versions", {"text": "x"}).status_code == 404


def test_an_orphan_has_no_offsets(reviewer: Program, cast: Cast, article: Article) -> None:
    made = make_annotation(cast.ben, article, "“No money has left this house,” a spokesman said.")
    text = text_of(article).replace(" “No money has left this house,” a spokesman said.", "")
    assert told(reviewer.post(f"/articles/{article.id}/versions", {"text": text}), 201)["carried"]["orphan"] == 1
    anchor = told(reviewer.get(f"/annotations/{made.uuid}"))["anchor"]
    assert (anchor["start"], anchor["end"], anchor["status"]) == (None, None, "orphan")
    assert anchor["exact"].startswith("“No money")
    assert anchor["point"] == len(text)


def test_marked_on_the_version_before(reviewer: Program, article: Article) -> None:
    text = text_of(article)
    told(reviewer.post(f"/articles/{article.id}/versions", {"text": SECOND}), 201)

    def mark(words: str) -> Any:
        start = text.index(words)
        place = {"version": 1, "start": start, "end": start + len(words), "exact": words}
        return reviewer.post(f"/articles/{article.id}/annotations", {"kind": "claim"} | place)

    assert told(mark("Ingrid Solheim"), 201)["anchor"]["version"] == 2
    refused = mark("4.2 million")
    assert refused.status_code == 409
    assert refused.get_json()["error"]["code"] == "superseded"
    assert refused.get_json()["error"]["current"] == {"version": 2}
