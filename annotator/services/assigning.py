"""Who is to check and to second-read: leads assign anybody, everybody takes what nobody has."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from annotator import clock
from annotator.access import ASSIGN, Actor
from annotator.clock import iso
from annotator.errors import Conflict, Forbidden, Invalid, Stale
from annotator.extensions import db
from annotator.models import Annotation, Article, Assignment, Event, User
from annotator.services import events, notices
from annotator.services.annotations import touch

FOR_LEADS = "Only a lead may assign work to others, or say until when. You may take what nobody has."


def person_named(username: str) -> User:
    """The active person of this name. Raises Invalid on `username`."""
    found: User | None = db.session.scalar(select(User).filter_by(username=username, active=True))
    if found is None:
        raise Invalid({"username": f"There is nobody active called {username!r}."})
    return found


def assign(
    actor: Actor,
    article: Article,
    annotation: Annotation | None,
    person: User,
    due_at: datetime | None = None,
    expected: int | None = None,
    undoes: int | None = None,
) -> tuple[Assignment, bool]:
    """Give the check of an article, or of one annotation of it, to a person. Returns the assignment, and whether it
    is new.

    A lead may give it to anybody, also what somebody has already; everybody else may take what nobody has. Without
    `due_at` a time said before stays. `expected` is the row version of the open assignment that the actor saw, 0 for
    none. Raises Forbidden, Conflict, Stale.
    """
    known = open_one(article, annotation, "check")
    if known is not None:
        return change_assignment(actor, known, person, due_at or known.due_at, expected, undoes=undoes), False
    if not actor.may(ASSIGN) and (person.id != actor.id or due_at):
        raise Forbidden(FOR_LEADS)
    return make(actor, article, annotation, "check", person, due_at, undoes), True


def open_one(article: Article, annotation: Annotation | None, purpose: str) -> Assignment | None:
    """The open assignment of this purpose for the article as a whole, or for one annotation of it."""
    wanted = select(Assignment).filter_by(article_id=article.id, purpose=purpose, ended_at=None)
    found: Assignment | None = db.session.scalar(
        wanted.where(Assignment.annotation_id == annotation.id if annotation else Assignment.annotation_id.is_(None))
    )
    return found


def make(
    actor: Actor,
    article: Article,
    annotation: Annotation | None,
    purpose: str,
    person: User | None,
    due_at: datetime | None,
    undoes: int | None = None,
) -> Assignment:
    """Write an assignment that has been allowed, and tell the person."""
    made = Assignment(uuid=str(uuid4()), article_id=article.id, purpose=purpose, by_id=actor.id)
    made.annotation_id = annotation.id if annotation else None
    made.person_id, made.due_at = person.id if person else None, due_at
    made.created_at = clock.now()
    db.session.add(made)
    db.session.flush()
    _tell(actor, _record(actor, "assignment.made", made, None, told(made), undoes), made)
    return made


def told(assignment: Assignment) -> dict[str, Any]:
    """An assignment as it stands in events."""
    who = db.session.get(User, assignment.person_id) if assignment.person_id else None
    due = iso(assignment.due_at) if assignment.due_at else None
    return {"purpose": assignment.purpose, "username": who.username if who else None, "due_at": due}


def _tell(actor: Actor, event: Event, assignment: Assignment) -> None:
    why = "second_reading" if assignment.purpose == "second_reading" else "assigned"
    notices.tell(actor, event, [assignment.person_id], why)


def change_assignment(
    actor: Actor,
    assignment: Assignment,
    person: User | None,
    due_at: datetime | None,
    expected: int | None = None,
    undoes: int | None = None,
) -> Assignment:
    """Give it to somebody else, or until another time; a lead may, and what is offered to anybody may be taken.

    Raises Stale, Conflict (it has ended, or somebody has it), Forbidden, Invalid (username).
    """
    _check_open(assignment, expected)
    _check_person(assignment, person)
    _may_change(actor, assignment, person, due_at)
    before = told(assignment)
    moved = assignment.person_id != (person.id if person else None)
    assignment.person_id, assignment.due_at = person.id if person else None, due_at
    db.session.flush()
    if (after := told(assignment)) != before:
        event = _record(actor, "assignment.changed", assignment, before, after, undoes)
        if moved:
            _tell(actor, event, assignment)
    return assignment


def _check_open(assignment: Assignment, expected: int | None) -> None:
    if assignment.ended_at is not None:
        raise Conflict("This assignment has ended.")
    if expected is not None and assignment.row_version != expected:
        raise Stale("Somebody else has changed this assignment since you saw it. Nothing of yours was saved.")


def _check_person(assignment: Assignment, person: User | None) -> None:
    if assignment.purpose == "second_reading":
        check_reader(_annotation_of(assignment), person)
    elif person is None:
        raise Invalid({"username": "Say who is to check it, or end the assignment."})


def check_reader(annotation: Annotation | None, person: User | None) -> None:
    """Raise Invalid on `username` when it is the person who gave the verdict."""
    if annotation and person and person.id == annotation.verdict_by_id:
        raise Invalid({"username": f"{person.name} gave the verdict; somebody else has to read it."})


def _annotation_of(assignment: Assignment) -> Annotation | None:
    return db.session.get(Annotation, assignment.annotation_id) if assignment.annotation_id else None


def _may_change(actor: Actor, assignment: Assignment, person: User | None, due_at: datetime | None) -> None:
    if actor.may(ASSIGN) or (assignment.by_id == actor.id and assignment.purpose == "second_reading"):
        return
    if assignment.person_id not in (None, actor.id):
        who = db.session.get_one(User, assignment.person_id)
        raise Conflict(f"{who.name} has it already. A lead may give it to somebody else.")
    if person is None or person.id != actor.id or due_at != assignment.due_at:
        raise Forbidden(FOR_LEADS)


def end_assignment(
    actor: Actor, assignment: Assignment, expected: int | None = None, why: str = "", undoes: int | None = None
) -> Assignment:
    """Give it back; who has it, who made it or a lead may. Raises Stale, Conflict, Forbidden."""
    _check_open(assignment, expected)
    if actor.id not in (assignment.person_id, assignment.by_id) and not actor.may(ASSIGN):
        raise Forbidden("Only the person who has this, who assigned it, or a lead may end it.")
    _end(actor, assignment, why, undoes)
    return assignment


def _end(actor: Actor, assignment: Assignment, why: str, undoes: int | None = None) -> None:
    assignment.ended_at = clock.now()
    _record(actor, "assignment.ended", assignment, told(assignment), {"why": why} if why else None, undoes)


def bring_back_assignment(actor: Actor, assignment: Assignment, undoes: int | None = None) -> Assignment:
    """Open an ended assignment again; who may end it may. Raises Conflict, Forbidden."""
    if actor.id not in (assignment.person_id, assignment.by_id) and not actor.may(ASSIGN):
        raise Forbidden("Only the person who had this, who assigned it, or a lead may bring it back.")
    if open_one(assignment.article, _annotation_of(assignment), assignment.purpose):
        raise Conflict("It has been assigned anew since.")
    assignment.ended_at = None
    _record(actor, "assignment.made", assignment, None, told(assignment), undoes)
    return assignment


def end_second_reading(actor: Actor, annotation: Annotation) -> None:
    """A second verdict by somebody else is what a second reading was asked for. State and readers are settled."""
    asked = open_one(annotation.article, annotation, "second_reading")
    if asked and annotation.readers > 1:
        _end(actor, asked, "A second verdict was given.")


def _record(
    actor: Actor,
    verb: str,
    assignment: Assignment,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    undoes: int | None = None,
) -> Event:
    annotation = _annotation_of(assignment)
    if annotation:
        touch(annotation)
    article: Article = assignment.article
    told_of: dict[str, Any] = {"before": before, "after": after, "undoes": undoes}
    return events.record(actor, verb, assignment.uuid, article=article, annotation=annotation, **told_of)
