"""Reading an article through by keyboard: sentences clear, the strip that jumps, and nothing lost on a bad line."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.desk import Desk, until
from tests.support.browser import Page, Watch

Make = Callable[..., Desk]


def states(desk: Desk) -> str:
    """The states of all sentences, as the blocks tell them."""
    found: str = desk.page.evaluate("[...document.querySelectorAll('.block')].map((one) => one.dataset.c).join('')")
    return found


def line(desk: Desk, words: str) -> None:
    """Wait until the line above the article says this."""
    expect(desk.page.locator("#coverage")).to_contain_text(words)


def test_x_marks_the_sentence_clear_and_unread_again(desk: Make) -> None:
    here = desk(marks=[("claim", "4.2 million")])
    line(here, "1 of 4 sentences covered")
    for key in ("j", "j", "x"):
        here.page.keyboard.press(key)
    line(here, "2 of 4 sentences covered")
    here.saved()
    assert states(here) == "mcuu"
    expect(here.page.locator(".tick")).to_have_count(1)
    here.page.keyboard.press("x")
    expect(here.page.locator("#undo")).to_contain_text("This is read already.")
    here.page.keyboard.press("X")
    line(here, "1 of 4 sentences covered")
    assert here.same_load()


def test_x_on_a_sentence_that_is_checked_says_so(desk: Make) -> None:
    here = desk(marks=[("claim", "4.2 million")])
    here.page.keyboard.press("j")
    here.page.keyboard.press("x")
    expect(here.page.locator("#undo")).to_contain_text("This is read already.")


def test_the_whole_article_by_dot_and_x(desk: Make) -> None:
    here = desk()
    for _ in range(4):
        here.page.keyboard.press(".")
        here.page.keyboard.press("x")
        here.saved()
    line(here, "4 of 4 sentences covered · Sign the article off")
    here.page.keyboard.press(".")
    expect(here.page.locator("#undo")).to_contain_text("Every sentence is covered.")
    expect(here.page.locator("#strip")).to_have_attribute("aria-label", "0 unread, 4 clear, 0 covered")


def test_a_selection_of_several_sentences_is_cleared_by_the_toolbar(desk: Make) -> None:
    here = desk()
    here.drag("denies that any payment was made. “No money")
    here.toolbar.get_by_role("button", name="Clear").click()
    line(here, "2 of 4 sentences covered")
    assert states(here) == "uucc"


def test_a_mark_covers_and_deleting_it_uncovers(desk: Make) -> None:
    here = desk()
    here.page.keyboard.press("j")
    here.page.keyboard.press("c")
    line(here, "1 of 4 sentences covered")
    here.page.keyboard.press("Delete")
    line(here, "0 of 4 sentences covered")


def test_a_click_on_the_strip_leads_to_the_sentence_there(desk: Make) -> None:
    here = desk()
    box = here.page.locator("#strip").bounding_box()
    assert box
    here.page.mouse.click(box["x"] + 4, box["y"] + box["height"] * 0.9)
    until(here.page, lambda: "No money has left this house" in here.cursor())


def test_what_was_read_without_a_connection_is_sent_later(desk: Make, watch: Watch) -> None:
    watch.allow("ERR_INTERNET_DISCONNECTED")
    here = desk()
    here.page.context.set_offline(True)
    here.page.keyboard.press("j")
    here.page.keyboard.press("x")
    expect(here.state).to_contain_text("Not saved yet")
    here.page.context.set_offline(False)
    here.page.reload()
    here.ready()
    line(here, "1 of 4 sentences covered")


def test_undo_takes_it_back(desk: Make) -> None:
    here = desk()
    for key in ("j", "x"):
        here.page.keyboard.press(key)
    line(here, "1 of 4 sentences covered")
    here.saved()
    here.page.keyboard.press("u")
    line(here, "0 of 4 sentences covered")
    expect(here.page.locator("#undo")).to_contain_text("A sentence marked clear")


def test_a_link_from_elsewhere_leads_to_the_sentence(desk: Make, new_page: Callable[..., Page]) -> None:
    here = desk()
    page = here.page
    page.goto(f"/articles/{here.article}/sign-off")
    page.get_by_role("link", name="To the sentence 3").click()
    here.ready()
    until(page, lambda: "denies that any payment" in here.cursor())
