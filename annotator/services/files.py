"""Files that are attached to evidence, and those that articles were read from: kept once under their SHA-256, and told
of by a row.

Two steps on purpose: hashing and writing megabytes must not happen while the database is locked for writing, so
`keep_file` and `keep_original` have nothing to do with the database, and `add_file` and `add_files` are a short unit
of work after them.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from annotator import clock
from annotator.access import ANNOTATE, IMPORT, Actor, allow
from annotator.errors import TooLarge
from annotator.extensions import db
from annotator.models import File
from annotator.services.filetypes import type_of

NAME_LIMIT = 120

ORIGINALS = {
    "txt": "text/plain",
    "md": "text/markdown",
    "markdown": "text/markdown",
    "html": "text/html",
    "htm": "text/html",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""The media types of the files that articles are read from, by how their names end."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file whose bytes are kept; `size` counts bytes."""

    sha256: str
    name: str
    media_type: str
    size: int


def keep_file(actor: Actor, folder: Path, name: str, data: bytes, claimed: str = "", *, most_mb: int) -> Kept:
    """Check a file and write its bytes beneath `folder`, safe on the disk when this returns. No database is asked.

    Raises Forbidden, TooLarge (more than `most_mb` megabytes), Invalid on `file` (see `filetypes.type_of`).
    """
    allow(actor, ANNOTATE)
    if len(data) > most_mb * 1024 * 1024:
        raise TooLarge(too_large(most_mb), fields={"file": too_large(most_mb)})
    found = type_of(data, clean_name(name), claimed)
    key = sha256(data).hexdigest()
    _write(place_of(folder, key), data)
    return Kept(key, clean_name(name) or f"file{found.endings[0]}", found.media_type, len(data))


def keep_original(actor: Actor, folder: Path, name: str, data: bytes) -> Kept:
    """Write the bytes that a version was read from beneath `folder`, whatever they hold: a web page is handed out as
    mere bytes. No database is asked. Raises Forbidden."""
    allow(actor, IMPORT)
    called = clean_name(name)
    key, ending = sha256(data).hexdigest(), called.rpartition(".")[2].lower()
    _write(place_of(folder, key), data)
    return Kept(key, called or "article", ORIGINALS.get(ending, "application/octet-stream"), len(data))


def too_large(most_mb: int) -> str:
    """What is said of a file that is larger than the desk takes."""
    return f"This file is larger than {most_mb} MB, the most this desk takes. Choose a smaller one."


def clean_name(name: str) -> str:
    """The last part of a file's name, without what could mislead: folders, control and direction characters."""
    base = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join(sign for sign in base if unicodedata.category(sign)[0] != "C")
    words = " ".join(plain.split()).lstrip(". ")
    stem, dot, ending = words.rpartition(".")
    return f"{stem[: NAME_LIMIT - len(ending)]}.{ending}" if dot and len(ending) <= 10 else words[:NAME_LIMIT]


def place_of(folder: Path, key: str) -> Path:
    """Where the bytes of the file with this SHA-256 lie beneath the folder of uploads."""
    return folder / key[:2] / key


def _write(path: Path, data: bytes) -> None:
    """Write beside, then rename: a file under its name is always whole. Nothing is written twice."""
    if path.exists() and path.stat().st_size == len(data):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent.parent, prefix=".new-", delete=False) as beside:
        try:
            beside.write(data)
            beside.flush()
            os.fsync(beside.fileno())
            Path(beside.name).replace(path)
        except BaseException:
            Path(beside.name).unlink(missing_ok=True)
            raise
    _settle(path.parent)
    _settle(path.parent.parent)


def _settle(folder: Path) -> None:
    """Make the names in a folder survive a power cut; where the system cannot sync folders, it needs not."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def add_file(actor: Actor, kept: Kept) -> tuple[File, bool]:
    """Tell of a kept file. Returns its row, and whether it is new; the same bytes keep the name they had first."""
    allow(actor, ANNOTATE)
    known = _known(kept.sha256)
    if known:
        return known, False
    file = _row(actor, kept)
    try:
        with db.session.begin_nested():
            db.session.add(file)
    except IntegrityError:
        return db.session.scalars(select(File).filter_by(sha256=kept.sha256)).one(), False
    return file, True


def add_files(actor: Actor, kept: Iterable[Kept]) -> dict[str, File]:
    """Tell of kept files in few statements. Returns their rows by SHA-256; the same bytes keep their first name."""
    allow(actor, ANNOTATE)
    wanted: dict[str, Kept] = {}
    for one in kept:
        wanted.setdefault(one.sha256, one)
    if not wanted:
        return {}
    known = {file.sha256: file for file in db.session.scalars(select(File).where(File.sha256.in_(wanted)))}
    new = {key: _row(actor, one) for key, one in wanted.items() if key not in known}
    try:
        with db.session.begin_nested():
            db.session.add_all(new.values())
    except IntegrityError:  # somebody else has just told of one of them
        return {key: add_file(actor, one)[0] for key, one in wanted.items()}
    return known | new


def _row(actor: Actor, kept: Kept) -> File:
    file = File(sha256=kept.sha256, name=kept.name, media_type=kept.media_type, size=kept.size)
    file.created_by_id, file.created_at = actor.id, clock.now()
    return file


def _known(key: str) -> File | None:
    found: File | None = db.session.scalar(select(File).filter_by(sha256=key))
    return found
