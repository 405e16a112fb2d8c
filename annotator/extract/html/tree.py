"""A parsed page as a flat list of what is shown, in reading order.

A list can be sliced, summed and walked in any direction without recursion, and it costs one pass over the
parser's tree.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import accumulate

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from annotator.extract.values import names

_DROPPED = names(
    "script style noscript template nav aside footer form button svg iframe object canvas select input textarea "
    "dialog audio video head menu"
)
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_DROPPED_ROLES = frozenset({"navigation", "complementary", "contentinfo", "search", "dialog", "alertdialog", "banner"})
_NO_ATTRIBUTES: Mapping[str, str | None] = {}


@dataclass(slots=True)
class Element:
    """An element that is shown: `first` and `last` are its opening and closing place in `Page.events`."""

    tag: str
    attributes: Mapping[str, str | None]
    parent: Element | None
    first: int
    last: int = 0


@dataclass(slots=True)
class Opened:
    """An element begins here."""

    element: Element


@dataclass(slots=True)
class Closed:
    """An element ends here."""

    element: Element


@dataclass(slots=True)
class LeftOut:
    """A sidebar stood here."""

    characters: int


Event = Opened | Closed | LeftOut | str


@dataclass(slots=True)
class Page:
    """Everything shown on a page, and the elements of its head that tell something about it."""

    events: list[Event] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    facts: list[tuple[str, Mapping[str, str | None]]] = field(default_factory=list)
    language: str | None = None
    _lengths: list[int] = field(default_factory=list)

    def text_length(self, element: Element) -> int:
        """Return the code points shown inside `element` that are not inside a link."""
        if not self._lengths:
            self._lengths = list(accumulate(_unlinked_lengths(self.events)))
        return self._lengths[element.last] - self._lengths[element.first]


def read_page(html: str) -> Page:
    """Parse tamed HTML (`tame`) into a `Page`. Never raises."""
    page = Page()
    parser = LexborHTMLParser(html, options=LexborDocumentOptions.WO_EVENTS)
    root = parser.root
    if root is None:
        return page
    page.language = root.attributes.get("lang")
    for node in parser.css("meta, link, base"):
        page.facts.append((node.tag or "", node.attributes))
    _walk(root, page)
    return page


def _walk(root: LexborNode, page: Page) -> None:
    node: LexborNode | None = root
    parent: Element | None = None
    while node is not None:
        inner = _enter(node, parent, page)
        child = node.first_child if inner is not None else None
        if child is not None:
            node, parent = child, inner
            continue
        if inner is not None:
            _leave(inner, page)
        while node is not None and node.next is None:
            if parent is not None:
                _leave(parent, page)
                parent = parent.parent
            node = node.parent if parent is not None else None
        node = node.next if node is not None else None


def _enter(node: LexborNode, parent: Element | None, page: Page) -> Element | None:
    """Note what `node` shows; return its element when its children are to be read."""
    tag = node.tag or ""
    if tag == "-text":
        page.events.append(node.text_content or "")
        return None
    attributes = node.attributes if tag[:1] != "-" else _NO_ATTRIBUTES
    if tag[:1] == "-" or _is_dropped(tag, attributes):
        if tag == "aside" or attributes.get("role") == "complementary":
            page.events.append(LeftOut(len(node.text().strip())))
        return None
    element = Element(tag, attributes, parent, len(page.events))
    page.events.append(Opened(element))
    page.elements.append(element)
    return element


def _leave(element: Element, page: Page) -> None:
    element.last = len(page.events)
    page.events.append(Closed(element))


def _is_dropped(tag: str, attributes: Mapping[str, str | None]) -> bool:
    if tag in _DROPPED:
        return True
    if not attributes:
        return False
    hidden = "hidden" in attributes and attributes["hidden"] != "until-found"
    style = attributes.get("style")
    return (
        hidden
        or attributes.get("aria-hidden") == "true"
        or attributes.get("role") in _DROPPED_ROLES
        or bool(style and _NOT_SHOWN.search(style))
    )


def _unlinked_lengths(events: list[Event]) -> list[int]:
    lengths, in_link = [], 0
    for event in events:
        if isinstance(event, str):
            lengths.append(0 if in_link else len(event.strip()))
            continue
        if isinstance(event, (Opened, Closed)) and event.element.tag == "a":
            in_link += 1 if isinstance(event, Opened) else -1
        lengths.append(0)
    return lengths
