"""Work that waits in this browser is not forgotten elsewhere on the site."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.support.browser import Page, Watch

KEPT = "() => Object.keys(localStorage).filter((key) => /:(queue|draft):/.test(key))"


@pytest.fixture
def elsewhere(desk: Callable[..., Desk], watch: Watch) -> tuple[Page, int]:
    """The list of articles, after a mark was made without a connection and its page closed; and its article."""
    watch.allow("net::ERR_")
    one = desk()
    context = one.page.context
    context.set_offline(True)
    one.page.keyboard.press("j")
    one.page.keyboard.press("c")
    expect(one.state).to_contain_text("Not saved yet")
    one.page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto("/articles")
    return page, one.article


def test_the_list_of_articles_names_those_with_marks_not_sent(elsewhere: tuple[Page, int]) -> None:
    page, article = elsewhere
    said = page.get_by_role("status").filter(has_text="Not sent yet from this computer")
    said.get_by_role("link").click()
    expect(page).to_have_url(re.compile(rf"/articles/{article}$"))
    again = Desk(page, article)
    expect(again.mark(1)).to_be_visible()
    again.saved()
    page.goto("/articles")
    expect(page.locator("[data-page=articles] .page-head")).to_be_visible()
    assert page.evaluate(KEPT) == []
    expect(said).to_have_count(0)


def test_signing_out_anywhere_asks_first_and_then_erases(elsewhere: tuple[Page, int]) -> None:
    page, article = elsewhere
    expect(page.get_by_text("Not sent yet from this computer")).to_be_visible()
    page.goto(f"/articles/{article}/versions/new")
    page.get_by_label("Text", exact=True).fill("A draft that nobody is to read.")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert asked == ["2 not saved yet on this computer. Sign out and lose them?"]
    assert page.evaluate(KEPT) == []
