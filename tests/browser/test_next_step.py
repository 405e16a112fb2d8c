"""From checked to signed off with two people, by keys: handed over, read blind, disagreed, settled, signed off."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from annotator.extensions import db
from annotator.models import Annotation, User
from annotator.services.evidence import Piece
from tests import builders
from tests.browser.desk import Desk, made
from tests.support.browser import Page
from tests.support.server import Server

MARKS = [("claim", "4.2 million crowns"), ("quote", "sign and not to ask"), ("denial", "No money has left this house")]
LEDGER = (Piece(url="https://court.example/ledger", source_type="primary"),)
Pages = Callable[..., Page]


@pytest.fixture
def article(live_server: Server) -> int:
    """An article with three marks of Ben's, of which he has checked the first."""
    number = made(live_server, marks=MARKS, by="ben")
    check(live_server, number, 1, "ben", "accurate")
    return number


def check(server: Server, article: int, ordinal: int, username: str, verdict: str) -> None:
    """A note of this person with everything a check needs."""
    with server.app():
        actor = db.session.query(User).filter_by(username=username).one().actor()
        annotation = db.session.query(Annotation).filter_by(article_id=article, ordinal=ordinal).one()
        builders.make_note(actor, annotation, verdict=verdict, evidence=LEDGER)


def notice(desk: Desk) -> str:
    """What the bar at the bottom says."""
    expect(desk.page.locator("#undo")).to_be_visible()
    return desk.page.locator("#undo").inner_text()


def test_shift_enter_hands_over(new_page: Pages, article: int) -> None:
    desk = Desk(new_page("ben"), article).open()
    desk.page.keyboard.press("Shift+Enter")
    desk.said("1 check handed over for second reading. Quote 2: A verdict is missing.")
    desk.page.keyboard.press("J")
    expect(desk.open_card.locator(".deciding")).to_contain_text("Second reading asked of anybody by Ben Lindqvist")
    desk.page.get_by_role("button", name="Hand over").click()
    desk.said("No checks handed over for second reading.")
    assert desk.same_load()


def test_shift_enter_in_a_field_is_a_line_of_text(new_page: Pages, article: int) -> None:
    desk = Desk(new_page("ben"), article).open()
    desk.open_mark(2).get_by_label("Note", exact=True).fill("One")
    desk.page.keyboard.press("Shift+Enter")
    desk.page.keyboard.type("two")
    expect(desk.open_card.get_by_label("Note", exact=True)).to_have_value("One\ntwo")


def test_a_button_that_cannot_be_used_says_why(new_page: Pages, article: int) -> None:
    desk = Desk(new_page("ben"), article).open()
    card = desk.open_mark(1)
    sign_off = card.get_by_role("button", name="Sign off", exact=True)
    expect(sign_off).to_have_attribute("aria-disabled", "true")
    expect(sign_off).to_have_accessible_description("You gave this verdict; somebody else has to sign it off.")
    sign_off.click(force=True)
    desk.said("You gave this verdict; somebody else has to sign it off.")
    expect(desk.card(1)).to_have_attribute("data-state", "checked")


def test_two_people_from_checked_to_signed_off(live_server: Server, new_page: Pages, article: int) -> None:
    """Cleo disagrees, Ada settles, Ben signs off what is Ada's verdict now; then his sign-off falls with it."""
    check(live_server, article, 1, "cleo", "false")
    ada, ben = Desk(new_page("ada"), article).open(), Desk(new_page("ben"), article).open()
    expect(ben.open_mark(1).locator(".deciding")).to_contain_text("A lead settles that, with a reason.")
    card = ada.open_mark(1)
    card.get_by_label("What stands").select_option("accurate")
    card.get_by_label("Why it stands").fill("The ledger says so.")
    card.get_by_role("button", name="Settle").click()
    expect(ada.card(1)).to_have_attribute("data-state", "checked")
    expect(ben.card(1)).to_have_attribute("data-state", "checked")
    ben.open_card.get_by_role("button", name="Sign off", exact=True).click()
    expect(ben.card(1)).to_have_attribute("data-state", "signed_off")
    expect(ben.open_card).to_contain_text("Signed off by Ben Lindqvist")
    expect(ada.card(1)).to_have_attribute("data-state", "signed_off")
    check(live_server, article, 1, "ada", "misleading")
    expect(ben.card(1)).not_to_have_attribute("data-state", "signed_off")
    expect(ben.open_card).to_contain_text("The sign-off by Ben Lindqvist fell: The verdict was changed.")
    assert ada.same_load()
    assert ben.same_load()


def test_the_filter_shows_what_is_mine(live_server: Server, new_page: Pages, article: int) -> None:
    check(live_server, article, 2, "cleo", "accurate")
    desk = Desk(new_page("ben"), article).open()
    desk.page.get_by_label("Whose").select_option("ben")
    expect(desk.page.locator(".filter-count")).to_have_text("1 of 3 shown")
    expect(desk.card(1)).to_be_visible()
    expect(desk.card(2)).to_be_hidden()


def test_the_queue_is_walked_by_keys(new_page: Pages, live_server: Server) -> None:
    """`g q` leads there, J and K walk, Enter opens the text at the words."""
    article = made(live_server, marks=MARKS, by="ben", title="Only for the walk")
    with live_server.app():
        for one in db.session.query(Annotation).filter_by(article_id=article):
            ben = db.session.query(User).filter_by(username="ben").one().actor()
            builders.make_note(ben, one, "Begun.")
    page = new_page("ben")
    desk = Desk(page, article).open()
    page.keyboard.press("g")
    page.keyboard.press("q")
    expect(page.get_by_role("heading", name="My queue")).to_be_visible()
    links = page.locator(".queue a")
    expect(links.first).to_be_focused()
    mine = page.locator(f'section[aria-labelledby=queue-mine] a[href="/articles/{article}#a2"]')
    for _ in range(links.count()):
        if mine.evaluate("link => link === document.activeElement"):
            break
        page.keyboard.press("J")
    expect(mine).to_be_focused()
    page.keyboard.press("K")
    page.keyboard.press("J")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/articles/{article}#a2$"))
    desk.ready()
    expect(desk.card(2)).to_have_attribute("data-open", "")
