"""Words that a person has copied or typed, found in a text although signs and spaces are written in other ways.

Only whole words are found: 40 does not stand in 400 or 3.40, nor legal in illegal. In scripts without spaces any
characters are.
"""

from __future__ import annotations

import regex

from annotator.text.spaceless import SPACELESS
from annotator.text.spans import Span

PLAIN = str.maketrans("“”„‟«»‘’‚‛‹›\u00a0\u202f–—‑", '""""""' + "''''''" + "  " + "---")
"""Quotation marks, dashes and spaces, one code point for one."""

_SPACED = rf"[[\p{{L}}\p{{N}}\p{{M}}]--[{SPACELESS}]]"
_STARTS, _ENDS = (regex.compile(one, regex.V1) for one in (rf"\A{_SPACED}", rf"{_SPACED}\Z"))
_NOT_AFTER = rf"(?<!{_SPACED}|\p{{Nd}}[.,])"
_NOT_BEFORE = rf"(?!{_SPACED}|[.,]\p{{Nd}})"


def found(text: str, words: str) -> list[Span]:
    """Where these words stand, in code points. Quotation marks, dashes and runs of white space may be of another kind.

    White space alone stands nowhere.
    """
    plain = " ".join(words.translate(PLAIN).split())
    wanted = r"\s+".join(map(regex.escape, plain.split(" ")))
    before, after = _NOT_AFTER if _STARTS.search(plain) else "", _NOT_BEFORE if _ENDS.search(plain) else ""
    whole = regex.compile(f"{before}{wanted}{after}", regex.V1)
    return [Span(*one.span()) for one in whole.finditer(text.translate(PLAIN))] if plain else []
