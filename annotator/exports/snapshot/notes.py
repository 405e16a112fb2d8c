"""Verification notes and what they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from annotator.exports.snapshot.people import Person


@dataclass(frozen=True, slots=True)
class File:
    """An attached file; `sha256` names it, `size` counts bytes."""

    sha256: str
    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A source was found to be no good."""

    at: datetime
    by: Person
    why: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of evidence on a note. In an earlier wording of the note it has no `id` and no `source`.

    `source` is the id of what it rests on, shared with other notes; that may have been `withdrawn`.
    """

    id: str
    url: str
    description: str
    title: str
    source_type: str
    locator: str
    excerpt: str
    publisher: str = ""
    accessed_at: str = ""
    archive_url: str = ""
    stance: str = ""
    independence_group: str = ""
    source: str = ""
    file: File | None = None
    withdrawn: Withdrawn | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """What a note said before it was edited, and until when."""

    until: datetime
    body: str
    verdict: str | None
    method: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A verification note, made on version `version`; `edited` says whether it has earlier wordings.

    `verdict_order` numbers the verdicts of an annotation in the order they were given; a note that `resolves` is a
    lead's and ended a disagreement. `earlier` are its earlier wordings, oldest first; only a whole snapshot has them.
    """

    id: str
    body: str
    verdict: str | None
    method: str | None
    version: int
    author: Person
    created_at: datetime
    updated_at: datetime
    row_version: int
    evidence: tuple[Evidence, ...]
    verdict_order: int | None = None
    resolves: bool = False
    earlier: tuple[Wording, ...] = ()

    @property
    def edited(self) -> bool:
        """Whether it has earlier wordings."""
        return self.row_version > 1
