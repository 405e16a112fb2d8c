"""Reading history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from annotator.exports import snapshot
from annotator.extensions import db
from annotator.models import Annotation, Event, File, User
from annotator.vocabulary import KINDS


@dataclass(frozen=True, slots=True)
class Wording:
    """What a note said before it was edited, and until when."""

    until: datetime
    said: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of history: who did what when, to the article or to annotation `ordinal` (of `kind`, as it is now).

    `undoes` is the id of the line it takes back. `others` are the annotations that its values name, by id.
    """

    id: int
    at: datetime
    who: str | None
    verb: str
    uuid: str | None
    ordinal: int | None
    kind: str | None
    before: dict[str, Any]
    after: dict[str, Any]
    undoes: int | None = None
    others: Mapping[str, str] = field(default_factory=dict)


def timeline(article_id: int, annotation: str | None = None, below: int | None = None, limit: int = 100) -> list[Line]:
    """What happened to an article, or to one annotation of it, newest first: at most `limit` events below an id.

    That an annotation was carried is told of that annotation alone. Two queries.
    """
    wanted = _LINES.where(Event.article_id == article_id)
    if annotation is not None:
        wanted = wanted.where(Annotation.uuid == annotation)
    else:
        wanted = wanted.where(Event.verb != "annotation.carried")
    if below is not None:
        wanted = wanted.where(Event.id < below)
    return _lines(wanted.order_by(Event.id.desc()).limit(limit))


def lines(ids: Iterable[int]) -> list[Line]:
    """These lines of history, oldest first. Two queries."""
    return _lines(_LINES.where(Event.id.in_(list(ids))).order_by(Event.id))


_LINES: Select[*tuple[Any, ...]] = (
    select(Event, User.name, Annotation.uuid, Annotation.ordinal, Annotation.kind)
    .outerjoin(User, User.id == Event.actor_id)
    .outerjoin(Annotation, Annotation.id == Event.annotation_id)
)


def _lines(wanted: Select[*tuple[Any, ...]]) -> list[Line]:
    rows = db.session.execute(wanted).all()
    others = _named({uuid for event, *_ in rows for uuid in _tied(event)})
    return [_line(event, *rest, others=others) for event, *rest in rows]


def _tied(event: Event) -> list[str]:
    """The annotations that an event names in its values: the other side of a tie."""
    values = [value.get(name) for value in (event.before, event.after) if value for name in ("to", "denies")]
    return [value for value in values if value]


def _named(uuids: set[str]) -> dict[str, str]:
    wanted = select(Annotation.uuid, Annotation.kind, Annotation.ordinal).where(Annotation.uuid.in_(uuids))
    rows = db.session.execute(wanted) if uuids else ()
    return {uuid: f"{KINDS[kind]} {ordinal}" for uuid, kind, ordinal in rows}


def _line(
    event: Event, who: str | None, uuid: str | None, ordinal: int | None, kind: str | None, *, others: Mapping[str, str]
) -> Line:
    told = event.before or {}, event.after or {}
    return Line(event.id, event.at, who, event.verb, uuid, ordinal, kind, *told, event.undoes_id, others)


def earlier_wordings(note: str, limit: int = 100) -> list[Wording]:
    """The earlier wordings of a note, newest first, at most `limit`."""
    wanted = select(Event.at, Event.before).filter_by(subject=note, verb="note.edited")
    rows = db.session.execute(wanted.order_by(Event.id.desc()).limit(limit))
    return [Wording(at, before or {}) for at, before in rows]


def wordings_in(article_id: int) -> dict[str, list[snapshot.Wording]]:
    """The earlier wordings of all notes of an article, oldest first, by the id of the note. Two queries at most."""
    wanted = select(Event.subject, Event.at, Event.before).filter_by(article_id=article_id, verb="note.edited")
    rows = db.session.execute(wanted.order_by(Event.id)).all()
    files = _files(piece.get("file") for row in rows for piece in (row.before or {})["evidence"])
    found: defaultdict[str, list[snapshot.Wording]] = defaultdict(list)
    for note, at, before in rows:
        found[note].append(_wording(at, before or {}, files))
    return found


def _files(named: Iterable[str | None]) -> dict[str, snapshot.File]:
    wanted = {name for name in named if name}
    rows = db.session.scalars(select(File).where(File.sha256.in_(wanted))) if wanted else ()
    return {row.sha256: snapshot.File(row.sha256, row.name, row.media_type, row.size) for row in rows}


def _wording(until: datetime, said: dict[str, Any], files: dict[str, snapshot.File]) -> snapshot.Wording:
    pieces = tuple(_piece(piece, files) for piece in said["evidence"])
    return snapshot.Wording(until, said["body"], said["verdict"], said["method"], pieces)


def _piece(said: dict[str, Any], files: dict[str, snapshot.File]) -> snapshot.Evidence:
    values: dict[str, Any] = {name: value for name, value in said.items() if name != "file"}
    return snapshot.Evidence(id="", **values, file=files.get(said.get("file", "")))
