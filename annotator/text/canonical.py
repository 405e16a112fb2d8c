"""Canonical text: the one form in which an article is stored, shown, exported and counted.

Promised of every result: Unicode NFC; `\\n` is the only line end; no byte order mark, no control character but tab and
newline, no lone surrogate; no white space at the end of a line; a block begins and ends with something other than white
space; blocks are separated by exactly one blank line, and none stands before the first or after the last. A line in which
there is nothing to see (zero-width characters, bidirectional marks) counts as blank. Canonical text is its own canonical
form.

Inside a block, single line ends, tabs, no-break spaces and soft hyphens stay as they came.
"""

from __future__ import annotations

import hashlib
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence

import regex

from annotator.text.codepoints import whole
from annotator.text.graphemes import boundary_after, boundary_before

BLOCK_GAP = "\n\n"

_REMOVED = regex.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff]+")
_LINE_END = regex.compile(r"\r\n|[\r\x0b\x0c\x85\u2028]")
_PARAGRAPH_END = regex.compile(r"\u2029")
_NOTHING_TO_SEE = regex.compile(r"(?m)^[\p{Cf}\p{Default_Ignorable_Code_Point}\s--\n]++$", regex.V1)
_LINE_TAIL = regex.compile(r"(?<![\s--\n])[\s--\n]++(?![^\n])", regex.V1)
_BLANK_LINES = regex.compile(r"\n\n\s*+")
_OUTSIDE = regex.compile(r"\A\s++|(?<!\s)\s++\Z")

_BEFORE_NFC = ((_REMOVED, ""), (_LINE_END, "\n"), (_PARAGRAPH_END, BLOCK_GAP))
_AFTER_NFC = ((_NOTHING_TO_SEE, ""), (_LINE_TAIL, ""), (_BLANK_LINES, BLOCK_GAP), (_OUTSIDE, ""))

type_rules = Sequence[tuple["regex.Pattern[str]", str]]


def canonical_text(raw: str) -> str:
    """Return the canonical form of `raw`, which may hold any code points in any line-end convention."""
    return carry(raw, ())[0]


def canonical_line(raw: str) -> str:
    """Return `raw` as one canonical line, for a title or a name: every run of white space becomes one space."""
    return " ".join(canonical_text(raw).split())


def sha256(text: str) -> str:
    """Return the lower-case hexadecimal SHA-256 of the UTF-8 bytes of `text`, the name of a version's text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def carry(raw: str, marks: Sequence[int]) -> tuple[str, list[int]]:
    """Return the canonical form of `raw` and where each of the offsets `marks` into `raw` has gone.

    A mark keeps standing before the same character. Where composition merges characters across a mark, it moves to the
    start of the merged one. `marks` may come in any order and must lie between 0 and `len(raw)`.
    """
    text, places = whole(raw), list(marks)
    for pattern, replacement in _BEFORE_NFC:
        text, places = _substitute(pattern, replacement, text, places)
    text, places = _compose(text, places)
    for pattern, replacement in _AFTER_NFC:
        text, places = _substitute(pattern, replacement, text, places)
    return text, places
