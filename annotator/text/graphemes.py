"""Where one written character ends and the next begins: extended grapheme clusters (Unicode UAX 29).

Only the neighbourhood of an offset is read. A cluster can be long (a run of flags, a pile of accents), so the search goes
back to the nearest place that is certainly a boundary, whatever stands before it.
"""

from __future__ import annotations

import regex

_CLUSTER = regex.compile(r"\X")
# An ordinary character after anything that neither prepends to it nor can join it to what stood before (UAX 29, GB9 to GB11).
_SURE = regex.compile(
    r"(?r)(?<=[^\p{GCB=Prepend}\p{GCB=Extend}\p{GCB=ZWJ}\p{GCB=SpacingMark}])(?=[\p{GCB=Other}\p{GCB=LF}])"
)


def boundary_before(text: str, offset: int) -> int:
    """Return the last cluster boundary at or before `offset`, which must lie between 0 and `len(text)`."""
    if offset == len(text):
        return offset
    start, end = _cluster_at(text, offset)
    return start if end > offset else end


def boundary_after(text: str, offset: int) -> int:
    """Return the first cluster boundary at or after `offset`, which must lie between 0 and `len(text)`."""
    before = boundary_before(text, offset)
    if before == offset:
        return offset
    cluster = _CLUSTER.match(text, before)
    return cluster.end() if cluster else offset


def _cluster_at(text: str, offset: int) -> tuple[int, int]:
    """Return the bounds of the cluster that holds the code point at `offset`."""
    sure = _SURE.search(text, 0, offset + 1)
    start = sure.start() if sure else 0
    for cluster in _CLUSTER.finditer(text, start):
        if cluster.end() > offset:
            return cluster.span()
    return offset, offset
