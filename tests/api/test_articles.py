"""Articles through the API: imported, read, listed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotator.models import Article
from annotator.text.canonical import canonical_text, sha256
from annotator.vocabulary import STATES
from tests.api.program import Program, refused, told
from tests.builders import make_article
from tests.cast import Cast

TEXT = "Harbour fees doubled\n\nBy Jane Doe\n\nThe fees doubled again.\r\nNobody was told.\n\n\n\n- Cafe\u0301 owners object."


def test_text_keeps_its_offsets(reviewer: Program) -> None:
    """Plain text is canonicalised and split at blank lines, and nothing else is done to it."""
    response = reviewer.post("/articles", {"text": TEXT, "title": "Fees"})
    made = told(response, 201)
    assert response.headers["Location"] == f"/api/v1/articles/{made['id']}"
    version = told(reviewer.get(f"/articles/{made['id']}/versions/1"))
    assert version["text"] == canonical_text(TEXT)
    assert made["version"] == {"number": 1, "sha256": sha256(version["text"]), "length": len(version["text"])}
    assert {block["type"] for block in version["blocks"]} == {"paragraph"}
    blocks = [version["text"][block["start"] : block["end"]] for block in version["blocks"]]
    assert blocks == canonical_text(TEXT).split("\n\n")
    sentences = [version["text"][start:end] for start, end in version["sentences"]]
    assert "Nobody was told." in sentences


def test_an_article_reads_as_it_was_made(reviewer: Program) -> None:
    """Details that were sent are there; the answer to POST is that of GET."""
    sent = {"title": "Fees", "outlet": "The Quay", "source_url": "https://quay.example/1", "language": "en-GB"}
    made = told(reviewer.post("/articles", {"text": "Fees doubled.", "published_at": "2026-11-02", **sent}), 201)
    assert sent.items() <= made.items()
    assert made["published_at"] == "2026-11-02"
    assert made["byline"] is None
    assert made["created_by"] == "ben"
    assert made["counts"] == {
        **dict.fromkeys(STATES, 0),
        "total": 0,
        "kinds": {"claim": 0, "quote": 0, "denial": 0},
    }
    assert (made["lead"], made["due_at"], made["blind"]) == (None, None, False)
    assert told(reviewer.get(f"/articles/{made['id']}")) == made


def test_what_is_missing_is_found_in_the_text(reviewer: Program) -> None:
    """As on the page; a detail sent as empty stays empty."""
    made = told(reviewer.post("/articles", {"text": TEXT}), 201)
    assert (made["title"], made["byline"]) == ("Harbour fees doubled", "Jane Doe")
    made = told(reviewer.post("/articles", {"text": TEXT, "byline": "", "title": None}), 201)
    assert (made["title"], made["byline"]) == ("Harbour fees doubled", None)


def test_html_is_reduced_to_text_and_blocks(reviewer: Program) -> None:
    """No markup is left; links and headings are."""
    html = "<article><h1>Fees</h1><p>They <b>doubled</b>, <a href='https://quay.example/'>we read</a>.</p>"
    made = told(reviewer.post("/articles", {"html": html + "<script>alert(1)</script></article>"}), 201)
    version = told(reviewer.get(f"/articles/{made['id']}/versions/1"))
    assert made["title"] == "Fees"
    assert version["text"] == "Fees\n\nThey doubled, we read."
    assert [block["type"] for block in version["blocks"]] == ["heading", "paragraph"]
    assert [link["href"] for block in version["blocks"] for link in block["links"]] == ["https://quay.example/"]


REFUSALS: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    ({}, ("text",)),
    ({"text": None}, ("text",)),
    ({"text": "a", "html": "<p>a"}, ("text",)),
    ({"text": " \n "}, ("text",)),
    ({"html": "<p></p>"}, ("html",)),
    ({"text": 7}, ("text",)),
    ({"text": "a\x00b"}, ("text",)),
    ({"text": "a\x1bb"}, ("text",)),
    ({"text": "a\ud800b"}, ("text",)),
    ({"text": "a", "title": ""}, ("title",)),
    ({"text": "a", "title": "\udfff"}, ("title",)),
    ({"text": "a", "title": "x" * 501}, ("title",)),
    ({"text": "a", "title": ["x"]}, ("title",)),
    ({"text": "a", "source_url": "javascript:alert(1)", "published_at": "soon"}, ("source_url", "published_at")),
    ({"text": "a", "language": "English!"}, ("language",)),
    ({"text": "a", "tilte": "x"}, ("tilte",)),
]


@pytest.mark.parametrize(("sent", "fields"), REFUSALS)
def test_values_that_will_not_do(reviewer: Program, sent: dict[str, Any], fields: tuple[str, ...]) -> None:
    """422, the field named, nothing stored."""
    refused(reviewer.post("/articles", sent), 422, *fields)
    assert told(reviewer.get("/articles"))["items"] == []


def test_more_text_than_the_desk_takes(reviewer: Program) -> None:
    """413, naming the field."""
    refused(reviewer.post("/articles", {"text": "a" * 1_000_001}), 413, "text")


def test_who_may_import(reviewer: Program, reader: Program) -> None:
    """Reviewers may, a token for reading may not, and a stranger may not even read."""
    told(reviewer.post("/articles", {"text": "Fees doubled."}), 201)
    refused(reader.post("/articles", {"text": "Fees doubled."}), 403)
    assert len(told(reader.get("/articles"))["items"]) == 1


@pytest.mark.parametrize(
    "path", ["/articles/999", "/articles/2147483648", "/articles/99999999999999999999", "/articles/x", "/articles/-1"]
)
def test_there_is_no_such_article(reviewer: Program, article: Article, path: str) -> None:
    """404, whatever was asked of it."""
    for tail in ("", "/versions", "/versions/1", "/annotations", "/export"):
        refused(reviewer.get(path + tail), 404)


def test_versions_are_listed_without_their_text(reviewer: Program, article: Article) -> None:
    """The list tells what a version is; its own address has the text."""
    listed = told(reviewer.get(f"/articles/{article.id}/versions"))
    version = told(reviewer.get(f"/articles/{article.id}/versions/1"))
    assert listed["next"] is None
    assert [set(version) - set(one) for one in listed["items"]] == [
        {"text", "blocks", "sentences", "states", "coverage"}
    ]
    assert listed["items"][0].items() <= version.items()
    refused(reviewer.get(f"/articles/{article.id}/versions/2"), 404)


def test_the_list_is_walked_by_cursor(reviewer: Program, cast: Cast) -> None:
    """Pages follow each other by id; what is added meanwhile comes last."""
    ids = [make_article(cast.ada, title=f"No. {number}").id for number in range(5)]
    first = told(reviewer.get("/articles?limit=2"))
    ids.append(make_article(cast.ada).id)
    seen, cursor = [one["id"] for one in first["items"]], first["next"]
    while cursor:
        page = told(reviewer.get(f"/articles?limit=2&cursor={cursor}"))
        seen, cursor = seen + [one["id"] for one in page["items"]], page["next"]
    assert seen == ids


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=-1", "limit"),
        ("limit=ten", "limit"),
        ("limit=%D9%A1", "limit"),
        ("limit=1&limit=2", "limit"),
        ("cursor=", "cursor"),
        ("cursor=abc", "cursor"),
        ("cursor=WzEsMl0", "cursor"),
        ("cursor=W3RydWVd", "cursor"),
        ("cursor=Wzk5OTk5OTk5OTk5OTk5OTk5OTk5XQ", "cursor"),
        ("cursor=%00", "cursor"),
        ("limti=3", "limti"),
    ],
)
def test_a_list_is_asked_for_rightly(reviewer: Program, query: str, field: str) -> None:
    """422 names the parameter."""
    refused(reviewer.get(f"/articles?{query}"), 422, field)


def test_queries_do_not_grow_with_articles(reviewer: Program, cast: Cast, queries: Callable[[], Any]) -> None:
    """Twelve articles take as many statements as one."""
    counts = []
    told(reviewer.get("/articles"))
    for rows in (1, 11):
        for _ in range(rows):
            make_article(cast.ada)
        with queries() as sent:
            assert told(reviewer.get("/articles"))["items"]
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_what_is_kept_no_longer_is_counted_again(
    reviewer: Program, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Coverage is kept for so many articles; a list that has more of them is as whole as any."""
    monkeypatch.setattr("annotator.queries.coverage.MOST", 2)
    for _ in range(2):
        for _ in range(2):
            make_article(cast.ada)
        assert {one["coverage"]["unread"] for one in told(reviewer.get("/articles"))["items"]} == {4}
