"""Markdown files: CommonMark without raw HTML and tables, with front matter of plain `key: value` lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from annotator.errors import Invalid
from annotator.extract.dates import normal_date
from annotator.extract.html.blocks import safe_link
from annotator.extract.html.metadata import tidy_language
from annotator.extract.opening import completed
from annotator.extract.values import LONGEST_VALUE, MOST_CHARACTERS, Extracted, too_long
from annotator.text.blocks import Draft, Link

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_PAIR = re.compile(r"([A-Za-z][\w -]{0,40}):(?:[ \t]+(.*))?")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.+)")
_MOST_FRONT_LINES = 200
_DEEPEST = 60

_NAMES = {
    "title": ("title", "headline"),
    "byline": ("author", "authors", "byline", "by"),
    "outlet": ("outlet", "publisher", "publication", "site"),
    "date": ("date", "published", "published_at", "pubdate", "publishdate"),
    "language": ("lang", "language", "locale"),
    "url": ("url", "source_url", "source", "canonical", "canonical_url", "link"),
}


def read_markdown(text: str) -> Extracted:
    """Return the article in Markdown. A title told only by the front matter becomes its first heading.

    Raises `Invalid` on `file` when the source is longer than `MOST_CHARACTERS`.
    """
    if len(text) > MOST_CHARACTERS:
        raise Invalid({"file": too_long(len(text))})
    text = re.sub(r"\r\n?", "\n", text)
    front, body = _front_matter(text)
    drafts = _drafts(MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST}).parse(body))
    title = _told(front, "title") or _headline(drafts)
    if title and drafts and not _headline(drafts):
        drafts.insert(0, Draft(title, "heading", 1))
    address = safe_link(_told(front, "url"), None)
    return completed(
        Extracted(
            title=title,
            byline=_told(front, "byline"),
            outlet=_told(front, "outlet"),
            published_at=normal_date(_told(front, "date") or ""),
            language=tidy_language(_told(front, "language")),
            source_url=address if address and address.startswith("http") else None,
            drafts=tuple(drafts),
        )
    )


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return the front matter and the text after it; a first block that is anything else stays in the text."""
    match = _FRONT.match(text)
    lines = match[1].split("\n") if match else []
    if match is None or len(lines) > _MOST_FRONT_LINES:
        return {}, text
    found: dict[str, list[str]] = {}
    key = ""
    for line in lines:
        pair, item = _PAIR.fullmatch(line), _ITEM.fullmatch(line)
        if pair:
            key = pair[1].lower().replace("-", "_").replace(" ", "_")
            found[key] = _values(pair[2] or "")
        elif item and key:
            found[key] += _values(item[1])
        elif line.strip() and line[0] not in "# \t":
            return {}, text
    return {name: ", ".join(values) for name, values in found.items()}, text[match.end() :]


def _values(text: str) -> list[str]:
    text = text.strip()
    parts = text[1:-1].split(",") if text.startswith("[") and text.endswith("]") else [text]
    return [bare for part in parts if (bare := _unquoted(part.strip()))]


def _unquoted(text: str) -> str:
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
    return (text[1:-1] if quoted else text)[:LONGEST_VALUE]


def _told(front: dict[str, str], name: str) -> str | None:
    return next((front[key] for key in _NAMES[name] if front.get(key)), None)


def _headline(drafts: Sequence[Draft]) -> str | None:
    return next((draft.text for draft in drafts[:3] if draft.type == "heading" and draft.level == 1), None)


@dataclass(slots=True)
class _Place:
    """Where in the nesting of lists and quotations the reader stands."""

    kinds: list[Literal["list_item", "quotation"]] = field(default_factory=list)
    item_begun: bool = False
    heading: int | None = None


def _drafts(tokens: Iterable[Token]) -> list[Draft]:
    place, drafts = _Place(), []
    for token in tokens:
        _move(place, token)
        if token.type == "inline":
            text, links = _words(token.children or ())
        elif token.type in ("fence", "code_block"):
            text, links = token.content.strip("\n"), ()
        else:
            continue
        drafts += _placed(place, text, links)
    return drafts


def _move(place: _Place, token: Token) -> None:
    if token.type in ("list_item_open", "blockquote_open"):
        place.kinds.append("list_item" if token.type == "list_item_open" else "quotation")
        place.item_begun = False
    elif token.type in ("list_item_close", "blockquote_close"):
        place.kinds.pop()
        place.item_begun = True
    elif token.type == "heading_open":
        place.heading = int(token.tag[1:])
    elif token.type == "heading_close":
        place.heading = None


def _placed(place: _Place, text: str, links: tuple[Link, ...]) -> list[Draft]:
    """Return the block as a draft; the second block of a list item is a paragraph."""
    if not text.strip():
        return []
    if place.heading is not None:
        return [Draft(text, "heading", place.heading, links)]
    kind = place.kinds[-1] if place.kinds else "paragraph"
    if kind == "list_item" and place.item_begun:
        kind = "paragraph"
    place.item_begun = True
    return [Draft(text, kind, None, links)]


def _words(children: Iterable[Token]) -> tuple[str, tuple[Link, ...]]:
    pieces: list[str] = []
    links: list[Link] = []
    length, start, href = 0, 0, None
    for child in children:
        if child.type == "link_open":
            start, href = length, safe_link(str(child.attrs.get("href", "")), None)
        elif child.type == "link_close":
            links += [Link(start, length, href)] if href and length > start else []
        else:
            pieces.append(_shown(child))
            length += len(pieces[-1])
    return "".join(pieces), tuple(links)


def _shown(token: Token) -> str:
    if token.type == "softbreak":
        return " "
    if token.type == "hardbreak":
        return "\n"
    return token.content if token.type in ("text", "code_inline", "text_special") else ""
