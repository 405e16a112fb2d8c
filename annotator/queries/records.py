"""Annotations with everything written about them, in a fixed number of queries whatever their number."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from annotator.errors import NotFound
from annotator.exports import snapshot
from annotator.extensions import db
from annotator.models import Anchor, Annotation, Article, ArticleVersion, Note, Party, User
from annotator.queries import beneath, noted
from annotator.queries.newest import STANDS
from annotator.vocabulary import FIELDS, verdict_label

Verdictor, Closer, Confirmer, Earlier = aliased(User), aliased(User), aliased(User), aliased(ArticleVersion)

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
    Annotation.fields,
    Annotation.readers,
    Annotation.weak,
    Annotation.reopened_after,
    Annotation.reopened_why,
    Annotation.closed_at,
    Annotation.closed_why,
    Article.blind,
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
    Anchor.reason,
    Anchor.carried_as,
    Anchor.confirmed_at,
    Earlier.number.label("carried_from"),
)
_PEOPLE = (
    Party.name.label("party"),
    Party.role.label("party_role"),
    Party.organisation,
    User.username.label("maker"),
    User.name.label("maker_name"),
    Verdictor.username.label("giver"),
    Verdictor.name.label("giver_name"),
    Closer.username.label("closer"),
    Closer.name.label("closer_name"),
    Confirmer.username.label("confirmer"),
    Confirmer.name.label("confirmer_name"),
)
# Made once: putting a statement together takes longer than running it.
_ANNOTATIONS: Select[*tuple[Any, ...]] = (
    select(*_ANNOTATION, *_ANCHOR, *_PEOPLE)
    .join(Anchor, Anchor.annotation_id == Annotation.id)
    .join(ArticleVersion, ArticleVersion.id == Anchor.version_id)
    .join(Article, Article.id == Annotation.article_id)
    .join(User, User.id == Annotation.created_by_id)
    .outerjoin(Party, Party.id == Annotation.party_id)
    .outerjoin(Verdictor, Verdictor.id == Annotation.verdict_by_id)
    .outerjoin(Closer, Closer.id == Annotation.closed_by_id)
    .outerjoin(Confirmer, Confirmer.id == Anchor.confirmed_by_id)
    .outerjoin(Earlier, Earlier.id == Anchor.carried_from_id)
)

DELETED = "This annotation has been deleted. It can be restored from the list below the article's cards."


def record(uuid: str, *, deleted: bool = False, version: int | None = None) -> snapshot.Annotation:
    """One annotation, whole, where it sits in the newest version or in the one with this number. NotFound."""
    here = STANDS if version is None else ArticleVersion.number == version
    wanted = select_annotations().where(Annotation.uuid == uuid, here)
    if not deleted:
        wanted = wanted.where(Annotation.deleted_at.is_(None))
    found = gather(wanted.order_by(ArticleVersion.number.desc()).limit(1))
    if not found:
        raise NotFound(_why_not_found(uuid))
    return found[0]


def _why_not_found(uuid: str) -> str:
    known = db.session.scalar(select(Annotation).filter_by(uuid=uuid))
    if known is None:
        return "There is no such annotation."
    return DELETED if known.deleted_at else "This annotation is not in that version of the article."


def record_of_note(uuid: str) -> tuple[snapshot.Annotation, snapshot.Note]:
    """A note, with the annotation it is on. NotFound."""
    owner = select(Annotation.uuid).join(Note, Note.annotation_id == Annotation.id).where(Note.uuid == uuid)
    found = db.session.scalar(owner)
    if found is None:
        raise NotFound("There is no such note.")
    annotation = record(found)
    note = next((note for note in annotation.notes if note.id == uuid), None)
    if note is None:
        raise NotFound("This note has been taken back.")
    return annotation, note


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


def just_made(uuid: str) -> snapshot.Annotation:
    """An annotation that was marked this moment: only ties can hang beneath it, so nothing else is asked for."""
    newest = select_annotations().where(Annotation.uuid == uuid, STANDS).order_by(ArticleVersion.number.desc()).limit(1)
    return gather(newest, ("relations",))[0]


def gather(wanted: Select[*tuple[Any, ...]], parts: Collection[str] = ()) -> list[snapshot.Annotation]:
    """Run a statement made from `select_annotations` and add what hangs beneath, or only these parts of it.

    Nine queries, whatever the number of annotations.
    """
    rows = db.session.execute(wanted).all()
    ids = [row.id for row in rows]
    hanging = {name: load(ids if not parts or name in parts else []) for name, load in BENEATH.items()}
    return [_annotation(row, {name: tuple(found[row.id]) for name, found in hanging.items()}) for row in rows]


BENEATH = {
    "notes": noted.notes,
    "relations": beneath.relations,
    "contacts": beneath.contacts,
    "corrections": beneath.corrections,
    "comments": beneath.comments,
    "sign_offs": beneath.sign_offs,
    "assignments": beneath.assignments,
}


def _annotation(row: Any, hanging: dict[str, Any]) -> snapshot.Annotation:
    names = {each.name for each in FIELDS[row.kind]}
    return snapshot.Annotation(
        id=row.uuid,
        article=row.article_id,
        ordinal=row.ordinal,
        kind=row.kind,
        state=row.state,
        verdict=_given(row),
        anchor=_anchor(row),
        party=None if row.party is None else snapshot.Party(row.party, row.party_role, row.organisation),
        created_by=snapshot.Person(row.maker, row.maker_name),
        created_at=row.created_at,
        updated_at=row.updated_at,
        row_version=row.row_version,
        fields={name: value for name, value in row.fields.items() if name in names},
        readers=row.readers,
        weak=row.weak,
        reopened_after=row.reopened_after,
        reopened_why=row.reopened_why,
        blind=row.blind,
        closed=None if row.closed_at is None else _closed(row),
        **hanging,
    )


def _anchor(row: Any) -> snapshot.Anchor:
    place = row.number, row.start, row.end, row.exact, row.prefix, row.suffix, row.status, row.score
    by = None if row.confirmer is None else snapshot.Person(row.confirmer, row.confirmer_name)
    return snapshot.Anchor(*place, row.reason, row.carried_as, row.carried_from, by, row.confirmed_at)


def _closed(row: Any) -> snapshot.Closed:
    return snapshot.Closed(snapshot.Person(row.closer, row.closer_name), row.closed_at, row.closed_why)


def _given(row: Any) -> snapshot.Given | None:
    if row.verdict is None:
        return None
    by = snapshot.Person(row.giver, row.giver_name)
    return snapshot.Given(row.verdict, verdict_label(row.verdict, row.kind), by, row.verdict_at)
