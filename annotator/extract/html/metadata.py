"""What a page says of itself: JSON-LD first, then OpenGraph and meta elements, then what is shown."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from annotator.extract.dates import normal_date
from annotator.extract.html.blocks import safe_link
from annotator.extract.html.tree import Element, Opened, Page
from annotator.extract.values import LONGEST_VALUE

_ARTICLE = re.compile(r"(?:Article|BlogPosting|LiveBlogPosting|Report|Review)$")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z]{4})?(?:[-_](?:[a-zA-Z]{2}|\d{3}))?")
_TITLE_GAP = re.compile(r"\s+(?:[|–—·•»-]|::|//)\s+")
_MOST_NODES = 10_000
_TITLES = ("og:title", "twitter:title", "dc.title", "parsely-title")
_AUTHORS = ("author", "article:author", "parsely-author", "dc.creator", "byl")
_DATES = (
    "article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
    "parsely-pub-date", "pubdate", "publish-date",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page tells about itself; each is None when it does not. `base` is what its relative links start
    from.
    """

    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    published_at: str | None = None
    language: str | None = None
    source_url: str | None = None
    base: str | None = None


@dataclass(frozen=True, slots=True)
class _Sources:
    article: Mapping[str, Any]
    meta: Mapping[str, list[str]]
    links: Mapping[str, str]
    page: Page
    title: str
    heads: list[str] = field(default_factory=list)


def read_facts(page: Page, title: str, linked_data: Iterable[str]) -> Facts:
    """Return what the page tells. `title` is its `<title>`, `linked_data` the text of its JSON-LD scripts."""
    sources = _Sources(_article_object(linked_data), _meta(page), _links(page), page, title, _main_headings(page))
    address = _source_url(sources)
    outlet = _first(_names(sources.article.get("publisher")), sources.meta.get("og:site_name"))
    return Facts(
        title=_title(sources, outlet),
        byline=_byline(sources),
        outlet=outlet,
        published_at=_published_at(sources),
        language=_language(sources),
        source_url=address,
        base=safe_link(sources.links.get("base"), address) or address,
    )


def tidy_language(tag: object) -> str | None:
    """Return a language tag in its BCP 47 spelling (`en_us` becomes `en-US`), or None when it is none."""
    match = _LANGUAGE.fullmatch(tag.strip()) if isinstance(tag, str) else None
    if match is None:
        return None
    first, *rest = re.split("[-_]", match[0])
    return "-".join([first.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)])


def shown_text(page: Page, element: Element) -> str:
    """Return the text shown in an element, in one line."""
    inside = page.events[element.first : element.last]
    return " ".join("".join(event for event in inside if isinstance(event, str)).split())


def _article_object(linked_data: Iterable[str]) -> Mapping[str, Any]:
    """Return the JSON-LD object that describes an article, the first that does."""
    for text in linked_data:
        try:
            told = json.loads(text)
        except (ValueError, RecursionError):
            continue
        for item in islice(_objects(told), _MOST_NODES):
            if any(isinstance(kind, str) and _ARTICLE.search(kind) for kind in _listed(item.get("@type"))):
                return item
    return {}


def _objects(told: Any) -> Iterator[Mapping[str, Any]]:
    waiting = [told]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            yield item
            waiting += reversed(list(item.values()))
        elif isinstance(item, list):
            waiting += reversed(item)


def _meta(page: Page) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag, attributes in page.facts:
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        if tag == "meta" and name and attributes.get("content"):
            found.setdefault(name.lower(), []).append(attributes["content"] or "")
    return found


def _links(page: Page) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag, attributes in page.facts:
        name = "base" if tag == "base" else (attributes.get("rel") or "").lower() if tag == "link" else ""
        if name and attributes.get("href"):
            found.setdefault(name, attributes["href"] or "")
    return found


def _main_headings(page: Page) -> list[str]:
    return [text for element in page.elements if element.tag == "h1" and (text := shown_text(page, element))]


def _source_url(sources: _Sources) -> str | None:
    whole_page = sources.article.get("mainEntityOfPage")
    told = [
        sources.links.get("canonical"),
        *sources.meta.get("og:url", ()),
        sources.article.get("url"),
        whole_page.get("@id") if isinstance(whole_page, dict) else whole_page,
    ]
    addresses = (safe_link(address, None) for address in told if isinstance(address, str))
    return next((address for address in addresses if address and not address.startswith("mailto:")), None)


def _title(sources: _Sources, outlet: str | None) -> str | None:
    headings = sources.heads if len(sources.heads) == 1 else []
    told = [
        sources.article.get("headline"),
        *(t for name in _TITLES for t in sources.meta.get(name, ())),
        *headings,
    ]
    title = _first(told) or _first([sources.title], sources.heads)
    return _without_outlet(title, outlet) if title else None


def _without_outlet(title: str, outlet: str | None) -> str:
    gaps = list(_TITLE_GAP.finditer(title)) if outlet else []
    if gaps and title[gaps[-1].end() :].casefold() == (outlet or "").casefold():
        return title[: gaps[-1].start()]
    return title


def _byline(sources: _Sources) -> str | None:
    names = _names(sources.article.get("author"))
    names = names or [name for key in _AUTHORS for name in sources.meta.get(key, ()) if "://" not in name]
    names = names or [shown_text(sources.page, element) for element in sources.page.elements if _tells_author(element)]
    people = [re.sub(r"^(?:by|von|par|por)\s+", "", name, flags=re.IGNORECASE) for name in map(_clean, names) if name]
    return _clean(", ".join(dict.fromkeys(people)))


def _tells_author(element: Element) -> bool:
    attributes = element.attributes
    return "author" in (attributes.get("rel") or "").split() or attributes.get("itemprop") == "author"


def _published_at(sources: _Sources) -> str | None:
    told = [sources.article.get("datePublished"), *(d for name in _DATES for d in sources.meta.get(name, ()))]
    told += [e.attributes.get("datetime") or e.attributes.get("content") for e in _dated(sources.page)]
    dates = (normal_date(value) for value in told if isinstance(value, str))
    return next((value for value in dates if value), None)


def _dated(page: Page) -> list[Element]:
    published = [e for e in page.elements if e.attributes.get("itemprop") == "datePublished"]
    return published or [e for e in page.elements if e.tag == "time"][:1]


def _language(sources: _Sources) -> str | None:
    told = sources.article.get("inLanguage")
    named = told.get("alternateName") if isinstance(told, dict) else told
    candidates = [
        named,
        sources.page.language,
        *sources.meta.get("og:locale", ()),
        *sources.meta.get("language", ()),
    ]
    return next((tag for candidate in candidates if (tag := tidy_language(candidate))), None)


def _names(value: Any) -> list[str]:
    """Return the names in a JSON-LD person, organisation, plain name or list of these."""
    named = (item.get("name") if isinstance(item, dict) else item for item in _listed(value)[:20])
    return [name for item in named for name in _listed(item) if isinstance(name, str) and "://" not in name]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _first(*groups: Iterable[Any] | None) -> str | None:
    values = (value for group in groups for value in group or () if isinstance(value, str))
    return next((clean for value in values if (clean := _clean(value))), None)


def _clean(value: str) -> str | None:
    """Return a value in one line, character references resolved, no control characters; None when nothing is
    left.
    """
    line = " ".join(html.unescape(value).split())
    return "".join(c for c in line if c.isprintable() or c in "\u00ad\u200c\u200d")[:LONGEST_VALUE].strip() or None


def opened_in(page: Page, root: Element, tag: str) -> bool:
    """Say whether an element of this tag stands inside `root`."""
    inside = page.events[root.first : root.last]
    return any(isinstance(event, Opened) and event.element.tag == tag for event in inside)
