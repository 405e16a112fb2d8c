"""Where one written character ends and the next begins: extended grapheme clusters (Unicode UAX 29).

Only the neighbourhood of an offset is read, so the cost does not grow with the text, and hostile text (a
thousand accents on one letter, a thousand flags in a row) cannot make it grow: beyond `REACH` code points
back a cluster is taken as cut.
"""

from __future__ import annotations

import regex

REACH = 256

_CLUSTER = regex.compile(r"\X")
# An ordinary character after anything that cannot join it begins a cluster, whatever stands further back (GB9 to GB11).
_SURE = regex.compile(r"(?r)(?<=[^\p{GCB=Prepend}\p{GCB=Extend}\p{GCB=ZWJ}\p{GCB=SpacingMark}])(?=\p{GCB=Other})")


def boundary_before(text: str, offset: int) -> int:
    """Return the last cluster boundary at or before `offset`, which must lie between 0 and `len(text)`."""
    start, end = _cluster_at(text, offset)
    return end if end == offset else start


def boundary_after(text: str, offset: int) -> int:
    """Return the first cluster boundary at or after `offset`, which must lie between 0 and `len(text)`."""
    start, end = _cluster_at(text, offset)
    return start if start == offset else end


def _cluster_at(text: str, offset: int) -> tuple[int, int]:
    """Return the bounds of the cluster that holds the code point at `offset`; at the end of the text, an
    empty one.
    """
    first = max(0, offset - REACH)
    near = text[first : offset + REACH]
    sure = _SURE.search(near, 0, offset - first + 1)
    for cluster in _CLUSTER.finditer(near, sure.start() if sure else 0):
        if first + cluster.end() > offset:
            return first + cluster.start(), first + cluster.end()
    return offset, offset
