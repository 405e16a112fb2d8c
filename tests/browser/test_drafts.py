"""Words typed into cards: kept until they are saved, never instead of what somebody else has saved meanwhile."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.browser.desk import Desk, made, until
from tests.support.browser import Page, Watch
from tests.support.server import Server

CLAIM = [("claim", "4.2 million crowns")]


@pytest.fixture(autouse=True)
def _cut_off(watch: Watch) -> None:
    """The browser reports requests that find no connection."""
    watch.allow("net::ERR_")
    watch.allow("htmx:error: Failed to fetch")


def wait_for_draft(desk: Desk, words: str) -> None:
    until(desk.page, lambda: desk.page.evaluate("(words) => JSON.stringify({...localStorage}).includes(words)", words))


def focus_window(desk: Desk) -> None:
    """Come back to the page."""
    desk.page.evaluate("dispatchEvent(new Event('focus'))")


def test_a_draft_never_overwrites_what_a_colleague_saved(live_server: Server, new_page: Callable[..., Page]) -> None:
    article = made(live_server, marks=CLAIM)
    ada, ben = (Desk(new_page(name), article).open() for name in ("ada", "ben"))
    ada.open_mark(1).get_by_label("Claimant", exact=True).fill("The port")
    expect(ada.state).to_have_text("Unsaved text in Claim 1")
    wait_for_draft(ada, "The port")
    card = ben.open_mark(1)
    card.get_by_label("Claimant", exact=True).fill("The harbour authority")
    card.get_by_role("button", name="Save details").click()
    ben.saved()
    ada.open()
    expect(ada.state).to_have_text("Unsaved text in Claim 1")
    card = ada.open_mark(1)
    expect(card.get_by_text(re.compile(r"Your unsaved text, \d\d:\d\d"))).to_be_visible()
    expect(card.get_by_label("Claimant", exact=True)).to_have_value("The port")
    with ada.page.expect_response("**/party") as answer:
        card.get_by_role("button", name="Save details").click()
    assert answer.value.status == 412
    expect(ada.open_card.locator(".stored")).to_contain_text("The harbour authority")
    expect(ada.open_card.get_by_label("Claimant", exact=True)).to_have_value("The port")
    expect(ada.state).to_contain_text("Not saved")
    ada.open_card.get_by_role("button", name="Save details").click()
    ada.saved()
    assert ada.stored()[0]["party"]["name"] == "The port"


def test_a_restored_draft_is_discarded(desk: Callable[..., Desk]) -> None:
    one = desk(marks=CLAIM)
    one.open_mark(1).get_by_label("Note", exact=True).fill("Half a thought")
    wait_for_draft(one, "Half a thought")
    one.open()
    one.open_mark(1).get_by_role("button", name="Discard").click()
    expect(one.open_card.get_by_label("Note", exact=True)).to_have_value("")
    expect(one.state).to_have_text("Saved")
    one.open()
    expect(one.open_mark(1).get_by_label("Note", exact=True)).to_have_value("")


def test_what_is_typed_at_once_after_a_key_goes_into_the_note(desk: Callable[..., Desk]) -> None:
    """The answers come late, and every letter is a command elsewhere."""
    one = desk()
    held: list[Route] = []
    one.page.route("**/annotations", lambda route: held.append(route), times=1)
    one.page.keyboard.press("j")
    one.page.keyboard.press("c")
    one.page.keyboard.type("2nqdx")
    one.page.keyboard.press("Backspace")
    one.page.keyboard.press("Enter")
    one.page.keyboard.type("uj.")
    until(one.page, lambda: held)
    held[0].continue_()
    note = one.card(1).get_by_label("Note", exact=True)
    expect(note).to_have_value("qd\nuj.")
    expect(note).to_be_focused()
    expect(one.open_card.get_by_label("Verdict")).to_have_value("mostly_accurate")
    expect(one.cards).to_have_count(1)


def test_what_is_typed_for_a_card_that_cannot_be_opened_is_kept(desk: Callable[..., Desk]) -> None:
    one = desk(marks=CLAIM)
    one.page.keyboard.press("J")
    expect(one.open_card).to_have_count(1)
    one.page.keyboard.press("Escape")
    expect(one.open_card).to_have_count(0)
    one.page.context.set_offline(True)
    one.page.keyboard.press("J")
    expect(one.page.locator("#undo")).to_contain_text("Claim 1 could not be opened: no connection")
    one.page.keyboard.press("n")
    one.page.keyboard.type("Asked the bank.")
    expect(one.page.locator("#undo")).to_contain_text("kept for its note")
    expect(one.state).to_have_text("Unsaved text in Claim 1")
    one.page.context.set_offline(False)
    one.card(1).locator(".card-head").click()
    expect(one.open_card.get_by_label("Note", exact=True)).to_have_value("Asked the bank.")


def test_one_key_saves_the_claimant_and_the_note(desk: Callable[..., Desk]) -> None:
    """In the order that the guide tells: verdict, note, save, evidence, save."""
    one = desk(marks=CLAIM)
    one.page.keyboard.press("J")
    one.open_card.get_by_label("Claimant", exact=True).fill("The port")
    one.page.keyboard.press("Escape")
    one.page.keyboard.press("5")
    expect(one.page.locator("#undo")).to_have_text(re.compile("Verdict: False, not saved yet"))
    expect(one.text).to_be_focused()
    one.page.keyboard.type("nThe ledger says 2.4.")
    one.page.keyboard.press("Control+Enter")
    one.page.keyboard.type("ehttps://ledger.example/7")
    expect(one.open_card.get_by_label("URL", exact=True)).to_have_value("https://ledger.example/7")
    one.page.keyboard.press("Control+Enter")
    one.saved()
    expect(one.page.locator("#undo")).to_be_hidden(timeout=5_000)
    [stored] = one.stored()
    assert stored["party"]["name"] == "The port"
    first, second = stored["notes"]
    assert (first["body"], first["verdict"]) == ("The ledger says 2.4.", "false")
    assert second["evidence"][0]["url"] == "https://ledger.example/7"


def test_text_typed_while_another_form_is_answered_stays(desk: Callable[..., Desk]) -> None:
    one = desk(marks=CLAIM)
    held: list[Route] = []
    one.page.route("**/party", lambda route: held.append(route))
    card = one.open_mark(1)
    card.get_by_label("Claimant", exact=True).fill("The port")
    card.get_by_role("button", name="Save details").click()
    until(one.page, lambda: held)
    note = card.get_by_label("Note", exact=True)
    note.click()
    one.page.keyboard.type("abcd")
    one.page.keyboard.press("ArrowLeft")
    with one.page.expect_response("**/party"):
        held[0].continue_()
    expect(card).to_have_attribute("data-row", "2")
    expect(note).to_be_focused()
    one.page.keyboard.type("-")
    expect(note).to_have_value("abc-d")


def test_a_note_that_found_no_connection_is_sent_again_by_itself(desk: Callable[..., Desk]) -> None:
    """Once, although the server had it and only the answer was lost."""
    one = desk(marks=CLAIM)
    card = one.open_mark(1)
    card.get_by_label("Note", exact=True).fill("Asked the bank.")

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    one.page.route("**/notes", lose, times=1)
    card.get_by_role("button", name="Save note").click()
    expect(one.state).to_contain_text("Not saved: no connection")
    focus_window(one)
    expect(one.open_card.get_by_role("list", name="Written so far")).to_contain_text("Asked the bank.")
    one.saved()
    assert [note["body"] for note in one.stored()[0]["notes"]] == ["Asked the bank."]


def test_a_session_begun_again_elsewhere_is_taken_over(desk: Callable[..., Desk], live_server: Server) -> None:
    one = desk(marks=CLAIM)
    card = one.open_mark(1)
    card.get_by_label("Note", exact=True).fill("Asked the bank.")
    one.page.context.clear_cookies()
    card.get_by_role("button", name="Save note").click()
    expect(one.state).to_contain_text("Not saved: signed out")
    one.text.focus()
    one.page.keyboard.press("j")
    one.page.keyboard.press("q")
    expect(one.state.get_by_role("link", name=re.compile("Sign in again"))).to_be_visible()
    one.page.context.add_cookies(live_server.cookies_of("ada"))  # type: ignore[arg-type]
    focus_window(one)
    one.saved()
    assert one.same_load()
    assert [len(found["notes"]) for found in one.stored()] == [0, 1]
    assert "quote" in [kind for kind, _ in one.words()]


def test_a_card_deleted_by_somebody_else_is_asked_for_once(live_server: Server, new_page: Callable[..., Page]) -> None:
    article = made(live_server, marks=[*CLAIM, ("quote", "sign and not to ask")])
    ada, ben = (Desk(new_page(name), article).open() for name in ("ada", "ben"))
    ben.page.route("**/changes?*", lambda route: route.fulfill(status=304))
    ben.open_mark(1)
    ada.open_mark(1).get_by_role("button", name="Delete").click()
    ada.saved()
    asked: list[str] = []
    ben.page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/closed") else None)
    ben.open_mark(2)
    expect(ben.page.locator("#undo")).to_contain_text("Claim 1 was deleted by somebody else")
    expect(ben.card(1)).to_have_count(0)
    ben.page.keyboard.press("Escape")
    ben.page.keyboard.press("Escape")
    expect(ben.open_card).to_have_count(0)
    assert len([url for url in asked if url]) <= 2


def test_a_note_saved_beside_an_old_draft_shows_both_too(live_server: Server, new_page: Callable[..., Page]) -> None:
    """A denial has two forms beside its note; whichever is sent, the draft's row is what counts."""
    article = made(live_server, marks=[("denial", "No money has left this house")])
    ada, ben = (Desk(new_page(name), article).open() for name in ("ada", "ben"))
    ada.open_mark(1).get_by_label("Denier", exact=True).fill("The port")
    wait_for_draft(ada, "The port")
    card = ben.open_mark(1)
    card.get_by_label("Denier", exact=True).fill("The authority")
    card.get_by_role("button", name="Save details").click()
    ben.saved()
    ada.open()
    ada.open_mark(1).get_by_label("Note", exact=True).fill("Asked twice.")
    for status in (412, 200):
        with ada.page.expect_response("**/notes") as answer:
            ada.page.keyboard.press("Control+Enter")
        assert answer.value.status == status
        expect(ada.state).to_contain_text("Not saved" if status == 412 else "Saved")
    [stored] = ada.stored()
    assert (stored["party"]["name"], stored["notes"][0]["body"]) == ("The port", "Asked twice.")


def test_words_typed_a_moment_before_leaving_are_kept(desk: Callable[..., Desk]) -> None:
    one = desk(marks=CLAIM)
    one.open_mark(1).get_by_label("Note", exact=True).fill("Half a thought")
    one.page.evaluate("document.querySelector('.bar a[href$=\"/articles\"]').click()")
    expect(one.page.get_by_role("heading", name="Articles")).to_be_visible()
    one.open()
    expect(one.open_mark(1).get_by_label("Note", exact=True)).to_have_value("Half a thought")


def test_the_card_can_be_saved_by_key_before_it_is_there(desk: Callable[..., Desk]) -> None:
    one = desk()
    one.text.focus()
    for key in ("j", "j", "c", "n"):
        one.page.keyboard.press(key)
    one.page.keyboard.type("Asked.")
    one.page.keyboard.press("Control+Enter")
    until(one.page, lambda: [note["body"] for mark in one.stored() for note in mark["notes"]] == ["Asked."])


def test_nothing_is_typed_into_the_form_that_an_edit_replaces(desk: Callable[..., Desk]) -> None:
    one = desk(marks=CLAIM)
    card = one.open_mark(1)
    card.get_by_label("Note", exact=True).fill("The first wording.")
    card.get_by_role("button", name="Save note").click()
    one.saved()
    one.open_card.get_by_role("link", name="Edit note").click()
    one.open_card.get_by_label("Note", exact=True).fill("The second wording.")
    one.open_card.get_by_role("button", name="Save note").click()
    until(one.page, lambda: [note["body"] for note in one.stored()[0]["notes"]] == ["The second wording."])


def test_a_correction_that_was_refused_is_still_there_after_a_reload(desk: Callable[..., Desk]) -> None:
    one = desk(marks=CLAIM)
    one.page.keyboard.press("J")
    expect(one.open_card).to_have_count(1)
    one.page.keyboard.press("r")
    suggested = one.open_card.get_by_label("Suggested words")
    suggested.fill("4.6 million crowns")
    one.page.keyboard.press("Control+Enter")
    expect(one.state).to_contain_text("Not saved")
    for _ in range(2):
        one.page.keyboard.press("Escape")
    expect(one.state).to_contain_text("Unsaved text in Claim 1")
    one.open()
    expect(one.open_mark(1).get_by_label("Suggested words")).to_have_value("4.6 million crowns")
