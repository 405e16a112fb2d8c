"""Comments by hand: written and mentioning by keyboard alone, answered, and found in the inbox."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.desk import Desk, made
from tests.support.browser import Page
from tests.support.server import Server


def test_a_mention_by_keyboard_reaches_the_inbox(new_page: Callable[..., Page], live_server: Server) -> None:
    article = made(live_server, marks=[("claim", "4.2 million")], by="ben")
    ada = Desk(new_page("ada"), article).open()
    keyboard = ada.page.keyboard
    for key in ("j", "J", "m"):
        keyboard.press(key)
    field = ada.open_card.get_by_label("Comment", exact=True)
    expect(field).to_be_focused()
    keyboard.type("With tax, @")
    people = ada.page.get_by_role("listbox", name="People")
    expect(people.get_by_role("option")).to_have_count(4)
    expect(field).to_have_attribute("aria-activedescendant", "mention-0")
    keyboard.type("c")
    expect(people.get_by_role("option")).to_have_text(["@cleo Cleo Marchetti"])
    keyboard.press("Enter")
    expect(people).to_have_count(0)
    expect(field).to_have_value("With tax, @cleo ")
    keyboard.press("Control+Enter")
    expect(ada.open_card.get_by_role("list", name="Comments")).to_contain_text("With tax, @cleo")

    cleo = new_page("cleo")
    cleo.goto("/articles")
    inbox = cleo.get_by_role("link", name="Inbox")
    expect(inbox).to_contain_text("unread")
    inbox.click()
    line = cleo.get_by_role("list", name="What concerns you").get_by_role("listitem").first
    expect(line).to_contain_text("New Ada Okafor mentioned you: Claim 1")
    expect(line).to_contain_text("With tax, @cleo")
    line.get_by_role("link").click()
    there = Desk(cleo, article)
    there.ready()
    assert cleo.url.endswith(f"/articles/{article}#a1")
    card = there.open_mark(1)
    card.get_by_text("Reply", exact=True).click()
    card.get_by_label("Reply to Ada Okafor", exact=True).fill("Without.")
    cleo.keyboard.press("Control+Enter")
    expect(there.open_card.get_by_role("list", name="Answers")).to_contain_text("Without.")
    there.open_card.get_by_role("button", name="Resolve").click()
    expect(there.open_card.get_by_text("1 resolved thread")).to_be_visible()


def test_arrows_choose_and_escape_stays_in_the_field(desk: Callable[..., Desk]) -> None:
    here = desk(marks=[("claim", "4.2 million")])
    here.page.keyboard.press("j")
    here.page.keyboard.press("J")
    here.page.keyboard.press("m")
    field = here.open_card.get_by_label("Comment", exact=True)
    expect(field).to_be_focused()
    here.page.keyboard.type("@")
    chosen = here.page.get_by_role("listbox", name="People").locator("[aria-selected=true]")
    expect(chosen).to_contain_text("@ada")
    here.page.keyboard.press("ArrowDown")
    expect(chosen).to_contain_text("@ben")
    here.page.keyboard.press("Escape")
    expect(chosen).to_have_count(0)
    expect(field).to_be_focused()
    here.page.keyboard.type("b")
    expect(chosen).to_contain_text("@ben")
    here.page.keyboard.press("Tab")
    expect(field).to_have_value("@ben ")
    expect(field).to_be_focused()
    here.page.keyboard.press("Escape")
    here.page.reload()
    here.ready()
    here.open_mark(1)
    expect(here.open_card.get_by_label("Comment", exact=True)).to_have_value("@ben ")
