"""What hangs beneath annotations, each noun in one query whatever their number: notes, evidence, contacts and so on.

Each function takes ids of annotations and returns lists by id, oldest first. What has been taken back is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import aliased

from annotator import clock
from annotator.errors import NotFound
from annotator.exports import snapshot
from annotator.extensions import db
from annotator.models import (
    Annotation,
    ArticleVersion,
    Assignment,
    Comment,
    Contact,
    Correction,
    Evidence,
    File,
    Note,
    Party,
    Relation,
    SignOff,
    Source,
    User,
)

Found = defaultdict[int, list[Any]]
By, Other = aliased(User), aliased(User)
From, To, Parent, Applied = aliased(Annotation), aliased(Annotation), aliased(Comment), aliased(ArticleVersion)

# Written into the statement as they are: thousands of parameters take longer to name than to find.
IDS = bindparam("ids", expanding=True, literal_execute=True)

# Made once: putting a statement together takes longer than running it.
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
_RELATIONS: Select[*tuple[Any, ...]] = (
    select(Relation.type, Relation.from_id, Relation.to_id, From.uuid, To.uuid)
    .join(From, From.id == Relation.from_id)
    .join(To, To.id == Relation.to_id)
    .where(From.deleted_at.is_(None), To.deleted_at.is_(None))
    .order_by(Relation.id)
)
_CONTACTS: Select[*tuple[Any, ...]] = (
    select(
        *(Contact.annotation_id, Contact.uuid, Contact.channel, Contact.asked_at, Contact.questions, Contact.deadline),
        *(Contact.follow_ups, Contact.outcome, Contact.answer, Contact.answered_at, Contact.in_text),
        *(Contact.created_at, Contact.updated_at, Contact.row_version),
        *(Party.name.label("party"), Party.role, Party.organisation, User.username, User.name.label("person")),
    )
    .join(Party, Party.id == Contact.party_id)
    .join(User, User.id == Contact.asked_by_id)
    .where(Contact.deleted_at.is_(None))
    .order_by(Contact.asked_at, Contact.id)
)
_CORRECTIONS: Select[*tuple[Any, ...]] = (
    select(
        *(Correction.annotation_id, Correction.uuid, ArticleVersion.number, Correction.current, Correction.suggested),
        *(Correction.reason, Correction.severity, Correction.state, User.username, User.name.label("person")),
        *(Correction.created_at, Correction.updated_at, By.username.label("decider"), By.name.label("decider_name")),
        *(Correction.decided_at, Correction.remark, Applied.number.label("applied"), Correction.row_version),
    )
    .join(User, User.id == Correction.created_by_id)
    .join(ArticleVersion, ArticleVersion.id == Correction.version_id)
    .outerjoin(By, By.id == Correction.decided_by_id)
    .outerjoin(Applied, Applied.id == Correction.applied_in_id)
    .where(Correction.deleted_at.is_(None))
    .order_by(Correction.id)
)
_COMMENTS: Select[*tuple[Any, ...]] = (
    select(
        *(Comment.annotation_id, Comment.uuid, Parent.uuid.label("parent"), User.username, User.name.label("person")),
        *(Comment.body, Comment.created_at, Comment.updated_at, By.username.label("resolver")),
        *(By.name.label("resolver_name"), Comment.resolved_at, Comment.row_version),
    )
    .join(User, User.id == Comment.author_id)
    .outerjoin(By, By.id == Comment.resolved_by_id)
    .outerjoin(Parent, Parent.id == Comment.parent_id)
    .where(Comment.deleted_at.is_(None))
    .order_by(Comment.id)
)
_SIGN_OFFS: Select[*tuple[Any, ...]] = (
    select(
        *(SignOff.annotation_id, SignOff.uuid, ArticleVersion.number, SignOff.exact, SignOff.verdict),
        *(User.username, User.name.label("person"), SignOff.at, SignOff.remark, SignOff.fallen_at, SignOff.fallen_why),
    )
    .join(User, User.id == SignOff.by_id)
    .join(ArticleVersion, ArticleVersion.id == SignOff.version_id)
    .order_by(SignOff.id)
)
_ASSIGNMENTS: Select[*tuple[Any, ...]] = (
    select(
        *(
            Assignment.annotation_id,
            Assignment.uuid,
            Assignment.purpose,
            Assignment.due_at,
            Assignment.created_at,
            Assignment.row_version,
        ),
        *(User.username, User.name.label("person"), By.username.label("whose"), By.name.label("whose_name")),
    )
    .join(User, User.id == Assignment.by_id)
    .outerjoin(By, By.id == Assignment.person_id)
    .where(Assignment.ended_at.is_(None))
    .order_by(Assignment.id)
)


def person(user: User) -> snapshot.Person:
    """A user as exports and pages name them."""
    return snapshot.Person(user.username, user.name)


def party(value: Party) -> snapshot.Party:
    """A party as exports and pages name it."""
    return snapshot.Party(value.name, value.role, value.organisation)


def parts(ids: Sequence[int], size: int = 5000) -> Iterable[set[int]]:
    """The ids in portions that a statement can carry."""
    return (set(ids[at : at + size]) for at in range(0, len(ids), size))


def _rows(wanted: Select[Any], column: Any, ids: Sequence[int]) -> Iterable[Any]:
    for part in parts(ids):
        yield from db.session.execute(wanted.where(column.in_(IDS)), {"ids": list(part)})


def notes(ids: Sequence[int]) -> Found:
    """The notes of annotations with their evidence. Two queries."""
    rows = list(_rows(_NOTES, Note.annotation_id, ids))
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
    for row in _rows(_EVIDENCE, Evidence.note_id, note_ids):
        found[row.note_id].append(_piece(row))
    return found


def _piece(row: Any) -> snapshot.Evidence:
    file = snapshot.File(row.sha256, row.file, row.media_type, row.size) if row.sha256 else None
    by = snapshot.Person(row.username, row.person) if row.username else None
    withdrawn = snapshot.Withdrawn(row.withdrawn_at, by, row.withdrawn_why) if by else None
    return snapshot.Evidence(*row[1:13], row.source, file, withdrawn)


def relations(ids: Sequence[int]) -> Found:
    """What annotations are tied to, told from each one's side. One query."""
    found = Found(list)
    for part in parts(ids):
        touching = _RELATIONS.where(Relation.from_id.in_(IDS) | Relation.to_id.in_(IDS))
        for kind, from_id, to_id, from_uuid, to_uuid in db.session.execute(touching, {"ids": list(part)}):
            if from_id in part:
                found[from_id].append(snapshot.Relation(kind, to_uuid, None))
            if to_id in part:
                found[to_id].append(snapshot.Relation(kind, None, from_uuid))
    return found


def contacts(ids: Sequence[int]) -> Found:
    """Who was asked. One query; two when somebody followed up."""
    rows = list(_rows(_CONTACTS, Contact.annotation_id, ids))
    who, found = _named(one["by"] for row in rows for one in row.follow_ups), Found(list)
    for row in rows:
        found[row.annotation_id].append(_contact(row, who))
    return found


def _named(usernames: Iterable[str]) -> dict[str, snapshot.Person]:
    wanted = set(usernames)
    rows = db.session.scalars(select(User).where(User.username.in_(wanted))) if wanted else ()
    return {user.username: person(user) for user in rows}


def _contact(row: Any, who: dict[str, snapshot.Person]) -> snapshot.Contact:
    follow_ups = tuple(_follow_up(one, who) for one in row.follow_ups)
    asked = row.channel, row.asked_at, row.questions, row.deadline, follow_ups
    answer = row.outcome, row.answer, row.answered_at, row.in_text
    parties = snapshot.Party(row.party, row.role, row.organisation), snapshot.Person(row.username, row.person)
    return snapshot.Contact(row.uuid, *parties, *asked, *answer, row.created_at, row.updated_at, row.row_version)


def _follow_up(told: dict[str, str], who: dict[str, snapshot.Person]) -> snapshot.FollowUp:
    by = who.get(told["by"], snapshot.Person(told["by"], told["by"]))
    return snapshot.FollowUp(clock.read(told["at"]), by, told["channel"], told["remark"])


def corrections(ids: Sequence[int]) -> Found:
    """The words suggested instead. One query."""
    found = Found(list)
    for row in _rows(_CORRECTIONS, Correction.annotation_id, ids):
        found[row.annotation_id].append(_correction(row))
    return found


def _correction(row: Any) -> snapshot.Correction:
    decider = _person(row.decider, row.decider_name)
    decided = snapshot.Decided(decider, row.decided_at, row.remark) if decider else None
    made = snapshot.Person(row.username, row.person), row.created_at, row.updated_at
    return snapshot.Correction(*row[1:8], *made, decided, row.applied, row.row_version)


def _person(username: str | None, name: str | None) -> snapshot.Person | None:
    return snapshot.Person(username, name or "") if username else None


def comments(ids: Sequence[int]) -> Found:
    """What people said to each other about annotations. One query."""
    found = Found(list)
    for row in _rows(_COMMENTS, Comment.annotation_id, ids):
        found[row.annotation_id].append(_comment(row))
    return found


def comments_on(article_id: int) -> list[snapshot.Comment]:
    """What people said to each other about an article as a whole. One query."""
    wanted = _COMMENTS.where(Comment.article_id == article_id, Comment.annotation_id.is_(None))
    return [_comment(row) for row in db.session.execute(wanted)]


def _comment(row: Any) -> snapshot.Comment:
    said = snapshot.Person(row.username, row.person), row.body, row.created_at, row.updated_at
    resolved = _person(row.resolver, row.resolver_name), row.resolved_at
    return snapshot.Comment(row.uuid, row.parent, *said, *resolved, row.row_version)


def sign_offs(ids: Sequence[int]) -> Found:
    """Who signed off, those that have fallen too. One query."""
    found = Found(list)
    for row in _rows(_SIGN_OFFS, SignOff.annotation_id, ids):
        by = snapshot.Person(row.username, row.person)
        found[row.annotation_id].append(snapshot.SignOff(*row[1:5], by, *row[7:11]))
    return found


def assignments(ids: Sequence[int]) -> Found:
    """Who is to check or second-read. One query."""
    found = Found(list)
    for row in _rows(_ASSIGNMENTS, Assignment.annotation_id, ids):
        found[row.annotation_id].append(_assignment(row))
    return found


def assignments_of(article_id: int) -> list[snapshot.Assignment]:
    """Who is to check or second-read an article as a whole. One query."""
    wanted = _ASSIGNMENTS.where(Assignment.article_id == article_id, Assignment.annotation_id.is_(None))
    return [_assignment(row) for row in db.session.execute(wanted)]


def assignment(uuid: str) -> snapshot.Assignment:
    """One open assignment. NotFound."""
    found = db.session.execute(_ASSIGNMENTS.where(Assignment.uuid == uuid)).first()
    if found is None:
        raise NotFound("There is no such assignment, or it has ended.")
    return _assignment(found)


def _assignment(row: Any) -> snapshot.Assignment:
    whose, by = _person(row.whose, row.whose_name), snapshot.Person(row.username, row.person)
    return snapshot.Assignment(row.uuid, row.purpose, whose, by, row.due_at, row.created_at, row.row_version)
