"""The list of articles and the dashboard: found, sorted, counted."""

from __future__ import annotations

from typing import Any

import pytest

from annotator.db import unit_of_work
from annotator.services.annotations import delete_annotation
from annotator.services.evidence import Piece
from tests.builders import make_annotation, make_article, make_note
from tests.cast import Cast
from tests.support.pages import StrictClient
from tests.web import reading
from tests.web.reading import address, all_of, one, words

ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
TITLES = {
    "A 100% rise": "Prices in Malmö rose by a tenth.",
    "b_c and d": "The Straße to the port is closed.",
    "Cafe\u0301 talk": "ÉCOLE and \\backslash.",
    "Tender <b>bold</b>": "“Quoted” words & an ampersand.",
}


@pytest.fixture
def shelf(cast: Cast) -> None:
    """A few articles."""
    for title, text in TITLES.items():
        make_article(cast.ada, title=title, text=text, byline="Ida Moe" if "rise" in title else "")


SEARCHES = [
    ("", list(TITLES)[::-1]),
    ("malmö", ["A 100% rise"]),
    ("MALMO\u0308", ["A 100% rise"]),
    ("prices malmö", ["A 100% rise"]),
    ("tenth  RISE\tida", ["A 100% rise"]),
    ("prices port", []),
    ("%", ["A 100% rise"]),
    ("100%", ["A 100% rise"]),
    ("_", ["b_c and d"]),
    ("b_c", ["b_c and d"]),
    ("bxc", []),
    ("strasse", ["b_c and d"]),
    ("café", ["Cafe\u0301 talk"]),
    ("école", ["Cafe\u0301 talk"]),
    ("\\", ["Cafe\u0301 talk"]),
    ("\x00", list(TITLES)[::-1]),
    ("<b>", ["Tender <b>bold</b>"]),
    ("' OR 1=1 --", []),
    ("😀", []),
    ("x" * 100_000, []),
]


def titles(client: StrictClient, **query: object) -> list[str]:
    """The titles the list shows, in order."""
    return [link.text() for link in all_of(client.get(address("/articles", **query)), "tbody th a")]


def test_every_word_is_looked_for(ben: StrictClient, shelf: None) -> None:
    normal = {title: "Café talk" if "talk" in title else title for title in TITLES}
    found = {search: titles(ben, q=search) for search, _ in SEARCHES}
    assert found == {search: [normal[title] for title in wanted] for search, wanted in SEARCHES}


SORTS = [
    ("changed", ["Two", "three", "One"]),
    ("added", ["three", "Two", "One"]),
    ("title", ["One", "three", "Two"]),
    ("nonsense", ["Two", "three", "One"]),
]


def test_the_order(ben: StrictClient, cast: Cast) -> None:
    made = {title: make_article(cast.ada, title=title) for title in ("One", "Two", "three")}
    make_annotation(cast.ben, made["Two"], "cranes")
    assert [titles(ben, sort=sort) for sort, _ in SORTS] == [wanted for _, wanted in SORTS]
    chosen = one(ben.get("/articles?sort=title&q=e"), "#sort option[selected]")
    assert chosen.attributes["value"] == "title"


PAGES = [
    ("", ["g", "f"], "Page 1 of 4"),
    ("2", ["e", "d"], "Page 2 of 4"),
    ("4", ["a"], "Page 4 of 4"),
    ("99", ["a"], "Page 4 of 4"),
    ("0", ["g", "f"], "Page 1 of 4"),
    ("-7", ["g", "f"], "Page 1 of 4"),
    ("9" * 30, ["a"], "Page 4 of 4"),
    ("x", ["g", "f"], "Page 1 of 4"),
]


def test_pages(ben: StrictClient, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.web.articles.SIZE", 2)
    for title in "abcdefg":
        make_article(cast.ada, title=title, text="Some & words.")
    for page, wanted, says in PAGES:
        answer = ben.get(address("/articles", page=page, q="& words", sort="added"))
        assert [link.text() for link in all_of(answer, "tbody th a")] == wanted
        assert says in words(answer, ".pager")
    following = one(ben.get(address("/articles", q="& words", sort="added")), "a[rel=next]").attributes["href"]
    assert [link.text() for link in all_of(ben.get(following or ""), "tbody th a")] == ["e", "d"]


@ON_ONE
def test_empty_lists_say_the_next_step(ben: StrictClient, cast: Cast) -> None:
    assert "No article is on the desk yet" in words(ben.get("/articles"), ".empty")
    assert one(ben.get("/articles?page=7"), ".empty a").attributes["href"] == "/articles/new"
    make_article(cast.ada)
    answer = ben.get(address("/articles", q="<i>nothing</i>"))
    assert "No article has “<i>nothing</i>”" in words(answer, ".empty")
    assert one(answer, ".empty a").attributes["href"] == "/articles"
    assert reading.values(answer, "form.search")["q"] == "<i>nothing</i>"


def fill(cast: Cast) -> tuple[int, int]:
    """Two articles: one checked in part by Ben and Cleo, one with a deleted mark only."""
    first, second = make_article(cast.ada, title="First"), make_article(cast.ada, title="Second")
    proof = (Piece(url="https://a.example/"),)
    make_note(cast.ben, make_annotation(cast.ben, first, "4.2 million"), verdict="false", evidence=proof)
    doubt = make_annotation(cast.ben, first, "cranes", kind="quote")
    make_note(cast.cleo, doubt, verdict="unproven")
    make_note(cast.cleo, doubt)
    make_annotation(cast.cleo, first, "sign", kind="denial")
    gone = make_annotation(cast.ben, second, "cranes")
    make_note(cast.ben, gone, verdict="false", evidence=proof)
    with unit_of_work():
        delete_annotation(cast.ben, gone, None)
    return first.id, second.id


def rows(answer: Any, number: int) -> dict[str, list[str]]:
    """A table's figures by the words at the head of each row."""
    table = all_of(answer, "table")[number]
    return {
        " ".join(row.css_first("th").text().split()): [cell.text().strip() for cell in row.css("td.num")]
        for row in table.css("tbody tr")
    }


def test_the_dashboard_counts_what_is_there(ada: StrictClient, cast: Cast) -> None:
    first, _ = fill(cast)
    page = ada.get("/dashboard")
    assert words(page, "p.lead") == "2 articles, 3 annotations: 1 checked, 1 in progress, 1 to do."
    assert rows(page, 0) == {"First": ["2 of 4", "1", "1", "0", "0", "0", "1", "0"], "Second": ["0 of 4", *["0"] * 7]}
    assert rows(page, 1) == {
        "Ada Okafor": ["0", "0", "0", "0"],
        "Ben Lindqvist": ["2", "1", "1", "1"],
        "Cleo Marchetti": ["1", "2", "1", "0"],
        "Dan Whitlock": ["0", "0", "0", "0"],
    }
    assert f"/articles/{first}?state=checked" in page.text


def test_the_list_counts_the_same(ben: StrictClient, cast: Cast) -> None:
    fill(cast)
    page = ben.get("/articles?sort=title")
    read = "{} of 4 sentences covered".format
    assert rows(page, 0) == {"First": [read(2), "1", "1", "1", "0", "1", "1", "1"], "Second": [read(0), *["0"] * 7]}
    bar = one(page, "progress").attributes
    assert (bar["max"], bar["value"]) == ("3", "1")


@ON_ONE
def test_an_empty_dashboard_offers_the_next_step(ada: StrictClient) -> None:
    assert "No article is on the desk yet." in words(ada.get("/dashboard"), ".empty")


@ON_ONE
def test_a_reviewer_is_told_that_the_dashboard_is_not_theirs(ben: StrictClient) -> None:
    answer = ben.get("/dashboard")
    assert answer.status_code == 403
    assert "see the dashboard" in words(answer, "[role=alert]")
    assert all_of(answer, "nav a[href='/dashboard']") == []
