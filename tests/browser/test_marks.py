"""Marks after they are made: edges moved, stacks opened, shown and hidden, deleted and brought back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.browser.desk import Desk, until
from tests.browser.desk import made as article_of
from tests.support.browser import Page
from tests.support.server import Server

QUOTE = "“We were told to sign and not to ask,”"
STACK = [("quote", QUOTE), ("claim", "told to sign and not"), ("denial", "sign and not to ask")]


def press(desk: Desk, *keys: str) -> None:
    for key in keys:
        desk.page.keyboard.press(key)


def with_note(desk: Desk) -> str:
    """Write a note on the first annotation; its id."""
    card = desk.open_mark(1)
    card.get_by_label("Note", exact=True).fill("Asked the bank.")
    card.get_by_role("button", name="Save note").click()
    expect(desk.open_card.get_by_role("list", name="Written so far")).to_contain_text("Asked the bank.")
    [one] = desk.stored()
    identity: str = one["id"]
    return identity


KEYS = [
    ("[", "paid 4.2 million"),
    ("]", "million"),
    ("{", "4.2"),
    ("}", "4.2 million crowns"),
]


@pytest.mark.parametrize(("key", "words"), KEYS)
def test_a_key_moves_an_edge_by_a_word(desk: Callable[..., Desk], key: str, words: str) -> None:
    """The id and the notes stay; undo puts it back."""
    made = desk(marks=[("claim", "4.2 million")])
    identity = with_note(made)
    press(made, "Escape", key)
    made.said(words)
    made.saved()
    expect(made.mark(1)).to_have_text(words)
    [one] = made.stored()
    assert (one["id"], one["anchor"]["exact"], one["notes"][0]["body"]) == (identity, words, "Asked the bank.")
    press(made, "u")
    made.saved()
    assert made.words() == [("claim", "4.2 million")]


def test_quick_presses_become_one_move(desk: Callable[..., Desk]) -> None:
    made = desk(marks=[("claim", "4.2 million")])
    sent: list[str] = []
    made.page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/place") else None)
    press(made, "J", "}", "}", "}", "}")
    made.saved()
    assert made.words() == [("claim", "4.2 million crowns for cranes that")]
    assert len(sent) == 1


def test_the_end_finds_the_marks_that_close_a_word(desk: Callable[..., Desk]) -> None:
    made = desk(marks=[("quote", "No money has left this house")])
    press(made, "J", "}")
    made.saved()
    assert made.words() == [("quote", "No money has left this house,”")]
    press(made, "{")
    made.saved()
    assert made.words() == [("quote", "No money has left this house")]


def test_buttons_move_edges(desk: Callable[..., Desk]) -> None:
    made = desk(marks=[("claim", "4.2 million")])
    made.open_mark(1)
    for name in ("Move the start left", "Move the end right", "Move the end right", "Move the end left"):
        made.open_card.get_by_role("button", name=name).click()
    made.saved()
    assert made.words() == [("claim", "paid 4.2 million crowns")]


def test_a_span_is_never_emptied(desk: Callable[..., Desk]) -> None:
    made = desk(marks=[("claim", "million")])
    press(made, "J", "]")
    made.said("It would be empty")
    assert made.words() == [("claim", "million")]


def test_an_edge_is_dragged_by_hand(desk: Callable[..., Desk]) -> None:
    made = desk(marks=[("claim", "4.2 million")])
    made.open_mark(1)
    handle = made.page.locator(".handle-end").bounding_box()
    assert handle
    made.page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
    made.page.mouse.down()
    made.page.mouse.move(*made.point("crowns for", end=True, stay=True), steps=6)
    made.page.mouse.up()
    made.saved()
    expect(made.mark(1)).to_have_text("4.2 million crowns for")
    assert made.words() == [("claim", "4.2 million crowns for")]


def test_the_selection_becomes_the_place(desk: Callable[..., Desk]) -> None:
    made = desk(marks=[("claim", "4.2 million")])
    identity = with_note(made)
    made.drag("No money has left this house")
    made.open_card.get_by_role("button", name="Use selection").click()
    made.saved()
    [one] = made.stored()
    assert (one["id"], one["anchor"]["exact"]) == (identity, "No money has left this house")
    assert len(one["notes"]) == 1


def test_a_click_on_a_stack_lists_all_of_it(desk: Callable[..., Desk]) -> None:
    made = desk(marks=STACK)
    made.click("sign and not")
    stack = made.page.get_by_role("dialog", name="Marked here")
    expect(stack.get_by_role("button", name=re.compile("Quote 1|Claim 2|Denial 3"))).to_have_count(3)
    stack.get_by_role("button", name="Claim 2").click()
    expect(made.card(2)).to_have_attribute("data-open", "")
    expect(made.card(2)).to_be_focused()
    made.click("We were")
    expect(made.card(1)).to_have_attribute("data-open", "")
    expect(made.open_card).to_have_count(1)


def test_annotations_are_walked_in_the_order_of_the_text(desk: Callable[..., Desk]) -> None:
    made = desk(marks=[*STACK, ("claim", "4.2 million")])
    seen = []
    for key in ("J", "J", "J", "J", "K"):
        press(made, key)
        expect(made.open_card).to_have_count(1)
        made.said(re.compile(r"^(Quote|Claim|Denial) \d\."))
        seen.append(made.page.locator(".card.active").get_attribute("data-n"))
    assert seen == ["4", "1", "2", "3", "2"]
    press(made, "J", "J")
    made.said("Last annotation")


def test_the_kind_is_changed(desk: Callable[..., Desk]) -> None:
    made = desk(marks=[("claim", "4.2 million")])
    identity = with_note(made)
    made.open_card.get_by_label("Change kind").select_option("quote")
    made.open_card.get_by_role("button", name="Change", exact=True).click()
    expect(made.mark(1)).to_have_class("quote")
    expect(made.open_card.get_by_label("Speaker", exact=True)).to_be_visible()
    [one] = made.stored()
    assert (one["id"], one["kind"], len(one["notes"])) == (identity, "quote", 1)


def test_filters_hide_cards_dim_marks_and_stay_in_the_address(desk: Callable[..., Desk]) -> None:
    made = desk(marks=[*STACK, ("claim", "4.2 million")])
    made.page.get_by_label("Kind", exact=True).select_option("claim")
    expect(made.page.locator("#cards > li:not([hidden])")).to_have_count(2)
    expect(made.page.locator(".filter-count")).to_have_text("2 of 4 shown")
    expect(made.mark(1).first).to_have_class(re.compile(r"\bdim\b"))
    expect(made.mark(4)).not_to_have_class(re.compile(r"\bdim\b"))
    assert made.page.url.endswith("?kind=claim")
    made.page.reload()
    made.ready()
    expect(made.page.locator("#cards > li:not([hidden])")).to_have_count(2)
    made.page.get_by_label("State", exact=True).select_option("checked")
    expect(made.page.locator("#cards > li:not([hidden])")).to_have_count(0)
    assert "kind=claim&state=checked" in made.page.url
    made.page.get_by_label("State", exact=True).select_option("Not finished")
    made.page.reload()
    made.ready()
    expect(made.page.locator("#cards > li:not([hidden])")).to_have_count(2)
    made.page.get_by_label("State", exact=True).select_option("checked")
    press(made, "Escape")
    made.text.focus()
    press(made, "J")
    made.said("Last annotation")


@pytest.mark.parametrize("by", ["the key", "the button"])
def test_what_was_deleted_comes_back_by_undo(desk: Callable[..., Desk], by: str) -> None:
    made = desk(marks=[("claim", "4.2 million")])
    identity = with_note(made)
    made.open_card.get_by_role("button", name="Delete").click()
    bar = made.page.locator("#undo")
    expect(bar).to_contain_text("Claim 1 deleted")
    made.saved()
    expect(made.mark(1)).to_have_count(0)
    assert made.stored() == []
    if by == "the key":
        made.text.focus()
        press(made, "u")
    else:
        bar.get_by_role("button", name="Undo").click()
    expect(made.mark(1)).to_have_text("4.2 million")
    made.saved()
    [one] = made.stored()
    assert (one["id"], len(one["notes"])) == (identity, 1)
    expect(made.cards).to_have_count(1)
    expect(made.cards.first).to_be_visible()


def test_what_was_deleted_is_restored_later_from_the_list(desk: Callable[..., Desk]) -> None:
    made = desk(marks=[("claim", "4.2 million"), ("quote", QUOTE)])
    made.open_mark(1)
    press(made, "Escape", "Delete")
    made.saved()
    made.open()
    made.page.get_by_text("1 deleted").click()
    made.page.get_by_role("button", name="Restore").click()
    expect(made.mark(1)).to_have_text("4.2 million")
    assert made.words() == [("claim", "4.2 million"), ("quote", QUOTE)]


def test_a_mark_is_taken_back_and_nothing_of_others(new_page: Callable[..., Page], live_server: Server) -> None:
    made = Desk(new_page("ada"), article_of(live_server, marks=[("quote", QUOTE)], by="ben")).open()
    press(made, "j", "c", "u")
    made.saved()
    made.said("Undone: Claim 2 marked.")
    expect(made.cards).to_have_count(1)
    assert made.words() == [("quote", QUOTE)]
    press(made, "u")
    made.said("Nothing to undo")
    assert made.words() == [("quote", QUOTE)]


def test_undo_says_what_it_undid_and_what_comes_next(desk: Callable[..., Desk]) -> None:
    made = desk()
    press(made, "j", "c")
    made.saved()
    press(made, "Delete")
    made.saved()
    press(made, "u")
    bar = made.page.locator("#undo")
    expect(bar).to_contain_text("Undone: Claim 1 deleted. Next would be: Claim 1 marked.")
    made.said("Undone: Claim 1 deleted.")
    made.saved()
    press(made, "}")
    made.saved()
    press(made, "u")
    expect(bar).to_contain_text("Undone: Claim 1 moved. Next would be: Claim 1 marked.")


MISSING = {"c": "Nothing is selected", "n": "Choose an annotation first", "u": "Nothing to undo"}


@pytest.mark.parametrize("key", MISSING)
def test_what_is_missing_is_seen_as_well_as_said(desk: Callable[..., Desk], key: str) -> None:
    made = desk()
    press(made, key)
    expect(made.page.locator("#undo")).to_be_visible()
    expect(made.page.locator("#undo")).to_contain_text(MISSING[key])


def test_a_filter_shows_the_lines_of_the_kinds_it_shows(desk: Callable[..., Desk]) -> None:
    made = desk(marks=STACK)
    both = made.page.locator('#article-text mark[data-a="1 2 3"]').first
    expect(both).to_have_class("claim quote denial")
    kind = made.page.get_by_label("Kind", exact=True)
    kind.select_option("quote")
    expect(both).to_have_class("quote")
    kind.select_option("")
    expect(both).to_have_class("claim quote denial")


def test_a_mark_that_the_filter_hides_is_told_and_all_is_shown_again(desk: Callable[..., Desk]) -> None:
    made = desk(marks=STACK, query="?kind=denial&state=checked")
    count = made.page.locator(".filter-count")
    expect(count).to_contain_text("0 of 3 shown")
    made.text.focus()
    press(made, "j", "c")
    bar = made.page.locator("#undo")
    expect(bar).to_contain_text("Claim 4 is marked; the filter hides it.")
    bar.get_by_role("button", name="Show all").click()
    expect(made.page.locator("#cards > li:not([hidden])")).to_have_count(4)
    expect(count).to_have_text("")
    made.page.get_by_label("State", exact=True).select_option("checked")
    count.get_by_role("button", name="Show all").click()
    expect(made.page.locator("#cards > li:not([hidden])")).to_have_count(4)


@pytest.mark.parametrize(("key", "words"), [("", "4.2 million crowns for"), ("Alt", "4.2 million crowns fo")])
def test_a_dragged_edge_takes_whole_words_unless_alt_is_held(desk: Callable[..., Desk], key: str, words: str) -> None:
    made = desk(marks=[("claim", "4.2 million")])
    made.open_mark(1)
    handle = made.page.locator(".handle-end").bounding_box()
    assert handle
    made.page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
    made.page.mouse.down()
    if key:
        made.page.keyboard.down(key)
    made.page.mouse.move(*made.point("crowns fo", end=True, stay=True), steps=6)
    made.page.mouse.up()
    made.saved()
    assert made.words() == [("claim", words)]


def test_a_key_held_down_tags_once(desk: Callable[..., Desk]) -> None:
    made = desk()
    press(made, "j")
    for _ in range(3):
        made.page.keyboard.down("c")
    made.page.keyboard.up("c")
    made.saved()
    assert len(made.stored()) == 1


def test_a_mark_is_deleted_while_its_card_is_on_the_way(desk: Callable[..., Desk]) -> None:
    made = desk(marks=[("claim", "4.2 million"), ("quote", "sign and not to ask")])
    held: list[Route] = []
    made.page.route("**/annotations/*", lambda route: held.append(route), times=1)
    made.mark(1).first.click()
    until(made.page, lambda: held)
    made.page.keyboard.press("Delete")
    made.saved()
    expect(made.cards).to_have_count(1)
    with made.page.expect_response(lambda answer: answer.url == held[0].request.url):
        held[0].continue_()
    made.page.keyboard.press("J")
    expect(made.open_card).to_contain_text("Quote 2")
