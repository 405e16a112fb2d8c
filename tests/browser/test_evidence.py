"""Evidence as hands write it: few acts, an address that tells its place, files sent ahead, pieces taken out."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.desk import Desk, until
from tests.browser.test_by_keyboard import Hands
from tests.support import samples
from tests.support.browser import Watch

MARKS = [("claim", "4.2 million crowns")]
ADDRESS = "https://registry.example/harbour/ledger.pdf"


@pytest.fixture
def marked(desk: Callable[..., Desk]) -> Desk:
    """A page with one claim, not opened yet."""
    return desk(marks=MARKS)


def field(desk: Desk, label: str) -> Locator:
    """The first field with this label in the open card's first piece of evidence."""
    return desk.open_card.locator(".evidence-form").first.get_by_label(label, exact=True)


def piece(desk: Desk) -> dict:
    """The one piece of evidence that the server keeps."""
    [note] = desk.stored()[0]["notes"]
    [found] = note["evidence"]
    return found


def test_a_full_check_in_eight_acts(marked: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    hands = Hands(marked.page)
    hands.press("J")
    expect(marked.card(1)).to_have_attribute("data-open", "")
    hands.acts = {"keys": 0, "typed": 0}
    hands.press("1")
    marked.said("Verdict: Accurate, not saved yet")
    hands.press("n")
    expect(marked.open_card.get_by_label("Note", exact=True)).to_be_focused()
    hands.type("Read the ledger.")
    hands.press("Tab")
    expect(field(marked, "URL")).to_be_focused()
    hands.type(f"{ADDRESS} p. 4")
    hands.press("Tab")
    expect(field(marked, "Source type")).to_be_focused()
    expect(field(marked, "URL")).to_have_value(ADDRESS)
    expect(field(marked, "Locator")).to_have_value("p. 4")
    hands.press("p")
    hands.press("Control+Enter")
    expect(marked.card(1)).to_have_attribute("data-state", "checked")
    found = piece(marked)
    assert (found["url"], found["locator"], found["source_type"]) == (ADDRESS, "p. 4", "primary")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", found["accessed_at"])
    assert marked.stored()[0]["verdict"]["value"] == "accurate"
    assert hands.acts == {"keys": 6, "typed": 2}
    assert marked.same_load()
    with capsys.disabled():
        print(f"\nA check with verdict, note and primary source: {sum(hands.acts.values())} acts.")


def test_e_goes_to_a_free_place_for_an_address(marked: Desk) -> None:
    marked.page.keyboard.press("J")
    expect(marked.card(1)).to_have_attribute("data-open", "")
    marked.page.keyboard.press("e")
    expect(field(marked, "URL")).to_be_focused()
    marked.page.keyboard.insert_text(ADDRESS)
    marked.page.keyboard.press("Escape")
    marked.page.keyboard.press("e")
    expect(marked.open_card.get_by_label("URL", exact=True)).to_have_count(2)
    expect(marked.open_card.get_by_label("URL", exact=True).last).to_be_focused()
    expect(field(marked, "URL")).to_have_value(ADDRESS)


def test_a_piece_is_taken_out(marked: Desk) -> None:
    marked.open_mark(1)
    field(marked, "URL").fill(f"{ADDRESS}#page=7")
    marked.open_card.get_by_label("Note", exact=True).fill("Kept words.")
    marked.open_card.get_by_role("button", name="Add evidence").click()
    urls = marked.open_card.get_by_label("URL", exact=True)
    expect(urls).to_have_count(2)
    urls.last.fill("https://court.example/second")
    marked.open_card.get_by_role("button", name="Take out evidence 1").click()
    expect(urls).to_have_count(1)
    expect(urls).to_have_value("https://court.example/second")
    marked.open_card.get_by_role("button", name="Save note").click()
    marked.saved()
    expect(marked.open_card.locator(".note-body")).to_have_text("Kept words.")
    assert piece(marked)["url"] == "https://court.example/second"


def test_a_known_address_brings_what_is_known(marked: Desk) -> None:
    marked.open_mark(1)
    field(marked, "URL").fill(ADDRESS)
    marked.open_card.get_by_text("More about this source").click()
    field(marked, "Title").fill("Ledger")
    field(marked, "Publisher").fill("Registry")
    field(marked, "Source type").select_option("primary")
    marked.open_card.get_by_role("button", name="Save note").click()
    expect(marked.open_card.locator("li.note")).to_have_count(1)
    field(marked, "URL").press_sequentially("harbour/ledg")
    expect(marked.page.locator("#sources option")).to_have_count(1)
    field(marked, "URL").fill(ADDRESS)
    expect(field(marked, "Title")).to_have_value("Ledger")
    expect(field(marked, "Publisher")).to_have_value("Registry")
    expect(field(marked, "Source type")).to_have_value("primary")


def choose(desk: Desk, data: bytes, name: str, media_type: str = "application/pdf") -> None:
    """Choose a file for the first piece of evidence."""
    if not field(desk, "File").is_visible():
        desk.open_card.get_by_text("More about this source").first.click()
    field(desk, "File").set_input_files({"name": name, "mimeType": media_type, "buffer": data})


def test_a_file_goes_up_at_once_and_survives_a_reload(marked: Desk) -> None:
    marked.open_mark(1)
    choose(marked, samples.PDF, "ledger.pdf")
    attached = marked.open_card.locator(".attached")
    expect(attached.get_by_role("link", name="ledger.pdf")).to_be_visible()
    marked.open_card.get_by_label("Note", exact=True).fill("See page 4.")
    expect(marked.state).to_contain_text("Unsaved text")
    marked.page.reload()
    marked.ready()
    marked.open_mark(1)
    expect(marked.open_card.get_by_label("Note", exact=True)).to_have_value("See page 4.")
    expect(attached.get_by_role("link", name="ledger.pdf")).to_have_count(1)
    marked.open_card.get_by_role("button", name="Save note").click()
    link = marked.open_card.locator(".evidence").get_by_role("link", name="ledger.pdf")
    expect(link).to_be_visible()
    assert piece(marked)["file"]["name"] == "ledger.pdf"
    got = marked.page.request.get(link.get_attribute("href") or "")
    assert got.body() == samples.PDF


def test_a_file_of_another_type_is_refused_at_its_field(marked: Desk) -> None:
    marked.open_mark(1)
    choose(marked, samples.SVG, "x.png", "image/png")
    expect(marked.open_card.locator(".attached [role=alert]")).to_contain_text("cannot be attached")
    choose(marked, b"a" * (17 * 2**20), "long.txt", "text/plain")
    expect(marked.open_card.locator(".attached [role=alert]")).to_contain_text("larger than 16 MB")
    choose(marked, samples.PNG, "x.png", "image/png")
    expect(marked.open_card.locator(".attached").get_by_role("link", name="x.png")).to_be_visible()
    marked.open_card.get_by_role("button", name="Remove file").click()
    expect(marked.open_card.locator(".attached a")).to_have_count(0)


def test_files_open_in_the_browser(marked: Desk, watch: Watch) -> None:
    watch.allow("chrome")  # the browser's own viewer
    for data, name, opens in (
        (samples.pdf("Seen"), "a.pdf", lambda page: any("extension" in frame.url for frame in page.frames)),
        (samples.PNG, "a.png", lambda page: page.evaluate("document.images[0]?.naturalWidth") == 1),
        (samples.WAV, "a.wav", lambda page: page.evaluate("document.querySelector('video, audio')?.duration") == 1),
    ):
        page = marked.page.context.new_page()
        page.goto(kept(marked, data, name))
        until(page, lambda page=page, opens=opens: opens(page))
        page.close()


def kept(desk: Desk, data: bytes, name: str) -> str:
    """The address of a file that the page has sent."""
    token = desk.page.locator("meta[name=csrf-token]").get_attribute("content") or ""
    part = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    sent = desk.page.request.post("/files", multipart={"file": part}, headers={"X-CSRFToken": token})
    found = re.search(r'href="([^"]+)"', sent.text())
    assert found
    return found[1]


def test_taking_a_note_back(marked: Desk) -> None:
    marked.open_mark(1)
    marked.open_card.get_by_label("Note", exact=True).fill("Too soon.")
    marked.open_card.get_by_role("button", name="Save note").click()
    expect(marked.open_card.locator("li.note")).to_have_count(1)
    marked.open_card.get_by_role("button", name="Take note back").click()
    expect(marked.open_card.locator("li.note")).to_have_count(0)
    marked.open_card.get_by_text("1 note taken back").click()
    marked.open_card.get_by_role("button", name="Bring note back").click()
    expect(marked.open_card.locator(".note-body")).to_have_text("Too soon.")
    assert marked.same_load()
