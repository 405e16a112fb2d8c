"""Articles, their texts, and an article with all its annotations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from annotator.exports.snapshot.annotations import Annotation, Assignment
from annotator.exports.snapshot.asking import Comment
from annotator.exports.snapshot.notes import File
from annotator.exports.snapshot.people import Person
from annotator.text.blocks import Block
from annotator.text.coverage import State


@dataclass(frozen=True, slots=True)
class Head:
    """A version without its text; `length` counts code points."""

    number: int
    sha256: str
    length: int
    source: str
    created_by: Person
    created_at: datetime
    change_note: str = ""
    file: File | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """One immutable text of an article. `file` is what was uploaded; one that was taken back is `withdrawn`."""

    number: int
    text: str
    blocks: tuple[Block, ...]
    sha256: str
    source: str
    created_by: Person
    created_at: datetime
    change_note: str = ""
    file: File | None = None
    withdrawn: bool = False

    @property
    def head(self) -> Head:
        """The same without text and blocks."""
        named = self.number, self.sha256, len(self.text), self.source, self.created_by, self.created_at
        return Head(*named, self.change_note, self.file, self.withdrawn)


@dataclass(frozen=True, slots=True)
class ArticleSignOff:
    """Somebody answers for the whole text of version `version`, named by its `sha256`, while `open_checks` of its
    checks were not finished. `fallen_why` when it has fallen."""

    id: str
    version: int
    sha256: str
    by: Person
    at: datetime
    remark: str
    open_checks: int
    fallen_at: datetime | None
    fallen_why: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a version, in code points: `unread`, `clear` (who said so, when) or `covered`."""

    start: int
    end: int
    state: State
    by: Person | None = None
    at: datetime | None = None


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
    lead: Person | None = None
    due_at: datetime | None = None
    blind: bool = False

    @property
    def led_by(self) -> str | None:
        """The username of whoever leads it."""
        return self.lead.username if self.lead else None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An article, the version asked for with its sentences, its annotations in the order of the text, the comments on
    the whole, all its versions, and who signed it off."""

    article: Article
    version: Version
    annotations: tuple[Annotation, ...]
    comments: tuple[Comment, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    versions: tuple[Head, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    sign_offs: tuple[ArticleSignOff, ...] = ()
