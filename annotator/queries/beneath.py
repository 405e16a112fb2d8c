"""What hangs beneath annotations, each noun in one query whatever their number: ties, contacts and so on.

Each function takes ids of annotations and returns lists by id, oldest first. What has been taken back is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, select
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
    Party,
    Relation,
    SignOff,
    User,
)

Found = defaultdict[int, list[Any]]
By, Other = aliased(User), aliased(User)
From, To, Parent, Applied = aliased(Annotation), aliased(Annotation), aliased(Comment), aliased(ArticleVersion)

# Written into the statement as they are: thousands of parameters take longer to name than to find.
IDS: BindParameter[Any] = bindparam("ids", expanding=True, literal_execute=True)

# Made once: putting a statement together takes longer than running it.
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


def rows_of(wanted: Select[Any], column: Any, ids: Sequence[int]) -> Iterable[Any]:
    """The rows of a statement whose column is one of these ids."""
    for part in parts(ids):
        yield from db.session.execute(wanted.where(column.in_(IDS)), {"ids": list(part)})


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
    rows = list(rows_of(_CONTACTS, Contact.annotation_id, ids))
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
    return snapshot.Contact(
        id=row.uuid,
        party=snapshot.Party(row.party, row.role, row.organisation),
        asked_by=snapshot.Person(row.username, row.person),
        channel=row.channel,
        asked_at=row.asked_at,
        questions=row.questions,
        deadline=row.deadline,
        follow_ups=follow_ups,
        outcome=row.outcome,
        answer=row.answer,
        answered_at=row.answered_at,
        in_text=row.in_text,
        created_at=row.created_at,
        updated_at=row.updated_at,
        row_version=row.row_version,
    )


def _follow_up(told: dict[str, str], who: dict[str, snapshot.Person]) -> snapshot.FollowUp:
    by = who.get(told["by"], snapshot.Person(told["by"], told["by"]))
    return snapshot.FollowUp(clock.read(told["at"]), by, told["channel"], told["remark"])


def corrections(ids: Sequence[int]) -> Found:
    """The words suggested instead. One query."""
    found = Found(list)
    for row in rows_of(_CORRECTIONS, Correction.annotation_id, ids):
        found[row.annotation_id].append(_correction(row))
    return found


def _correction(row: Any) -> snapshot.Correction:
    decider = _person(row.decider, row.decider_name)
    decided = snapshot.Decided(decider, row.decided_at, row.remark) if decider else None
    return snapshot.Correction(
        id=row.uuid,
        version=row.number,
        current=row.current,
        suggested=row.suggested,
        reason=row.reason,
        severity=row.severity,
        state=row.state,
        created_by=snapshot.Person(row.username, row.person),
        created_at=row.created_at,
        updated_at=row.updated_at,
        decided=decided,
        applied_in=row.applied,
        row_version=row.row_version,
    )


def _person(username: str | None, name: str | None) -> snapshot.Person | None:
    return snapshot.Person(username, name or "") if username else None


def comments(ids: Sequence[int]) -> Found:
    """What people said to each other about annotations. One query."""
    found = Found(list)
    for row in rows_of(_COMMENTS, Comment.annotation_id, ids):
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
    for row in rows_of(_SIGN_OFFS, SignOff.annotation_id, ids):
        found[row.annotation_id].append(_sign_off(row))
    return found


def _sign_off(row: Any) -> snapshot.SignOff:
    return snapshot.SignOff(
        id=row.uuid,
        version=row.number,
        exact=row.exact,
        verdict=row.verdict,
        by=snapshot.Person(row.username, row.person),
        at=row.at,
        remark=row.remark,
        fallen_at=row.fallen_at,
        fallen_why=row.fallen_why,
    )


_WHOLE = (
    select(SignOff, User, ArticleVersion.number, ArticleVersion.sha256)
    .join(User, User.id == SignOff.by_id)
    .join(ArticleVersion, ArticleVersion.id == SignOff.version_id)
    .where(SignOff.annotation_id.is_(None))
)


def article_sign_offs(article_id: int) -> list[snapshot.ArticleSignOff]:
    """Who signed off an article as a whole, those that have fallen too, oldest first. One query."""
    wanted = _WHOLE.where(SignOff.article_id == article_id).order_by(SignOff.id)
    return [_article_sign_off(*row) for row in db.session.execute(wanted)]


def standing_sign_offs(article_ids: Sequence[int]) -> dict[int, snapshot.ArticleSignOff]:
    """The sign-off that stands of each of these articles that has one. One query."""
    wanted = _WHOLE.where(SignOff.article_id.in_(article_ids), SignOff.fallen_at.is_(None))
    return {row[0].article_id: _article_sign_off(*row) for row in db.session.execute(wanted)}


def _article_sign_off(signed: SignOff, user: User, number: int, sha256: str) -> snapshot.ArticleSignOff:
    given = person(user), signed.at, signed.remark, signed.open_checks
    return snapshot.ArticleSignOff(signed.uuid, number, sha256, *given, signed.fallen_at, signed.fallen_why)


def assignments(ids: Sequence[int]) -> Found:
    """Who is to check or second-read. One query."""
    found = Found(list)
    for row in rows_of(_ASSIGNMENTS, Assignment.annotation_id, ids):
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
