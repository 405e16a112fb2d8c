"""The keyboard: a cursor of words and sentences, the help sheet, keys changed and switched off."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.desk import Desk

FIRST = "The harbour authority paid 4.2 million crowns for cranes that never arrived, documents show."
SECOND = "“We were told to sign and not to ask,” said Ingrid Solheim, who kept the accounts until March."
HEBREW = "אמר השר כי שולמו מיליונים.\n\nהוא לא הוסיף דבר."


def press(desk: Desk, *keys: str) -> None:
    for key in keys:
        desk.page.keyboard.press(key)


def selection(desk: Desk) -> str:
    words: str = desk.page.evaluate("getSelection().toString()")
    return words


def test_sentences_are_walked_across_blocks_and_said(desk: Callable[..., Desk]) -> None:
    made = desk()
    press(made, "j")
    made.said(FIRST)
    press(made, "j")
    made.said(SECOND)
    assert made.cursor() == SECOND
    press(made, "j", "j")
    made.said("“No money has left this house,” a spokesman said.")
    press(made, "j")
    made.said("End of the article")
    press(made, "k", "k", "k", "k")
    made.said("Start of the article")


def test_words_are_walked_and_the_selection_grows(desk: Callable[..., Desk]) -> None:
    made = desk()
    press(made, "j", "ArrowRight", "ArrowRight")
    made.said("harbour")
    press(made, "Shift+ArrowRight", "Shift+ArrowRight")
    assert selection(made) == "harbour authority paid"
    press(made, "Shift+ArrowLeft")
    assert selection(made) == "harbour authority"
    press(made, "Home")
    made.said("The")
    press(made, "End")
    made.said("show")
    press(made, "ArrowRight")
    made.said("We")
    press(made, "ArrowLeft")
    made.said("show")
    press(made, "Control+Home")
    assert made.cursor() == "The"


def test_lines_are_walked_and_sentences_added(desk: Callable[..., Desk]) -> None:
    made = desk()
    press(made, "j", "ArrowRight", "ArrowDown")
    below = made.cursor()
    assert below
    assert below != "The"
    press(made, "ArrowUp")
    assert made.cursor() == "The"
    press(made, "Control+Shift+ArrowRight")
    press(made, "q")
    made.saved()
    assert made.words() == [("quote", f"{FIRST}\n\n{SECOND}")]


def test_left_is_forward_where_the_text_runs_right_to_left(desk: Callable[..., Desk]) -> None:
    made = desk(HEBREW, title="עברית")
    press(made, "j", "ArrowLeft")
    made.said("אמר")
    press(made, "ArrowLeft")
    made.said("השר")
    press(made, "Shift+ArrowLeft", "c")
    made.saved()
    assert made.words() == [("claim", "השר כי")]
    press(made, "ArrowRight", "ArrowRight")
    made.said("אמר")


def test_a_click_puts_the_cursor_on_a_word(desk: Callable[..., Desk]) -> None:
    made = desk()
    made.click("told to sign")
    press(made, "Shift+ArrowRight", "d")
    made.saved()
    assert made.words() == [("denial", "told to")]


def test_a_key_tags_the_sentence_or_says_what_is_missing(desk: Callable[..., Desk]) -> None:
    made = desk()
    press(made, "c")
    made.said("Nothing is selected")
    press(made, "j", "j", "c")
    made.saved()
    assert made.words() == [("claim", SECOND)]


def test_the_help_sheet_lists_every_key(desk: Callable[..., Desk]) -> None:
    made = desk()
    press(made, "?")
    sheet = made.page.get_by_role("dialog", name="Keys")
    expect(sheet).to_be_visible()
    shown = sheet.locator("tr").all_inner_texts()
    fields = sheet.locator("tr input").evaluate_all("(all) => all.map((field) => field.value)")
    for key in ("j", "k", "J", "K", "c", "q", "d", "n", "e", "u", "[", "]", "{", "}", "?"):
        assert key in fields, key
    for words in ("1–8", "Ctrl+Enter", "g d", "g q", "Shift+Arrows", "Enter", "Esc", "Delete"):
        assert any(words in line for line in shown), words
    press(made, "Escape")
    expect(sheet).to_be_hidden()
    made.page.get_by_role("button", name="Keys").click()
    expect(sheet).to_be_visible()


def test_single_letter_keys_are_switched_off_and_stay_off(desk: Callable[..., Desk]) -> None:
    made = desk()
    press(made, "?")
    made.page.get_by_label("Single-letter keys").uncheck()
    press(made, "Escape")
    made.open()
    made.text.focus()
    press(made, "j", "ArrowRight", "c", "?")
    made.said("The")
    assert made.stored() == []
    expect(made.page.get_by_role("dialog", name="Keys")).to_be_hidden()
    made.page.get_by_role("button", name="Keys").click()
    made.page.get_by_label("Single-letter keys").check()
    press(made, "Escape")
    made.text.focus()
    press(made, "c")
    made.saved()
    assert made.words() == [("claim", FIRST)]


def test_a_key_is_changed_and_stays_changed(desk: Callable[..., Desk]) -> None:
    made = desk()
    press(made, "?")
    sheet = made.page.get_by_role("dialog", name="Keys")
    field = sheet.get_by_label("Key for: Mark the selection, or the sentence, as a claim")
    field.fill("q")
    press(made, "Tab")
    assert "taken" in field.evaluate("(element) => element.validationMessage")
    field.fill("z")
    press(made, "Tab", "Escape")
    made.open()
    press(made, "j", "c", "z")
    made.saved()
    assert made.words() == [("claim", FIRST)]


def test_no_key_acts_while_somebody_types(desk: Callable[..., Desk]) -> None:
    made = desk(marks=[("claim", "4.2 million crowns")])
    made.open_mark(1)
    note = made.open_card.get_by_label("Note", exact=True)
    note.click()
    made.page.keyboard.type("jk JK cqd 123 ne [] {} u ? gd")
    expect(note).to_have_value("jk JK cqd 123 ne [] {} u ? gd")
    assert made.same_load()
    assert len(made.stored()) == 1
    expect(made.open_card.get_by_label("Verdict")).to_have_value("")
    press(made, "Escape")
    expect(made.text).to_be_focused()
    press(made, "Escape")
    expect(made.open_card).to_have_count(0)


def test_g_and_a_letter_go_elsewhere(desk: Callable[..., Desk]) -> None:
    made = desk()
    press(made, "g", "d")
    expect(made.page.get_by_role("heading", name="Dashboard")).to_be_visible()


def test_each_paragraph_has_its_own_direction(desk: Callable[..., Desk]) -> None:
    """A paragraph in Hebrew within an article in English."""
    made = desk(f"An English line.\n\n{HEBREW}")
    press(made, "j", "ArrowRight", "ArrowRight")
    made.said("English")
    press(made, "j", "ArrowLeft", "ArrowLeft")
    made.said("השר")
    press(made, "ArrowRight")
    made.said("אמר")
