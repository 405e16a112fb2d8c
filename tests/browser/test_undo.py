"""Undo and redo by key: of marks, notes and comments, after a reload, without a connection, and beside somebody else."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.desk import Desk, made
from tests.support.browser import Page
from tests.support.server import Server


def press(desk: Desk, *keys: str) -> None:
    """Press these keys, one after the other."""
    for key in keys:
        desk.page.keyboard.press(key)


def test_it_goes_back_and_forth_after_a_reload(desk: Callable[..., Desk]) -> None:
    here = desk()
    press(here, "j", "c")
    here.saved()
    press(here, "}")
    here.saved()
    words = here.words()
    here.open()
    here.text.focus()
    press(here, "u")
    here.said("Undone: Claim 1 moved. Next would be: Claim 1 marked.")
    press(here, "u")
    here.said("Undone: Claim 1 marked.")
    expect(here.cards).to_have_count(0)
    expect(here.mark(1)).to_have_count(0)
    assert here.words() == []
    here.open()
    here.text.focus()
    press(here, "U")
    here.said("Done again: Claim 1 marked. Next would be: Claim 1 moved.")
    here.page.locator("#undo").get_by_role("button", name="Redo").click()
    here.said("Done again: Claim 1 moved.")
    assert here.words() == words
    here.text.focus()
    press(here, "U")
    here.said("Nothing to redo")


def test_a_note_is_taken_back_from_the_open_card(desk: Callable[..., Desk]) -> None:
    here = desk(marks=[("claim", "4.2 million")])
    card = here.open_mark(1)
    card.get_by_label("Note", exact=True).fill("Asked the bank.")
    here.page.keyboard.press("Control+Enter")
    expect(here.open_card.get_by_role("list", name="Written so far")).to_contain_text("Asked the bank.")
    press(here, "u")
    here.said("Undone: Note on Claim 1 written. Next would be: Claim 1 marked.")
    expect(here.open_card.get_by_role("list", name="Written so far")).to_have_count(0)
    press(here, "U")
    here.said("Done again: Note on Claim 1 written.")
    expect(here.open_card.get_by_role("list", name="Written so far")).to_contain_text("Asked the bank.")


def test_what_is_pressed_fast_is_taken_back_in_order(desk: Callable[..., Desk]) -> None:
    here = desk()
    press(here, "j", "c", "j", "q", "u", "u")
    here.said("Undone: Claim 1 marked.")
    here.saved()
    assert here.words() == []


def test_a_mark_that_waits_for_a_connection_is_taken_back(desk: Callable[..., Desk], watch: object) -> None:
    here = desk()
    here.page.context.set_offline(True)
    watch.allow("ERR_INTERNET_DISCONNECTED")  # type: ignore[attr-defined]
    press(here, "j", "c")
    expect(here.state).to_contain_text("Not saved yet: no connection")
    press(here, "u")
    here.said("Undone: the mark, before it was sent.")
    assert here.pending() == []
    here.page.context.set_offline(False)
    here.saved()
    assert here.words() == []


def test_what_another_has_changed_is_left_alone(new_page: Callable[..., Page], live_server: Server) -> None:
    article = made(live_server)
    ben, ada = Desk(new_page("ben"), article).open(), Desk(new_page("ada"), article)
    press(ben, "j", "c")
    ben.saved()
    ada.open()
    ada.open_mark(1).get_by_label("Note", exact=True).fill("Seen.")
    ada.page.keyboard.press("Control+Enter")
    expect(ada.open_card.get_by_role("list", name="Written so far")).to_contain_text("Seen.")
    press(ben, "u")
    expect(ben.page.locator("#undo")).to_contain_text(
        "Claim 1 has been changed since by Ada Okafor. Nothing was undone."
    )
    assert len(ben.stored()) == 1


def test_without_a_connection_nothing_is_undone_and_that_is_said(desk: Callable[..., Desk], watch: object) -> None:
    here = desk(marks=[("claim", "4.2 million")])
    here.page.context.set_offline(True)
    watch.allow("ERR_INTERNET_DISCONNECTED")  # type: ignore[attr-defined]
    here.text.focus()
    press(here, "u")
    here.said("Not undone: no connection. Try again in a moment.")
    here.page.context.set_offline(False)
    press(here, "u")
    here.said("Undone: Claim 1 marked.")
