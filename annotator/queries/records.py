"""Annotations with everything written about them, in a fixed number of queries whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from annotator.errors import NotFound
from annotator.exports import snapshot
from annotator.extensions import db
from annotator.models import Anchor, Annotation, ArticleVersion, Evidence, Note, Party, Relation, User
from annotator.vocabulary import verdict_label

Verdictor = aliased(User)


def record(uuid: str, *, deleted: bool = False) -> snapshot.Annotation:
    """One annotation, whole, where it sits in the newest version. NotFound."""
    wanted = select_annotations().where(Annotation.uuid == uuid)
    if not deleted:
        wanted = wanted.where(Annotation.deleted_at.is_(None))
    found = gather(wanted.order_by(ArticleVersion.number.desc()).limit(1))
    if not found:
        raise NotFound("There is no such annotation.")
    return found[0]


def record_of_note(uuid: str) -> tuple[snapshot.Annotation, snapshot.Note]:
    """A note, with the annotation it is on. NotFound."""
    owner = select(Annotation.uuid).join(Note, Note.annotation_id == Annotation.id).where(Note.uuid == uuid)
    found = db.session.scalar(owner)
    if found is None:
        raise NotFound("There is no such note.")
    annotation = record(found)
    return annotation, next(note for note in annotation.notes if note.id == uuid)


def records_of(version_id: int) -> list[snapshot.Annotation]:
    """All annotations of a version, in the order of the text (start, then longest first, then ordinal)."""
    order = Anchor.start, Anchor.end.desc(), Annotation.ordinal
    return gather(select_annotations().where(Anchor.version_id == version_id, _alive()).order_by(*order))


def records_by(uuids: Iterable[str], version_id: int) -> list[snapshot.Annotation]:
    """The annotations with these uuids as they sit in a version, in the order of the text."""
    wanted = select_annotations().where(Anchor.version_id == version_id, Annotation.uuid.in_(list(uuids)), _alive())
    return gather(wanted.order_by(Anchor.start, Anchor.end.desc(), Annotation.ordinal))


def _alive() -> Any:
    return Annotation.deleted_at.is_(None)


def select_annotations() -> Select[*tuple[Any, ...]]:
    """The statement `gather` reads: annotation, anchor, version number, party, maker and giver of the verdict."""
    return (
        select(Annotation, Anchor, ArticleVersion.number, Party, User, Verdictor)
        .join(Anchor, Anchor.annotation_id == Annotation.id)
        .join(ArticleVersion, ArticleVersion.id == Anchor.version_id)
        .join(User, User.id == Annotation.created_by_id)
        .outerjoin(Party, Party.id == Annotation.party_id)
        .outerjoin(Verdictor, Verdictor.id == Annotation.verdict_by_id)
    )


def gather(wanted: Select[*tuple[Any, ...]]) -> list[snapshot.Annotation]:
    """Run a statement made from `select_annotations` and add notes, evidence and relations."""
    rows = db.session.execute(wanted).all()
    ids = [row[0].id for row in rows]
    notes, ties = _notes(ids), _relations(ids)
    return [_annotation(row, notes[row[0].id], ties[row[0].id]) for row in rows]


def _annotation(row: Any, notes: Sequence[snapshot.Note], ties: Sequence[snapshot.Relation]) -> snapshot.Annotation:
    annotation, anchor, number, party, maker, verdictor = row
    return snapshot.Annotation(
        id=annotation.uuid,
        article=annotation.article_id,
        ordinal=annotation.ordinal,
        kind=annotation.kind,
        state=annotation.state,
        verdict=_given(annotation, verdictor),
        anchor=_anchor(anchor, number),
        party=snapshot.Party(party.name, party.role, party.organisation) if party else None,
        relations=tuple(ties),
        notes=tuple(notes),
        created_by=person(maker),
        created_at=annotation.created_at,
        updated_at=annotation.updated_at,
        row_version=annotation.row_version,
    )


def person(user: User) -> snapshot.Person:
    """A user as exports and pages name them."""
    return snapshot.Person(user.username, user.name)


def _given(annotation: Annotation, by: User | None) -> snapshot.Given | None:
    if annotation.verdict is None or by is None or annotation.verdict_at is None:
        return None
    label = verdict_label(annotation.verdict, annotation.kind)
    return snapshot.Given(annotation.verdict, label, person(by), annotation.verdict_at)


def _anchor(anchor: Anchor, number: int) -> snapshot.Anchor:
    words = anchor.exact, anchor.prefix, anchor.suffix
    return snapshot.Anchor(number, anchor.start, anchor.end, *words, anchor.status, anchor.score)


def _notes(ids: Sequence[int]) -> defaultdict[int, list[snapshot.Note]]:
    found: defaultdict[int, list[snapshot.Note]] = defaultdict(list)
    for part in _parts(ids):
        wanted = select(Note, User, ArticleVersion.number).join(User, User.id == Note.author_id)
        wanted = wanted.join(ArticleVersion, ArticleVersion.id == Note.version_id)
        rows = db.session.execute(wanted.where(Note.annotation_id.in_(part)).order_by(Note.id)).all()
        evidence = _evidence([row[0].id for row in rows])
        for note, author, number in rows:
            found[note.annotation_id].append(_note(note, author, number, evidence[note.id]))
    return found


def _note(note: Note, author: User, number: int, evidence: Sequence[snapshot.Evidence]) -> snapshot.Note:
    written = note.uuid, note.body, note.verdict, note.method, number, person(author)
    return snapshot.Note(*written, note.created_at, note.updated_at, note.row_version, tuple(evidence))


def _evidence(ids: Sequence[int]) -> defaultdict[int, list[snapshot.Evidence]]:
    found: defaultdict[int, list[snapshot.Evidence]] = defaultdict(list)
    for part in _parts(ids):
        wanted = select(Evidence).where(Evidence.note_id.in_(part), Evidence.deleted_at.is_(None))
        for piece in db.session.scalars(wanted.order_by(Evidence.position)):
            words = piece.url, piece.description, piece.title, piece.source_type, piece.locator, piece.excerpt
            found[piece.note_id].append(snapshot.Evidence(piece.uuid, *words))
    return found


def _relations(ids: Sequence[int]) -> defaultdict[int, list[snapshot.Relation]]:
    found: defaultdict[int, list[snapshot.Relation]] = defaultdict(list)
    source, target = aliased(Annotation), aliased(Annotation)
    for part in _parts(ids):
        wanted = select(Relation, source.uuid, target.uuid).join(source, source.id == Relation.from_id)
        wanted = wanted.join(target, target.id == Relation.to_id).where(
            Relation.from_id.in_(part) | Relation.to_id.in_(part),
            source.deleted_at.is_(None),
            target.deleted_at.is_(None),
        )
        for tie, from_uuid, to_uuid in db.session.execute(wanted.order_by(Relation.id)):
            if tie.from_id in part:
                found[tie.from_id].append(snapshot.Relation(tie.type, to_uuid, None))
            if tie.to_id in part:
                found[tie.to_id].append(snapshot.Relation(tie.type, None, from_uuid))
    return found


def _parts(ids: Sequence[int], size: int = 5000) -> Iterable[set[int]]:
    return (set(ids[at : at + size]) for at in range(0, len(ids), size))
