"""The evidence on a note: what somebody wrote about a source, checked, and tied to the source it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from annotator import clock
from annotator.exports import snapshot
from annotator.extensions import db
from annotator.models import Evidence, File, Note, Source
from annotator.services.articles import is_moment, is_web_address
from annotator.text.codepoints import storable
from annotator.text.prose import folded, tidy_prose
from annotator.vocabulary import SOURCE_TYPES, STANCES

EVIDENCE_LIMIT = 50
LENGTHS = {
    "url": 2000,
    "description": 2000,
    "title": 500,
    "source_type": 16,
    "locator": 200,
    "excerpt": 10_000,
    "publisher": 200,
    "accessed_at": 40,
    "archive_url": 2000,
    "stance": 16,
    "independence_group": 200,
    "file": 64,
}
CHOICES = {"source_type": SOURCE_TYPES, "stance": STANCES}
URLS = {"url": "URL", "archive_url": "archive URL"}
FIRST = ("url", "description", "title", "source_type", "locator", "excerpt")


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence as somebody wrote it: a URL, a file (its SHA-256) or a description, and what is known.

    `accessed_at` is ISO 8601. Secondary sources with the same `independence_group` count as one.
    """

    url: str = ""
    description: str = ""
    title: str = ""
    source_type: str = ""
    locator: str = ""
    excerpt: str = ""
    publisher: str = ""
    accessed_at: str = ""
    archive_url: str = ""
    stance: str = ""
    independence_group: str = ""
    file: str = ""


def piece_of(stored: Evidence | snapshot.Evidence) -> Piece:
    """A stored piece of evidence as it was written."""
    file = stored.file.sha256 if stored.file else ""
    return Piece(**{name: getattr(stored, name) for name in LENGTHS if name != "file"}, file=file)


def told(piece: Piece) -> dict[str, Any]:
    """A piece as it stands in events: what was always asked for, and the rest when it was said."""
    return {name: value for name, value in asdict(piece).items() if value or name in FIRST}


def checked_pieces(pieces: Sequence[Piece], wrong: dict[str, str]) -> tuple[Piece, ...]:
    """The same pieces put right, empty ones left out. Adds a sentence to `wrong` for each `evidence.<n>.<field>`."""
    if sum(piece != Piece() for piece in pieces) > EVIDENCE_LIMIT:
        wrong["evidence"] = f"A note may have at most {EVIDENCE_LIMIT} pieces of evidence."
        return ()
    tidied = [_checked(piece, f"evidence.{number}", wrong) for number, piece in enumerate(pieces)]
    return tuple(piece for piece in tidied if piece != Piece())


def _checked(piece: Piece, where: str, wrong: dict[str, str]) -> Piece:
    values = {name: tidy_prose(storable(text, f"{where}.{name}")) for name, text in asdict(piece).items()}
    tidied = Piece(**values)
    problems = _too_long(values) | _unusable(values)
    if tidied != Piece() and not (tidied.url or tidied.description or tidied.file):
        problems["url"] = "Give a URL, attach a file, or describe the source."
    wrong |= {f"{where}.{name}": sentence for name, sentence in problems.items()}
    return tidied


def _too_long(values: dict[str, str]) -> dict[str, str]:
    found = {name: len(values[name]) for name, most in LENGTHS.items() if len(values[name]) > most}
    return {name: f"At most {LENGTHS[name]:,} characters; this has {length:,}." for name, length in found.items()}


def _unusable(values: dict[str, str]) -> dict[str, str]:
    wrong = {}
    for name, called in URLS.items():
        if values[name] and not is_web_address(values[name]):
            wrong[name] = f"Write the {called} in full, beginning with https:// or http://."
    for name, known in CHOICES.items():
        if values[name] and values[name] not in known:
            wrong[name] = f"The {name.replace('_', ' ')} must be one of {', '.join(known)}."
    if values["accessed_at"] and not is_moment(values["accessed_at"]):
        wrong["accessed_at"] = "Write the date as 2026-11-23, or with a time as 2026-11-23T18:30."
    if values["file"] and _file(values["file"]) is None:
        wrong["file"] = "There is no such file. Attach it again."
    return wrong


def _file(name: str) -> File | None:
    return db.session.scalar(select(File).filter_by(sha256=name)) if re.fullmatch("[0-9a-f]{64}", name) else None


def write_evidence(note: Note, pieces: Sequence[Piece]) -> None:
    """Let the note rest on exactly these pieces. One that was there already stays the same piece."""
    now = clock.now()
    there = list(db.session.scalars(select(Evidence).filter_by(note_id=note.id, deleted_at=None)))
    for position, wanted in enumerate(pieces):
        same = next((piece for piece in there if piece_of(piece) == wanted), None)
        if same:
            there.remove(same)
            same.position = position
        else:
            db.session.add(_new(note, position, wanted))
    for piece in there:
        piece.deleted_at = now
    db.session.flush()


def _new(note: Note, position: int, wanted: Piece) -> Evidence:
    file = _file(wanted.file)
    values = {name: value for name, value in asdict(wanted).items() if name != "file"}
    made = Evidence(uuid=str(uuid4()), note_id=note.id, position=position, created_at=clock.now(), **values)
    made.source_id, made.file_id = find_or_add_source(wanted, file).id, file.id if file else None
    return made


def find_or_add_source(piece: Piece, file: File | None) -> Source:
    """What the piece rests on: the source known by this URL, else by this file, else by this description."""
    key = sha256(_told_apart(piece).encode()).hexdigest()
    label = piece.title or piece.url or (file.name if file else piece.description)
    return _known(key) or _added(key, label[:500], piece.url)


def _told_apart(piece: Piece) -> str:
    if piece.url:
        return f"url:{piece.url}"
    return f"file:{piece.file}" if piece.file else f"text:{folded(' '.join(piece.description.split()))}"


def _known(key: str) -> Source | None:
    """The source, which nobody can withdraw until this unit of work has ended."""
    wanted = select(Source).filter_by(key=key).with_for_update(read=True, of=Source)
    found: Source | None = db.session.scalar(wanted)
    return found


def _added(key: str, label: str, url: str) -> Source:
    """A new source; or the one that somebody else, at work on another article, has made at this very moment."""
    source = Source(uuid=str(uuid4()), key=key, label=label, url=url, created_at=clock.now())
    try:
        with db.session.begin_nested():
            db.session.add(source)
    except IntegrityError:
        return db.session.scalars(select(Source).filter_by(key=key)).one()
    return source
