"""A review page as hands use it: words found and selected in the page, and what the server keeps of it looked up."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, expect

from annotator.extensions import db
from annotator.models import User
from tests import builders
from tests.support.browser import TIMEOUT_MS, Page
from tests.support.server import Server

PLACE = """([words, nth, end]) => {
  const blocks = [...document.querySelectorAll('#article-text [data-o]')];
  const nodes = blocks.map((block) => {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) if (!walker.currentNode.parentElement.closest('[data-skip]')) found.push(walker.currentNode);
    return found;
  });
  const text = nodes.map((list) => list.map((node) => node.data).join('')).join('\\n\\n');
  let at = -1;
  for (let time = 0; time <= nth; time++) at = text.indexOf(words, at + 1);
  if (at < 0) throw new Error(`not in the text: ${words}`);
  let left = end ? at + words.length : at;
  for (const list of nodes) {
    for (const node of list) {
      if (left < node.data.length + end) return [node, left];
      left -= node.data.length;
    }
    left -= 2;
  }
}"""
POINT = f"""async (which) => {{
  const frame = () => new Promise(requestAnimationFrame);
  const [node, at] = ({PLACE})(which);
  const units = which[2] ? at - 1 : at;
  const whole = [...new Intl.Segmenter('en').segment(node.data)].find((sign) => units < sign.index + sign.segment.length);
  if (!which[3]) {{
    node.parentElement.scrollIntoView({{ block: 'center', behavior: 'instant' }});
    await frame();
    await frame(); // blocks out of sight get their true height when they come into it
  }}
  const range = document.createRange();
  range.setStart(node, whole.index);
  range.setEnd(node, whole.index + whole.segment.length);
  const boxes = [...range.getClientRects()].filter((box) => box.width);
  const box = boxes[which[2] ? boxes.length - 1 : 0];
  const rtl = /[\\u0590-\\u08ff]/.test(whole.segment);
  return [rtl === !!which[2] ? box.left + 1 : box.right - 1, (box.top + box.bottom) / 2];
}}"""
SELECT = f"""([words, nth, backward]) => {{
  const from = ({PLACE})([words, nth, 0]);
  const to = ({PLACE})([words, nth, 1]);
  const [anchor, focus] = backward ? [to, from] : [from, to];
  getSelection().setBaseAndExtent(...anchor, ...focus);
}}"""
CURSOR = "() => [...(CSS.highlights.get('cursor') ?? [])].map((range) => range.toString()).join('|')"
PENDING = "() => [...CSS.highlights.keys()].filter((name) => name.startsWith('pending'))"


def until(page: Page, holds: Callable[[], object], limit_s: float = TIMEOUT_MS / 1000) -> None:
    """Wait until something holds, while the page goes on. For what Playwright's own waiting cannot ask."""
    deadline = time.monotonic() + limit_s
    while not holds():
        assert time.monotonic() < deadline, "it never came to hold"
        page.wait_for_timeout(20)


@dataclass
class Desk:
    """One article's review page. Words are named as they stand in the text; `nth` counts from 0."""

    page: Page
    article: int

    def open(self, query: str = "") -> Desk:
        """Open the page, and note which load it is."""
        self.page.goto(f"/articles/{self.article}{query}")
        self.ready()
        self.page.evaluate("window.sameLoad = true")
        return self

    def ready(self) -> None:
        """Wait until the script has started: it lays its handles when everything else is bound."""
        expect(self.page.locator(".handle")).to_have_count(2)

    def same_load(self) -> bool:
        """Whether the page has stayed since `open`."""
        return bool(self.page.evaluate("window.sameLoad === true"))

    @property
    def text(self) -> Locator:
        """The region that holds the article."""
        return self.page.get_by_role("region", name="Article text")

    @property
    def toolbar(self) -> Locator:
        """The bar that comes with a selection."""
        return self.page.get_by_role("toolbar", name="Mark the selection")

    @property
    def cards(self) -> Locator:
        """All cards in the list."""
        return self.page.get_by_role("list", name="Annotations", exact=True).locator("article[data-annotation]")

    @property
    def open_card(self) -> Locator:
        """The card that is open."""
        return self.page.locator("article[data-open]")

    @property
    def state(self) -> Locator:
        """What the page says about saving."""
        return self.page.locator("#save-state")

    def card(self, ordinal: int) -> Locator:
        """The card with this number."""
        return self.page.locator(f"#a{ordinal}")

    def mark(self, ordinal: int) -> Locator:
        """The pieces painted for this annotation."""
        return self.page.locator(f'#article-text mark[data-a~="{ordinal}"]')

    def point(self, words: str, nth: int = 0, *, end: bool = False, stay: bool = False) -> tuple[float, float]:
        """A point of the window in the first or last sign of these words, near its outer edge."""
        x, y = self.page.evaluate(POINT, [words, nth, int(end), stay])
        return x, y

    def drag(self, words: str, nth: int = 0, *, backward: bool = False) -> None:
        """Select these words with the mouse, and wait for the toolbar."""
        start, end = self.point(words, nth), self.point(words, nth, end=True, stay=True)
        first, last = (end, start) if backward else (start, end)
        self.page.mouse.move(*first)
        self.page.mouse.down()
        self.page.mouse.move(*last, steps=6)
        self.page.mouse.up()
        expect(self.toolbar).to_be_visible()

    def select(self, words: str, nth: int = 0, *, backward: bool = False) -> None:
        """Select these words as a screen reader or a touch handle does: the selection changes, nothing is pressed."""
        self.page.evaluate(SELECT, [words, nth, backward])
        expect(self.toolbar).to_be_visible()

    def click(self, words: str, nth: int = 0, *, count: int = 1) -> None:
        """Click on the first sign of these words."""
        self.page.mouse.click(*self.point(words, nth), click_count=count)

    def mark_by_mouse(self, words: str, kind: str = "Claim", nth: int = 0) -> None:
        """Select with the mouse, press the button of the toolbar, wait until it is saved."""
        self.drag(words, nth)
        self.toolbar.get_by_role("button", name=kind).click()
        self.saved()

    def open_mark(self, ordinal: int) -> Locator:
        """Click the annotation's card and wait until it is open."""
        self.card(ordinal).locator(".card-head").click()
        expect(self.card(ordinal)).to_have_attribute("data-open", "")
        return self.open_card

    def saved(self) -> None:
        """Wait until everything is saved and nothing is painted as pending."""
        expect(self.state).to_have_text(re.compile(r"^Saved"))
        until(self.page, lambda: not self.pending())

    def pending(self) -> list[str]:
        """The names of what is painted as not saved yet."""
        names: list[str] = self.page.evaluate(PENDING)
        return names

    def cursor(self) -> str:
        """The words that the cursor is painted on."""
        words: str = self.page.evaluate(CURSOR)
        return words

    def said(self, words: str | re.Pattern[str]) -> None:
        """Wait until these words were said to screen readers."""
        expect(self.page.locator("#announcer")).to_contain_text(words)

    def record(self) -> dict[str, Any]:
        """The article's export, asked for beside the page."""
        value: dict[str, Any] = self.page.request.get(f"/articles/{self.article}/export").json()
        return value

    def stored(self) -> list[dict[str, Any]]:
        """The annotations that the server keeps, each with its words where the text has them."""
        record = self.record()
        text = record["version"]["text"]
        for one in record["annotations"]:
            anchor = one["anchor"]
            assert text[anchor["start"] : anchor["end"]] == anchor["exact"]
        annotations: list[dict[str, Any]] = record["annotations"]
        return annotations

    def words(self) -> list[tuple[str, str]]:
        """Kind and words of every annotation that the server keeps, in the order of the text."""
        return [(one["kind"], one["anchor"]["exact"]) for one in self.stored()]


def made(
    server: Server,
    text: str = builders.TEXT,
    marks: Iterable[tuple[str, str]] = (),
    *,
    title: str = "Cranes that never came",
    by: str = "ada",
    **details: str,
) -> int:
    """The id of a new article on the server, with marks given as (kind, words)."""
    with server.app():
        actor = db.session.query(User).filter_by(username=by).one().actor()
        article = builders.make_article(actor, text=text, title=title, **details)
        for kind, words in marks:
            builders.make_annotation(actor, article, words, kind=kind)
        return int(article.id)
