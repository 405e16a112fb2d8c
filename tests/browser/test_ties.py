"""Ties by hand: chosen with `l`, offered when something is said twice, drawn while pointed at; a speaker taken by Enter."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, expect

from tests.browser.desk import Desk, until
from tests.browser.test_pages import violations

TEXT = """The harbour authority paid 4.2 million crowns for cranes that never arrived, documents show.

“We were told to sign and not to ask,” said Ingrid Solheim, who kept the accounts until March.

The authority denies that any payment was made. It paid 4.2 million crowns, the ledger says."""
FIRST, SECOND, AGAIN = "4.2 million crowns", "cranes that never arrived", "4.2 million crowns"
CLAIMS = [("claim", FIRST), ("claim", SECOND)]
TIED = "() => [...(CSS.highlights.get('tied') ?? [])].map((range) => range.toString())"
LINE = "() => document.querySelector('#ties path').getAttribute('d') ?? ''"


def press(desk: Desk, *keys: str) -> None:
    for key in keys:
        desk.page.keyboard.press(key)


def dialog(desk: Desk) -> Locator:
    return desk.page.get_by_role("dialog", name="Tie to another annotation")


def chosen(desk: Desk) -> Locator:
    return dialog(desk).get_by_role("listbox").get_by_role("option", selected=True)


def relations(desk: Desk) -> list[tuple[str, str, str]]:
    """The ties that the server keeps: whose words, type, to whose words."""
    stored = desk.stored()
    words = {one["id"]: one["anchor"]["exact"] for one in stored}
    return [(one["anchor"]["exact"], tie["type"], words[tie["to"]]) for one in stored for tie in one["relations"]]


def test_a_denial_is_tied_to_the_nearest_claim_by_two_keys(desk: Callable[..., Desk]) -> None:
    made = desk(TEXT, CLAIMS)
    press(made, "j", "j", "j", "d", "l", "Enter")
    expect(made.open_card.get_by_role("link", name="Claim 2")).to_be_visible()
    expect(dialog(made)).to_be_hidden()
    expect(made.text).to_be_focused()
    assert relations(made) == [("The authority denies that any payment was made.", "denies", SECOND)]
    assert made.same_load()


def test_another_one_is_chosen_by_arrows_letters_and_clicks(desk: Callable[..., Desk]) -> None:
    made = desk(TEXT, [*CLAIMS, ("quote", "told to sign"), ("denial", "denies that any payment was made")])
    press(made, "j", "J", "J", "J", "J", "l")
    expect(chosen(made)).to_contain_text("Claim 2")
    press(made, "ArrowDown")
    expect(chosen(made)).to_contain_text("Claim 1")
    press(made, "J", "J")
    expect(chosen(made)).to_contain_text("Quote 3")
    press(made, "K")
    expect(chosen(made)).to_contain_text("Claim 2")
    made.click("4.2 million crowns")
    expect(chosen(made)).to_contain_text("Claim 1")
    assert made.page.evaluate(TIED) == [FIRST]
    press(made, "ArrowRight", "Enter")
    expect(made.open_card.get_by_text("Answers Claim 1")).to_be_visible()
    assert relations(made) == [("denies that any payment was made", "answers", FIRST)]


def test_escape_leaves_everything_as_it_was(desk: Callable[..., Desk]) -> None:
    made = desk(TEXT, CLAIMS)
    press(made, "j", "J", "l")
    expect(chosen(made)).to_contain_text("Claim 2")
    press(made, "Escape")
    expect(dialog(made)).to_be_hidden()
    expect(made.text).to_be_focused()
    assert made.page.evaluate(TIED) == []
    assert relations(made) == []


def test_nothing_to_tie_it_to(desk: Callable[..., Desk]) -> None:
    made = desk(TEXT)
    press(made, "l")
    made.said("Choose an annotation first")
    press(made, "j", "c")
    made.saved()
    press(made, "l")
    expect(dialog(made)).to_contain_text("Nothing else is marked")
    press(made, "Enter")
    made.said("There is nothing to tie it to")


def test_a_tie_that_is_refused_is_said(desk: Callable[..., Desk]) -> None:
    made = desk(TEXT, [*CLAIMS, ("denial", "denies that any payment was made")])
    press(made, "j", "J", "J", "J", "l", "Enter")
    expect(made.open_card.get_by_role("link", name="Claim 2")).to_be_visible()
    press(made, "l")
    expect(chosen(made)).to_be_visible()
    press(made, "ArrowLeft", "J", "K", "K", "Enter")
    made.said("denies something else already")
    assert len(relations(made)) == 1


def test_saying_it_twice_is_offered_as_a_repeat(desk: Callable[..., Desk]) -> None:
    made = desk(TEXT, CLAIMS)
    made.select(AGAIN, 1)
    press(made, "c")
    made.saved()
    card = made.open_mark(3)
    expect(card).to_contain_text("Says the same as Claim 1")
    card.get_by_role("button", name="Repeats Claim 1", exact=True).click()
    expect(card.get_by_role("button", name="Repeats Claim 1", exact=True)).to_have_count(0)
    expect(card.get_by_text("Repeats Claim 1", exact=True)).to_be_visible()
    assert relations(made) == [(AGAIN, "repeats", FIRST)]


def test_a_tie_is_taken_away_from_either_side(desk: Callable[..., Desk]) -> None:
    made = desk(TEXT, [*CLAIMS, ("denial", "denies that any payment was made")])
    press(made, "j", "J", "J", "J", "l", "Enter")
    expect(made.open_card.get_by_role("link", name="Claim 2")).to_be_visible()
    card = made.open_mark(2)
    expect(card).to_contain_text("Is denied by Denial 3")
    card.get_by_role("button", name="Take away: Denial 3 denies Claim 2").click()
    expect(card.get_by_text("Is denied by")).to_have_count(0)
    assert relations(made) == []


def test_ties_are_drawn_while_pointed_at(desk: Callable[..., Desk]) -> None:
    made = desk(TEXT, [*CLAIMS, ("denial", "denies that any payment was made")])
    press(made, "j", "J", "J", "J", "l", "Enter")
    expect(made.open_card.get_by_role("link", name="Claim 2")).to_be_visible()
    until(made.page, lambda: made.page.evaluate(TIED) == [SECOND] and made.page.evaluate(LINE))
    press(made, "Escape")
    until(made.page, lambda: not made.page.evaluate(TIED) and not made.page.evaluate(LINE))
    made.page.mouse.move(*made.point(SECOND))
    until(made.page, lambda: made.page.evaluate(TIED) == ["denies that any payment was made"])
    made.page.mouse.move(*made.point("documents show"))
    until(made.page, lambda: not made.page.evaluate(TIED))
    made.card(2).focus()
    until(made.page, lambda: made.page.evaluate(TIED) == ["denies that any payment was made"])


def test_enter_takes_the_speaker_of_a_quote_just_made(desk: Callable[..., Desk]) -> None:
    made = desk(TEXT)
    press(made, "j", "j", "q", "Enter")
    expect(made.open_card.get_by_label("Speaker", exact=True)).to_have_value("Ingrid Solheim")
    made.saved()
    assert made.stored()[0]["party"]["name"] == "Ingrid Solheim"


def test_a_speaker_is_offered_and_waits_for_a_key(desk: Callable[..., Desk]) -> None:
    made = desk(TEXT)
    press(made, "j", "j", "q")
    made.said("Quote 1 saved. Speaker: Ingrid Solheim?")
    assert made.stored()[0]["party"] is None
    press(made, "Escape", "J", "Enter")
    expect(made.card(1)).to_be_focused()
    assert made.stored()[0]["party"] is None
    made.open_card.get_by_role("button", name="Speaker: Ingrid Solheim").click()
    expect(made.open_card.get_by_label("Speaker", exact=True)).to_have_value("Ingrid Solheim")


def test_enter_goes_into_the_card_where_no_speaker_stands(desk: Callable[..., Desk]) -> None:
    made = desk(TEXT)
    press(made, "j", "q", "Enter")
    expect(made.card(1)).to_be_focused()
    made.saved()
    assert made.stored()[0]["party"] is None


def test_axe_finds_nothing_in_the_choosing(desk: Callable[..., Desk]) -> None:
    made = desk(TEXT, CLAIMS)
    press(made, "j", "J", "l")
    expect(chosen(made)).to_contain_text("Claim 2")
    assert violations(made.page) == []
    made.page.set_viewport_size({"width": 320, "height": 640})
    made.page.emulate_media(color_scheme="dark")
    assert violations(made.page) == []
    dialog(made).get_by_role("button", name="Tie").click()
    expect(dialog(made)).to_be_hidden()
    assert [type for _, type, _ in relations(made)] == ["supports"]


def test_axe_finds_nothing_on_the_pages_of_parties(desk: Callable[..., Desk]) -> None:
    made = desk(TEXT)
    press(made, "j", "j", "q", "Enter")
    expect(made.open_card.get_by_label("Speaker", exact=True)).to_have_value("Ingrid Solheim")
    made.saved()
    page = made.page
    page.goto("/parties?q=Ingrid")
    assert violations(page) == []
    page.get_by_role("link", name="Ingrid Solheim").click()
    expect(page.get_by_role("heading", name="Ingrid Solheim", level=1)).to_be_visible()
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []
    page.get_by_role("link", name="Quote 1").first.click()
    expect(made.card(1)).to_have_attribute("data-open", "")
