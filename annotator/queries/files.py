"""Attached files, without their bytes."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from annotator.errors import NotFound
from annotator.exports import snapshot
from annotator.extensions import db
from annotator.models import File


def file(sha256: str) -> snapshot.File:
    """The file with this SHA-256. NotFound."""
    found = files([sha256]).get(sha256)
    if found is None:
        raise NotFound("There is no such file.")
    return found


def files(named: Iterable[str]) -> dict[str, snapshot.File]:
    """The files there are of these, by their SHA-256. One query, none when nothing is named."""
    wanted = {name for name in named if len(name) == 64 and name.isalnum()}
    rows = db.session.scalars(select(File).where(File.sha256.in_(wanted))) if wanted else ()
    return {row.sha256: snapshot.File(row.sha256, row.name, row.media_type, row.size) for row in rows}
