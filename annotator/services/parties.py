"""Who claims, says or denies, and which claim a denial denies."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from annotator import clock
from annotator.access import Actor
from annotator.errors import Invalid
from annotator.extensions import db
from annotator.models import Annotation, Party, Relation
from annotator.services import events
from annotator.services.annotations import check_version, touch
from annotator.text.codepoints import storable
from annotator.text.prose import folded

LENGTH = 200


@dataclass(frozen=True, slots=True)
class Named:
    """A party as somebody wrote it. An empty role or organisation leaves what is known as it is."""

    name: str
    role: str = ""
    organisation: str = ""


def name_party(actor: Actor, annotation: Annotation, named: Named | None, expected: int | None) -> Annotation:
    """Say whose claim, quote or denial it is; None or an empty name takes it away. Raises Stale, Invalid."""
    check_version(annotation, expected)
    before = party_name(annotation)
    annotation.party = find_or_add(named) if named and named.name.strip() else None
    db.session.flush()
    if party_name(annotation) != before:
        touch(annotation)
        _record(actor, "annotation.party_named", annotation, {"party": before}, {"party": party_name(annotation)})
    return annotation


def party_name(annotation: Annotation) -> str | None:
    """The name of the party as events tell it."""
    return annotation.party.name if annotation.party else None


def find_or_add(named: Named) -> Party:
    """The party of this name (in any case), made when there is none. Raises Invalid on `party`."""
    values = {part: _tidy(getattr(named, part)) for part in ("name", "role", "organisation")}
    party = db.session.scalar(select(Party).filter_by(folded=folded(values["name"])))
    if party is None:
        party = Party(uuid=str(uuid4()), folded=folded(values["name"]), created_at=clock.now(), **values)
        db.session.add(party)
    party.role = values["role"] or party.role
    party.organisation = values["organisation"] or party.organisation
    return party


def _tidy(value: str) -> str:
    tidy = unicodedata.normalize("NFC", " ".join(storable(value, "party").split()))
    if len(tidy) > LENGTH:
        raise Invalid({"party": f"A name, role or organisation may have at most {LENGTH} characters."})
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
    target: Annotation | None = db.session.scalar(select(Annotation).filter_by(uuid=claim_uuid))
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
