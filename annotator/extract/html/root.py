"""Which part of a page is the article.

A page says so itself (`article`, schema.org, `main`), or the densest run of paragraphs does. What a page says
is believed only when there is text in it and no twin beside it: lists of teasers are articles too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from annotator.extract.html.tree import Element, Page

_ENOUGH = 250
_ARTICLE_TYPE = re.compile(r"schema\.org/\w*(?:Article|Posting|Report)\b", re.IGNORECASE)
_PARAGRAPHS = frozenset({"p", "blockquote", "li", "h2", "h3"})
_SHORTEST_PARAGRAPH = 25
_SMALL_PAGE = 1_000


def choose_root(page: Page) -> Element | None:
    """Return the element that holds the article; the body, or None on an empty page, when nothing stands out."""
    body = next((e for e in page.elements if e.tag == "body"), next(iter(page.elements), None))
    if body is None:
        return None
    return (
        _outstanding(page, [e for e in page.elements if _is_article(e)])
        or _outstanding(page, [e for e in page.elements if e.tag == "main" or e.attributes.get("role") == "main"])
        or _densest(page, body)
        or body
    )


def _is_article(element: Element) -> bool:
    attributes = element.attributes
    if element.tag == "article" or attributes.get("role") == "article":
        return True
    return element.tag != "body" and bool(_ARTICLE_TYPE.search(attributes.get("itemtype") or ""))


def _outstanding(page: Page, candidates: Sequence[Element]) -> Element | None:
    """Return the longest of the outermost candidates when it is long enough and twice as long as the next."""
    outermost: list[Element] = []
    for element in candidates:
        if not outermost or element.first > outermost[-1].last:
            outermost.append(element)
    ordered = sorted(outermost, key=page.text_length, reverse=True)
    if not ordered or page.text_length(ordered[0]) < _ENOUGH:
        return None
    if len(ordered) > 1 and page.text_length(ordered[0]) < 2 * page.text_length(ordered[1]):
        return None
    return ordered[0]


def _densest(page: Page, body: Element) -> Element | None:
    """Return the container whose own paragraphs are longest, when it holds most of the text in paragraphs."""
    if page.text_length(body) < _SMALL_PAGE:
        return None
    scores: defaultdict[int, float] = defaultdict(float)
    containers: dict[int, Element] = {}
    whole = 0
    for element in page.elements:
        length = page.text_length(element) if element.tag in _PARAGRAPHS else 0
        if length < _SHORTEST_PARAGRAPH or element.parent is None:
            continue
        whole += length
        for share, container in ((1.0, element.parent), (0.5, element.parent.parent)):
            if container is not None:
                scores[container.first] += share * length
                containers[container.first] = container
    best = max(scores, key=lambda first: scores[first], default=None)
    if best is None or page.text_length(containers[best]) < 0.5 * whole:
        return None
    return containers[best]
