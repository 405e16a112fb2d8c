"""Two people at one article: each sees what the other does, and nobody's work is silently replaced."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk, made
from tests.support.browser import Page
from tests.support.server import Server

PAIR = tuple[Desk, Desk]


@pytest.fixture
def together(live_server: Server, new_page: Callable[..., Page]) -> Callable[..., PAIR]:
    """`together(marks)`: Ada's and Ben's pages of the same new article."""

    def open_both(marks: list[tuple[str, str]]) -> PAIR:
        article = made(live_server, marks=marks)
        return Desk(new_page("ada"), article).open(), Desk(new_page("ben"), article).open()

    return open_both


def look(desk: Desk) -> None:
    """Come back to the page, which asks for news at once, as it would within its next poll."""
    desk.page.evaluate("dispatchEvent(new Event('focus'))")


def write_note(desk: Desk, words: str) -> None:
    desk.open_card.get_by_label("Note", exact=True).fill(words)
    desk.open_card.get_by_role("button", name="Save note").click()


def test_a_mark_appears_at_the_other_within_a_poll(together: Callable[..., PAIR]) -> None:
    ada, ben = together([])
    ada.page.keyboard.press("j")
    ada.page.keyboard.press("c")
    ada.saved()
    expect(ben.mark(1)).not_to_have_count(0)
    expect(ben.card(1)).to_be_visible()
    expect(ben.page.locator("#tally")).to_contain_text("1 claim")
    assert ben.same_load()


def test_a_deletion_and_a_move_appear_too(together: Callable[..., PAIR]) -> None:
    ada, ben = together([("claim", "4.2 million"), ("quote", "sign and not to ask")])
    for key in ("J", "}", "J", "Delete"):
        ada.page.keyboard.press(key)
    ada.saved()
    look(ben)
    expect(ben.mark(1)).to_have_text("4.2 million crowns")
    expect(ben.mark(2)).to_have_count(0)
    expect(ben.cards).to_have_count(1)


def test_a_card_being_typed_in_is_not_replaced(together: Callable[..., PAIR]) -> None:
    ada, ben = together([("claim", "4.2 million")])
    ben.open_mark(1)
    note = ben.open_card.get_by_label("Note", exact=True)
    note.fill("Half a sen")
    ada.open_mark(1)
    write_note(ada, "Asked the bank.")
    expect(ada.open_card.get_by_role("list", name="Written so far")).to_contain_text("Asked the bank.")
    look(ben)
    expect(ben.open_card).to_contain_text("Changed by somebody else")
    expect(note).to_have_value("Half a sen")
    ben.open_card.get_by_role("button", name="Show").click()
    expect(ben.open_card.get_by_role("list", name="Written so far")).to_contain_text("Asked the bank.")
    expect(ben.open_card.get_by_label("Note", exact=True)).to_have_value("Half a sen")


def test_an_open_card_that_nobody_types_in_is_brought_up_to_date(together: Callable[..., PAIR]) -> None:
    ada, ben = together([("claim", "4.2 million")])
    ben.open_mark(1)
    ada.open_mark(1)
    write_note(ada, "Asked the bank.")
    expect(ada.open_card.get_by_role("list", name="Written so far")).to_contain_text("Asked the bank.")
    ben.text.focus()
    look(ben)
    expect(ben.open_card.get_by_role("list", name="Written so far")).to_contain_text("Asked the bank.")


def test_the_second_to_edit_a_note_sees_both_wordings(live_server: Server, new_page: Callable[..., Page]) -> None:
    """One person in two browsers, because only the author edits a note."""
    article = made(live_server, marks=[("claim", "4.2 million")])
    first, second = (Desk(new_page("ada"), article).open() for _ in range(2))
    first.open_mark(1)
    write_note(first, "The first wording.")
    expect(first.open_card.get_by_role("list", name="Written so far")).to_contain_text("The first wording.")
    second.open()
    second.open_mark(1)
    for desk in (first, second):
        desk.open_card.get_by_role("link", name="Edit note").click()
        expect(desk.open_card.get_by_role("heading", name="Edit note")).to_be_visible()
    write_note(first, "The wording of the first.")
    expect(first.open_card.get_by_role("list", name="Written so far")).to_contain_text("The wording of the first.")
    write_note(second, "The wording of the second.")
    expect(second.open_card.get_by_role("alert").first).to_be_visible()
    expect(second.open_card.locator(".stored")).to_contain_text("The wording of the first.")
    expect(second.open_card.get_by_label("Note", exact=True)).to_have_value("The wording of the second.")
    second.open_card.get_by_role("button", name="Save note").click()
    expect(second.open_card.get_by_role("list", name="Written so far")).to_contain_text("The wording of the second.")
    [note] = first.stored()[0]["notes"]
    assert note["body"] == "The wording of the second."
    assert [wording["body"] for wording in note["earlier"]][:2] == ["The first wording.", "The wording of the first."]


def test_the_second_to_move_an_edge_is_told_and_nothing_is_lost(together: Callable[..., PAIR]) -> None:
    """Ben's page has not heard of Ada's move when he makes his."""
    ada, ben = together([("claim", "4.2 million")])
    ben.page.route("**/changes?*", lambda route: route.fulfill(status=304))
    ben.open_mark(1)
    ada.page.keyboard.press("J")
    ada.page.keyboard.press("}")
    ada.saved()
    with ben.page.expect_response("**/place") as answer:
        ben.text.focus()
        ben.page.keyboard.press("[")
    assert answer.value.status == 412
    expect(ben.open_card.locator(".refusal")).to_be_visible()
    expect(ben.mark(1)).to_have_text("4.2 million crowns")
    expect(ben.state).to_have_attribute("data-state", "failed")
    ben.page.keyboard.press("[")
    ben.saved()
    assert ada.words() == [("claim", "paid 4.2 million crowns")]


def test_details_changed_by_both_are_shown_side_by_side(live_server: Server, new_page: Callable[..., Page]) -> None:
    article = made(live_server)
    first, second = new_page("ada"), new_page("ben")
    for page in (first, second):
        page.goto(f"/articles/{article}/details")
    for page, title in ((first, "The first title"), (second, "The second title")):
        page.get_by_label("Title", exact=True).fill(title)
        page.get_by_role("button", name="Save details").click()
    expect(second.get_by_role("alert").first).to_contain_text("The first title")
    expect(second.get_by_label("Title", exact=True)).to_have_value("The second title")
