"""The review page in Chromium against a real server: until it is painted, and what working on it takes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from benchmarks import desk
from benchmarks.figures import median, percentile
from benchmarks.generator import SIZES, Size
from benchmarks.tables import Table, cell
from tests.support.browser import launched
from tests.support.server import Server

WATCHING = (Path(__file__).parent / "watching.js").read_text(encoding="utf-8")
OPENED = {Size(5000, 1000): 400, Size(5000, 5000): 600, Size(50_000, 5000): 800}
LOADS, TAGS, CARDS, FRAMES, STEP = 3, 24, 12, 120, 300
WAIT_MS = 60_000

ABOUT = (
    "Headless Chromium with an empty cache and without a graphics card; `python -m annotator serve` beside it. Each "
    "figure runs to the task after the animation frame that shows the thing. *Text painted*: from the start of the "
    "navigation until all blocks with their marks are there; the server has kept the page. *Cards placed*: until the "
    f"script has put the cards beside their marks. Medians of {LOADS} loads."
)
TAGGED = (
    f"`j` walks to a sentence, `c` tags it, {TAGS} times. *Tag → painted*: from the key to the pending highlight. "
    "*Tag → confirmed*: until the block that the server painted stands there. *Card marked*, *card open*: from `J` to "
    f"the next card's mark lit up, and to its forms. *Scroll*: {FRAMES} frames of {STEP} pixels each."
)
TITLES = ("words/annotations", "text painted", "cards placed", "longest task", "elements", "script heap")
TAG_TITLES = (
    "words/annotations",
    "tag → painted p50",
    "p95",
    "tag → confirmed p50",
    "p95",
    "card marked p50",
    "card open p50",
    "p95",
    "scroll frame p50",
    "p95",
    "longest",
)


def measure(folder: Path) -> list[Table]:
    """The table of loads, and the one of acts."""
    with desk.served(folder) as server, launched() as browser:
        with server.app():
            made = desk.articles(SIZES)
        loads, acts = [], []
        for size, article in zip(SIZES, made, strict=True):
            loads.append(_loaded(browser, server, size, article))
            acts.append(_acted(browser, server, size, article))
    return [Table("Opening an article", ABOUT, TITLES, loads), Table("Working on it", TAGGED, TAG_TITLES, acts)]


def _loaded(browser: Browser, server: Server, size: Size, article: int) -> list[str]:
    seen: list[dict[str, float]] = []
    for _ in range(LOADS + 1):
        page = opened(browser, server, article)
        marks = page.evaluate("({ ...bench.marks, longest: bench.longest ?? 0 })")
        marks["elements"] = page.evaluate("document.querySelectorAll('*').length")
        marks["heap"] = page.evaluate("performance.memory.usedJSHeapSize / 1048576")
        seen.append(marks)
        page.context.close()
    middle = {name: median([one[name] for one in seen[1:]]) for name in seen[0]}
    text = cell(middle["text"], most=OPENED.get(size))
    rest = [cell(middle["placed"]), cell(middle["longest"]), cell(middle["elements"], ""), cell(middle["heap"], "MB")]
    return [str(size), text, *rest]


def opened(browser: Browser, server: Server, article: int) -> Page:
    """The review page in a browser profile of its own, its text painted and its cards placed."""
    context = browser.new_context(base_url=server.url, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(WAIT_MS)
    context.add_init_script(WATCHING)
    context.add_cookies(server.cookies_of("ada"))  # type: ignore[arg-type]
    page = context.new_page()
    answer = page.goto(f"/articles/{article}")
    assert answer is not None
    assert answer.ok, answer.text()
    _entry(page, "marks", None, "text", "placed")
    return page


def _acted(browser: Browser, server: Server, size: Size, article: int) -> list[str]:
    page = opened(browser, server, article)
    page.locator("#article-text").focus()
    tags = [_tagged(page, number) for number in range(TAGS)]
    cards = [_opened_card(page, number) for number in range(CARDS)]
    frames: list[float] = page.evaluate(f"bench.scroll({FRAMES}, {STEP})")
    page.context.close()
    return [str(size), *_tags(tags), *_cards(cards), *_frames(frames)]


def _tagged(page: Page, number: int) -> dict[str, float]:
    page.keyboard.press("j")
    page.keyboard.press("c")
    return _entry(page, "tags", number, "painted", "confirmed")


def _opened_card(page: Page, number: int) -> dict[str, float]:
    page.keyboard.press("J")
    return _entry(page, "opens", number, "painted", "opened")


def _entry(page: Page, kind: str, number: int | None, *names: str) -> dict[str, float]:
    """What the page has noted, once all of these times are there."""
    entry: dict[str, Any] = page.evaluate("asked => bench.until(...asked)", [kind, number, list(names)])
    return entry


def _tags(tags: Sequence[dict[str, float]]) -> list[str]:
    painted, confirmed = ([one[name] for one in tags] for name in ("painted", "confirmed"))
    first = [cell(percentile(painted, 50)), cell(percentile(painted, 95), most=50)]
    return [*first, cell(percentile(confirmed, 50)), cell(percentile(confirmed, 95), most=200)]


def _cards(cards: Sequence[dict[str, float]]) -> list[str]:
    marked, shown = ([one[name] for one in cards] for name in ("painted", "opened"))
    return [cell(percentile(marked, 50)), cell(percentile(shown, 50)), cell(percentile(shown, 95))]


def _frames(frames: Sequence[float]) -> list[str]:
    return [cell(percentile(frames, share)) for share in (50, 95, 100)]
