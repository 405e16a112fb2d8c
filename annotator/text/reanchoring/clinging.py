"""What clings to a span without a space: the rest of a word, “non-”, a minus, a currency, “°F”, “’t”, a question mark.

A span whose own letters stand unchanged is another one when something was put right against it: 5 is not 15, able is
not unable, a president is no ex-president, 3 °C are not −3 °C. Quotation marks, brackets, dashes that part and the
signs that end a clause do not cling. In scripts without spaces every character has neighbours: there only what negates,
qualifies or multiplies counts. After a figure the next word counts as well, for it says of what.
"""

from __future__ import annotations

import regex

from annotator.text.reanchoring.alignment import Alignment
from annotator.text.reanchoring.words import SENTENCE, Words
from annotator.text.spaceless import SPACELESS

REACH = 40

_RUN = rf"[^\s\"“”„‟«»‹›()\[\]{{}}—―…*_~|\p{{ExtPict}}{SPACELESS}]"
_BEFORE = regex.compile(rf"{_RUN}*\Z", regex.V1)
_AFTER = regex.compile(rf"{_RUN}*+", regex.V1)
_CLINGING = regex.compile(r"[\p{L}\p{M}\p{N}\p{S}%‰-]", regex.V1)
_SPACELESS = regex.compile(rf"[{SPACELESS}]", regex.V1)
_NUMERAL = regex.compile(r"[\p{Nd}〇零一二三四五六七八九十百千万萬亿億兆]", regex.V1)
_NUMERALS = regex.compile(rf"{_NUMERAL.pattern}++", regex.V1)
_NUMERALS_BEFORE = regex.compile(rf"{_NUMERAL.pattern}++\Z", regex.V1)
_QUALIFIES = regex.compile(r"(?:[不没沒未非無无副前原尚]|ไม่|รอง|อดีต)\Z", regex.V1)
_NEGATES = regex.compile(r"な(?:い|かった)", regex.V1)


def clinging(text: str, words: Words, span: tuple[int, int]) -> tuple[int, int]:
    """The span with what clings to it on either side, in code points; `span` holds at least one word of `text`."""
    start, end = span
    first, last = words.within(start, end)
    start, end = min(start, words.starts[first]), max(end, words.ends[last - 1])
    left, right = around(text, (start, end))
    return start - len(_clings_before(left, text[start])), end + len(_clings_after(text[end - 1], right))


def put_against(text: str, words: Words, span: tuple[int, int]) -> tuple[str, str]:
    """What clings to the span, before it and after it."""
    start, end = clinging(text, words, span)
    return text[start : span[0]], text[span[1] : end]


def around(text: str, span: tuple[int, int]) -> tuple[str, str]:
    """As much as can cling to the span, and more, before it and after it."""
    return text[max(0, span[0] - REACH) : span[0]], text[span[1] : span[1] + REACH]


def counts_the_same(alignment: Alignment, span: tuple[int, int], found: tuple[int, int]) -> bool:
    """Whether the word right after a span that ends with a figure, if there is one, is that of before: 12 million."""
    old, new = alignment.words
    last, onto = old.within(*span)[1], new.within(*found)[1]
    if not old.text[span[1] - 1].isdigit() or old.border(last) >= SENTENCE or new.border(onto) >= SENTENCE:
        return True
    was, now = old.text[old.starts[last] : old.ends[last]], new.text[new.starts[onto] : new.ends[onto]]
    return old.code[last] == new.code[onto] or not (was.isalpha() and now.isalpha())


def _clings_before(left: str, opens: str) -> str:
    counts = _NUMERAL.match(opens) and _NUMERALS_BEFORE.search(left)
    if counts or _SPACELESS.match(opens):
        found = counts or _QUALIFIES.search(left)
        return found[0] if found else ""
    run = _BEFORE.search(left)[0].lstrip("'‘’‚‛.,;:!¡") if _CLINGING.match(opens) else ""  # type: ignore[index]
    return "" if opens.isalpha() and not run.strip("-–/") else run


def _clings_after(closes: str, right: str) -> str:
    counts = _NUMERAL.match(closes) and _NUMERALS.match(right)
    if counts or _SPACELESS.match(closes):
        found = counts or _NEGATES.match(right)
        return found[0] if found else ""
    return _AFTER.match(right)[0].rstrip("'‘’‚‛.,;:!–/") if _CLINGING.match(closes) else ""  # type: ignore[index]
