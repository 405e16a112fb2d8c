"""What happens to work when the connection or the server goes away: it waits, is seen to wait, and arrives once."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.browser.desk import Desk, made, until
from tests.support.browser import Page, Watch
from tests.support.server import Server

FIRST = "The harbour authority paid 4.2 million crowns for cranes that never arrived, documents show."
KEPT = "() => Object.keys(localStorage).filter((key) => /:(queue|draft):/.test(key))"


@pytest.fixture(autouse=True)
def _cut_off(watch: Watch) -> None:
    """The browser reports requests that find no connection."""
    watch.allow("net::ERR_")
    watch.allow("htmx:error: Failed to fetch")


def kept(page: Page) -> list[str]:
    """The names under which this browser keeps unsaved work."""
    names: list[str] = page.evaluate(KEPT)
    return names


def tag_offline(desk: Desk) -> None:
    desk.page.context.set_offline(True)
    desk.page.keyboard.press("j")
    desk.page.keyboard.press("c")


def test_a_mark_made_offline_is_seen_to_wait_and_is_saved_when_the_connection_is_back(
    desk: Callable[..., Desk],
) -> None:
    one = desk()
    tag_offline(one)
    expect(one.state).to_contain_text("Not saved yet: no connection")
    expect(one.state).to_contain_text("1 waiting")
    expect(one.state).to_have_css("font-weight", "600")
    assert one.pending() == ["pending-claim"]
    one.page.context.set_offline(False)
    one.saved()
    expect(one.mark(1)).to_have_text(FIRST)
    expect(one.state).to_have_css("font-weight", "400")
    assert one.words() == [("claim", FIRST)]


def test_a_mark_made_offline_survives_closing_the_page(desk: Callable[..., Desk]) -> None:
    one = desk()
    tag_offline(one)
    expect(one.state).to_contain_text("Not saved yet")
    context = one.page.context
    one.page.close()
    context.set_offline(False)
    again = Desk(context.new_page(), one.article).open()
    expect(again.mark(1)).to_have_text(FIRST)
    again.saved()
    assert again.words() == [("claim", FIRST)]
    assert kept(again.page) == []


def test_an_answer_that_was_lost_makes_no_second_annotation(desk: Callable[..., Desk]) -> None:
    """The server saves, the answer never arrives, the browser asks again."""
    one = desk()
    lost: list[int] = []

    def lose(route: object) -> None:
        lost.append(route.fetch().status)  # type: ignore[attr-defined]
        route.abort()  # type: ignore[attr-defined]

    one.page.route("**/annotations", lose, times=1)
    one.page.keyboard.press("j")
    one.page.keyboard.press("q")
    expect(one.mark(1)).to_have_text(FIRST)
    one.saved()
    assert lost == [201]
    assert one.words() == [("quote", FIRST)]


def test_several_writes_wait_in_order(desk: Callable[..., Desk]) -> None:
    """An edge moved, a mark deleted and another made, all offline."""
    one = desk(marks=[("claim", "4.2 million"), ("denial", "No money has left this house")])
    one.page.context.set_offline(True)
    for key in ("J", "}", "}", "{", "J", "Delete", "Control+Home", "c"):
        one.page.keyboard.press(key)
    expect(one.state).to_contain_text("3 waiting")
    expect(one.card(2)).to_be_hidden()
    one.page.context.set_offline(False)
    one.saved()
    assert one.words() == [("claim", FIRST), ("claim", "4.2 million crowns")]


def test_a_typed_note_survives_a_dropped_connection_and_a_reload(desk: Callable[..., Desk]) -> None:
    one = desk(marks=[("claim", "4.2 million crowns")])
    card = one.open_mark(1)
    card.get_by_label("Verdict").select_option("false")
    card.get_by_label("Note", exact=True).fill("The ledger says 2.4.")
    one.page.route("**/notes", lambda route: route.abort())
    card.get_by_role("button", name="Save note").click()
    expect(one.open_card.locator(".refusal")).to_contain_text("no connection")
    expect(card.get_by_label("Note", exact=True)).to_have_value("The ledger says 2.4.")
    one.open()
    one.page.unroute_all()
    card = one.open_mark(1)
    expect(card.get_by_label("Note", exact=True)).to_have_value("The ledger says 2.4.")
    expect(card.get_by_label("Verdict")).to_have_value("false")
    card.get_by_role("button", name="Save note").click()
    expect(one.open_card.get_by_role("list", name="Written so far")).to_contain_text("The ledger says 2.4.")
    expect(one.state).to_have_text(re.compile(r"^Saved \d\d:\d\d:\d\d$"))
    until(one.page, lambda: kept(one.page) == [])


def test_signing_out_erases_what_is_kept(desk: Callable[..., Desk]) -> None:
    """It is asked first, because what waits would be lost."""
    one = desk(marks=[("claim", "4.2 million crowns")])
    one.open_mark(1).get_by_label("Note", exact=True).fill("Half a thought")
    until(one.page, lambda: kept(one.page))
    asked: list[str] = []
    one.page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    one.page.get_by_role("button", name="Sign out").click()
    expect(one.page.get_by_role("button", name="Sign in")).to_be_visible()
    assert "not saved" in asked[0]
    assert kept(one.page) == []


def test_a_session_that_ended_holds_the_mark_until_somebody_signs_in(
    desk: Callable[..., Desk], live_server: Server
) -> None:
    one = desk()
    one.page.context.clear_cookies()
    one.page.keyboard.press("j")
    one.page.keyboard.press("c")
    expect(one.state.get_by_role("link", name=re.compile("Sign in again"))).to_be_visible()
    one.page.context.add_cookies(live_server.cookies_of("ada"))  # type: ignore[arg-type]
    one.open()
    expect(one.mark(1)).to_have_text(FIRST)
    one.saved()
    assert one.words() == [("claim", FIRST)]


def test_a_killed_server_saves_once_when_it_is_back(own_server: Server, new_page: Callable[..., Page]) -> None:
    """Saved before the kill stays; tagged while it is down arrives, once."""
    article = made(own_server)
    one = Desk(new_page("ada", own=own_server), article).open()
    one.page.keyboard.press("j")
    one.page.keyboard.press("c")
    one.saved()
    port = own_server.url.rpartition(":")[2].rstrip("/")
    own_server.kill()
    one.page.keyboard.press("j")
    one.page.keyboard.press("q")
    expect(one.state).to_contain_text("Not saved yet")
    own_server.start("--port", port)
    expect(one.mark(2)).not_to_have_count(0)
    one.saved()
    assert [kind for kind, _ in one.words()] == ["claim", "quote"]
    assert one.words()[0] == ("claim", FIRST)


def test_an_answer_finds_its_card_although_an_earlier_one_replaced_it(desk: Callable[..., Desk]) -> None:
    """Two forms of a card are sent while the first is still on its way: the second is answered in sight."""
    one = desk(marks=[("claim", "4.2 million"), ("denial", "No money has left this house")])
    held: list[Route] = []
    one.page.route(re.compile(r"/(party|denies)$"), lambda route: held.append(route))
    card = one.open_mark(2)
    card.get_by_label("Denier", exact=True).fill("The authority")
    card.get_by_role("button", name="Save details").click()
    card.get_by_label("Denies").select_option(label="Claim 1: 4.2 million")
    card.get_by_role("button", name="Link").click()
    until(one.page, lambda: len(held) == 2)
    with one.page.expect_response("**/party"):
        held[0].continue_()
    expect(card).to_have_attribute("data-row", "2")
    with one.page.expect_response("**/denies"):
        held[1].continue_()
    expect(card.locator(".refusal").or_(card.get_by_role("link", name="Claim 1"))).to_be_visible()
    expect(card.get_by_label("Denies")).to_have_value(one.stored()[0]["id"])
    one.page.unroute_all()
    card.get_by_role("button", name="Link").click()
    expect(card.get_by_role("link", name="Claim 1")).to_be_visible()
