"""Canonical text: the one form in which an article is stored, shown, exported and counted.

Promised of every result: Unicode NFC; `\\n` is the only line end; no byte order mark, no control character
but tab and newline, no lone surrogate (U+FFFD stands in its place); no white space at the end of a line; a
block begins and ends with something other than white space; blocks are separated by exactly one blank line,
and none stands before the first or after the last. A line with nothing to see on it (zero-width spaces,
direction marks) is blank. Canonical text is its own canonical form.

Inside a block, single line ends, tabs, no-break spaces and soft hyphens stay as they came.
"""

from __future__ import annotations

import hashlib
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise

import regex

from annotator.text.graphemes import boundary_after, boundary_before

BLOCK_GAP = "\n\n"

_BEFORE_NFC = (
    (regex.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff]+"), ""),
    (regex.compile(r"[\ud800-\udfff]"), "\N{REPLACEMENT CHARACTER}"),
    (regex.compile(r"\r\n|[\r\x0b\x0c\x85\u2028]"), "\n"),
    (regex.compile(r"\u2029"), BLOCK_GAP),
)
_AFTER_NFC = (
    (regex.compile(r"(?m)^[\p{Default_Ignorable_Code_Point}\s--\n]++$", regex.V1), ""),
    (regex.compile(r"(?<![\s--\n])[\s--\n]++(?![^\n])", regex.V1), ""),
    (regex.compile(r"\n\n\s*+"), BLOCK_GAP),
    (regex.compile(r"\A\s++|(?<!\s)\s++\Z"), ""),
)

_VISIBLE = regex.compile(r"[^\p{Default_Ignorable_Code_Point}\s]")

Stretch = tuple[int, int]


def canonical_text(raw: str) -> str:
    """Return the canonical form of `raw`, which may hold any code points and any line ends."""
    return carry(raw, ())[0]


def canonical_line(raw: str) -> str:
    """Return `raw` as one canonical line, for a title or a name: each run of white space becomes one
    space.
    """
    return " ".join(canonical_text(raw).split())


def sha256(text: str) -> str:
    """Return the SHA-256 of the UTF-8 bytes of `text` in lower-case hexadecimal, the name of a version's
    text.
    """
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def carry(raw: str, stretches: Sequence[Stretch]) -> tuple[str, list[Stretch]]:
    """Return the canonical form of `raw`, and where each of `stretches` (offsets into `raw`) stands in it.

    A stretch keeps its words. It grows to whole characters where composition merges across its edge, and may
    come out empty or edged with white space when what it held was removed.
    """
    if _is_plain(raw):
        return raw, list(stretches)
    text = raw
    marks = [mark for stretch in stretches for mark in stretch]
    for pattern, replacement in _BEFORE_NFC:
        text, marks = _substitute(pattern, replacement, text, marks)
    text, marks = _compose(text, marks)
    for pattern, replacement in _AFTER_NFC:
        text, marks = _substitute(pattern, replacement, text, marks)
    return text, list(zip(marks[::2], marks[1::2], strict=True))


def _is_plain(raw: str) -> bool:
    """Tell the usual paragraph, canonical as it came, from text that needs every rule: it saves most of the time."""
    no_separators_but_spaces = raw.isprintable() and raw[:1] != " " and raw[-1:] != " "
    return no_separators_but_spaces and unicodedata.is_normalized("NFC", raw) and _VISIBLE.search(raw) is not None


def _substitute(pattern: regex.Pattern[str], replacement: str, text: str, marks: list[int]) -> tuple[str, list[int]]:
    """Replace every match; a mark inside a match moves to where the replacement begins."""
    if not marks:
        return pattern.sub(replacement, text), marks
    matches: list[Stretch] = [match.span() for match in pattern.finditer(text)]
    ends = [end for _, end in matches]
    shifts = list(accumulate((len(replacement) - (end - start) for start, end in matches), initial=0))

    def moved(mark: int) -> int:
        before = bisect_right(ends, mark)
        inside = before < len(matches) and matches[before][0] < mark
        return (matches[before][0] if inside else mark) + shifts[before]

    return pattern.sub(replacement, text), [moved(mark) for mark in marks]


def _compose(text: str, marks: list[int]) -> tuple[str, list[int]]:
    """Compose to NFC. Composition never reaches across a grapheme cluster, so pieces cut between clusters
    compose alone.
    """
    if unicodedata.is_normalized("NFC", text):
        return text, marks
    snapped = [(boundary_after if i % 2 else boundary_before)(text, mark) for i, mark in enumerate(marks)]
    cuts = sorted({0, *snapped, len(text)})
    pieces = [unicodedata.normalize("NFC", text[a:b]) for a, b in pairwise(cuts)]
    lengths = accumulate((len(piece) for piece in pieces), initial=0)
    places = dict(zip(cuts, lengths, strict=True))
    return "".join(pieces), [places[mark] for mark in snapped]
