"""Pasted text and .txt files: lines become blocks.

Where blank lines stand between the paragraphs, they decide. A single line end is kept as a block of its own,
unless the text looks wrapped at a fixed width (as mail and old wire copy is): then a line is joined to the
next one when the next word would not have fitted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from annotator.extract.dates import MONTHS, read_dateline
from annotator.extract.opening import completed, is_furniture, title_of
from annotator.extract.values import Extracted, checked
from annotator.text.blocks import Draft

_LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_BULLETS = "•‣◦▪●■○∙·▸►*–-"
_BULLET = re.compile(rf"[{_BULLETS}]\s+(?=\S)")
_NUMBER = re.compile(r"(\d{1,2})[.)]\s+(?=\S)")
_NARROWEST, _WIDEST = 45, 110
_MOSTLY = 0.7
_SENTENCE_ENDS = (".", "!", "?", "”", '"', "»", "’")


def from_paste(text: str) -> Extracted:
    """Read pasted text. Raises `Invalid` on `text` when there is nothing in it, or too much."""
    return checked(read_plain(text), "text")


def read_plain(text: str) -> Extracted:
    """Return the article in plain text: a headline-like first line is its title, and a heading of level 1."""
    drafts = _with_items(_blocks(_LINE_END.split(text.removeprefix("\ufeff"))))
    index = title_of(drafts) if len(drafts) > 1 else None
    if index is None:
        return completed(Extracted(drafts=tuple(drafts)))
    drafts[index] = Draft(drafts[index].text, "heading", 1)
    return completed(Extracted(title=drafts[index].text, drafts=tuple(drafts)))


def _blocks(lines: Sequence[str]) -> Iterator[str]:
    stripped = [line.strip() for line in lines]
    width = _wrapped_at(stripped)
    block = ""
    for line, following in zip(stripped, [*stripped[1:], ""], strict=True):
        block = _joined(block, line)
        if not line or not following or not _continues(line, following, width):
            if block:
                yield block
            block = ""


def _wrapped_at(lines: Sequence[str]) -> int:
    """Return the width at which the lines are wrapped, 0 when they are not."""
    pairs = [(line, after) for line, after in pairwise(lines) if line and after]
    widths = [len(line) for line, _ in pairs if _NARROWEST <= len(line) <= _WIDEST]
    if len(widths) < 2 or len(widths) < _MOSTLY * len(pairs):
        return 0
    width = max(widths)
    return width if sum(_fills(line, after, width) for line, after in pairs) >= _MOSTLY * len(pairs) else 0


def _fills(line: str, following: str, width: int) -> bool:
    """Say whether the next word would not have fitted; a line inside a sentence may be a little shorter than that."""
    next_word = following.split(maxsplit=1)[0]
    room = width if line.endswith(_SENTENCE_ENDS) else 0.9 * width
    return len(line) + 1 + len(next_word) > room


def _continues(line: str, following: str, width: int) -> bool:
    return bool(width) and _fills(line, following, width) and not _BULLET.match(following) and not is_furniture(line)


def _joined(block: str, line: str) -> str:
    if not block:
        return line
    between = "" if block.endswith("-") and block[-2:-1].isalpha() and line[:1].islower() else " "
    return block + between + line


def _with_items(blocks: Iterator[str]) -> list[Draft]:
    """Return the blocks as drafts; bulleted ones become list items without their marker.

    A bullet alone on its line, as pages give it when copied, belongs to the block that follows.
    """
    drafts: list[Draft] = []
    alone = False
    for block in blocks:
        if block in _BULLETS:
            alone = True
            continue
        match = _BULLET.match(block)
        text = block[match.end() :] if match else block
        drafts.append(Draft(text, "list_item" if match or alone else "paragraph"))
        alone = False
    return _with_numbered(drafts)


def _with_numbered(drafts: list[Draft]) -> list[Draft]:
    """Make numbered paragraphs list items where one number follows another; a lone "1." may be anything."""
    numbers = [_number(draft) for draft in drafts]
    for index, number in enumerate(numbers):
        neighbours = [
            n for n in (*numbers[max(0, index - 2) : index], *numbers[index + 1 : index + 3]) if n is not None
        ]
        if number is not None and any(abs(number - neighbour) == 1 for neighbour in neighbours):
            text = _NUMBER.sub("", drafts[index].text, count=1)
            drafts[index] = replace(drafts[index], text=text, type="list_item")
    return drafts


def _number(draft: Draft) -> int | None:
    match = _NUMBER.match(draft.text) if draft.type == "paragraph" else None
    if match is None or read_dateline(draft.text):
        return None
    next_word = draft.text[match.end() :].split(maxsplit=1)[0].rstrip(".,").casefold()
    return None if next_word in MONTHS else int(match[1])
