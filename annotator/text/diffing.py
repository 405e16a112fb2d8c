"""What changed between two wordings, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

MOST_WORDS = 2_000

_WORDS = re.compile(r"\s*\S+|\s+\Z")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stayed (`same`), that are gone (`old`), or that are new (`new`), with the white space before them."""

    kind: Literal["same", "old", "new"]
    words: str


def word_changes(old: str, new: str) -> list[Run]:
    """The way from `old` to `new` as runs of words, what is gone before what is new.

    All `same` and `old` runs together are `old`, all `same` and `new` ones are `new`. Texts of more than MOST_WORDS
    words are told as one change: comparing them takes quadratic time (difflib's Ratcliff and Obershelp matching).
    """
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(before), len(after)) > MOST_WORDS:
        return _runs([("old", before), ("new", after)])
    found: list[tuple[Literal["same", "old", "new"], list[str]]] = []
    for tag, start, end, to, until in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", before[start:end]))
        else:
            found += [("old", before[start:end]), ("new", after[to:until])]
    return _runs(found)


def _runs(found: list[tuple[Literal["same", "old", "new"], list[str]]]) -> list[Run]:
    return [Run(kind, "".join(words)) for kind, words in found if words]
