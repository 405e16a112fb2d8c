"""Verification notes: written, and edited with the earlier wording kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from annotator import clock
from annotator.access import Actor
from annotator.errors import Conflict, Forbidden, Invalid, Stale
from annotator.extensions import db
from annotator.models import Annotation, ArticleVersion, Event, Evidence, Note
from annotator.services import events
from annotator.services.annotations import checked_uuid, touch
from annotator.services.articles import is_web_address
from annotator.services.states import settle_state
from annotator.text.codepoints import storable
from annotator.text.prose import tidy_prose
from annotator.vocabulary import METHODS, SOURCE_TYPES, VERDICTS

BODY_LIMIT = 20_000
EVIDENCE_LIMIT = 50
LENGTHS = {"url": 2000, "description": 2000, "title": 500, "source_type": 16, "locator": 200, "excerpt": 10_000}


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence as somebody wrote it: a URL or a description, and what is known about it."""

    url: str = ""
    description: str = ""
    title: str = ""
    source_type: str = ""
    locator: str = ""
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A note as somebody wrote it. `verdict` and `method` may be None."""

    body: str = ""
    verdict: str | None = None
    method: str | None = None
    evidence: tuple[Piece, ...] = ()


def add_note(actor: Actor, annotation: Annotation, written: Written, uuid: str | None = None) -> tuple[Note, bool]:
    """Add a note. Returns it, and whether it was made now (False: the same request came before).

    Raises Invalid (body, verdict, method, `evidence.<n>.<field>`), Conflict (the uuid belongs to another note, or
    came before with other content).
    """
    uuid = checked_uuid(uuid) if uuid else str(uuid4())
    known = db.session.scalar(select(Note).filter_by(uuid=uuid))
    if known is not None:
        return _repeated(known, actor, annotation, written), False
    written = checked(written)
    note = _new_note(actor, annotation, uuid)
    _write(note, written)
    _settle(actor, "note.added", note, None, told(written))
    return note, True


def _repeated(known: Note, actor: Actor, annotation: Annotation, written: Written) -> Note:
    if known.annotation_id != annotation.id or known.author_id != actor.id:
        raise Conflict("This id already belongs to another note.", fields={"id": "Make a new UUID."})
    first = db.session.scalar(select(Event.after).filter_by(subject=known.uuid, verb="note.added"))
    if first != told(checked(written)):
        raise Conflict("This note was saved before, with other words.", fields={"id": "Make a new UUID."})
    return known


def edit_note(actor: Actor, note: Note, written: Written, expected: int | None) -> Note:
    """Write a note anew; its author may. The old wording is kept in history. Raises Stale, Forbidden, Invalid."""
    if note.author_id != actor.id:
        raise Forbidden("Only the author of a note may edit it. Add a note of your own instead.")
    before = told(as_written(note))
    if expected is not None and note.row_version != expected:
        raise Stale("This note has been changed since you opened it. Nothing of yours was saved.", current=before)
    written = checked(written)
    if told(written) != before:
        _write(note, written)
        _settle(actor, "note.edited", note, before, told(written))
    return note


def as_written(note: Note) -> Written:
    """A stored note as it was written."""
    pieces = tuple(Piece(**{name: getattr(piece, name) for name in LENGTHS}) for piece in note.evidence)
    return Written(note.body, note.verdict, note.method, pieces)


def told(written: Written) -> dict[str, Any]:
    """A note's content as it stands in events."""
    return asdict(written) | {"evidence": [asdict(piece) for piece in written.evidence]}


def checked(written: Written) -> Written:
    """The same note put right, or Invalid with a sentence for every field that will not do."""
    wrong: dict[str, str] = {}
    body = tidy_prose(storable(written.body, "body"))
    if len(body) > BODY_LIMIT:
        wrong["body"] = f"A note may have at most {BODY_LIMIT:,} characters; this has {len(body):,}."
    if written.verdict is not None and written.verdict not in VERDICTS:
        wrong["verdict"] = f"The verdict must be one of {', '.join(VERDICTS)}."
    if written.method is not None and written.method not in METHODS:
        wrong["method"] = f"The method must be one of {', '.join(METHODS)}."
    pieces = _checked_pieces(written.evidence, wrong)
    if not (body or written.verdict or pieces or wrong):
        wrong["body"] = "Write a note, choose a verdict or add evidence before saving."
    if wrong:
        raise Invalid(wrong)
    return Written(body, written.verdict, written.method, pieces)


def _checked_pieces(pieces: Sequence[Piece], wrong: dict[str, str]) -> tuple[Piece, ...]:
    if len(pieces) > EVIDENCE_LIMIT:
        wrong["evidence"] = f"A note may have at most {EVIDENCE_LIMIT} pieces of evidence."
        return ()
    tidied = [_checked_piece(piece, f"evidence.{number}", wrong) for number, piece in enumerate(pieces)]
    return tuple(piece for piece in tidied if piece != Piece())


def _checked_piece(piece: Piece, where: str, wrong: dict[str, str]) -> Piece:
    values = {name: tidy_prose(storable(text, f"{where}.{name}")) for name, text in asdict(piece).items()}
    tidied = Piece(**values)
    for name, limit in LENGTHS.items():
        if len(values[name]) > limit:
            wrong[f"{where}.{name}"] = f"At most {limit:,} characters; this has {len(values[name]):,}."
    if tidied.url and not is_web_address(tidied.url):
        wrong[f"{where}.url"] = "Write the URL in full, beginning with https:// or http://."
    if tidied.source_type and tidied.source_type not in SOURCE_TYPES:
        wrong[f"{where}.source_type"] = f"The source type must be one of {', '.join(SOURCE_TYPES)}."
    if tidied != Piece() and not (tidied.url or tidied.description):
        wrong[f"{where}.url"] = "Give a URL, or describe the source."
    return tidied


def _new_note(actor: Actor, annotation: Annotation, uuid: str) -> Note:
    now = clock.now()
    newest = select(ArticleVersion.id).filter_by(article_id=annotation.article_id)
    version_id = db.session.scalars(newest.order_by(ArticleVersion.number.desc()).limit(1)).one()
    note = Note(uuid=uuid, annotation_id=annotation.id, version_id=version_id, author_id=actor.id)
    note.created_at = note.updated_at = now
    return note


def _write(note: Note, written: Written) -> None:
    note.body, note.verdict, note.method = written.body, written.verdict, written.method
    note.updated_at = now = clock.now()
    db.session.add(note)
    db.session.flush()
    for piece in db.session.scalars(select(Evidence).filter_by(note_id=note.id, deleted_at=None)):
        piece.deleted_at = now
    for position, wanted in enumerate(written.evidence):
        made = Evidence(uuid=str(uuid4()), note_id=note.id, position=position, created_at=now, **asdict(wanted))
        db.session.add(made)
    db.session.flush()


def _settle(actor: Actor, verb: str, note: Note, before: dict[str, Any] | None, after: dict[str, Any]) -> None:
    annotation = db.session.get_one(Annotation, note.annotation_id)
    settle_state(annotation)
    touch(annotation)
    db.session.refresh(note)
    article = annotation.article
    events.record(actor, verb, note.uuid, article=article, annotation=annotation, before=before, after=after)
