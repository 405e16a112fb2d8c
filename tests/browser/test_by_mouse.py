"""The whole way with the mouse: from the set-up link to a downloaded file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import jsonschema
import pytest
from playwright.sync_api import expect

from annotator.config import ROOT
from tests.browser.desk import Desk
from tests.support import server as servers
from tests.support.browser import Page
from tests.support.server import Server

ARTICLE = (Path(__file__).parent.parent / "extract" / "files" / "leaked-tender.txt").read_text(encoding="utf-8")
SCHEMA = ROOT / "docs" / "formats" / "annotator-3.schema.json"
MEETINGS = "it met ministry officials eleven times last spring"
ANSWERED = "“We answered the questions that every operator was asked,”"
REJECTED = "Northgate Lines has rejected claims that it wrote parts of the public tender"


@pytest.fixture
def new_server(tmp_path: Path) -> Iterator[Server]:
    """A server that nobody has an account on yet."""
    with servers.start(tmp_path / "new") as started:
        yield started


def test_from_the_setup_link_to_the_export(new_server: Server, new_page: Callable[..., Page], tmp_path: Path) -> None:
    page = new_page(None, own=new_server)
    make_the_first_account(page, new_server.said_after_ready())
    desk = import_by_hand(page)
    mark_three_kinds(desk)
    verify_the_claim(desk)
    name_the_speaker_twice(desk)
    link_the_denial(desk)
    assert desk.same_load()
    check_export(download(page, tmp_path))


def make_the_first_account(page: Page, link: str) -> None:
    assert link
    page.goto(link)
    page.get_by_label("Your name").fill("Ines Halvorsen")
    page.get_by_label("User").fill("ines")
    page.get_by_label("Password").fill("four brown owls listen")
    page.get_by_role("button", name="Save and sign in").click()


def import_by_hand(page: Page) -> Desk:
    page.get_by_role("link", name="New article").first.click()
    page.get_by_label("Text", exact=True).fill(ARTICLE)
    page.get_by_role("heading", name="New article").click()
    expect(page.get_by_label("Title", exact=True)).to_have_value(ARTICLE.splitlines()[0])
    page.get_by_role("button", name="Import article").click()
    expect(page.get_by_role("region", name="Article text")).to_contain_text("declined to comment")
    desk = Desk(page, int(page.url.rpartition("/")[2]))
    desk.ready()
    page.evaluate("window.sameLoad = true")
    return desk


def mark_three_kinds(desk: Desk) -> None:
    desk.mark_by_mouse(MEETINGS, "Claim")
    desk.mark_by_mouse(ANSWERED, "Quote")
    desk.mark_by_mouse(REJECTED, "Denial")
    expect(desk.cards).to_have_count(3)
    expect(desk.page.locator("#tally")).to_contain_text("1 claim · 1 quote · 1 denial")


def verify_the_claim(desk: Desk) -> None:
    desk.mark(1).first.click()
    card = desk.open_card
    card.get_by_label("Verdict").select_option("accurate")
    card.get_by_label("Note", exact=True).fill("The ministry’s calendar lists eleven meetings.")
    card.get_by_label("Method").select_option("document")
    card.get_by_label("URL", exact=True).fill("https://calendar.example/2025?from=march")
    card.get_by_label("Source type").select_option("primary")
    card.get_by_label("Locator").fill("page 3")
    expect(card.get_by_label("Note", exact=True)).to_have_value("The ministry’s calendar lists eleven meetings.")
    card.get_by_role("button", name="Save note").click()
    expect(desk.card(1)).to_have_attribute("data-state", "checked")
    expect(desk.open_card.get_by_role("list", name="Written so far")).to_contain_text("eleven meetings")
    expect(desk.page.locator("#tally")).to_contain_text("1 of 3 checked")


def name_the_speaker_twice(desk: Desk) -> None:
    """The second time the name is offered."""
    desk.mark(2).first.click()
    expect(desk.card(2)).to_have_attribute("data-open", "")
    desk.open_card.get_by_label("Speaker", exact=True).fill("Mara Lindqvist")
    desk.open_card.get_by_role("button", name="Save details").click()
    expect(desk.open_card.locator("#parties option")).to_have_attribute("value", "Mara Lindqvist")
    desk.mark(3).first.click()
    expect(desk.card(3)).to_have_attribute("data-open", "")
    desk.open_card.get_by_label("Denier", exact=True).press_sequentially("mara")
    expect(desk.open_card.locator('#parties option[value="Mara Lindqvist"]')).to_be_attached()
    desk.open_card.get_by_label("Denier", exact=True).fill("Mara Lindqvist")
    with desk.page.expect_response("**/party"):
        desk.open_card.get_by_role("button", name="Save details").click()
    expect(desk.open_card.get_by_label("Denier", exact=True)).to_have_value("Mara Lindqvist")


def link_the_denial(desk: Desk) -> None:
    choice = desk.open_card.get_by_label("Denies")
    choice.select_option(label=f"Claim 1: {MEETINGS}")
    desk.open_card.get_by_role("button", name="Link").click()
    expect(desk.open_card.get_by_role("link", name="Claim 1")).to_be_visible()


def download(page: Page, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Export").click()
    waiting.value.save_as(folder / "export.json")
    return folder / "export.json"


def check_export(path: Path) -> None:
    record = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.validate(record, json.loads(SCHEMA.read_text(encoding="utf-8")))
    text = record["version"]["text"]
    found = {one["kind"]: one for one in record["annotations"]}
    assert {kind: one["anchor"]["exact"] for kind, one in found.items()} == {
        "claim": MEETINGS,
        "quote": ANSWERED,
        "denial": REJECTED,
    }
    for one in found.values():
        assert text[one["anchor"]["start"] : one["anchor"]["end"]] == one["anchor"]["exact"]
    [note] = found["claim"]["notes"]
    assert (note["verdict"], note["method"]) == ("accurate", "document")
    assert note["evidence"][0]["url"] == "https://calendar.example/2025?from=march"
    assert (note["evidence"][0]["source_type"], note["evidence"][0]["locator"]) == ("primary", "page 3")
    assert found["quote"]["party"]["name"] == found["denial"]["party"]["name"] == "Mara Lindqvist"
    assert found["denial"]["relations"] == [{"type": "denies", "to": found["claim"]["id"]}]
