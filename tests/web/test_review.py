"""The review page, and what an open page asks for: what has happened since."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.test import TestResponse

from annotator.db import unit_of_work
from annotator.extract import from_file
from annotator.models import Article
from annotator.services.articles import Details, import_article
from annotator.services.evidence import Piece
from tests.builders import TEXT, make_annotation, make_article, make_note
from tests.cast import Cast
from tests.support.pages import StrictClient
from tests.web.reading import PARTIAL, all_of, block_text, one, parsed, partial, partials, send, targets, words

ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
MONEY, SIGN, NOTHING = "4.2 million crowns", "We were told to sign", "No money has left this house"


@pytest.fixture
def article(cast: Cast) -> Article:
    """An article with a claim, a quote and a denial, the denial first made."""
    made = make_article(cast.ada, byline="Ida Moe", outlet="The Gull", language="en")
    make_annotation(cast.ben, made, NOTHING, kind="denial")
    make_annotation(cast.ben, made, SIGN, kind="quote")
    make_annotation(cast.ben, made, MONEY)
    return made


def since(client: StrictClient, article_id: int, revision: int, **more: Any) -> TestResponse:
    """Ask what has happened since an event."""
    query = {"since": revision, "version": 1, **more}
    return client.get(f"/articles/{article_id}/changes", query_string=query, headers=PARTIAL)


def test_the_page_tells_the_script_what_it_needs(ben: StrictClient, article: Article, cast: Cast) -> None:
    page = ben.get(f"/articles/{article.id}")
    body = one(page, "body").attributes
    assert (body["data-page"], body["data-article"], body["data-version"]) == ("review", str(article.id), "1")
    assert (body["data-revision"], body["data-me"]) == (str(article.revision), "ben")
    assert one(page, "#article-text").attributes["lang"] == "en"
    assert words(page, ".byline") == "Ida Moe · The Gull"
    assert [card.attributes["data-n"] for card in all_of(page, "#cards .card")] == ["3", "2", "1"]
    assert [card.attributes["data-start"] for card in all_of(page, "#cards .card")] == [
        str(TEXT.index(text)) for text in (MONEY, SIGN, NOTHING)
    ]
    assert "0 of 3 checked" in words(page, "#tally")
    assert ["".join(block_text(block)) for block in all_of(page, ".block")] == TEXT.split("\n\n")
    assert ben.get(f"/articles/{article.id}/versions/1").status_code == 200
    assert ben.get(f"/articles/{article.id}/versions/2").status_code == 404


@ON_ONE
def test_lists_quotations_and_headings_have_their_markup(ben: StrictClient, cast: Cast) -> None:
    text = b"# Head\n\nIntro.\n\n- one\n- two\n\nBetween.\n\n- three\n\n> said\n\n## Sub\n"
    with unit_of_work():
        article = import_article(cast.ada, Details(title="Lists"), from_file(text, "a.md").drafts, "md")
        article_id = article.id
    page = ben.get(f"/articles/{article_id}")
    lists = [[item.text() for item in found.css("li")] for found in all_of(page, "#article-text > ul")]
    assert lists == [["one", "two"], ["three"]]
    assert [node.tag for node in all_of(page, "#article-text .block")] == [
        "h2",
        "p",
        "li",
        "li",
        "p",
        "li",
        "blockquote",
        "h3",
    ]


def test_nothing_new_is_304(ben: StrictClient, article: Article) -> None:
    for revision in (article.revision, article.revision + 5, 2**31 - 1, 10**30):
        answer = since(ben, article.id, revision)
        assert (answer.status_code, answer.data) == (304, b"")


@pytest.mark.parametrize("revision", [-1, -(10**30), 0])
def test_everything_that_ever_happened(ben: StrictClient, article: Article, revision: int) -> None:
    answer = since(ben, article.id, revision)
    assert answer.status_code == 200
    assert targets(answer) == ["#b0", "#b1", "#b2", "#cards", "#cards", "#cards", "#tally", "#coverage", "#strip"]
    assert since(ben, article.id, revision, version=10**30).status_code == 404


ACTS: list[tuple[str, str, dict[str, str], list[str]]] = [
    ("retag", "kind", {"kind": "quote"}, ["#b0", "#cards", "#tally"]),
    ("delete", "deletion", {}, ["#b0", "#card-3", "#deleted", "#tally", "#coverage", "#strip"]),
    ("note", "notes", {"body": "Looked."}, ["#b0", "#cards", "#tally"]),
    ("party", "party", {"party": "Ingrid"}, ["#b0", "#cards", "#tally"]),
]


@pytest.mark.parametrize(("name", "door", "data", "wanted"), ACTS, ids=[act[0] for act in ACTS])
def test_what_somebody_else_did_arrives(
    ada: StrictClient,
    ben: StrictClient,
    article: Article,
    name: str,
    door: str,
    data: dict[str, str],
    wanted: list[str],
) -> None:
    article_id, before = article.id, article.revision
    uuid = one(ben.get(f"/articles/{article_id}"), "#a3").attributes["data-annotation"]
    assert send(ada, f"/annotations/{uuid}/{door}", data).status_code == 200
    answer = since(ben, article_id, before)
    assert targets(answer) == wanted
    assert int(answer.headers["X-Revision"]) > before
    assert since(ben, article_id, int(answer.headers["X-Revision"])).status_code == 304
    again = ben.get(f"/articles/{article_id}")
    assert partial(answer, "#b0").split(">", 1)[1] in again.text.replace("&#34;", "&quot;")


def test_a_restored_and_a_moved_mark_arrive(ada: StrictClient, ben: StrictClient, article: Article) -> None:
    article_id = article.id
    uuid = one(ben.get(f"/articles/{article_id}"), "#a3").attributes["data-annotation"]
    deleted = int(send(ada, f"/annotations/{uuid}/deletion").headers["X-Revision"])
    restored = int(send(ada, f"/annotations/{uuid}/restoration").headers["X-Revision"])
    answer = since(ben, article_id, deleted)
    assert targets(answer) == ["#b0", "#cards", "#deleted", "#tally", "#coverage", "#strip"]
    assert "<mark" in partial(answer, "#b0")
    assert "deleted</summary>" not in partial(answer, "#deleted")
    both = since(ben, article_id, deleted - 1)
    assert targets(both) == ["#b0", "#cards", "#deleted", "#tally", "#coverage", "#strip"]
    start = TEXT.index("sign and")
    place = {"version": 1, "start": start, "end": start + 8, "exact": "sign and", "row": 3}
    assert ada.submit_json(f"/annotations/{uuid}/place", place, **PARTIAL).status_code == 200
    answer = since(ben, article_id, restored)
    assert targets(answer) == ["#b0", "#b1", "#cards", "#tally", "#coverage", "#strip"]
    assert "<mark" not in partial(answer, "#b0")
    assert 'data-a="2 3"' in partial(answer, "#b1")


def test_pieces_have_what_the_script_puts_them_by(ben: StrictClient, article: Article) -> None:
    answer = since(ben, article.id, 0)
    swaps = {target: how for target, how, _ in partials(answer)}
    assert swaps == {
        "#b0": "outerHTML",
        "#b1": "outerHTML",
        "#b2": "outerHTML",
        "#cards": "beforeend",
        "#tally": "outerHTML",
        "#coverage": "outerHTML",
        "#strip": "outerHTML",
    }
    cards = [html for target, _, html in partials(answer) if target == "#cards"]
    assert ["card-3" in cards[0], "card-2" in cards[1], "card-1" in cards[2]] == [True, True, True]


def fill(cast: Cast, article: Article, count: int) -> None:
    """Mark as many words, each with notes, evidence and a party."""
    for number in range(count):
        made = make_annotation(cast.ben, article, f"w{number}.")
        for _ in range(2):
            make_note(cast.ben, made, evidence=(Piece(url="https://a.example/"), Piece(description="b")))


LONG = " ".join(f"w{number}." for number in range(30))
PLACES: list[tuple[str, Callable[[int, str], str]]] = [
    ("review page", lambda article, uuid: f"/articles/{article}"),
    ("list", lambda article, uuid: "/articles"),
    ("search", lambda article, uuid: "/articles?q=w1"),
    ("dashboard", lambda article, uuid: "/dashboard"),
    ("card", lambda article, uuid: f"/annotations/{uuid}"),
    ("changes", lambda article, uuid: f"/articles/{article}/changes?since=0"),
    ("export", lambda article, uuid: f"/articles/{article}/export"),
]


@ON_ONE
def test_the_number_of_queries_does_not_grow(ada: StrictClient, cast: Cast, queries: Any) -> None:
    few, many = make_article(cast.ada, text=LONG), make_article(cast.ada, text=LONG)
    fill(cast, few, 2)
    fill(cast, many, 20)
    more = make_annotation(cast.ben, many, "w25.")
    for _ in range(12):
        make_note(cast.ben, more, evidence=(Piece(url="https://a.example/"),) * 5)
    less = make_annotation(cast.ben, few, "w25.")
    make_note(cast.ben, less, evidence=(Piece(url="https://a.example/"),))
    pairs = {"few": (few.id, less.uuid), "many": (many.id, more.uuid)}
    for name, path in PLACES:
        counts = {}
        for size, (article_id, uuid) in pairs.items():
            ada.get(path(article_id, uuid))
            with queries() as sent:
                assert ada.get(path(article_id, uuid)).status_code == 200
            counts[size] = len(sent)
        assert counts["many"] == counts["few"], f"{name}: {counts}"
        assert counts["many"] <= 25, f"{name}: {counts}"


@ON_ONE
def test_more_articles_and_people_need_no_more_queries(ada: StrictClient, cast: Cast, queries: Any) -> None:
    counts = []
    for size in (1, 12):
        for _ in range(size):
            make_annotation(cast.ben, make_article(cast.ada), "cranes")
        for path in ("/articles", "/dashboard"):
            with queries() as sent:
                ada.get(path)
            counts.append((path, len(sent)))
    assert counts[:2] == counts[2:]


@ON_ONE
def test_a_closed_card_and_an_open_one(ben: StrictClient, cast: Cast, article: Article) -> None:
    page = ben.get(f"/articles/{article.id}")
    uuid = one(page, "#a3").attributes["data-annotation"]
    closed = ben.get(f"/annotations/{uuid}/closed", headers=PARTIAL)
    assert one(closed, "li").html == one(page, "#card-3").html
    opened = ben.get(f"/annotations/{uuid}", headers=PARTIAL)
    assert "data-open" in one(opened, "#card-3 > article").attributes
    assert parsed(opened).css_first("h1") is None
    assert words(ben.get(f"/annotations/{uuid}"), "h1") == "Claim 3"
