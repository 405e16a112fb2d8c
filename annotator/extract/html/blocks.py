"""The shown part of a page, turned into drafts of blocks.

White space is read as a browser shows it. `<br>` is a line end, two of them begin a new block. A table row of
short cells is one line, cells separated by " | ". Digits in `<sup>` and `<sub>` become ² and ₂, because
"300<sup>2</sup>" is not 3002.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

from annotator.extract.html.tree import Closed, Event, LeftOut, Opened
from annotator.extract.values import names
from annotator.text.blocks import Draft, Link

_SPACE = re.compile(r"[ \t\n\r\f]+")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_INLINE = names(
    "a abbr acronym area b bdi bdo big cite code data del dfn em font i img ins kbd label map mark nobr output picture "
    "q ruby rb rt s samp small source span strike strong sub sup time track tt u var wbr math mi mn mo mrow mtext"
)
_TYPES = {"li": "list_item", "dd": "list_item", "blockquote": "quotation"}
_UNSEEN = frozenset({"rp", "annotation", "annotation-xml"})
_RAISED = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_DIGITS = re.compile(r"[+-]?\d+[+-]?|n")
_LONGEST_ROW, _LONGEST_LINK = 500, 2_000
_CELL_GAP = " | "


def drafts_of(events: Sequence[Event], base: str | None) -> list[Draft]:
    """Return the blocks in `events`. Links are kept when http, https or mailto, relative ones when `base` is
    known.
    """
    writer = _Writer(base)
    for event in events:
        if isinstance(event, str):
            writer.write(event)
        elif isinstance(event, Opened):
            writer.open(event.element.tag, event.element.attributes.get("href"))
        elif isinstance(event, Closed):
            writer.close(event.element.tag)
    writer.end_block()
    return writer.drafts


def left_out(events: Sequence[Event]) -> int:
    """Return the number of code points in the sidebars that `events` mention."""
    return sum(event.characters for event in events if isinstance(event, LeftOut))


def safe_link(href: str | None, base: str | None) -> str | None:
    """Return `href` as an absolute http, https or mailto address, or None when it cannot be made one."""
    try:
        whole = urljoin(base or "", (href or "").strip())
        parts = urlsplit(whole)
    except ValueError:
        return None
    reachable = bool(parts.netloc) if parts.scheme in ("http", "https") else parts.scheme == "mailto"
    plain = not any(character.isspace() or not character.isprintable() for character in whole)
    return whole if reachable and plain and len(whole) <= _LONGEST_LINK else None


class _Writer:
    """Takes events one by one and collects drafts."""

    def __init__(self, base: str | None) -> None:
        self.drafts: list[Draft] = []
        self._base = base
        self._pieces: list[str] = []
        self._length = 0
        self._gap = ""
        self._links: list[Link] = []
        self._href: str | None = None
        self._link_start = 0
        self._kinds: list[str] = []
        self._begun: list[bool] = []
        self._rows: list[list[int]] = []
        self._preformatted = self._unseen = 0
        self._digits: list[dict[int, int]] = []

    def write(self, text: str) -> None:
        if self._unseen:
            return
        if self._preformatted:
            self._write_lines(text)
            return
        words = _SPACE.sub(" ", text)
        if words.startswith(" ") and not self._gap:
            self._gap = " "
        bare = words.strip(" ")
        if bare:
            self._append(bare)
            self._gap = " " if words.endswith(" ") else ""

    def open(self, tag: str, href: str | None) -> None:
        if tag == "br":
            self._break_line()
        elif tag in _INLINE or tag in _UNSEEN:
            self._open_inline(tag, href)
        else:
            self.end_block()
            self._open_block(tag)

    def close(self, tag: str) -> None:
        if tag in _INLINE or tag in _UNSEEN:
            self._close_inline(tag)
        elif tag != "br":
            self.end_block()
            self._close_block(tag)

    def end_block(self) -> None:
        """Make a draft of what was written since the last one."""
        self._end_link()
        text = "".join(self._pieces)
        if text.strip():
            self._add(text)
        self._pieces, self._length, self._gap, self._links = [], 0, "", []

    def _append(self, text: str) -> None:
        if self._digits and _DIGITS.fullmatch(text):
            text = text.translate(self._digits[-1])
        if self._length:
            self._put(self._gap)
        if self._href and self._link_start < 0:
            self._link_start = self._length
        self._put(text)
        self._gap = ""

    def _put(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)

    def _write_lines(self, text: str) -> None:
        for index, line in enumerate(text.split("\n")):
            if index:
                self._break_line()
            if line.strip():
                self._append(line.rstrip())
                self._gap = line[len(line.rstrip()) :]

    def _break_line(self) -> None:
        if "\n" in self._gap:
            self.end_block()
        elif self._length:
            self._gap = "\n"

    def _add(self, text: str) -> None:
        kind = self._kinds[-1] if self._kinds else "paragraph"
        links = tuple(self._links)
        if kind in _HEADINGS:
            self.drafts.append(Draft(text, "heading", _HEADINGS[kind], links))
        elif kind == "list_item" and not self._begun[-1]:
            self.drafts.append(Draft(text, "list_item", None, links))
        elif kind == "quotation":
            self.drafts.append(Draft(text, "quotation", None, links))
        else:
            self.drafts.append(Draft(text, "paragraph", None, links))
        if self._begun:
            self._begun[-1] = True

    def _open_inline(self, tag: str, href: str | None) -> None:
        if tag == "a":
            self._end_link()
            self._href, self._link_start = safe_link(href, self._base), -1
        elif tag == "q":
            self.write("“")
        elif tag in ("sup", "sub"):
            self._digits.append(_RAISED if tag == "sup" else _LOWERED)
        elif tag in _UNSEEN:
            self._unseen += 1

    def _close_inline(self, tag: str) -> None:
        if tag == "a":
            self._end_link()
            self._href = None
        elif tag == "q":
            self._gap = ""
            self.write("”")
        elif tag in ("sup", "sub"):
            self._digits.pop()
        elif tag in _UNSEEN:
            self._unseen -= 1

    def _end_link(self) -> None:
        if self._href and 0 <= self._link_start < self._length:
            self._links.append(Link(self._link_start, self._length, self._href))
        self._link_start = -1

    def _open_block(self, tag: str) -> None:
        if tag in _HEADINGS or tag in _TYPES:
            self._kinds.append(tag if tag in _HEADINGS else _TYPES[tag])
            self._begun.append(False)
        elif tag == "pre":
            self._preformatted += 1
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].append(len(self.drafts))

    def _close_block(self, tag: str) -> None:
        if tag in _HEADINGS or tag in _TYPES:
            self._kinds.pop()
            self._begun.pop()
        elif tag == "pre":
            self._preformatted -= 1
        elif tag == "tr" and self._rows:
            self._join_cells(self._rows.pop())

    def _join_cells(self, starts: list[int]) -> None:
        """Make one draft of a row of short cells; a row that lays out whole paragraphs stays as it is."""
        if not starts:
            return
        cells = self.drafts[starts[0] :]
        sizes = [after - start for start, after in zip(starts, [*starts[1:], len(self.drafts)], strict=True)]
        is_plain = all(cell.type == "paragraph" and "\n" not in cell.text for cell in cells)
        if len(cells) > 1 and max(sizes) == 1 and is_plain and sum(len(cell.text) for cell in cells) <= _LONGEST_ROW:
            self.drafts[starts[0] :] = [_row(cells)]


def _row(cells: Sequence[Draft]) -> Draft:
    links: list[Link] = []
    offset = 0
    for cell in cells:
        links += [Link(link.start + offset, link.end + offset, link.href) for link in cell.links]
        offset += len(cell.text) + len(_CELL_GAP)
    return Draft(_CELL_GAP.join(cell.text for cell in cells), "paragraph", None, tuple(links))
