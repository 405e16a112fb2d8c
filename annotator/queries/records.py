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
Source, Target = aliased(Annotation), aliased(Annotation)

_ANNOTATION = (
    Annotation.id,
    Annotation.uuid,
    Annotation.article_id,
    Annotation.ordinal,
    Annotation.kind,
    Annotation.state,
    Annotation.verdict,
    Annotation.verdict_at,
    Annotation.row_version,
    Annotation.created_at,
    Annotation.updated_at,
)
_ANCHOR = (
    ArticleVersion.number,
    Anchor.start,
    Anchor.end,
    Anchor.exact,
    Anchor.prefix,
    Anchor.suffix,
    Anchor.status,
    Anchor.score,
)
_PEOPLE = (
    Party.name.label("party"),
    Party.role.label("party_role"),
    Party.organisation,
    User.username.label("maker"),
    User.name.label("maker_name"),
    Verdictor.username.label("giver"),
    Verdictor.name.label("giver_name"),
)
_NOTE = (
    Note.id,
    Note.uuid,
    Note.annotation_id,
    Note.body,
    Note.verdict,
    Note.method,
    Note.row_version,
    Note.created_at,
    Note.updated_at,
    User.username,
    User.name,
    ArticleVersion.number,
)
_PIECE = (
    Evidence.note_id,
    Evidence.uuid,
    Evidence.url,
    Evidence.description,
    Evidence.title,
    Evidence.source_type,
    Evidence.locator,
    Evidence.excerpt,
)

# Made once: putting a statement together takes longer than running it.
_ANNOTATIONS: Select[*tuple[Any, ...]] = (
    select(*_ANNOTATION, *_ANCHOR, *_PEOPLE)
    .join(Anchor, Anchor.annotation_id == Annotation.id)
    .join(ArticleVersion, ArticleVersion.id == Anchor.version_id)
    .join(User, User.id == Annotation.created_by_id)
    .outerjoin(Party, Party.id == Annotation.party_id)
    .outerjoin(Verdictor, Verdictor.id == Annotation.verdict_by_id)
)
_NOTES: Select[*tuple[Any, ...]] = (
    select(*_NOTE)
    .join(User, User.id == Note.author_id)
    .join(ArticleVersion, ArticleVersion.id == Note.version_id)
    .order_by(Note.id)
)
_RELATIONS: Select[*tuple[Any, ...]] = (
    select(Relation.type, Relation.from_id, Relation.to_id, Source.uuid, Target.uuid)
    .join(Source, Source.id == Relation.from_id)
    .join(Target, Target.id == Relation.to_id)
    .where(Source.deleted_at.is_(None), Target.deleted_at.is_(None))
    .order_by(Relation.id)
)


DELETED = "This annotation has been deleted. It can be restored from the list below the article's cards."


def record(uuid: str, *, deleted: bool = False) -> snapshot.Annotation:
    """One annotation, whole, where it sits in the newest version. NotFound."""
    wanted = select_annotations().where(Annotation.uuid == uuid)
    if not deleted:
        wanted = wanted.where(Annotation.deleted_at.is_(None))
    found = gather(wanted.order_by(ArticleVersion.number.desc()).limit(1))
    if not found:
        raise NotFound(DELETED if _known(uuid) else "There is no such annotation.")
    return found[0]


def _known(uuid: str) -> bool:
    return db.session.scalar(select(Annotation.id).filter_by(uuid=uuid)) is not None


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


def _alive() -> Any:
    return Annotation.deleted_at.is_(None)


def select_annotations() -> Select[*tuple[Any, ...]]:
    """The statement `gather` reads: a row an annotation, with anchor, party, maker and giver of the verdict.

    Columns rather than whole objects: this is read by the thousand, and objects take three times as long to make.
    """
    return _ANNOTATIONS


def gather(wanted: Select[*tuple[Any, ...]]) -> list[snapshot.Annotation]:
    """Run a statement made from `select_annotations` and add notes, evidence and relations."""
    rows = db.session.execute(wanted).all()
    ids = [row.id for row in rows]
    notes, ties = _notes(ids), _relations(ids)
    return [_annotation(row, notes[row.id], ties[row.id]) for row in rows]


def _annotation(row: Any, notes: Sequence[snapshot.Note], ties: Sequence[snapshot.Relation]) -> snapshot.Annotation:
    words = row.exact, row.prefix, row.suffix
    return snapshot.Annotation(
        id=row.uuid,
        article=row.article_id,
        ordinal=row.ordinal,
        kind=row.kind,
        state=row.state,
        verdict=_given(row),
        anchor=snapshot.Anchor(row.number, row.start, row.end, *words, row.status, row.score),
        party=None if row.party is None else snapshot.Party(row.party, row.party_role, row.organisation),
        relations=tuple(ties),
        notes=tuple(notes),
        created_by=snapshot.Person(row.maker, row.maker_name),
        created_at=row.created_at,
        updated_at=row.updated_at,
        row_version=row.row_version,
    )


def person(user: User) -> snapshot.Person:
    """A user as exports and pages name them."""
    return snapshot.Person(user.username, user.name)


def _given(row: Any) -> snapshot.Given | None:
    if row.verdict is None:
        return None
    by = snapshot.Person(row.giver, row.giver_name)
    return snapshot.Given(row.verdict, verdict_label(row.verdict, row.kind), by, row.verdict_at)


def _notes(ids: Sequence[int]) -> defaultdict[int, list[snapshot.Note]]:
    found: defaultdict[int, list[snapshot.Note]] = defaultdict(list)
    for part in _parts(ids):
        rows = db.session.execute(_NOTES.where(Note.annotation_id.in_(part))).all()
        evidence = _evidence([row.id for row in rows])
        for row in rows:
            found[row.annotation_id].append(_note(row, evidence[row.id]))
    return found


def _note(row: Any, evidence: Sequence[snapshot.Evidence]) -> snapshot.Note:
    author = snapshot.Person(row.username, row.name)
    written = row.uuid, row.body, row.verdict, row.method, row.number, author
    return snapshot.Note(*written, row.created_at, row.updated_at, row.row_version, tuple(evidence))


def _evidence(ids: Sequence[int]) -> defaultdict[int, list[snapshot.Evidence]]:
    found: defaultdict[int, list[snapshot.Evidence]] = defaultdict(list)
    for part in _parts(ids):
        wanted = select(*_PIECE).where(Evidence.note_id.in_(part), Evidence.deleted_at.is_(None))
        for note_id, *piece in db.session.execute(wanted.order_by(Evidence.position)):
            found[note_id].append(snapshot.Evidence(*piece))
    return found


def _relations(ids: Sequence[int]) -> defaultdict[int, list[snapshot.Relation]]:
    found: defaultdict[int, list[snapshot.Relation]] = defaultdict(list)
    for part in _parts(ids):
        touching = Relation.from_id.in_(part) | Relation.to_id.in_(part)
        for kind, from_id, to_id, from_uuid, to_uuid in db.session.execute(_RELATIONS.where(touching)):
            if from_id in part:
                found[from_id].append(snapshot.Relation(kind, to_uuid, None))
            if to_id in part:
                found[to_id].append(snapshot.Relation(kind, None, from_uuid))
    return found


def _parts(ids: Sequence[int], size: int = 5000) -> Iterable[set[int]]:
    return (set(ids[at : at + size]) for at in range(0, len(ids), size))
