"""Second readings: asked of somebody, or of anybody, once a check is done; handing over asks for all of an article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from annotator.access import Actor
from annotator.errors import Conflict
from annotator.exports import snapshot
from annotator.extensions import db
from annotator.models import Annotation, Article, Assignment, User
from annotator.queries import articles, records
from annotator.services.assigning import change_assignment, check_reader, make, open_one
from annotator.services.guards import CHECKED, SETTLED, reasons
from annotator.services.states import follows, original_of
from annotator.services.verdicts import standing
from annotator.vocabulary import DONE, KINDS

PURPOSE = "second_reading"
FEW, NAMED = 2, 6
"""How many are told with their reasons, and how many by name alone when there are more."""


@dataclass(frozen=True, slots=True)
class Handed:
    """What was handed over to whom (None: anybody), and what was not, with the sentences that say why."""

    over: tuple[snapshot.Annotation, ...]
    to: snapshot.Person | None
    kept: tuple[tuple[snapshot.Annotation, tuple[str, ...]], ...]

    @property
    def sentence(self) -> str:
        """The outcome in words: `2 checks handed over for second reading. Quote 2: A verdict is missing.`"""
        count = len(self.over)
        told = f"{count or 'No'} check{'' if count == 1 else 's'} handed over for second reading"
        first = f"{told} by {self.to.name}." if self.to and count else f"{told}."
        if len(self.kept) <= FEW:
            return " ".join([first, *(f"{name_of(one)}: {' '.join(why)}" for one, why in self.kept)])
        names, more = ", ".join(name_of(one) for one, _ in self.kept[:NAMED]), len(self.kept) - NAMED
        return f"{first} Not checked yet: {names}" + (f" and {more} more." if more > 0 else ".")


def name_of(it: snapshot.Annotation) -> str:
    """An annotation as people name it: `Claim 3`."""
    return f"{KINDS[it.kind]} {it.ordinal}"


def why_not_read(it: snapshot.Annotation, original: snapshot.Annotation | None = None) -> dict[str, str]:
    """What keeps an annotation from a second reading: a sentence each, by what it is about; empty when it can be."""
    if it.signed_off:
        return {"sign_off": "It is signed off already."}
    if original is not None and follows(it):
        return {"repeats": f"It repeats {name_of(original)}; ask for a second reading of that."}
    now = standing(it, original)
    read = {"second_reading": "It has been read twice already."} if now.readers > 1 else {}
    return reasons({**CHECKED, **SETTLED}, it, now) or read


def ask_second_reading(
    actor: Actor,
    annotation: Annotation,
    person: User | None,
    due_at: datetime | None = None,
    undoes: int | None = None,
) -> tuple[Assignment, bool]:
    """Ask a person, or anybody (None), to read a checked annotation. Returns the assignment, and whether it is new.

    Asked before: it is given to this person instead. Raises Conflict with every reason (`fields` by what it is
    about), Invalid (username), Forbidden.
    """
    it = records.record(annotation.uuid)
    if why := why_not_read(it, original_of(it)):
        raise Conflict(" ".join(why.values()), fields=why)
    check_reader(annotation, person)
    known = open_one(annotation.article, annotation, PURPOSE)
    if known is not None:
        return change_assignment(actor, known, person, due_at, undoes=undoes), False
    return make(actor, annotation.article, annotation, PURPOSE, person, due_at, undoes), True


def hand_over(actor: Actor, article: Article, person: User | None) -> Handed:
    """Ask for a second reading of everything in the article that is checked and read once, with a verdict of mine.

    What I marked, noted on or was given and is not done stays, with its reasons.
    """
    version_id, _ = articles.version_key(article.id)
    found = [it for it in records.records_of(version_id) if not it.closed]
    over = [it for it in found if _ready(it, actor)]
    for annotation in _stored(article, over):
        make(actor, article, annotation, PURPOSE, person, None)
    mine = [(it, _reasons(it, found)) for it in found if it.state not in DONE and _mine(it, actor)]
    to = snapshot.Person(person.username, person.name) if person else None
    return Handed(tuple(over), to, tuple((it, why) for it, why in mine if why))


def _ready(it: snapshot.Annotation, actor: Actor) -> bool:
    mine = it.verdict is not None and it.verdict.by.username == actor.username
    asked = any(one.purpose == PURPOSE for one in it.assignments)
    return it.state == "checked" and it.readers == 1 and mine and not asked and not follows(it)


def _stored(article: Article, over: Sequence[snapshot.Annotation]) -> list[Annotation]:
    ordinals = [it.ordinal for it in over]
    wanted = select(Annotation).where(Annotation.article_id == article.id, Annotation.ordinal.in_(ordinals))
    return list(db.session.scalars(wanted.order_by(Annotation.ordinal)))


def _mine(it: snapshot.Annotation, actor: Actor) -> bool:
    given = {one.person.username for one in it.assignments if one.person}
    return actor.username in {it.created_by.username, *(note.author.username for note in it.notes), *given}


def _reasons(it: snapshot.Annotation, found: Sequence[snapshot.Annotation]) -> tuple[str, ...]:
    original = next((one for one in found if one.id == it.repeats), None)
    return tuple(why_not_read(it, original).values())


def asked_last(actor: Actor) -> User | None:
    """Whom this person asked for a second reading last, when they are still there; None for anybody."""
    wanted = select(Assignment).filter_by(by_id=actor.id, purpose=PURPOSE)
    last = db.session.scalar(wanted.order_by(Assignment.id.desc()).limit(1))
    return last.person if last and last.person and last.person.active else None
