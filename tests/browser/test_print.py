"""On paper: the words with their lines, then every card, and nothing of the interface."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from playwright.sync_api import expect

from tests.browser.desk import Desk

MARKS = [
    ("claim", "4.2 million crowns"),
    ("quote", "“We were told to sign and not to ask,”"),
    ("denial", "The authority denies that any payment was made."),
]
INTERFACE = (
    "nav",
    ".bar-me",
    ".filters",
    ".review-acts",
    "#save-state",
    "#toolbar",
    "#undo",
    ".handle",
    "dialog",
    "#article-text ~ * button",
    ".card form",
)
LINE = """(mark) => {
  const { textDecorationLine, textDecorationStyle, borderBlockEndStyle } = getComputedStyle(mark);
  return [textDecorationLine, textDecorationStyle, borderBlockEndStyle];
}"""


def test_the_words_with_their_lines_and_all_cards_are_printed(desk: Callable[..., Desk]) -> None:
    """Also while a card is open and words are selected."""
    made = desk(marks=MARKS)
    made.open_mark(1)
    made.select("kept the accounts")
    made.page.emulate_media(media="print")
    for selector in INTERFACE:
        for element in made.page.locator(selector).all():
            expect(element).to_be_hidden()
    expect(made.text).to_be_visible()
    lines = [made.mark(number).first.evaluate(LINE) for number in (1, 2, 3)]
    assert lines[0][:2] == ["underline", "solid"]
    assert lines[1][2] == "double"
    assert lines[2][:2] == ["underline", "dashed"]
    for number, (_, words) in enumerate(MARKS, 1):
        expect(made.card(number)).to_be_visible()
        expect(made.card(number).locator(".card-words")).to_contain_text(words)


def test_cards_stand_below_the_words_and_below_each_other(desk: Callable[..., Desk]) -> None:
    made = desk(marks=MARKS)
    made.page.emulate_media(media="print")
    boxes = [made.text.bounding_box(), *[made.card(number).bounding_box() for number in (1, 2, 3)]]
    for above, below in pairwise(boxes):
        assert above
        assert below
        assert above["y"] + above["height"] <= below["y"]


def test_a_pdf_is_made(desk: Callable[..., Desk]) -> None:
    made = desk(marks=MARKS, color_scheme="dark")
    pdf = made.page.pdf(format="A4", print_background=True)
    assert pdf.startswith(b"%PDF")
    assert len(pdf) > 5000


def test_paper_is_white_in_the_dark_too(desk: Callable[..., Desk]) -> None:
    made = desk(marks=MARKS, color_scheme="dark")
    made.page.emulate_media(media="print", color_scheme="dark")
    colours = made.page.evaluate(
        "[getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(document.body).color]"
    )
    assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
