"""A telephone: the bar and the card come from the bottom edge, and the words stay in sight."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests import builders
from tests.browser.desk import Desk, until

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
LONG = "\n\n".join([builders.TEXT, *[f"Paragraph {number} says little. It fills the page." for number in range(30)]])


def bottom(desk: Desk, selector: str) -> tuple[float, float]:
    """Where an element begins, and how far its end is from the window's bottom edge."""
    box = desk.page.locator(selector).bounding_box()
    assert box
    height: int = desk.page.evaluate("innerHeight")
    return box["y"], height - box["y"] - box["height"]


def test_a_selection_brings_the_bar_to_the_bottom_edge_and_a_tap_tags_it(desk: Callable[..., Desk]) -> None:
    made = desk(**PHONE)
    made.select("4.2 million crowns")
    top, below = bottom(made, "#toolbar")
    assert abs(below) < 1
    assert top > 700
    made.toolbar.get_by_role("button", name="Claim").tap()
    expect(made.mark(1)).to_have_text("4.2 million crowns")
    made.saved()
    assert made.words() == [("claim", "4.2 million crowns")]
    expect(made.toolbar).to_be_hidden()


def test_a_selection_that_grows_by_its_handles_is_followed(desk: Callable[..., Desk]) -> None:
    made = desk(**PHONE)
    for words in ("told", "told to sign", "told to sign and not to ask"):
        made.select(words)
    made.toolbar.get_by_role("button", name="Quote").tap()
    made.saved()
    assert made.words() == [("quote", "told to sign and not to ask")]


WORDS = ["4.2 million crowns", "a spokesman said", "Paragraph 12 says", "Paragraph 29 says"]


@pytest.mark.parametrize("words", WORDS)
def test_the_card_is_a_sheet_and_the_mark_stays_in_sight_above_it(desk: Callable[..., Desk], words: str) -> None:
    made = desk(LONG, marks=[("claim", words)], **PHONE)
    made.mark(1).scroll_into_view_if_needed()
    made.mark(1).tap()
    expect(made.card(1)).to_have_attribute("data-open", "")
    until(made.page, lambda: abs(bottom(made, "#a1")[1]) < 1)
    until(made.page, lambda: in_sight(made))
    made.open_card.get_by_label("Note", exact=True).fill("By thumb.")
    made.open_card.get_by_role("button", name="Save note").tap()
    expect(made.open_card.locator(".note-body")).to_have_text("By thumb.")
    made.open_card.get_by_role("button", name="Close").tap()
    expect(made.open_card).to_have_count(0)


def in_sight(desk: Desk) -> bool:
    mark, sheet = desk.mark(1).first.bounding_box(), desk.open_card.bounding_box()
    assert mark
    assert sheet
    return mark["y"] > 0 and mark["y"] + mark["height"] <= sheet["y"]


def test_walking_on_keeps_each_mark_in_sight(desk: Callable[..., Desk]) -> None:
    """With a keyboard at a narrow window."""
    made = desk(LONG, marks=[("claim", words) for words in WORDS], viewport={"width": 390, "height": 844})
    for number in range(1, 5):
        made.page.keyboard.press("J")
        expect(made.card(number)).to_have_attribute("data-open", "")
        box = made.mark(number).first.bounding_box
        until(made.page, lambda box=box: 0 < box()["y"] < made.open_card.bounding_box()["y"] - box()["height"])


def test_targets_are_large_enough_for_fingers(desk: Callable[..., Desk]) -> None:
    made = desk(marks=[("claim", "4.2 million crowns")], **PHONE)
    made.open_mark(1)
    sizes = made.page.locator("button:visible").evaluate_all(
        "(all) => all.map((one) => [one.textContent, one.getBoundingClientRect().height])"
    )
    assert [size for size in sizes if size[1] < 24] == []
