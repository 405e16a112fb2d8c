"""An article with more cards than are laid out at once: the list is whole, and what is seen has its cards."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from annotator.extensions import db
from annotator.models import User
from benchmarks import generator
from benchmarks.filling import fill
from benchmarks.generator import Size
from tests.browser.desk import Desk, until
from tests.support.browser import Page
from tests.support.server import Server

SIZE = Size(3000, 300)


@pytest.fixture
def crowded(new_page: Callable[..., Page], live_server: Server) -> Desk:
    """A page with three hundred marks."""
    with live_server.app():
        lead = db.session.query(User).filter_by(username="ada").one().actor()
        article = fill(lead, generator.article(SIZE), str(SIZE))
    return Desk(new_page("ada"), article).open()


def test_only_cards_around_what_is_seen_are_laid_out_and_scrolling_brings_the_others(crowded: Desk) -> None:
    page = crowded.page
    shown = page.locator("#cards.placed > li:visible")
    first, last = (page.locator(f"#cards > li:{which}-child") for which in ("first", "last"))
    expect(first).to_be_visible()
    expect(crowded.cards).to_have_count(SIZE.marks)
    assert shown.count() < SIZE.marks / 3
    expect(last).to_be_hidden()
    until(page, lambda: page.evaluate("scrollTo(0, document.body.scrollHeight)") or last.is_visible())
    expect(first).to_be_hidden()
    assert shown.count() < SIZE.marks / 3


def test_the_card_in_hand_stays_while_the_text_is_scrolled(crowded: Desk) -> None:
    page = crowded.page
    page.locator("#article-text").focus()
    page.keyboard.press("J")
    expect(crowded.open_card).to_be_visible()
    page.keyboard.press("Enter")
    expect(crowded.open_card).to_be_focused()
    page.evaluate("scrollTo(0, 4 * innerHeight)")
    expect(page.locator("#cards > li:first-child")).to_be_visible()
    expect(crowded.open_card).to_be_focused()
