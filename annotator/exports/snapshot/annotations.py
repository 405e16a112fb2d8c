"""One annotation with everything written about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from annotator.exports.snapshot.asking import Comment, Contact, Correction
from annotator.exports.snapshot.notes import Note
from annotator.exports.snapshot.people import Party, Person
from annotator.vocabulary import UNSURE


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where the annotation sits in version `version`, and how surely.

    `carried_as` tells how it came from version `carried_from`, `reason` why that was said. One whose words are gone is
    an orphan: `start` and `end` are both the point where they would stand, the words those it had.
    """

    version: int
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    status: str
    score: float
    reason: str = ""
    carried_as: str | None = None
    carried_from: int | None = None
    confirmed_by: Person | None = None
    confirmed_at: datetime | None = None

    @property
    def orphan(self) -> bool:
        """Whether its words are gone from this version."""
        return self.status == "orphan"


@dataclass(frozen=True, slots=True)
class Closed:
    """Its words have left the text for good: who said so, when and why."""

    by: Person
    at: datetime
    why: str


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
class SignOff:
    """Somebody answers for the verdict `verdict` on the words `exact` of a version. `fallen_why` when it has fallen."""

    id: str
    version: int
    exact: str
    verdict: str | None
    by: Person
    at: datetime
    remark: str
    fallen_at: datetime | None
    fallen_why: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """An open assignment: for a person, or for anybody."""

    id: str
    purpose: str
    person: Person | None
    by: Person
    due_at: datetime | None
    created_at: datetime
    row_version: int = 1


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotation with everything written about it.

    `fields` are the values of the fields of its kind by name; what is not known is missing. `reopened_after` and
    `reopened_why` tell since which verdict and why it was reopened, `readers` how many people gave a verdict, `weak`
    whether the source rule is not met. `blind` is the article's; `sign_offs` are all there were, oldest first. One that
    is `sealed` has been left without what the person who looks at it may not read yet.
    """

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
    fields: Mapping[str, Any] = field(default_factory=dict)
    contacts: tuple[Contact, ...] = ()
    corrections: tuple[Correction, ...] = ()
    comments: tuple[Comment, ...] = ()
    sign_offs: tuple[SignOff, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    readers: int = 0
    weak: bool = False
    reopened_after: int | None = None
    reopened_why: str = ""
    blind: bool = False
    sealed: bool = False
    closed: Closed | None = None

    @property
    def unsure(self) -> bool:
        """Whether a later draft touched its words and nobody has looked at that yet."""
        return self.closed is None and self.anchor.status in UNSURE

    @property
    def denies(self) -> str | None:
        """The id of the claim or quote this one denies."""
        return self.tied("denies")

    @property
    def repeats(self) -> str | None:
        """The id of the annotation that says the same, and is checked instead of this one."""
        return self.tied("repeats")

    def tied(self, relation: str) -> str | None:
        """The id of the first annotation that this one has a relation of this type to."""
        return next((tie.to for tie in self.relations if tie.type == relation and tie.to), None)

    @property
    def signed_off(self) -> SignOff | None:
        """The sign-off that stands."""
        return next((one for one in self.sign_offs if one.fallen_at is None), None)

    @property
    def awaited(self) -> tuple[Contact, ...]:
        """The contacts whose answer is awaited."""
        return tuple(contact for contact in self.contacts if contact.open)

    def sealed_to(self, username: str) -> bool:
        """Whether the verdict and the notes of others are hidden from this person: the article is read blind, and
        the only one who has given a verdict so far is somebody else."""
        return self.blind and self.readers == 1 and self.verdict is not None and self.verdict.by.username != username
