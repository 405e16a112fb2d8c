"""Every page as eyes, narrow screens and assistive programs meet it. The watch sees to errors, policy and other hosts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import axe_playwright_python
import pytest
from playwright.sync_api import expect

from annotator.extensions import db
from annotator.models import Annotation, Article
from annotator.services.evidence import Piece
from tests import builders
from tests.browser.desk import Desk, made, until
from tests.support import server as servers
from tests.support.browser import Page
from tests.support.server import Server

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """(tags) => axe.run(document, { runOnly: tags, resultTypes: ['violations'] }).then(({ violations }) =>
  violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target} ${node.failureSummary}`).join('; ')}`))"""
WIDER = "[...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1)"
MARKS = [
    ("claim", "4.2 million crowns for cranes that never arrived"),
    ("quote", "“We were told to sign and not to ask,”"),
    ("claim", "told to sign"),
    ("denial", "The authority denies that any payment was made."),
]


@dataclass
class Site:
    """An article with marks in all states, and the means to open pages."""

    new_page: Callable[..., Page]
    article: int
    empty: Server
    live: Server

    def open(self, path: str, username: str | None = "ada", **options: Any) -> Page:
        """A page at this address."""
        page = self.new_page(username, **options)
        page.goto(path)
        return page

    def review(self, **options: Any) -> Desk:
        """The article's review page."""
        return Desk(self.new_page("ada", **options), self.article).open()


@pytest.fixture(scope="module")
def article(live_server: Server) -> int:
    number = made(live_server, marks=MARKS, title="Cranes in every state", byline="By Somebody", outlet="The Courier")
    with live_server.app():
        first = db.session.query(Annotation).filter_by(article_id=number, ordinal=1).one()
        actor = first.created_by.actor()
        piece = Piece(url="https://ledger.example/7", title="Ledger", source_type="primary", locator="p. 7")
        builders.make_note(actor, first, verdict="false", method="document", evidence=(piece,))
        second = db.session.query(Annotation).filter_by(article_id=number, ordinal=2).one()
        builders.make_note(actor, second, "Called her; no answer yet.")
        for about in (first, None):
            builders.make_comment("ben", number, about, "With tax, @ada?")
    return number


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server without a single article."""
    with servers.start(tmp_path_factory.mktemp("empty")) as started:
        link = started.said_after_ready()
        started.link = link  # type: ignore[attr-defined]
        started.bring_in_cast()
        yield started


@pytest.fixture
def site(new_page: Callable[..., Page], article: int, empty: Server, live_server: Server) -> Site:
    return Site(new_page, article, empty, live_server)


def with_errors(site: Site) -> Page:
    page = site.open("/articles/new")
    page.get_by_label("Date", exact=True).fill("the day before yesterday")
    page.get_by_role("button", name="Import article").click()
    expect(page.locator(".error").first).to_be_visible()
    return page


def wrong_password(site: Site) -> Page:
    page = site.open("/sign-in", None)
    page.get_by_label("Username").fill("nobody")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("is not right")).to_be_visible()
    return page


def set_up(site: Site) -> Page:
    page = site.new_page(None, own=site.empty)
    page.goto(site.empty.link)  # type: ignore[attr-defined]
    return page


def nothing_yet(site: Site, path: str) -> Page:
    page = site.new_page("ada", own=site.empty)
    page.goto(path)
    return page


def open_card(site: Site) -> Page:
    desk = site.review()
    desk.open_mark(1)
    desk.page.keyboard.press("e")
    desk.open_card.get_by_role("button", name="Add evidence").click()
    expect(desk.open_card.get_by_role("group", name="Evidence 2")).to_be_visible()
    desk.open_card.get_by_text("More about this source").first.click()
    return desk.page


def denial(site: Site) -> Page:
    desk = site.review()
    desk.open_mark(4)
    return desk.page


def selecting(site: Site) -> Page:
    desk = site.review()
    desk.select("kept the accounts")
    return desk.page


def mentioning(site: Site) -> Page:
    desk = site.review()
    desk.open_mark(1).get_by_text("Reply", exact=True).first.click()
    desk.open_card.get_by_label("Reply to Ben Lindqvist").press_sequentially("@")
    expect(desk.page.get_by_role("listbox", name="People")).to_be_visible()
    return desk.page


def help_sheet(site: Site) -> Page:
    desk = site.review()
    desk.page.keyboard.press("?")
    expect(desk.page.get_by_role("dialog", name="Keys")).to_be_visible()
    return desk.page


def stack(site: Site) -> Page:
    desk = site.review()
    desk.click("told to sign")
    expect(desk.page.get_by_role("dialog", name="Marked here")).to_be_visible()
    return desk.page


def fresh_article(site: Site) -> Page:
    return nothing_yet(site, f"/articles/{made(site.empty)}")


def alone(site: Site) -> Page:
    desk = site.review()
    page = desk.page
    page.goto(f"/annotations/{desk.stored()[0]['id']}")
    return page


def source(site: Site) -> Page:
    desk = site.review()
    [piece] = next(one for one in desk.stored() if one["notes"])["notes"][0]["evidence"]
    desk.page.goto(f"/sources/{piece['source']}")
    return desk.page


def drafted(site: Site) -> int:
    """An article with a second draft that changed, dropped and added words."""
    number = made(site.live, marks=MARKS, title="Cranes, once more")
    with site.live.app():
        article = db.session.get_one(Article, number)
        first = db.session.query(Annotation).filter_by(article_id=number, ordinal=1).one()
        builders.make_note(first.created_by.actor(), first, verdict="false")
        text = builders.TEXT.replace("4.2 million", "4.6 million").replace(f"{MARKS[3][1]} ", "")
        builders.next_draft(first.created_by.actor(), article, f"{text} The board meets on Tuesday.")
    return number


def orphan(site: Site) -> Page:
    desk = Desk(site.new_page("ada"), drafted(site)).open()
    desk.open_mark(4)
    return desk.page


def versions(site: Site) -> Page:
    page = site.open(f"/articles/{drafted(site)}")
    page.get_by_text("Version 2 of 2").click()
    return page


PAGES: dict[str, Callable[[Site], Page]] = {
    "sign-in": lambda site: site.open("/sign-in", None),
    "sign-in refused": wrong_password,
    "set-up": set_up,
    "articles empty": lambda site: nothing_yet(site, "/articles"),
    "dashboard empty": lambda site: nothing_yet(site, "/dashboard"),
    "articles": lambda site: site.open("/articles"),
    "search without result": lambda site: site.open("/articles?q=zeppelin"),
    "new article": lambda site: site.open("/articles/new"),
    "new article with errors": with_errors,
    "details": lambda site: site.open(f"/articles/{site.article}/details"),
    "review": lambda site: site.review().page,
    "review empty": fresh_article,
    "review with an open card": open_card,
    "review with an open denial": denial,
    "review with a selection": selecting,
    "mentioning": mentioning,
    "new draft": lambda site: site.open(f"/articles/{site.article}/versions/new"),
    "edit the text": lambda site: site.open(f"/articles/{site.article}/versions/edit"),
    "what changed": lambda site: site.open(f"/articles/{drafted(site)}/versions/2/changed"),
    "versions beside each other": lambda site: site.open(f"/articles/{drafted(site)}/versions/1/beside/2"),
    "an earlier version": lambda site: site.open(f"/articles/{drafted(site)}/versions/1"),
    "words gone": orphan,
    "versions": versions,
    "sign-off": lambda site: site.open(f"/articles/{drafted(site)}/sign-off"),
    "comments": lambda site: site.open(f"/articles/{site.article}/comments"),
    "queue": lambda site: site.open("/queue"),
    "queue empty": lambda site: nothing_yet(site, "/queue"),
    "inbox": lambda site: site.open("/inbox"),
    "inbox empty": lambda site: nothing_yet(site, "/inbox"),
    "history": lambda site: site.open(f"/articles/{site.article}/history"),
    "help": help_sheet,
    "stack": stack,
    "one annotation": alone,
    "source": source,
    "dashboard": lambda site: site.open("/dashboard"),
    "account": lambda site: site.open("/account"),
    "people": lambda site: site.open("/people"),
    "not found": lambda site: site.open("/articles/999999"),
    "forbidden": lambda site: site.open("/dashboard", "ben"),
}


@cache
def axe() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it is now."""
    page.evaluate(axe())
    found: list[str] = page.evaluate(RUN, TAGS)
    return found


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(site: Site, name: str) -> None:
    """In light, in dark, and at 320 px."""
    page = PAGES[name](site)
    assert violations(page) == [], "light"
    page.emulate_media(color_scheme="dark")
    assert violations(page) == [], "dark"
    page.set_viewport_size({"width": 320, "height": 640})
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert violations(page) == [], "320 px"
    wider = page.evaluate(f"{WIDER}.map((one) => one.outerHTML.slice(0, 120))")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, wider


def test_forced_colours_keep_marks_and_cards_apart(site: Site) -> None:
    desk = site.review(forced_colors="active")
    lines = desk.mark(1).first.evaluate("(mark) => getComputedStyle(mark).textDecorationLine")
    assert lines == "underline"
    desk.open_mark(1)
    outline = desk.open_card.evaluate("(card) => getComputedStyle(card).outlineStyle")
    assert outline == "solid"


def test_nothing_moves_for_those_who_asked_for_that(site: Site) -> None:
    desk = site.review(reduced_motion="reduce")
    desk.open_mark(1)
    assert desk.page.evaluate("document.getAnimations().length") == 0


def test_text_at_twice_the_size_is_not_cut(site: Site) -> None:
    desk = site.review(viewport={"width": 640, "height": 720})
    desk.page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    until(desk.page, lambda: desk.page.evaluate("document.documentElement.scrollWidth") <= 640)
    desk.open_mark(1)
    desk.open_card.get_by_text("Another note").click()
    expect(desk.open_card.get_by_role("button", name="Save note")).to_be_visible()


def test_without_script_the_article_is_read_and_a_note_is_saved(
    live_server: Server, new_page: Callable[..., Page]
) -> None:
    number = made(live_server, marks=MARKS)
    page = new_page("ada", java_script_enabled=False)
    page.goto(f"/articles/{number}")
    expect(page.get_by_role("region", name="Article text")).to_contain_text("No money has left this house")
    expect(page.locator("mark")).not_to_have_count(0)
    expect(page.locator("article[data-annotation]")).to_have_count(4)
    assert "<noscript><p" in page.request.get(f"/articles/{number}").text()
    expect(page.locator("[data-js]")).not_to_have_count(0)
    expect(page.locator("[data-js]:visible")).to_have_count(0)
    page.locator("#a1 .card-head").click()
    expect(page.get_by_role("heading", name="Claim 1")).to_be_visible()
    expect(page.get_by_role("button", name="Use selection")).to_be_hidden()
    page.get_by_label("Verdict").select_option("accurate")
    page.get_by_label("Note", exact=True).fill("Written by hand.")
    page.get_by_role("button", name="Add evidence").click()
    expect(page.get_by_label("Note", exact=True)).to_have_value("Written by hand.")
    page.get_by_label("URL", exact=True).first.fill("https://ledger.example/7")
    page.get_by_role("button", name="Save note").click()
    expect(page.get_by_role("list", name="Written so far")).to_contain_text("Written by hand.")
    page.get_by_label("Claimant", exact=True).fill("The Courier")
    page.get_by_role("button", name="Save details").click()
    expect(page.get_by_label("Claimant", exact=True)).to_have_value("The Courier")
    page.get_by_role("button", name="Close").click()
    expect(page.locator("#a1")).to_contain_text("Checked")
    first = Desk(page, number).stored()[0]
    assert (first["state"], first["party"]["name"], len(first["notes"])) == ("checked", "The Courier", 1)


def test_times_are_shown_by_the_clock_of_the_reader(site: Site) -> None:
    desk = site.review(timezone_id="Asia/Kolkata")
    time = desk.open_mark(1).locator(".card-made time")
    expect(time).not_to_contain_text("UTC")
    shown, title, moment = time.evaluate("(one) => [one.textContent, one.title, one.dateTime]")
    local = datetime.fromisoformat(moment).astimezone(ZoneInfo("Asia/Kolkata"))
    assert shown.endswith(f"{local:%Y, %H:%M}")
    assert title.endswith("UTC")
