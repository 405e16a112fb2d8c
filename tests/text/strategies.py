"""Text that is hard on offsets, for properties."""

from __future__ import annotations

from hypothesis import strategies as st

from annotator.text.blocks import Document, Draft, build

PIECES = [
    *"abZ019.,!? \t\n",
    *("\r", "\r\n", "\x85", "\u2028", "\u2029", "\x0b", "\x0c", "\n\n", "\x00", "\x07", "\x9f", "\ufeff"),
    *("\u00a0", "\u00ad", "\u200b", "\u200d", "\u200f", "\u2060", "\u3000", "\u0301", "\u0323", "\ufe0f", "\u20e3"),
    *("é", "e\u0301", "A\u030a", "\u212b", "\u1112", "\u1161", "\u11ab", "한", "ب", "\u064e", "\u0600", "ש", "\u05c1"),
    *("क", "\u094d", "ष", "\u09c7", "\u09be", "你", "。", "𠮷", "…", "“", "”", '"', "(", ")", "\ud800", "\udc00"),
    *("\U0001f468", "\U0001f469", "\U0001f1eb", "\U0001f1f7", "\U0001f44d", "\U0001f3fd", "Dr. ", "U.S. ", "He left. "),
]

raw_texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40).map("".join)
texts = st.lists(st.sampled_from([piece for piece in PIECES if not "\ud800" <= piece <= "\udfff"]), max_size=40).map(
    "".join
)


def _built(parts: list[str]) -> Document:
    return build([Draft(part) for part in parts])


documents = st.lists(raw_texts, max_size=5).map(_built)
