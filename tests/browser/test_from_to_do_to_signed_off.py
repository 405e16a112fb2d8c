"""The whole life of a check, by two people: to do, checked, handed over, disagreed, settled, reopened, signed off."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.desk import Desk, made
from tests.support.browser import Page
from tests.support.server import Server

CLAIM = "4.2 million crowns"


def state(desk: Desk, value: str) -> None:
    """Come back to the page, as from another window, and wait until the claim is in this state."""
    desk.page.evaluate("dispatchEvent(new Event('focus'))")
    expect(desk.card(1)).to_have_attribute("data-state", value)


def verify(desk: Desk, verdict: str, note: str, url: str = "") -> None:
    """Write a note with a verdict, and evidence when there is an address."""
    card = desk.open_mark(1) if desk.card(1).get_attribute("data-open") is None else desk.open_card
    desk.page.keyboard.press("n")
    expect(card.get_by_label("Note", exact=True)).to_be_focused()
    card.get_by_label("Note", exact=True).fill(note)
    card.get_by_label("Verdict").select_option(verdict)
    if url:
        card.get_by_label("URL", exact=True).fill(url)
        card.get_by_label("Source type").select_option("primary")
    card.get_by_role("button", name="Save note").click()
    expect(card.get_by_role("list", name="Written so far")).to_contain_text(note)


def test_two_people_take_a_claim_from_to_do_to_signed_off(new_page: Callable[..., Page], live_server: Server) -> None:
    article = made(live_server, marks=[("claim", CLAIM)])
    ben, ada = (Desk(new_page(name), article).open() for name in ("ben", "ada"))
    state(ben, "to_do")
    verify(ben, "accurate", "Read the ledger.", "https://registry.example/ledger-2026")
    state(ben, "checked")
    cannot_sign_their_own(ben)
    hand_over(ben)
    disagree(ada)
    state(ben, "disagreed")
    settle(ada)
    state(ben, "checked")
    withdraw_the_source(ben)
    state(ada, "reopened")
    verify(ben, "accurate", "The signed copy says the same.", "https://registry.example/signed-copy")
    state(ada, "checked")
    sign_off(ada)
    state(ben, "signed_off")
    kept(ada)


def unfold(desk: Desk) -> None:
    """Open the part of the card where one signs off, unless it is open already."""
    part = desk.open_card.locator("details").filter(has_text="Sign off, second reading").first
    if part.get_attribute("open") is None:
        part.locator("summary").first.click()


def cannot_sign_their_own(desk: Desk) -> None:
    """The button is there, and says why it cannot be used."""
    unfold(desk)
    button = desk.open_card.get_by_role("button", name="Sign off", exact=True)
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(desk.open_card.get_by_text("You gave this verdict; somebody else has to sign it off.")).to_be_visible()


def hand_over(desk: Desk) -> None:
    desk.text.focus()
    desk.page.keyboard.press("Shift+Enter")
    expect(desk.page.get_by_text("1 check handed over for second reading").first).to_be_visible()


def disagree(desk: Desk) -> None:
    """From the queue, where it was offered, to another verdict."""
    desk.page.goto("/queue")
    link = desk.page.locator(f'main a[href^="/articles/{desk.article}#"]').first
    expect(link).to_contain_text(CLAIM)
    link.click()
    desk.ready()
    verify(desk, "misleading", "The sum leaves the second invoice out.", "https://registry.example/invoices")
    state(desk, "disagreed")


def settle(desk: Desk) -> None:
    desk.open_card.get_by_label("What stands").select_option("accurate")
    desk.open_card.get_by_label("Why it stands").fill("The second invoice was never paid.")
    desk.open_card.get_by_role("button", name="Settle").click()
    expect(desk.open_card.get_by_role("list", name="Written so far")).to_contain_text("never paid")


def withdraw_the_source(desk: Desk) -> None:
    link = desk.open_card.get_by_role("list", name="Written so far").get_by_role("link", name="Used by 1 note").first
    desk.page.goto(link.get_attribute("href") or "")
    desk.page.get_by_label("Reason").fill("The ledger was a draft.")
    desk.page.get_by_role("button", name="Withdraw").click()
    expect(desk.page.get_by_text("The ledger was a draft.")).to_be_visible()
    desk.open("#a1")
    expect(desk.open_card).to_contain_text("It needs a verdict anew")


def sign_off(desk: Desk) -> None:
    card = desk.open_card
    unfold(desk)
    card.get_by_label("Remark").fill("Read both copies.")
    card.get_by_role("button", name="Sign off", exact=True).click()
    expect(card).to_contain_text("Signed off by Ada")


def kept(desk: Desk) -> None:
    """What the export tells of it afterwards."""
    [claim] = desk.stored()
    assert (claim["state"], claim["verdict"]["value"], claim["verdict"]["by"]) == ("signed_off", "accurate", "ben")
    assert [note["verdict"] for note in claim["notes"]] == ["accurate", "misleading", "accurate", "accurate"]
    assert [note["resolves"] for note in claim["notes"]] == [False, False, True, False]
    assert claim["notes"][0]["evidence"][0]["withdrawn"]["reason"] == "The ledger was a draft."
    [signed] = claim["sign_offs"]
    assert (signed["by"], signed["remark"], signed["fallen_at"]) == ("ada", "Read both copies.", None)
