"""The everyday record in at most twenty acts and no mouse: one key, or one typed or pasted block, is an act.

One claim with verdict, primary source with locator and a note; one quote with its speaker; one denial linked to the
claim; handed over to a second reader.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk, made
from tests.browser.test_by_keyboard import COUNT_MICE, Hands
from tests.support.browser import Page
from tests.support.server import Server

MOST = 20
TEXT = """The harbour board met on Monday behind closed doors.

It paid 4.2 million crowns for cranes that never arrived. “We were told to sign and not to ask,” said Ingrid Solheim.

The harbour board denies that any payment was made."""


def test_the_everyday_record(
    new_page: Callable[..., Page], live_server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    page = new_page("ben")
    page.context.add_init_script(COUNT_MICE)
    desk, hands = Desk(page, made(live_server, TEXT)).open(), Hands(page)
    claim(hands, desk)
    quote(hands, desk)
    denial(hands, desk)
    hand_over(hands, desk)
    told = hands.acts["keys"] + hands.acts["typed"]
    with capsys.disabled():
        print(f"\nThe everyday record: {told} acts ({hands.acts['keys']} keys, {hands.acts['typed']} texts), no mouse.")
    assert page.evaluate("window.mice") == 0
    assert desk.same_load()
    check(desk.record())
    assert told <= MOST


def claim(hands: Hands, desk: Desk) -> None:
    hands.press("j", "j", "c", "1", "n")
    expect(desk.open_card.get_by_label("Note", exact=True)).to_be_focused()
    hands.type("Read the board’s ledger: one transfer, 12 May.")
    hands.press("Tab")
    expect(desk.open_card.get_by_label("URL", exact=True)).to_be_focused()
    hands.type("https://registry.example/ledger.pdf p. 4")
    hands.press("Tab")
    expect(desk.open_card.get_by_label("Source type")).to_be_focused()
    hands.press("p", "Control+Enter")
    expect(desk.card(1)).to_have_attribute("data-state", "checked")


def quote(hands: Hands, desk: Desk) -> None:
    hands.press("j", "q")
    expect(desk.page.locator("#undo")).to_contain_text("Speaker: Ingrid Solheim?")
    hands.press("Enter")
    expect(desk.card(2)).to_contain_text("Ingrid Solheim")


def denial(hands: Hands, desk: Desk) -> None:
    hands.press("j", "d")
    expect(desk.card(3)).to_have_attribute("data-kind", "denial")
    hands.press("l", "Enter")
    expect(desk.open_card.get_by_role("link", name="Claim 1").first).to_be_visible()


def hand_over(hands: Hands, desk: Desk) -> None:
    hands.press("Shift+Enter")
    expect(desk.page.get_by_text("handed over for second reading").first).to_be_visible()


def check(record: dict) -> None:
    """What the export knows now."""
    kinds = {one["kind"]: one for one in record["annotations"]}
    claim, quote, denial = (kinds[kind] for kind in ("claim", "quote", "denial"))
    [note] = claim["notes"]
    [piece] = note["evidence"]
    assert (claim["verdict"]["value"], note["body"]) == ("accurate", "Read the board’s ledger: one transfer, 12 May.")
    assert (piece["url"], piece["source_type"], piece["locator"]) == (
        "https://registry.example/ledger.pdf",
        "primary",
        "p. 4",
    )
    assert quote["party"]["name"] == "Ingrid Solheim"
    assert denial["relations"] == [{"type": "denies", "to": claim["id"]}]
    [asked] = claim["assignments"]
    assert (asked["purpose"], asked["by"]) == ("second_reading", "ben")
