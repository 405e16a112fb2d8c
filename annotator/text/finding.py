"""Words that a person has copied or typed, found in a text although signs and spaces are written in other ways."""

from __future__ import annotations

import re

from annotator.text.spans import Span

PLAIN = str.maketrans("“”„‟«»‘’‚‛‹›\u00a0\u202f–—‑", '""""""' + "''''''" + "  " + "---")
"""Quotation marks, dashes and spaces, one code point for one."""


def found(text: str, words: str) -> list[Span]:
    """Where these words stand, in code points. Quotation marks, dashes and runs of white space may be of another kind.

    White space alone stands nowhere.
    """
    parts = words.translate(PLAIN).split()
    wanted = r"\s+".join(map(re.escape, parts))
    return [Span(*one.span()) for one in re.finditer(wanted, text.translate(PLAIN))] if parts else []
