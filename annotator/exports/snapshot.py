"""The record of an article as plain values: what pages, the API and every export format are made from.

Times are aware and in UTC, offsets are code points into the version's canonical text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from annotator.text.blocks import Block


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works at the desk."""

    username: str
    name: str


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who claims, says or denies."""

    name: str
    role: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of evidence on a note. In an earlier wording of the note it has no `id`."""

    id: str
    url: str
    description: str
    title: str
    source_type: str
    locator: str
    excerpt: str


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

    `earlier` are those wordings, oldest first; only a whole snapshot carries them.
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
    earlier: tuple[Wording, ...] = ()

    @property
    def edited(self) -> bool:
        """Whether it has earlier wordings."""
        return self.row_version > 1


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where the annotation sits in version `version`, and how surely."""

    version: int
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    status: str
    score: float


@dataclass(frozen=True, slots=True)
class Relation:
    """A tie to another annotation, told from this one's side: it goes `to` that one, or comes `from_` it."""

    type: str
    to: str | None
    from_: str | None


@dataclass(frozen=True, slots=True)
class Given:
    """The current verdict: its value, its label for this kind, and who gave it when."""

    value: str
    label: str
    by: Person
    at: datetime


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotation with everything written about it."""

    id: str
    article: int
    ordinal: int
    kind: str
    state: str
    verdict: Given | None
    anchor: Anchor
    party: Party | None
    relations: tuple[Relation, ...]
    notes: tuple[Note, ...]
    created_by: Person
    created_at: datetime
    updated_at: datetime
    row_version: int

    @property
    def denies(self) -> str | None:
        """The id of the claim or quote this one denies."""
        return next((tie.to for tie in self.relations if tie.type == "denies" and tie.to), None)


@dataclass(frozen=True, slots=True)
class Version:
    """One immutable text of an article."""

    number: int
    text: str
    blocks: tuple[Block, ...]
    sha256: str
    source: str
    created_by: Person
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Article:
    """What is known of an article besides its text."""

    id: int
    uuid: str
    title: str
    byline: str
    outlet: str
    source_url: str
    language: str
    published_at: str
    revision: int
    row_version: int
    created_by: Person
    created_at: datetime
    updated_at: datetime
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An article, the version asked for, and its annotations in the order of the text."""

    article: Article
    version: Version
    annotations: tuple[Annotation, ...]
