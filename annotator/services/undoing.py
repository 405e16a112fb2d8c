"""Undo and redo of one's own acts in an article, from history alone: so they survive a reload and a change of machine.

An act is all that one unit of work wrote. It is taken back as a whole, newest line first, by acts of its own that
name what they take back (`inverses`); nothing is ever cut out of history. Somebody else's later work is not touched:
where it stands in the way, the undoing is refused (docs/decisions/0010-undo.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select

from annotator.access import Actor
from annotator.errors import Conflict, Forbidden, Invalid, NotFound
from annotator.extensions import db
from annotator.models import Annotation, Article, Event, SignOff, User
from annotator.queries import undoing as query
from annotator.queries.undoing import Act, Stacks
from annotator.services import events
from annotator.services.inverses import CONSEQUENCES, INVERSES
from annotator.vocabulary import KINDS


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back or done again: ids of the events written, and of those that tell what it was at first.

    Both are empty when there was nothing to undo.
    """

    events: tuple[int, ...] = ()
    root: tuple[int, ...] = ()


def undo(actor: Actor, article: Article) -> Undone:
    """Take back what this person did last in the article and has not taken back yet. The article is locked.

    Raises Conflict with a sentence when it has been changed since, cannot be put back as it was, or would make a
    sign-off of somebody else's fall.
    """
    for act in outlook(actor, article.id).undo:
        lines = _events(act.ids)
        if not _void(lines):
            return _take_back(actor, article, act, lines)
    return Undone()


def redo(actor: Actor, article: Article) -> Undone:
    """Do again what this person took back last, unless they have done something else since. Raises as `undo`."""
    for act in outlook(actor, article.id).redo[:1]:
        return _take_back(actor, article, act, _events(act.ids))
    return Undone()


def outlook(actor: Actor, article_id: int) -> Stacks:
    """What this person can undo and redo in the article, the next first. One query."""
    return query.stacks(query.steps_of(actor.id, article_id), undoable)


def undoable(verbs: Sequence[str]) -> bool:
    """Whether an act of these verbs can be taken back: it has something to put back, and nothing that cannot be."""
    return all(verb in INVERSES or verb in CONSEQUENCES for verb in verbs) and any(verb in INVERSES for verb in verbs)


def _events(ids: Iterable[int]) -> list[Event]:
    return list(db.session.scalars(select(Event).where(Event.id.in_(list(ids))).order_by(Event.id)))


def _void(lines: Sequence[Event]) -> bool:
    """Whether nothing is left to take back: sign-offs that have fallen or been withdrawn."""
    done = [line for line in lines if line.verb in INVERSES]
    if any(line.verb != "sign_off.given" for line in done):
        return False
    given = select(SignOff).where(SignOff.uuid.in_([line.subject for line in done]))
    return all(signed.fallen_at for signed in db.session.scalars(given))


def _take_back(actor: Actor, article: Article, act: Act, lines: list[Event]) -> Undone:
    since = article.revision
    _refuse_if_changed(actor, article, lines)
    first, then = _ordered(lines)
    signed = _signed_by_others(actor, article, lines)
    try:
        for inverse, line in [(INVERSES, one) for one in first] + [(CONSEQUENCES, one) for one in then]:
            inverse[line.verb](actor, line)
            db.session.flush()
    except (Conflict, Forbidden, Invalid, NotFound) as refusal:
        raise Conflict(f"This cannot be taken back: {refusal.message}") from refusal
    _refuse_if_fallen(signed)
    written = select(Event.id).where(Event.article_id == article.id, Event.id > since).order_by(Event.id)
    return Undone(tuple(db.session.scalars(written)), act.root)


def _signed_by_others(actor: Actor, article: Article, lines: Sequence[Event]) -> list[SignOff]:
    """The sign-offs of others that stand, but for those that the act itself was about."""
    wanted = select(SignOff).filter_by(article_id=article.id, fallen_at=None).where(SignOff.by_id != actor.id)
    wanted = wanted.where(SignOff.uuid.not_in({line.subject for line in lines}))
    return list(db.session.scalars(wanted.order_by(SignOff.id)))


def _refuse_if_fallen(signed: Sequence[SignOff]) -> None:
    """Raise Conflict when one of these fell meanwhile; the unit of work then puts all back."""
    fallen = next((one for one in signed if one.fallen_at), None)
    if fallen:
        it = db.session.get_one(Annotation, fallen.annotation_id) if fallen.annotation_id else None
        what = f"{KINDS[it.kind]} {it.ordinal}" if it else "the article"
        raise Conflict(f"{fallen.by.name} has signed off {what} since; it stays as it is.")


def _ordered(lines: Sequence[Event]) -> tuple[list[Event], list[Event]]:
    """What was done, and what came of it, each newest first. An assignment comes of a note, and a closed annotation is
    opened by a draft, where both are. The article's sign-off rests on all the rest: it falls first, and stands again
    last."""
    newest_first = list(reversed(lines))
    came = [line for line in newest_first if line.verb not in INVERSES or _came(line, lines)]
    done = [line for line in newest_first if line not in came]
    return done, sorted(came, key=lambda line: _TURN.get(line.verb, 0))


_TURN = {"article.sign_off_revived": -1, "article.sign_off_fallen": 1}


_VERSIONS = ("article.version_added", "article.version_withdrawn", "article.version_brought_back")
_OF = {("note.",): ("assignment.",), _VERSIONS: ("annotation.closed", "annotation.taken_up")}
"""What comes of which acts, where both are, by how their verbs begin."""


def _came(line: Event, lines: Sequence[Event]) -> bool:
    beside = [done for done, came in _OF.items() if line.verb.startswith(came)]
    return any(other.verb.startswith(done) for done in beside for other in lines)


def _refuse_if_changed(actor: Actor, article: Article, lines: Sequence[Event]) -> None:
    """Raise Conflict when what these events left is no longer so."""
    later = events.standing(_later(article, lines))
    for line in (line for line in lines if line.verb in INVERSES):
        found = next((one for one in later if _overtakes(actor, one, line)), None)
        if found:
            raise Conflict(f"{_name(line)} has been changed since by {_who(actor, found)}. Nothing was undone.")


def _later(article: Article, lines: Sequence[Event]) -> list[Event]:
    """What happened since to the same things, newest first. A party is a thing of its own."""
    subjects, annotations = (
        {line.subject for line in lines},
        {line.annotation_id for line in lines if line.annotation_id},
    )
    same = or_(Event.subject.in_(subjects), Event.annotation_id.in_(annotations))
    wanted = select(Event).where(Event.article_id == article.id, Event.id > lines[-1].id, same)
    wanted = wanted.where(Event.verb.not_like("party.%"))
    return list(db.session.scalars(wanted.order_by(Event.id.desc())))


_SHOWN = ("annotation.created", "annotation.restored")
_PRESENCE = (*_SHOWN, "annotation.deleted")


def _overtakes(actor: Actor, one: Event, line: Event) -> bool:
    """Whether a later event is about what an earlier one changed."""
    if one.annotation_id == line.annotation_id and one.annotation_id is not None:
        if one.verb == "annotation.deleted":
            return True
        if line.verb in _SHOWN and one.actor_id != actor.id:
            return True
    return one.subject == line.subject and _aspect(one.verb) == _aspect(line.verb) and _meet(one, line)


def _aspect(verb: str) -> str:
    """What of its subject a verb changes. Of annotations each verb changes something else; of other things, all."""
    if verb in _PRESENCE:
        return "presence"
    return verb if verb.startswith("annotation.") else verb.split(".")[0]


def _meet(one: Event, other: Event) -> bool:
    """Whether they changed the same values. Ties of one annotation are told apart by type and target."""
    if one.verb.startswith("relation."):
        return (one.before or one.after) == (other.before or other.after)
    if None in (one.before, one.after, other.before, other.after):
        return True
    return bool(_names(one) & _names(other))


def _names(event: Event) -> set[str]:
    return {*(event.before or {}), *(event.after or {})}


def _name(line: Event) -> str:
    it = db.session.get(Annotation, line.annotation_id) if line.annotation_id else None
    return f"{KINDS[it.kind]} {it.ordinal}" if it else "The article"


def _who(actor: Actor, event: Event) -> str:
    if event.actor_id == actor.id:
        return "you"
    who: Any = db.session.get(User, event.actor_id) if event.actor_id else None
    return who.name if who else "a command"
