"""A card's form sent twice, refused, or answered while the list beneath the cards changes."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.desk import Desk, until
from tests.support.browser import Watch

MARKS = [("claim", "4.2 million crowns"), ("denial", "The authority denies that any payment was made.")]


def requests_to(desk: Desk, ending: str) -> list[str]:
    """What the page sends to addresses with this ending, from now on."""
    sent: list[str] = []
    desk.page.on("request", lambda it: sent.append(it.url) if it.url.endswith(ending) else None)
    return sent


def test_a_double_click_saves_once(desk: Callable[..., Desk]) -> None:
    here = desk(marks=MARKS)
    sent = requests_to(here, "/party")
    card = here.open_mark(1)
    card.get_by_label("Claimant", exact=True).fill("The port")
    card.get_by_role("button", name="Save details").dblclick()
    here.saved()
    expect(here.open_card.get_by_label("Claimant", exact=True)).to_have_value("The port")
    expect(here.open_card.locator(".refusal, .errors")).to_have_count(0)
    assert len(sent) == 1


def test_after_a_failure_the_same_words_are_sent_again(desk: Callable[..., Desk], watch: Watch) -> None:
    watch.allow("net::ERR_")
    watch.allow("htmx:error: Failed to fetch")
    here = desk(marks=MARKS)
    card = here.open_mark(1)
    card.get_by_label("Claimant", exact=True).fill("The port")
    here.page.route("**/party", lambda route: route.abort())
    card.get_by_role("button", name="Save details").click()
    expect(here.state).to_contain_text("no connection")
    here.page.unroute("**/party")
    card.get_by_role("button", name="Save details").click()
    here.saved()
    until(here.page, lambda: here.stored()[0]["party"])


def test_refused_details_say_so_at_their_top_whichever_button_was_pressed(desk: Callable[..., Desk]) -> None:
    here = desk(marks=MARKS)
    card = here.open_mark(1)
    card.locator("summary", has_text="More about this claim").click()
    card.get_by_label("Said at").fill("someday")
    card.get_by_role("button", name="Save details").click()
    summary = here.open_card.locator(".card-party-form .errors")
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport()
    here.open_card.get_by_label("Note", exact=True).fill("Looked it up.")
    here.open_card.get_by_role("button", name="Save note").click()
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport()
    expect(here.open_card.get_by_label("Note", exact=True)).to_have_value("Looked it up.")
    summary.get_by_role("link", name="Said at").click()
    expect(here.open_card.get_by_label("Said at")).to_be_focused()


def test_an_open_card_fits_into_a_wide_window(desk: Callable[..., Desk]) -> None:
    here = desk(marks=MARKS)
    here.page.set_viewport_size({"width": 1280, "height": 600})
    box = here.open_mark(1).bounding_box()
    assert box
    assert box["height"] < 600


def test_the_list_of_deleted_annotations_follows_undo(desk: Callable[..., Desk]) -> None:
    here = desk(marks=MARKS)
    summary = here.page.locator("#deleted summary")
    for key in ("J", "Delete"):
        here.page.keyboard.press(key)
    expect(summary).to_have_text("1 deleted")
    here.page.keyboard.press("u")
    expect(summary).to_have_count(0)
    assert here.same_load()


def test_a_field_made_larger_by_hand_breaks_no_policy_when_its_card_comes_anew(desk: Callable[..., Desk]) -> None:
    here = desk(marks=MARKS)
    card = here.open_mark(1)
    card.get_by_label("Note", exact=True).evaluate("(field) => (field.style.height = '12rem')")
    with here.page.expect_response("**/notes"):
        card.get_by_role("button", name="Add evidence").click()
    expect(here.open_card.locator(".evidence-form")).not_to_have_count(0)
