"""Notes with their evidence, in two queries whatever their number. What has been taken back is left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select

from annotator.exports import snapshot
from annotator.models import ArticleVersion, Evidence, File, Note, Source, User
from annotator.queries.beneath import Found, rows_of

_NOTES: Select[*tuple[Any, ...]] = (
    select(
        *(Note.id, Note.uuid, Note.annotation_id, Note.body, Note.verdict, Note.method, Note.row_version),
        *(Note.created_at, Note.updated_at, Note.verdict_order, Note.resolves),
        *(User.username, User.name, ArticleVersion.number),
    )
    .join(User, User.id == Note.author_id)
    .join(ArticleVersion, ArticleVersion.id == Note.version_id)
    .where(Note.deleted_at.is_(None))
    .order_by(Note.id)
)
_EVIDENCE: Select[*tuple[Any, ...]] = (
    select(
        *(Evidence.note_id, Evidence.uuid, Evidence.url, Evidence.description, Evidence.title, Evidence.source_type),
        *(Evidence.locator, Evidence.excerpt, Evidence.publisher, Evidence.accessed_at, Evidence.archive_url),
        *(Evidence.stance, Evidence.independence_group, Source.uuid.label("source"), Source.withdrawn_at),
        *(Source.withdrawn_why, User.username, User.name.label("person")),
        *(File.sha256, File.name.label("file"), File.media_type, File.size),
    )
    .join(Source, Source.id == Evidence.source_id)
    .outerjoin(User, User.id == Source.withdrawn_by_id)
    .outerjoin(File, File.id == Evidence.file_id)
    .where(Evidence.deleted_at.is_(None))
    .order_by(Evidence.position)
)
SAID = (
    *("url", "description", "title", "source_type", "locator", "excerpt", "publisher", "accessed_at", "archive_url"),
    *("stance", "independence_group"),
)


def notes(ids: Sequence[int]) -> Found:
    """The notes of annotations with their evidence. Two queries."""
    rows = list(rows_of(_NOTES, Note.annotation_id, ids))
    evidence, found = _evidence([row.id for row in rows]), Found(list)
    for row in rows:
        found[row.annotation_id].append(_note(row, evidence[row.id]))
    return found


def _note(row: Any, evidence: Sequence[snapshot.Evidence]) -> snapshot.Note:
    author = snapshot.Person(row.username, row.name)
    written = row.uuid, row.body, row.verdict, row.method, row.number, author
    times = row.created_at, row.updated_at, row.row_version
    return snapshot.Note(*written, *times, tuple(evidence), row.verdict_order, row.resolves)


def _evidence(note_ids: Sequence[int]) -> Found:
    found = Found(list)
    for row in rows_of(_EVIDENCE, Evidence.note_id, note_ids):
        found[row.note_id].append(_piece(row))
    return found


def _piece(row: Any) -> snapshot.Evidence:
    file = snapshot.File(row.sha256, row.file, row.media_type, row.size) if row.sha256 else None
    by = snapshot.Person(row.username, row.person) if row.username else None
    withdrawn = snapshot.Withdrawn(row.withdrawn_at, by, row.withdrawn_why) if by else None
    said = {name: getattr(row, name) for name in SAID}
    return snapshot.Evidence(id=row.uuid, **said, source=row.source, file=file, withdrawn=withdrawn)
