"""Who is mentioned in a comment: `@username`, found without knowing who there is.

A user name may hold dots, hyphens and underscores, and a sentence may end behind one: `ask @ada.` can mean `ada` or
`ada.`. So what is written gives candidates, and the longest of them that somebody bears is who is meant. In an address
such as `ada@example.org` nobody is mentioned.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

_WRITTEN = re.compile(r"(?<![\w@/.+-])@([a-z0-9][a-z0-9._-]{1,63})(?![\w@-])", re.IGNORECASE)
_STOPS = "._-"


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a comment; `username` when they mention somebody."""

    words: str
    username: str | None = None


def candidates(text: str) -> set[str]:
    """Every user name that the text could mean, in lower case."""
    return {name for found in _WRITTEN.finditer(text) for name in _readings(found[1])}


def mentioned(text: str, known: Collection[str]) -> list[str]:
    """The user names among `known` that the text mentions, once each, in the order of the text."""
    return list(dict.fromkeys(run.username for run in runs(text, known) if run.username))


def runs(text: str, known: Collection[str]) -> list[Run]:
    """The whole text in pieces, those that mention somebody of `known` apart."""
    found, done = [], 0
    for written in _WRITTEN.finditer(text):
        name = next((name for name in _readings(written[1]) if name in known), None)
        if name:
            end = written.start() + 1 + len(name)
            found += [Run(text[done : written.start()]), Run(text[written.start() : end], name)]
            done = end
    return [run for run in (*found, Run(text[done:])) if run.words]


def _readings(written: str) -> Iterator[str]:
    """The longest first; what ends a sentence is cut away sign by sign."""
    name = written.lower()
    while len(name) > 1:
        yield name
        if name[-1] not in _STOPS:
            return
        name = name[:-1]
