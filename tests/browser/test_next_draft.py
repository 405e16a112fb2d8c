"""The next draft by keyboard alone, what it touched looked at, orphans put elsewhere, and open pages that hear of it."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Route, expect

from annotator.db import unit_of_work
from annotator.extensions import db
from annotator.models import Annotation, Article, User
from annotator.services import loading
from annotator.services.corrections import Suggestion, decide_correction, propose_correction
from annotator.services.evidence import Piece
from tests import builders
from tests.browser.desk import Desk, made, until
from tests.browser.test_by_keyboard import COUNT_MICE, Hands
from tests.support.browser import Page, Watch
from tests.support.server import Server

SECOND = builders.TEXT.replace("4.2 million", "4.6 million") + " The board meets on Tuesday."
MARKS = [
    ("claim", "4.2 million crowns"),
    ("quote", "“We were told to sign and not to ask,”"),
    ("claim", "Ingrid Solheim"),
]
LEDGER = (Piece(url="https://ledger.example/7", source_type="primary"),)


def checked(server: Server) -> int:
    """An article whose marks are all checked."""
    number = made(server, marks=MARKS)
    with server.app():
        for one in db.session.query(Annotation).filter_by(article_id=number):
            builders.make_note(one.created_by.actor(), one, verdict="accurate", evidence=LEDGER)
    return number


def draft(server: Server, number: int, text: str = SECOND, by: str = "ada") -> None:
    """Somebody adds a draft."""
    with server.app():
        actor = db.session.query(User).filter_by(username=by).one().actor()
        builders.next_draft(actor, db.session.get_one(Article, number), text)


def test_a_draft_by_keyboard_two_presses_a_touched_check_none_for_the_others(
    new_page: Callable[..., Page], live_server: Server
) -> None:
    page = new_page("ben")
    page.context.add_init_script(COUNT_MICE)
    desk, hands = Desk(page, checked(live_server)).open(), Hands(page)
    hands.press("v")
    expect(page.get_by_label("Text", exact=True)).to_be_focused()
    hands.type(SECOND)
    hands.press("Control+Enter")
    expect(page.get_by_role("heading", name="What changed in version 2")).to_be_visible()
    expect(page.locator("#touched-1")).to_be_focused()
    hands.press("y")
    expect(page.locator("#touched-1")).to_contain_text("Looked at by Ben")
    told = hands.acts["keys"] + hands.acts["typed"]
    assert page.evaluate("window.mice") == 0
    assert told == 4
    assert [(one["state"], one["anchor"]["status"]) for one in desk.record()["annotations"]] == [
        *(("checked", "confirmed"), ("checked", "exact"), ("checked", "exact"))
    ]


def test_keys_where_a_draft_is_looked_at(new_page: Callable[..., Page], live_server: Server) -> None:
    """What is pressed twice is done once; it is taken back and done again; words that are gone are spoken of."""
    number = checked(live_server)
    draft(live_server, number, SECOND.replace("“We were told to sign and not to ask,” said ", "So says "))
    page, desk = new_page("cleo"), Desk(new_page("ben"), number)
    page.goto(f"/articles/{number}/versions/2/changed")
    expect(page.locator("#touched-1")).to_be_focused()
    held: list[Route] = []
    page.route("**/confirmation", lambda route: held.append(route))
    page.keyboard.press("y")
    until(page, lambda: held)
    page.keyboard.press("y")
    held[0].continue_()
    expect(page.locator("#touched-2")).to_be_focused()
    expect(page.locator("#touched-1")).to_contain_text("Looked at by")
    assert len(desk.record()["annotations"][0]["notes"]) == 2
    page.keyboard.press("y")
    expect(page.locator("#undo")).to_contain_text("Select the words it is about now, or close it with a reason.")
    for key, said, first in (("u", "Undone", 1), ("U", "Done again", 2)):
        page.keyboard.press(key)
        expect(page.locator(".flashes")).to_have_text(f"{said}: “Still stands” on Claim 1.")
        expect(page.locator(f"#touched-{first}")).to_be_focused()
    page.get_by_label("Words it is about now").fill("So said")
    page.get_by_role("button", name="Put it there").click()
    expect(page.get_by_label("Words it is about now")).to_be_focused()
    expect(page.locator("#touched-2 .error")).to_contain_text("do not stand in version 2")
    page.goto(f"/annotations/{desk.record()['annotations'][1]['id']}")
    expect(page.get_by_role("link", name="Select the words it is about now in the article")).to_be_visible()
    expect(page.get_by_role("button", name="Use selection")).to_have_count(0)


def test_still_stands_on_the_review_page(new_page: Callable[..., Page], live_server: Server) -> None:
    number = checked(live_server)
    draft(live_server, number)
    desk = Desk(new_page("cleo"), number).open()
    desk.page.keyboard.press("J")
    expect(desk.open_card).to_contain_text("The verdict was made on the earlier wording.")
    expect(desk.open_card.locator(".touched del")).to_have_text("4.2")
    desk.page.keyboard.press("y")
    expect(desk.card(1)).to_have_attribute("data-state", "checked")
    expect(desk.open_card.get_by_role("list", name="Written so far")).to_contain_text("Still stands")
    assert desk.same_load()
    desk.page.keyboard.press("y")
    expect(desk.page.locator("#undo")).to_contain_text("No draft has touched it")


def test_another_verdict_closes_it_as_well(new_page: Callable[..., Page], live_server: Server) -> None:
    number = checked(live_server)
    draft(live_server, number)
    page = new_page("cleo")
    page.goto(f"/articles/{number}/versions/2/changed")
    page.locator("#touched-1").get_by_role("link", name="Another verdict").click()
    desk = Desk(page, number)
    desk.ready()
    expect(desk.open_card).to_contain_text("4.6 million crowns")
    for key in ("5", "n"):
        page.keyboard.press(key)
    page.keyboard.type("The ledger has 4.2 million.")
    page.keyboard.press("Control+Enter")
    expect(desk.card(1)).to_have_attribute("data-state", "checked")
    first = desk.record()["annotations"][0]
    assert (first["verdict"]["value"], first["anchor"]["status"]) == ("false", "confirmed")


def test_an_orphan_is_put_on_words_that_are_selected(new_page: Callable[..., Page], live_server: Server) -> None:
    number = checked(live_server)
    draft(live_server, number, builders.TEXT.replace("“We were told to sign and not to ask,” said ", "So says "))
    desk = Desk(new_page("ben"), number).open("#a2")
    expect(desk.open_card).to_contain_text("Its words are gone from version 2.")
    expect(desk.open_card.locator(".touched del")).to_have_text("“We were told to sign and not to ask,”")
    desk.select("So says Ingrid Solheim")
    desk.open_card.get_by_role("button", name="Use selection").first.click()
    desk.saved()
    expect(desk.mark(2).first).to_be_visible()
    assert ("quote", "So says Ingrid Solheim") in desk.words()
    expect(desk.open_card).not_to_contain_text("Its words are gone")


def test_an_orphan_is_closed_and_gone_from_the_list(new_page: Callable[..., Page], live_server: Server) -> None:
    number = checked(live_server)
    draft(live_server, number, builders.TEXT.replace("“We were told to sign and not to ask,” said ", "So says "))
    desk = Desk(new_page("ben"), number).open("#a2")
    desk.open_card.get_by_label("Reason", exact=True).fill("The quote was dropped.")
    desk.open_card.get_by_role("button", name="Close this check").click()
    expect(desk.card(2)).to_have_count(0)
    desk.page.get_by_text("1 closed, their words gone").click()
    expect(desk.page.locator("#deleted")).to_contain_text("The quote was dropped.")
    desk.page.get_by_role("button", name="Take up again").click()
    expect(desk.card(2)).to_contain_text("Words gone")


def test_open_pages_hear_of_a_draft_and_what_they_mark_is_carried_or_refused(
    new_page: Callable[..., Page], live_server: Server, watch: Watch
) -> None:
    watch.allow("net::ERR_")
    watch.allow("409 (CONFLICT)")
    number = made(live_server)
    desk = Desk(new_page("ben"), number).open()
    desk.page.route("**/changes*", lambda route: route.abort())
    draft(live_server, number, f"It began in March.\n\n{SECOND}")
    desk.mark_by_mouse("Ingrid Solheim")
    assert ("claim", "Ingrid Solheim") in desk.words()
    expect(desk.mark(1)).to_have_text("Ingrid Solheim")
    desk.drag("4.2 million")
    desk.toolbar.get_by_role("button", name="Claim").click()
    expect(desk.state).to_contain_text("Nothing was saved; open version 2")
    desk.page.unroute("**/changes*")
    desk.page.evaluate("dispatchEvent(new Event('focus'))")
    expect(desk.page.locator("#newer")).to_contain_text("version 2 has come")
    desk.page.get_by_role("link", name="Open version 2").click()
    expect(desk.text).to_contain_text("It began in March.")
    expect(desk.mark(1)).to_have_text("Ingrid Solheim")


def test_a_draft_is_undone_whole_and_done_again(new_page: Callable[..., Page], live_server: Server) -> None:
    number = checked(live_server)
    draft(live_server, number, by="ben")
    desk = Desk(new_page("ben"), number).open()
    desk.page.keyboard.press("u")
    expect(desk.page.locator("#newer")).to_contain_text("Version 2 was taken back.")
    desk.page.get_by_role("link", name="Open version 1").click()
    desk.ready()
    expect(desk.text).to_contain_text("4.2 million")
    assert {one["state"] for one in desk.stored()} == {"checked"}
    desk.page.keyboard.press("U")
    expect(desk.page.locator("#newer")).to_contain_text("version 2 has come")


def test_versions_are_picked_and_stand_beside_each_other(new_page: Callable[..., Page], live_server: Server) -> None:
    number = checked(live_server)
    draft(live_server, number)
    page = new_page("ben")
    page.goto(f"/articles/{number}")
    page.get_by_text("Version 2 of 2").click()
    page.get_by_role("link", name="Version 1", exact=True).click()
    expect(page.locator("#newer")).to_contain_text("This is version 1")
    page.get_by_text("Version 1 of 2").click()
    page.get_by_role("link", name="Beside version 1").click()
    expect(page.locator(".beside del")).to_have_text("4.2")
    rows = page.locator(".beside-row.same")
    expect(rows.first).to_be_visible()
    page.get_by_label("Only what differs").check()
    expect(rows.first).to_be_hidden()


def test_what_is_typed_survives_a_reload_and_a_look_elsewhere_until_it_is_added(
    new_page: Callable[..., Page], live_server: Server, watch: Watch
) -> None:
    watch.allow("503 (")
    number = checked(live_server)
    draft(live_server, number)
    page = new_page("ada")
    page.goto(f"/articles/{number}/versions/edit")
    field = page.get_by_label("Text", exact=True)
    field.fill(f"{SECOND} It rained.")
    page.route("**/versions/edit", lambda route: route.fulfill(status=503, body="The database is busy."), times=1)
    page.get_by_role("button", name="Add version").click()
    expect(page.get_by_text("The database is busy.")).to_be_visible()
    page.goto(f"/articles/{number}/versions/2/changed")
    page.goto(f"/articles/{number}/versions/edit")
    expect(field).to_have_value(f"{SECOND} It rained.")
    expect(page.locator(".draft")).to_contain_text("Your unsaved text")
    page.context.set_offline(True)
    page.get_by_role("button", name="Add version").click()
    expect(page.get_by_text("No connection. What you typed is kept here")).to_be_in_viewport()
    page.context.set_offline(False)
    expect(page.get_by_text("No connection. What you typed is kept here")).to_have_count(0)
    page.get_by_role("button", name="Add version").click()
    expect(page.get_by_role("heading", name="What changed in version 3")).to_be_visible()
    page.goto(f"/articles/{number}/versions/edit")
    expect(page.locator(".draft")).to_have_count(0)


def test_corrections_are_put_into_what_was_typed(new_page: Callable[..., Page], live_server: Server) -> None:
    number = checked(live_server)
    with live_server.app():
        one = db.session.query(Annotation).filter_by(article_id=number, ordinal=1).one()
        with unit_of_work():
            actor, stored = one.created_by.actor(), loading.annotation(one.created_by.actor(), one.uuid)
            made_now, _ = propose_correction(actor, stored, Suggestion("4.6 million crowns", "Ledger", "fact"))
            decide_correction(actor, made_now, "accepted", "Yes", None)
    page = new_page("ada")
    field, both = page.get_by_label("Text", exact=True), re.compile(r"4\.6 million crowns(.|\n)*It rained\.")
    for way in ("?corrections=1", ""):
        page.goto(f"/articles/{number}/versions/edit{way}")
        expect(field).to_have_value(re.compile(r"4\.6 million crowns"))
    field.fill(f"{builders.TEXT} It rained.")
    page.goto(f"/articles/{number}/versions/edit?corrections=1")
    expect(field).to_have_value(both)
    page.goto(f"/articles/{number}/versions/edit")
    field.fill(f"{builders.TEXT} It rained.")
    page.get_by_role("button", name="Put it into the text").click()
    expect(page.get_by_text("It is put into the text below.")).to_be_visible()
    expect(field).to_have_value(both)
