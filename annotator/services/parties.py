"""Who claims, says or denies, and which claim a denial denies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from annotator import clock
from annotator.access import Actor
from annotator.errors import Invalid
from annotator.extensions import db
from annotator.models import Annotation, Party, Relation
from annotator.services import events
from annotator.services.annotations import check_version, touch
from annotator.text.canonical import canonical_line
from annotator.text.codepoints import storable
from annotator.text.prose import folded

LENGTH = 200
FOLDED_LENGTH = 400


@dataclass(frozen=True, slots=True)
class Named:
    """A party as somebody wrote it. An empty role or organisation leaves what is known as it is."""

    name: str
    role: str = ""
    organisation: str = ""


def name_party(actor: Actor, annotation: Annotation, named: Named | None, expected: int | None) -> Annotation:
    """Say whose claim, quote or denial it is; None or an empty name takes it away. Raises Stale, Invalid."""
    check_version(annotation, expected)
    before = _told(annotation.party)
    annotation.party = find_or_add(named) if named and _tidy(named.name, "party") else None
    after = _told(annotation.party)
    if after != before:
        touch(annotation)
        changed = [part for part in after if part == "party" or before[part] != after[part]]
        pick = {part: before[part] for part in changed}, {part: after[part] for part in changed}
        _record(actor, "annotation.party_named", annotation, *pick)
    return annotation


def _told(party: Party | None) -> dict[str, str | None]:
    if party is None:
        return {"party": None, "role": None, "organisation": None}
    return {"party": party.name, "role": party.role or None, "organisation": party.organisation or None}


def find_or_add(named: Named) -> Party:
    """The party of this name (in any case), made when there is none.

    Raises Invalid on `party` (the name), `role` or `organisation`.
    """
    name, key = _tidy(named.name, "party"), folded(_tidy(named.name, "party"))
    if len(key) > FOLDED_LENGTH:
        raise Invalid({"party": "This name is too long. Write it out in plain letters, or shorten it."})
    role, organisation = _tidy(named.role, "role"), _tidy(named.organisation, "organisation")
    party = _known(key) or _added(name, key)
    party.role, party.organisation = role or party.role, organisation or party.organisation
    return party


def _known(key: str) -> Party | None:
    return db.session.scalar(select(Party).filter_by(folded=key))


def _added(name: str, key: str) -> Party:
    """A new party; or the one that somebody else, at work on another article, has made at this very moment."""
    party = Party(uuid=str(uuid4()), name=name, folded=key, role="", organisation="", created_at=clock.now())
    try:
        with db.session.begin_nested():
            db.session.add(party)
    except IntegrityError:
        return db.session.scalars(select(Party).filter_by(folded=key)).one()
    return party


def _tidy(value: str, field: str) -> str:
    tidy = canonical_line(storable(value, field))
    if len(tidy) > LENGTH:
        raise Invalid({field: f"At most {LENGTH} characters; this has {len(tidy)}."})
    return tidy


def link_denial(actor: Actor, denial: Annotation, claim_uuid: str | None, expected: int | None) -> Annotation:
    """Say which claim (or quote) a denial denies; None takes the link away. Raises Stale, Invalid on `denies`."""
    check_version(denial, expected)
    old = denied_by(denial)
    new = _deniable(denial, claim_uuid) if claim_uuid else None
    if (old and old.target) is new:
        return denial
    if old:
        touch(old.target)
        db.session.delete(old)
        db.session.flush()
    if new:
        _link(actor, denial, new)
    touch(denial)
    before, after = {"denies": old.target.uuid if old else None}, {"denies": new.uuid if new else None}
    _record(actor, "annotation.denial_linked", denial, before, after)
    return denial


def denied_by(denial: Annotation) -> Relation | None:
    """The `denies` relation that starts at this annotation, if there is one."""
    return db.session.scalar(select(Relation).filter_by(from_id=denial.id, type="denies"))


def _deniable(denial: Annotation, claim_uuid: str) -> Annotation:
    if denial.kind != "denial":
        raise Invalid({"denies": "Only a denial can deny something; change the kind first."})
    target: Annotation | None = db.session.scalar(select(Annotation).filter_by(uuid=storable(claim_uuid, "denies")))
    if target is None or target.deleted_at or target.article_id != denial.article_id or target.kind == "denial":
        raise Invalid({"denies": "Choose a claim or a quote of this article."})
    return target


def _link(actor: Actor, denial: Annotation, target: Annotation) -> None:
    now = clock.now()
    relation = Relation(from_id=denial.id, to_id=target.id, type="denies", created_by_id=actor.id, created_at=now)
    db.session.add(relation)
    touch(target)


def _record(actor: Actor, verb: str, annotation: Annotation, before: dict[str, Any], after: dict[str, Any]) -> None:
    article = annotation.article
    events.record(actor, verb, annotation.uuid, article=article, annotation=annotation, before=before, after=after)
