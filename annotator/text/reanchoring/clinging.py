"""What clings to a span without a space: the rest of a word, “non-”, a minus, a currency, a per cent sign.

A span whose own letters stand unchanged is another one when something was put right against it: 5 is not 15, able is
not unable, a president is no ex-president, 3 °C are not −3 °C.
"""

from __future__ import annotations

import regex

from annotator.text.reanchoring.words import Words

REACH = 40

_LETTER = r"[\p{L}\p{N}\p{M}]"
_HYPHENS = r"[-‐‑–]"
_BEFORE = regex.compile(rf"(?:{_LETTER}++{_HYPHENS})++\Z", regex.V1)
_BEFORE_NUMBER = regex.compile(rf"(?:(?:{_LETTER}++{_HYPHENS})++|[\p{{Sc}}\p{{Sm}}-]++)\Z", regex.V1)
_AFTER = regex.compile(rf"(?:{_HYPHENS}{_LETTER}++)++", regex.V1)
_AFTER_NUMBER = regex.compile(rf"(?:{_HYPHENS}{_LETTER}++)++|[%‰°\p{{Sc}}]++", regex.V1)


def clinging(text: str, words: Words, span: tuple[int, int]) -> tuple[int, int]:
    """The span with what clings to it on either side, in code points; `span` holds at least one word of `text`."""
    start, end = span
    first, last = words.within(start, end)
    start, end = min(start, words.starts[first]), max(end, words.ends[last - 1])
    left, right = around(text, (start, end))
    before = (_BEFORE_NUMBER if text[start].isdigit() else _BEFORE).search(left)
    after = (_AFTER_NUMBER if text[end - 1].isdigit() else _AFTER).match(right)
    opens, closes = text[start].isalnum(), text[end - 1].isalnum()
    return start - len(before[0]) if before and opens else start, end + len(after[0]) if after and closes else end


def put_against(text: str, words: Words, span: tuple[int, int]) -> tuple[str, str]:
    """What clings to the span, before it and after it."""
    start, end = clinging(text, words, span)
    return text[start : span[0]], text[span[1] : end]


def around(text: str, span: tuple[int, int]) -> tuple[str, str]:
    """As much as can cling to the span, and more, before it and after it."""
    return text[max(0, span[0] - REACH) : span[0]], text[span[1] : span[1] + REACH]
