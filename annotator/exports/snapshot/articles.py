"""Articles, their texts, and an article with all its annotations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from annotator.exports.snapshot.annotations import Annotation, Assignment
from annotator.exports.snapshot.asking import Comment
from annotator.exports.snapshot.people import Person
from annotator.text.blocks import Block


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
    lead: Person | None = None
    due_at: datetime | None = None
    blind: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An article, the version asked for, its annotations in the order of the text, and the comments on the whole."""

    article: Article
    version: Version
    annotations: tuple[Annotation, ...]
    comments: tuple[Comment, ...] = ()
    assignments: tuple[Assignment, ...] = ()
