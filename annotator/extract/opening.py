"""What the first lines of an article tell about it: its title, who wrote it, when it ran.

Lines are only read, never taken away: whoever checks an article also checks its headline and its date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from annotator.extract.dates import Dateline, find_date, read_dateline
from annotator.extract.values import Extracted, names
from annotator.text.blocks import Draft

_LOOKED_AT = 12
_LONGEST_TITLE = 200
_LONGEST_BYLINE = 120
_ENDED_AS_SENTENCE = re.compile(r"[.;:,…](?:[”\"’»)]|\[\d+\])*\Z")

_BY = re.compile(
    r"(?:(?:written|words|story|reporting|text|report) )?(?:by|von|par|por)[: ]\s*(\S.*)"
    r"|(?:text|autor(?:in)?|auteur|author)s?: (\S.*)",
    re.IGNORECASE,
)
_BETWEEN_NAMES = re.compile(r"\s*(?:,|&| and | und | et | y | with )\s*", re.IGNORECASE)
_PARTICLES = names("de da do dos del der den di du van von la le al el bin ibn ter zu")
_BETWEEN_PARTS = re.compile(r"\s+[|·•]\s+|\t+")
_PLACE_DATE = re.compile(r"(.{3,100}?)\s*(?:—|–|--|\s-)\s*\S")
_PARENTHESES = re.compile(r"\([^()]*\)")


def looks_like_title(line: str) -> bool:
    """Say whether a first line reads as a headline: short, and not ended like a sentence."""
    return (
        0 < len(line) <= _LONGEST_TITLE
        and not _ENDED_AS_SENTENCE.search(line)
        and any(map(str.isalpha, line))
        and "\n" not in line
    )


def is_furniture(line: str) -> bool:
    """Say whether a line only tells when or by whom the article was written."""
    return any(read_dateline(part) or read_byline(part) for part in _parts(line))


def completed(extracted: Extracted) -> Extracted:
    """Return `extracted` with byline and date from its first lines, where it has none yet."""
    lines = [draft.text for draft in extracted.drafts[:_LOOKED_AT]]
    return replace(
        extracted,
        byline=extracted.byline or _first_byline(lines),
        published_at=extracted.published_at or _first_date(lines),
    )


def title_of(drafts: Sequence[Draft]) -> int | None:
    """Return the index of the draft that reads as the headline: the first that is not a date or a byline."""
    for index, draft in enumerate(drafts[:4]):
        if draft.type == "heading" and draft.level == 1:
            return index
        if not is_furniture(draft.text):
            return index if draft.type == "paragraph" and looks_like_title(draft.text) else None
    return None


def read_byline(line: str) -> str | None:
    """Return the names of a line such as "By Jane Doe and JOHN ROE", as printed; None when it is no byline."""
    match = _BY.fullmatch(line.strip()) if len(line) <= _LONGEST_BYLINE else None
    if match is None:
        return None
    given = (match[1] or match[2]).strip()
    people = _BETWEEN_NAMES.split(given)
    return given if people and _is_name(people[0]) and all(map(_is_name_or_role, people)) else None


def _is_name(words: str) -> bool:
    parts = words.split()
    return 2 <= len(parts) <= 5 and all(_is_name_part(part) for part in parts)


def _is_name_part(part: str) -> bool:
    bare = part.replace(".", "").replace("-", "").replace("’", "").replace("'", "")
    return part in _PARTICLES or (bare.isalpha() and part[0].isupper() and not part.endswith("..."))


def _is_name_or_role(words: str) -> bool:
    return bool(words) and all(_is_name_part(part) for part in words.split())


def _first_byline(lines: Sequence[str]) -> str | None:
    parts = (part for line in lines for part in _parts(line))
    return next((byline for part in parts if (byline := read_byline(part))), None)


def _parts(text: str) -> list[str]:
    """Return what a line of a page's furniture is made of: "By Jane Doe, 19 February 2026 | Oslo" has three parts."""
    parts: list[str] = []
    for part in (part for line in text.split("\n") for part in _BETWEEN_PARTS.split(line)):
        first, _, rest = part.partition(",")
        parts += [first, rest] if read_byline(first) and read_dateline(rest) else [part]
    return parts


def _first_date(lines: Sequence[str]) -> str | None:
    told = [dateline for line in lines for dateline in _datelines(line)]
    first = next((dateline for dateline in told if not dateline.update), None) or next(iter(told), None)
    return first.at if first else None


def _datelines(text: str) -> list[Dateline]:
    found = [dateline for part in _parts(text) if (dateline := read_dateline(part))]
    return found or [dateline for dateline in (_place_and_date(text[:200]),) if dateline]


def _place_and_date(start: str) -> Dateline | None:
    match = _PLACE_DATE.match(start)
    found = find_date(_PARENTHESES.sub(" ", match[1])) if match else None
    if found is None:
        return None
    place = [word for word in re.split(r"[\s,]+", found[1]) if word]
    is_place = 1 <= len(place) <= 6 and place[0].isupper() and all(word[0].isupper() for word in place)
    return Dateline(found[0]) if is_place else None
