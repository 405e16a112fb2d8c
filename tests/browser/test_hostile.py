"""Hostile text in every field: a browser looks, and nothing of it runs, leaves the house or changes the page."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.support.browser import Page
from tests.support.server import Server

RUN = "window.hacked = 1"
PAYLOAD = (
    f"<script>{RUN}</script>"
    f"\"><img src=http://elsewhere.example/x onerror='{RUN}'>"
    f"</textarea></title></template><svg onload='{RUN}'>"
    "{{1234*4321}}${1234*4321}<%= 1234*4321 %>"
    f"[link](javascript:{RUN}) ![](http://elsewhere.example/y)"
    f"<iframe srcdoc='<script>parent.hacked=1</script>'></iframe><a href='javascript:{RUN}'>here</a>"
    "<hx-partial hx-target='#cards' hx-swap='innerHTML'>gone</hx-partial>"
)
SHORT = f"<img src=x onerror='{RUN}'>{{{{1234*4321}}}}\">"
EXECUTED = (
    "window.hacked !== undefined || !!document.querySelector('[onerror], [onload], iframe, svg:not([role], #ties)')"
)
MARKDOWN = f"""# {SHORT}

A [bad link](javascript:{RUN}) and a [data link](data:text/html,<script>{RUN}</script>).

<script>{RUN}</script><div onclick="{RUN}">{PAYLOAD}</div>
"""
HTML = f"""<!doctype html><title>{SHORT}</title><base href="http://elsewhere.example/"><body onload="{RUN}">
<h1>Heading</h1><p style="background:url(http://elsewhere.example/b)">Words <a href="javascript:{RUN}">link</a>
<img src="http://elsewhere.example/x" onerror="{RUN}"><script>{RUN}</script> end.</p>"""


@pytest.fixture
def quiet(page: Page) -> Page:
    """A page in which a dialog is a fault."""

    def refuse(dialog: object) -> None:
        raise AssertionError(f"a dialog: {dialog}")

    page.on("dialog", refuse)
    return page


def nothing_ran(page: Page) -> None:
    """Neither a flag nor an element of the payload; sums of a template are not computed."""
    assert not page.evaluate(EXECUTED)
    assert "5332114" not in page.locator("body").inner_text().replace("{{1234*4321}}", "")


def import_hostile(page: Page) -> Desk:
    page.goto("/articles/new")
    page.get_by_label("Text", exact=True).fill(f"{PAYLOAD}\n\nA plain paragraph, {SHORT} and words to mark.")
    for label in ("Title", "Byline", "Outlet"):
        page.get_by_label(label, exact=True).fill(PAYLOAD if label == "Title" else SHORT)
    page.get_by_role("button", name="Import article").click()
    expect(page.get_by_role("region", name="Article text")).to_be_visible()
    desk = Desk(page, int(page.url.rpartition("/")[2]))
    desk.ready()
    return desk


def write_hostile_note(desk: Desk) -> None:
    card = desk.open_mark(1)
    card.get_by_label("Claimant", exact=True).fill(SHORT)
    with desk.page.expect_response("**/party"):
        card.get_by_role("button", name="Save details").click()
    card.get_by_label("Note", exact=True).fill(PAYLOAD)
    card.get_by_text("More about this source").click()
    for label in ("Title", "Locator", "Description", "Excerpt"):
        card.get_by_role("group", name="Evidence 1").get_by_label(label, exact=True).fill(SHORT)
    card.get_by_role("button", name="Save note").click()
    expect(desk.open_card.locator(".note-body")).to_have_text(PAYLOAD)


def test_nothing_runs_on_any_page(quiet: Page, live_server: Server, new_page: Callable[..., Page]) -> None:
    desk = import_hostile(quiet)
    nothing_ran(quiet)
    desk.mark_by_mouse("<img src=x onerror", "Claim", nth=0)
    write_hostile_note(desk)
    nothing_ran(quiet)
    desk.open_card.get_by_role("link", name="Edit note").click()
    expect(desk.open_card.get_by_role("heading", name="Edit note")).to_be_visible()
    desk.open_card.get_by_label("Note", exact=True).fill("Another wording.")
    desk.open_card.get_by_role("button", name="Save note").click()
    desk.open_card.get_by_role("link", name="Edited: earlier wordings").click()
    expect(desk.open_card.get_by_role("list", name="Earlier wordings")).to_contain_text("<script>")
    nothing_ran(quiet)
    look_everywhere(quiet, desk)
    other = Desk(new_page("ben"), desk.article).open()
    nothing_ran(other.page)


def look_everywhere(page: Page, desk: Desk) -> None:
    uuid = desk.stored()[0]["id"]
    here = f"/articles/{desk.article}"
    for path in ("/articles", "/dashboard", here, f"{here}/details", f"/annotations/{uuid}", f"{here}?kind={SHORT}"):
        page.goto(path)
        nothing_ran(page)


@pytest.mark.parametrize("url", [f"javascript:{RUN}", "data:text/html,<script>1</script>", "//elsewhere.example/x"])
def test_an_address_that_could_run_is_refused_with_all_that_was_typed(desk: Callable[..., Desk], url: str) -> None:
    one = desk(marks=[("claim", "4.2 million")])
    card = one.open_mark(1)
    card.get_by_label("Note", exact=True).fill("Typed before.")
    card.get_by_label("URL", exact=True).fill(url)
    card.get_by_role("button", name="Save note").click()
    expect(one.open_card.locator(".error")).to_be_visible()
    expect(card.get_by_label("Note", exact=True)).to_have_value("Typed before.")
    expect(card.get_by_label("URL", exact=True)).to_have_value(url)
    expect(card.locator("a[href^='javascript'], a[href^='data']")).to_have_count(0)
    assert one.stored()[0]["notes"] == []


@pytest.mark.parametrize(("name", "content"), [("story.md", MARKDOWN), ("story.html", HTML)])
def test_hostile_files_become_plain_words(quiet: Page, tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    quiet.goto("/articles/new")
    quiet.get_by_label("File", exact=True).set_input_files(tmp_path / name)
    quiet.get_by_role("heading", name="New article").click()
    expect(quiet.get_by_label("Title", exact=True)).not_to_have_value("")
    nothing_ran(quiet)
    quiet.get_by_role("button", name="Import article").click()
    expect(quiet.get_by_role("region", name="Article text")).to_be_visible()
    nothing_ran(quiet)
    expect(quiet.locator("#article-text a:is([href^='javascript' i], [href^='data' i])")).to_have_count(0)


def test_hostile_names_and_searches(quiet: Page, new_page: Callable[..., Page]) -> None:
    own = new_page("cleo")
    own.goto("/account")
    own.get_by_label("Your name").fill(SHORT)
    own.get_by_role("button", name="Save name").click()
    expect(own.get_by_role("link", name=SHORT)).to_be_visible()
    nothing_ran(own)
    for path in ("/people", "/dashboard"):
        quiet.goto(path)
        expect(
            quiet.get_by_role("cell", name=re.compile("onerror"))
            .or_(quiet.get_by_role("rowheader", name=re.compile("onerror")))
            .first
        ).to_be_visible()
        nothing_ran(quiet)
    quiet.goto("/articles")
    quiet.get_by_label("Search title and text").fill(f"nowhere {PAYLOAD}")
    quiet.get_by_role("button", name="Show").click()
    expect(quiet.get_by_text("No article has")).to_be_visible()
    nothing_ran(quiet)


@pytest.mark.parametrize(
    "path", [f"/articles/{SHORT}", f"/sign-in?next=javascript:{RUN}", f"/sign-in?username={SHORT}"]
)
def test_hostile_addresses(quiet: Page, new_page: Callable[..., Page], path: str) -> None:
    nobody = new_page(None)
    for page in (quiet, nobody):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        nothing_ran(page)
