"""The source rule: a check rests on a primary source, or on three secondary ones that are independent of each other.

After the sourcing chapter of the KSJ Fact-Checking Project (ksjfactcheck.org): secondary sources count once a
group, because three papers with one wire story are one source.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from annotator.exports import snapshot

WANTED = 3


@dataclass(frozen=True, slots=True)
class Sourcing:
    """How a check is sourced: how many primary sources, how many independent secondary ones, and the rule's verdict."""

    primary: int
    independent: int

    @property
    def met(self) -> bool:
        """Whether the rule is met."""
        return self.primary > 0 or self.independent >= WANTED

    @property
    def sentence(self) -> str:
        """The rule's verdict in words."""
        if self.primary:
            return "Rests on a primary source."
        if self.met:
            return f"Rests on {self.independent} independent secondary sources."
        found = {0: "no secondary one", 1: "a single secondary one"}.get(
            self.independent, f"only {self.independent} independent secondary ones"
        )
        return (
            f"Weakly sourced: no primary source, and {found}. It takes one primary, or {WANTED} independent secondary."
        )


def sourcing(notes: Iterable[snapshot.Note]) -> Sourcing:
    """How these notes are sourced. What is withdrawn, or told only as context, does not count."""
    pieces = [piece for note in notes for piece in note.evidence if counts(piece)]
    primary = {piece.source for piece in pieces if piece.source_type == "primary"}
    return Sourcing(len(primary), len({group(piece) for piece in pieces if piece.source_type == "secondary"}))


def counts(piece: snapshot.Evidence) -> bool:
    """Whether a piece of evidence still bears on the words."""
    return piece.withdrawn is None and piece.stance != "context"


def group(piece: snapshot.Evidence) -> str:
    """What a secondary source is independent of: its group as told, else its publisher, its host, itself."""
    told = piece.independence_group or piece.publisher or urlsplit(piece.url).hostname or piece.source
    return unicodedata.normalize("NFKC", told).casefold().removeprefix("www.")
