"""Asking somebody and suggesting other words, by key and by hand, and what the page shows of both."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, expect

from tests.browser.desk import Desk, until
from tests.browser.test_pages import violations

CLAIM = [("claim", "4.2 million crowns")]
INSIDE = "(words) => [...words.getClientRects()].filter(({ width }) => width > 9).map(({ x, y }) => [x + 3, y + 8])[0]"


def in_hand(one: Desk) -> None:
    """Take the first annotation in hand by key."""
    one.text.focus()
    one.page.keyboard.press("J")
    expect(one.card(1)).to_have_attribute("data-open", "")


def focused(field: Locator) -> None:
    """Wait until the field has the focus."""
    expect(field).to_be_focused()


def test_somebody_is_asked_by_keyboard(desk: Callable[..., Desk]) -> None:
    one = desk(marks=CLAIM)
    in_hand(one)
    keys = one.page.keyboard
    keys.press("a")
    form = one.open_card.locator("details.ask")
    focused(form.get_by_label("Who was asked"))
    keys.type("Harbour authority")
    keys.press("Tab")
    keys.type("E")
    keys.press("Tab")
    keys.type("Did you pay?")
    expect(one.state).to_contain_text("Unsaved text in Claim 1")
    keys.press("Control+Enter")
    one.saved()
    asked = one.open_card.get_by_role("list", name="Asked")
    expect(asked).to_contain_text("Harbour authority was asked by Ada Okafor")
    expect(asked).to_contain_text("An answer is awaited")
    expect(one.open_card).to_have_attribute("data-state", "waiting")
    [contact] = one.stored()[0]["contacts"]
    assert (contact["channel"], contact["questions"], contact["asked_by"]) == ("email", "Did you pay?", "ada")
    keys.press("Escape")
    focused(one.text)
    assert one.same_load()


def test_the_answer_is_recorded_and_followed_up(desk: Callable[..., Desk]) -> None:
    one = desk(marks=CLAIM)
    card = one.open_mark(1)
    card.get_by_text("Ask somebody").click()
    card.get_by_label("Who was asked").fill("Harbour authority")
    card.get_by_label("Channel").select_option("phone")
    card.get_by_label("Questions").fill("Did you pay?")
    card.get_by_label("Deadline (UTC)").fill("2001-01-01T00:00")
    card.get_by_role("button", name="Save question").click()
    expect(card.locator(".error", has_text="The deadline lies before the question")).to_be_visible()
    expect(card.get_by_label("Questions")).to_have_value("Did you pay?")
    card.get_by_label("Asked at (UTC)").fill("2000-12-31T00:00")
    card.get_by_role("button", name="Save question").click()
    expect(card.get_by_role("list", name="Asked")).to_contain_text("Overdue since")
    one.saved()
    card.get_by_text("Follow up", exact=True).click()
    card.get_by_label("Followed up by").select_option("email")
    card.get_by_label("Remark").fill("Asked again.")
    card.get_by_role("button", name="Save follow-up").click()
    expect(card.get_by_role("list", name="Asked")).to_contain_text("Asked again.")
    one.saved()
    card.get_by_text("Record the answer").click()
    card.get_by_label("Outcome").select_option("answered")
    card.get_by_label("Answer", exact=True).fill("We did not.")
    card.get_by_label("In the text").select_option("no")
    card.get_by_role("button", name="Save answer").click()
    expect(card.get_by_role("list", name="Asked")).to_contain_text("not in the text")
    one.saved()
    one.page.get_by_role("link", name="Right of reply").click()
    expect(one.page.get_by_role("heading", name="Right of reply")).to_be_visible()


def test_words_for_one_form_are_kept_while_another_is_saved(desk: Callable[..., Desk]) -> None:
    """What is half written about a contact outlives a saved note, and a reload."""
    one = desk(marks=CLAIM)
    card = one.open_mark(1)
    card.get_by_text("Ask somebody").click()
    card.get_by_label("Questions").fill("Did you pay, and")
    card.get_by_label("Note", exact=True).fill("Read the ledger.")
    card.get_by_role("button", name="Save note").click()
    expect(card.get_by_role("list", name="Written so far")).to_contain_text("Read the ledger.")
    expect(card.get_by_label("Questions")).to_have_value("Did you pay, and")
    expect(card.get_by_label("Questions")).to_be_visible()
    expect(one.state).to_contain_text("Unsaved text in Claim 1")
    one.open()
    card = one.open_mark(1)
    expect(card.get_by_label("Questions")).to_be_visible()
    expect(card.get_by_label("Questions")).to_have_value("Did you pay, and")
    assert [note["body"] for note in one.stored()[0]["notes"]] == ["Read the ledger."]
    assert one.stored()[0]["contacts"] == []


def test_other_words_are_suggested_by_keyboard_and_shown_in_place(desk: Callable[..., Desk]) -> None:
    one = desk(marks=CLAIM)
    before = one.record()["version"]["text"]
    in_hand(one)
    keys = one.page.keyboard
    keys.press("r")
    words = one.open_card.get_by_label("Suggested words")
    focused(words)
    expect(words).to_have_value("4.2 million crowns")
    words.fill("3.9 million crowns")
    keys.press("Tab")
    keys.type("The ledger says 3.9.")
    keys.press("Tab")
    keys.type("F")
    keys.press("Control+Enter")
    one.saved()
    expect(one.text.locator("del mark[data-a='1']")).to_have_text("4.2")
    expect(one.text.locator("ins.suggested")).to_have_text("[suggested: 3.9]")
    expect(one.open_card.get_by_role("list", name="Corrections")).to_contain_text("Proposed · Fact")
    [stored] = one.stored()
    assert stored["corrections"][0]["suggested"] == "3.9 million crowns"
    assert one.record()["version"]["text"] == before


def test_marks_made_beside_a_redline_sit_on_the_words_of_the_article(desk: Callable[..., Desk]) -> None:
    """By mouse across the words written in, by key behind them, and by a click on them."""
    one = desk(marks=CLAIM)
    card = one.open_mark(1)
    card.get_by_text("Suggest a correction").click()
    card.get_by_label("Suggested words").fill("almost 3.9 million Danish crowns")
    card.get_by_label("Why it should change").fill("The ledger.")
    card.get_by_label("Severity").select_option("fact")
    card.get_by_role("button", name="Suggest correction").click()
    expect(one.text.locator("ins")).not_to_have_count(0)
    one.saved()
    one.mark_by_mouse("paid 4.2 million crowns for cranes", "Quote")
    one.text.focus()
    one.page.keyboard.press("j")
    one.page.keyboard.press("d")
    one.saved()
    assert ("quote", "paid 4.2 million crowns for cranes") in one.words()
    assert next(words for kind, words in one.words() if kind == "denial") in one.record()["version"]["text"]
    one.text.focus()
    one.page.keyboard.press("Escape")
    expect(one.open_card).to_have_count(0)
    one.page.mouse.click(*one.text.locator("ins").first.evaluate(INSIDE))
    expect(one.card(1)).to_have_attribute("data-open", "")


def test_a_lead_decides(desk: Callable[..., Desk]) -> None:
    one = desk(marks=CLAIM)
    card = one.open_mark(1)
    card.get_by_text("Suggest a correction").click()
    card.get_by_label("Suggested words").fill("")
    card.get_by_label("Why it should change").fill("Nobody can show it.")
    card.get_by_label("Severity").select_option("legal")
    card.get_by_role("button", name="Suggest correction").click()
    expect(one.text.locator("del")).to_have_text("4.2 million crowns")
    one.saved()
    expect(one.card(1).get_by_text("Accept or reject")).to_be_visible()
    card.get_by_text("Accept or reject").click()
    card.get_by_label("Decision", exact=True).select_option("rejected")
    card.get_by_role("button", name="Decide").click()
    expect(card.locator(".error", has_text="Say why; whoever suggested these words")).to_be_visible()
    expect(card.get_by_label("Decision", exact=True)).to_have_value("rejected")
    card.get_by_label("Reason for the decision").fill("The clerk showed it.")
    card.get_by_role("button", name="Decide").click()
    expect(one.text.locator("del")).to_have_count(0)
    expect(card.get_by_role("list", name="Corrections")).to_contain_text("Rejected by Ada Okafor")


def test_the_other_page_shows_the_redline_and_the_flag(
    desk: Callable[..., Desk], new_page: Callable[..., object]
) -> None:
    one = desk(marks=CLAIM)
    other = Desk(new_page("ben"), one.article).open()  # type: ignore[arg-type]
    card = one.open_mark(1)
    card.get_by_text("Suggest a correction").click()
    card.get_by_label("Suggested words").fill("3.9 million crowns")
    card.get_by_label("Why it should change").fill("The ledger.")
    card.get_by_label("Severity").select_option("typo")
    card.get_by_role("button", name="Suggest correction").click()
    one.saved()
    other.page.evaluate("dispatchEvent(new Event('focus'))")
    expect(other.text.locator("ins.suggested")).to_have_text("[suggested: 3.9]")
    expect(other.card(1).get_by_text("1 correction open")).to_be_visible()


def test_the_card_and_the_redline_read_well_everywhere(desk: Callable[..., Desk]) -> None:
    """Light, dark, 320 px, forced colours and print; struck out and written in without colour as well."""
    one = desk(marks=CLAIM)
    card = one.open_mark(1)
    card.get_by_text("Suggest a correction").click()
    card.get_by_label("Suggested words").fill("3.9 million crowns")
    card.get_by_label("Why it should change").fill("The ledger.")
    card.get_by_label("Severity").select_option("typo")
    card.get_by_role("button", name="Suggest correction").click()
    one.saved()
    card.get_by_text("Ask somebody").click()
    assert violations(one.page) == []
    one.page.emulate_media(color_scheme="dark")
    assert violations(one.page) == []
    one.page.set_viewport_size({"width": 320, "height": 640})
    until(one.page, lambda: one.page.evaluate("document.documentElement.scrollWidth") <= 320)
    one.page.emulate_media(media="print", forced_colors="active")
    line = "(element) => getComputedStyle(element).textDecorationLine"
    assert one.text.locator("del").first.evaluate(line) == "line-through"
    assert one.text.locator("ins").first.evaluate(line) == "underline"


def test_the_right_of_reply_reads_and_prints(desk: Callable[..., Desk]) -> None:
    one = desk(marks=[*CLAIM, ("denial", "The authority denies that any payment was made.")])
    page = one.page
    page.goto(f"/articles/{one.article}/right-of-reply")
    expect(page.get_by_text("No allegation is marked in this article.")).to_be_visible()
    one.open()
    uuid = one.stored()[-1]["id"]
    card = one.open_mark(2)
    card.get_by_label("Denies").select_option(index=1)
    card.get_by_role("button", name="Link").click()
    one.saved()
    until(page, lambda: one.stored()[-1]["fields"]["denies"])
    assert uuid
    page.goto(f"/articles/{one.article}/right-of-reply")
    row = page.get_by_role("row").nth(1)
    expect(row).to_contain_text("4.2 million crowns")
    expect(row).to_contain_text("Not put to anybody.")
    assert violations(page) == []
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation")).to_have_count(0)
    expect(row).to_be_visible()
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == []
    row.get_by_role("link", name="Claim 1").click()
    expect(page).to_have_url(re.compile(r"#a1$"))
