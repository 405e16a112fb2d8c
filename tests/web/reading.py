"""Reading pages and fragments as a browser would, without looking at how they are made."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

from selectolax.lexbor import LexborHTMLParser, LexborNode
from werkzeug.test import TestResponse

from tests.support.pages import VOID, StrictClient

PARTIAL = {"HX-Request": "true"}


def parsed(answer: TestResponse) -> LexborHTMLParser:
    """The page or fragment of an answer."""
    return LexborHTMLParser(answer.text)


def all_of(answer: TestResponse, selector: str) -> list[LexborNode]:
    """Every element of an answer that matches."""
    return parsed(answer).css(selector)


def one(answer: TestResponse, selector: str) -> LexborNode:
    """The only element that matches."""
    found = all_of(answer, selector)
    assert len(found) == 1, f"{selector} is there {len(found)} times"
    return found[0]


def words(answer: TestResponse, selector: str) -> str:
    """The words of the only element that matches, runs of white space made one space."""
    return " ".join(one(answer, selector).text().split())


def values(answer: TestResponse, form: str) -> dict[str, str]:
    """What stands in the fields of a form, by name, as a browser would send it."""
    found = {}
    for field in one(answer, form).css("input[name], textarea[name], select[name]"):
        found[field.attributes["name"] or ""] = _value(field)
    return found


def _value(field: LexborNode) -> str:
    if field.tag == "textarea":
        return field.text().removeprefix("\n").removeprefix("\r\n")
    if field.tag == "select":
        chosen = field.css_first("option[selected]") or field.css_first("option")
        return (chosen.attributes.get("value") or "") if chosen else ""
    return field.attributes.get("value") or ""


def described_error(answer: TestResponse, name: str) -> str:
    """The sentence that stands at a field and is read out with it, or nothing."""
    field = one(answer, f"[name='{name}']")
    told = (field.attributes.get("aria-describedby") or "").split()
    sentences = [parsed(answer).css_first(f"[id='{key}']") for key in told if key.endswith("-error")]
    return " ".join(" ".join(found.text().split()) for found in sentences if found)


class Pieces(HTMLParser):
    """Splits an answer into its partials: (target, swap, HTML), and what stands outside them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.partials: list[tuple[str, str, str]] = []
        self.main = ""
        self._inside: tuple[str, str] | None = None
        self._held = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A partial begins, or something in it."""
        if tag == "hx-partial":
            given = {name: value or "" for name, value in attrs}
            self._inside, self._held = (given["hx-target"], given["hx-swap"]), ""
        else:
            self._keep(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        """A partial ends, or something in it."""
        if tag == "hx-partial" and self._inside:
            self.partials.append((*self._inside, self._held))
            self._inside = None
        elif tag not in VOID:
            self._keep(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Words."""
        self._keep(data)

    def handle_entityref(self, name: str) -> None:
        """A named character."""
        self._keep(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """A numbered character."""
        self._keep(f"&#{name};")

    def _keep(self, html: str) -> None:
        if self._inside:
            self._held += html
        else:
            self.main += html


def partials(answer: TestResponse) -> list[tuple[str, str, str]]:
    """The partials of an answer, in order, as (target, swap, HTML)."""
    pieces = Pieces()
    pieces.feed(answer.text)
    pieces.close()
    return pieces.partials


def targets(answer: TestResponse) -> list[str]:
    """Where the partials of an answer go, in order."""
    return [target for target, _, _ in partials(answer)]


def partial(answer: TestResponse, target: str) -> str:
    """The HTML of the only partial that goes there."""
    found = [html for to, _, html in partials(answer) if to == target]
    assert len(found) == 1, f"{target} is there {len(found)} times"
    return found[0]


def block_text(block: LexborNode) -> str:
    """The text nodes of a block, those in elements with `data-skip` left out."""
    return "".join(_texts(block))


def _texts(node: LexborNode) -> Iterator[str]:
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            yield child.text_content or ""
        elif "data-skip" not in child.attributes:
            yield from _texts(child)


def send(client: StrictClient, path: str, data: dict[str, Any] | None = None, *, htmx: bool = True) -> TestResponse:
    """Send a form: as the page's script does, or as a browser without it."""
    return client.submit(path, data, headers=PARTIAL if htmx else {})


def mark(client: StrictClient, article_id: int, body: dict[str, Any]) -> TestResponse:
    """Ask for an annotation as the page's script does."""
    return client.submit_json(f"/articles/{article_id}/annotations", body, **PARTIAL)


def address(path: str, **query: object) -> str:
    """A path with a query."""
    return f"{path}?{urlencode(query)}"
