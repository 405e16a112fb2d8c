"""What is hidden in an article that is read blind: a first verdict, and the notes of others, until one gives one's own.

A check is sealed to a person while somebody else is the only one who has given a verdict on it. Lists that everybody
sees alike hide it from everybody. Leads, who export and settle, meet the same rule on the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from sqlalchemy import ColumnElement, and_, select

from annotator.access import LEAD, Actor
from annotator.errors import Forbidden
from annotator.exports import snapshot
from annotator.extensions import db
from annotator.models import Annotation, Article
from annotator.queries import records
from annotator.queries.events import Line as Read
from annotator.queries.lists import Line

Told = TypeVar("Told", Line, Read)

SEALED = "A verdict was given; it is hidden until you give yours."
TELLING = ("note.", "sign_off.")

READ_ONCE: ColumnElement[bool] = and_(Article.blind, Annotation.readers == 1)


def hidden_from(actor_id: int) -> ColumnElement[bool]:
    """Whether an annotation is sealed to this person, for a statement that has `Annotation` and its `Article`."""
    return and_(READ_ONCE, Annotation.verdict_by_id != actor_id)


def sealed(it: snapshot.Annotation, actor: Actor) -> snapshot.Annotation:
    """The annotation as this person may read it: when it is sealed to them, without verdict and notes of others."""
    if not it.sealed_to(actor.username):
        return it
    own = tuple(note for note in it.notes if note.author.username == actor.username)
    return replace(it, sealed=True, verdict=None, weak=False, notes=own, sign_offs=())


def record(actor: Actor, uuid: str, *, deleted: bool = False) -> snapshot.Annotation:
    """One annotation as this person may read it. NotFound."""
    return sealed(records.record(uuid, deleted=deleted), actor)


def record_of_note(actor: Actor, uuid: str) -> tuple[snapshot.Annotation, snapshot.Note]:
    """A note that this person may read, with the annotation it is on, as they may read it. NotFound, Forbidden."""
    it, note = records.record_of_note(uuid)
    shown = sealed(it, actor)
    if shown.sealed and note not in shown.notes:
        raise Forbidden("This note is hidden until you have given a verdict of your own.")
    return shown, note


def sealed_among(actor_id: int, uuids: Iterable[str | None]) -> set[str]:
    """Those of these annotations that are sealed to this person. One query, or none."""
    wanted = {uuid for uuid in uuids if uuid}
    found = select(Annotation.uuid).join(Article, Article.id == Annotation.article_id)
    found = found.where(Annotation.uuid.in_(wanted), hidden_from(actor_id))
    return set(db.session.scalars(found)) if wanted else set()


def tells(verb: str) -> bool:
    """Whether the values of an event of this verb would tell what is sealed."""
    return verb.startswith(TELLING)


def veiled(line: Told, hidden: bool) -> Told:
    """A line of history, without its values when it tells of what is hidden."""
    return replace(line, before={}, after={}) if hidden and tells(line.verb) else line


def veiled_for(actor: Actor, lines: Sequence[Line]) -> list[Line]:
    """The same lines, without the values that would tell what is sealed to this person. One query, or none."""
    hidden = sealed_among(actor.id, {line.annotation for line in lines if tells(line.verb)})
    return [veiled(line, line.annotation in hidden) for line in lines]


def check_export(actor: Actor, shown: snapshot.Snapshot) -> None:
    """Raise Forbidden when an article's record holds what is sealed to this person; leads may take it out."""
    if not actor.may(LEAD) and any(it.sealed_to(actor.username) for it in shown.annotations):
        raise Forbidden(
            "This article is read blind, and verdicts in it are hidden until you have given yours. "
            "Until then only a lead can export it."
        )
