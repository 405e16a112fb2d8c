"""Real selections in a real page, on the shared cases: what the server stores is what was selected."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.support.browser import Page

CASES = json.loads((Path(__file__).parent.parent / "vectors" / "selections.json").read_text(encoding="utf-8"))
# The server paints no marks and links on words it does not know, so the page of the cases is laid into the real region.
LAY = """(page) => {
  const build = (piece) => {
    if (typeof piece === 'string') return document.createTextNode(piece);
    const [tag, { o, skip }, ...children] = piece;
    const element = document.createElement(tag);
    if (o !== undefined) Object.assign(element.dataset, { o, s: '0' });
    if (skip) element.dataset.skip = '';
    element.append(...children.map(build));
    return element;
  };
  const region = document.querySelector('#article-text');
  region.replaceChildren(...page.map(build));
  for (const where of ['before', 'after']) {
    const beside = document.createElement('p');
    beside.id = where;
    beside.textContent = 'beside';
    region[where](beside);
  }
}"""
CHOOSE = """([from, to, backward]) => {
  const point = (path) => {
    const outside = typeof path[0] === 'string';
    let node = document.querySelector(outside ? `#${path[0]}` : '#article-text');
    for (const index of path.slice(outside ? 1 : 0, -1)) node = node.childNodes[index];
    return [node, path.at(-1)];
  };
  const ends = [point(from), point(to)];
  if (backward) ends.reverse();
  getSelection().setBaseAndExtent(...ends[0], ...ends[1]);
}"""
FOUND = [case for case in CASES["cases"] if case["span"]]
EMPTY = [case for case in CASES["cases"] if not case["span"]]
FAMILY = "👨‍👩‍👧‍👦"
SIGNS = f"""The {FAMILY} family paid 3\u00a0million 🇳🇴🇸🇪 crowns.

A cafe\u0301 of q\u0323\u0307 and fq\u0303, “told” her.

אמר השר, כי 5 מיליון שולמו אתמול.

Last words, 👩🏽‍🚒 end."""


@pytest.fixture
def laid(desk: Callable[..., Desk]) -> Desk:
    """An article with the text of the cases, its region laid out as the cases say."""
    made = desk(CASES["text"])
    assert made.record()["version"]["text"] == CASES["text"]
    made.page.evaluate(LAY, CASES["page"])
    return made


def test_what_is_selected_is_what_is_stored(laid: Desk) -> None:
    """Every case forward, then backward, tagged with a key."""
    for case in FOUND:
        for backward in (False, True):
            before = {one["id"] for one in laid.stored()}
            laid.page.evaluate(CHOOSE, [case["from"], case["to"], backward])
            with laid.page.expect_response("**/annotations") as answer:
                laid.page.keyboard.press("c")
            assert answer.value.status == 201
            [made] = [one for one in laid.stored() if one["id"] not in before]
            assert place(made) == case["span"], case["name"]
            laid.page.evaluate(LAY, CASES["page"])


def place(stored: dict[str, Any]) -> dict[str, Any]:
    return {name: stored["anchor"][name] for name in ("start", "end", "exact")}


def test_a_selection_without_words_offers_nothing(laid: Desk) -> None:
    """The toolbar that stands for real words goes when the selection has none."""
    for case in EMPTY:
        laid.page.evaluate(CHOOSE, [[0, 1, 0, 0], [0, 1, 0, 8], False])
        expect(laid.toolbar).to_be_visible()
        laid.page.evaluate(CHOOSE, [case["from"], case["to"], False])
        expect(laid.toolbar).to_be_hidden()


WORDS = {
    "family emoji": FAMILY,
    "flags and no-break space": "3\u00a0million 🇳🇴🇸🇪",
    "combining accents": "q\u0323\u0307 and fq\u0303",
    "right to left": "כי 5 מיליון",
    "across paragraphs": "“told” her.\n\nאמר השר",
    "skin tone and trade": "👩🏽‍🚒 end",
}


@pytest.mark.parametrize("backward", [False, True], ids=["forward", "backward"])
def test_dragging_the_mouse_over_words(desk: Callable[..., Desk], backward: bool) -> None:
    made = desk(SIGNS)
    for number, words in enumerate(WORDS.values(), 1):
        made.drag(words, backward=backward)
        made.toolbar.get_by_role("button", name="Quote").click()
        made.saved()
        expect(made.mark(number)).not_to_have_count(0)
    assert {words for _, words in made.words()} == set(WORDS.values())


def test_two_clicks_take_a_word_and_three_a_paragraph(desk: Callable[..., Desk]) -> None:
    made = desk()
    for count, kind in ((2, "Claim"), (3, "Quote")):
        made.click("accounts until", count=count)
        made.toolbar.get_by_role("button", name=kind).click()
        made.saved()
    second = made.record()["version"]["text"].split("\n\n")[1]
    assert sorted(made.words()) == [("claim", "accounts"), ("quote", second)]


def test_words_selected_over_marks_and_chips(desk: Callable[..., Desk]) -> None:
    """A claim inside a quote, and one across the ends of two marks."""
    made = desk(marks=[("quote", "“We were told to sign and not to ask,”"), ("claim", "told to sign")])
    made.mark_by_mouse("sign and not to ask,” said Ingrid", "Denial")
    made.mark_by_mouse("told to sign", "Quote")
    assert sorted(made.words())[1:3] == [
        ("denial", "sign and not to ask,” said Ingrid"),
        ("quote", "told to sign"),
    ]


def test_text_pasted_with_windows_line_ends(page: Page) -> None:
    page.goto("/articles/new")
    text = "One line\r\nof the first.\r\n\r\nThe 👩‍🚒 second,\r\nwith words."
    page.evaluate("(text) => navigator.clipboard?.writeText?.(text).catch(() => {})", text)
    page.get_by_label("Text", exact=True).fill(text)
    page.get_by_label("Title", exact=True).fill("Windows")
    page.get_by_role("button", name="Import article").click()
    expect(page.get_by_role("region", name="Article text")).to_be_visible()
    made = Desk(page, int(page.url.rpartition("/")[2]))
    made.ready()
    made.mark_by_mouse("👩‍🚒 second", "Claim")
    assert "\r" not in made.record()["version"]["text"]
    assert made.words() == [("claim", "👩‍🚒 second")]
