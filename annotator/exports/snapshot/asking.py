"""What is asked, suggested and said about an annotation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from annotator.exports.snapshot.people import Party, Person


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One more attempt to get an answer."""

    at: datetime
    by: Person
    channel: str
    remark: str


@dataclass(frozen=True, slots=True)
class Contact:
    """An attempt to ask somebody; open while `outcome` is empty. `in_text`: whether the answer is in the article."""

    id: str
    party: Party
    asked_by: Person
    channel: str
    asked_at: datetime
    questions: str
    deadline: datetime | None
    follow_ups: tuple[FollowUp, ...]
    outcome: str
    answer: str
    answered_at: datetime | None
    in_text: bool | None
    created_at: datetime
    updated_at: datetime
    row_version: int

    @property
    def open(self) -> bool:
        """Whether an answer is still awaited."""
        return not self.outcome


@dataclass(frozen=True, slots=True)
class Decided:
    """Who decided on a correction, when, and why."""

    by: Person
    at: datetime
    remark: str


@dataclass(frozen=True, slots=True)
class Correction:
    """Other words for `current`, as marked in version `version`. `applied_in` numbers the version that has them."""

    id: str
    version: int
    current: str
    suggested: str
    reason: str
    severity: str
    state: str
    created_by: Person
    created_at: datetime
    updated_at: datetime
    decided: Decided | None
    applied_in: int | None
    row_version: int


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment; `parent` is the id of the first one of its thread, which is the one that is resolved."""

    id: str
    parent: str | None
    author: Person
    body: str
    created_at: datetime
    updated_at: datetime
    resolved_by: Person | None
    resolved_at: datetime | None
    row_version: int
