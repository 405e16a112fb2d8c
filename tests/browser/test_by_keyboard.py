"""The whole way by keyboard alone: from signing in to a downloaded file, with every act counted."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.desk import Desk
from tests.cast import PASSWORD
from tests.support.browser import Page

ARTICLE = (Path(__file__).parent.parent / "extract" / "files" / "leaked-tender.txt").read_text(encoding="utf-8")
COUNT_MICE = "window.mice = 0; addEventListener('pointerdown', () => (window.mice += 1), true);"
FAR = 60


@dataclass
class Hands:
    """Keys pressed and words typed, each counted; nothing here can touch a mouse."""

    page: Page
    acts: dict[str, int] = field(default_factory=lambda: {"keys": 0, "typed": 0})

    def press(self, *keys: str) -> None:
        """Press these keys, one after the other."""
        for key in keys:
            self.acts["keys"] += 1
            self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        """Type words where the focus is."""
        self.acts["typed"] += 1
        self.page.keyboard.insert_text(words)

    def walk_to(self, place: Locator, key: str = "Tab") -> None:
        """Tab until this has the focus."""
        for _ in range(FAR):
            if place.evaluate("(element) => element === document.activeElement"):
                return
            self.press(key)
        raise AssertionError(f"{key} never reached {place}")


def test_from_signing_in_to_the_export(
    new_page: Callable[..., Page], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = new_page(None)
    page.context.add_init_script(COUNT_MICE)
    hands = Hands(page)
    sign_in(hands)
    desk = import_article(hands)
    mark_three_kinds(hands, desk)
    verify_the_claim(hands, desk)
    name_and_link(hands, desk)
    record = export(hands, tmp_path)
    assert desk.same_load()
    assert page.evaluate("window.mice") == 0
    check(record)
    with capsys.disabled():
        print(f"\nBy keyboard: {hands.acts['keys']} keys and {hands.acts['typed']} texts from sign-in to export.")


def sign_in(hands: Hands) -> None:
    page = hands.page
    page.goto("/articles")
    hands.walk_to(page.get_by_label("Username"))
    hands.type("ada")
    hands.walk_to(page.get_by_label("Password"))
    hands.type(PASSWORD)
    hands.press("Enter")
    expect(page.get_by_role("heading", name="Articles", level=1)).to_be_visible()


def import_article(hands: Hands) -> Desk:
    page = hands.page
    hands.walk_to(page.get_by_role("link", name="New article").first)
    hands.press("Enter")
    hands.walk_to(page.get_by_label("Text", exact=True))
    hands.type(ARTICLE)
    hands.walk_to(page.get_by_role("button", name="Import article"))
    hands.press("Enter")
    expect(page.get_by_role("region", name="Article text")).to_be_visible()
    desk = Desk(page, int(page.url.rpartition("/")[2]))
    desk.ready()
    page.evaluate("window.sameLoad = true")
    return desk


def read_until(hands: Hands, desk: Desk, beginning: str) -> None:
    """Press j until the cursor is on this sentence."""
    for _ in range(FAR):
        hands.press("j")
        if desk.cursor().startswith(beginning):
            return
    raise AssertionError(f"j never came to: {beginning}")


def mark_three_kinds(hands: Hands, desk: Desk) -> None:
    """A denial and a quote by words, a claim by its sentence."""
    read_until(hands, desk, "Northgate Lines has rejected")
    hands.press("ArrowRight", *["Shift+ArrowRight"] * 4, "d")
    read_until(hands, desk, "The paper counted")
    hands.press("c")
    read_until(hands, desk, "“We answered")
    hands.press("ArrowRight", *["Shift+ArrowRight"] * 8, "q")
    desk.saved()
    expect(desk.cards).to_have_count(3)


def verify_the_claim(hands: Hands, desk: Desk) -> None:
    hands.press("K", "K")
    expect(desk.card(2)).to_have_attribute("data-open", "")
    hands.press("1")
    desk.said("Verdict: Accurate, not saved yet")
    hands.press("n")
    expect(desk.open_card.get_by_label("Note", exact=True)).to_be_focused()
    hands.type("Counted them twice.")
    hands.press("Escape", "e")
    expect(desk.open_card.get_by_label("URL", exact=True)).to_be_focused()
    hands.type("https://paper.example/minutes")
    hands.walk_to(desk.open_card.get_by_label("Source type"))
    hands.press("p")
    hands.walk_to(desk.open_card.get_by_label("Locator"))
    hands.type("pages 2 to 9")
    hands.press("Control+Enter")
    expect(desk.card(2)).to_have_attribute("data-state", "checked")
    expect(desk.card(2)).to_be_focused()


def name_and_link(hands: Hands, desk: Desk) -> None:
    hands.press("J", "Enter")
    expect(desk.card(3)).to_be_focused()
    hands.walk_to(desk.open_card.get_by_label("Speaker", exact=True))
    hands.type("Mara Lindqvist")
    hands.press("Enter")
    expect(desk.card(3)).to_be_focused()
    hands.press("K", "K", "Enter")
    expect(desk.card(1)).to_be_focused()
    hands.walk_to(desk.open_card.get_by_label("Denies"))
    hands.press("ArrowDown")
    hands.walk_to(desk.open_card.get_by_role("button", name="Link"))
    hands.press("Enter")
    expect(desk.open_card.get_by_role("link", name="Claim 2")).to_be_visible()


def export(hands: Hands, folder: Path) -> dict:
    hands.press("Escape")
    link = hands.page.get_by_role("link", name="Export")
    hands.walk_to(link, "Shift+Tab")
    with hands.page.expect_download() as waiting:
        hands.press("Enter")
    waiting.value.save_as(folder / "export.json")
    record: dict = json.loads((folder / "export.json").read_text(encoding="utf-8"))
    return record


def check(record: dict) -> None:
    text = record["version"]["text"]
    for one in record["annotations"]:
        assert text[one["anchor"]["start"] : one["anchor"]["end"]] == one["anchor"]["exact"]
    found = {one["kind"]: one for one in record["annotations"]}
    assert {kind: one["anchor"]["exact"] for kind, one in found.items()} == {
        "denial": "Northgate Lines has rejected claims",
        "claim": "The paper counted 43 passages in the tender that also stand in a company memo.",
        "quote": "We answered the questions that every operator was asked",
    }
    [note] = found["claim"]["notes"]
    [piece] = note["evidence"]
    assert (note["verdict"], note["body"]) == ("accurate", "Counted them twice.")
    assert (piece["url"], piece["source_type"], piece["locator"]) == (
        "https://paper.example/minutes",
        "primary",
        "pages 2 to 9",
    )
    assert found["quote"]["party"]["name"] == "Mara Lindqvist"
    assert found["denial"]["relations"] == [{"type": "denies", "to": found["claim"]["id"]}]
