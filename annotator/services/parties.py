"""Who claims, says or denies: named on an annotation, and known by name and aliases across all articles."""

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
from annotator.models import Annotation, Party, PartyAlias
from annotator.services import events
from annotator.services.annotations import check_version, touch
from annotator.services.states import fall
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


def name_party(
    actor: Actor, annotation: Annotation, named: Named | None, expected: int | None, *, undoes: int | None = None
) -> Annotation:
    """Say whose claim, quote or denial it is; None or an empty name takes it away. Raises Stale, Invalid.

    A sign-off falls with another party; not with what becomes known of the same, nor when it is renamed or merged.
    """
    check_version(annotation, expected)
    before = told(annotation.party)
    annotation.party = find_or_add(named) if named and tidy(named.name, "party") else None
    after = told(annotation.party)
    if after != before:
        touch(annotation)
        changed = [part for part in after if part == "party" or before[part] != after[part]]
        where: dict[str, Any] = {"article": annotation.article, "annotation": annotation, "undoes": undoes}
        pick: list[dict[str, Any]] = [{part: told[part] for part in changed} for told in (before, after)]
        events.record(actor, "annotation.party_named", annotation.uuid, **where, before=pick[0], after=pick[1])
    if after["party"] != before["party"]:
        fall(actor, annotation, "Whose words they are was changed.")
    return annotation


def told(party: Party | None) -> dict[str, str | None]:
    """A party as it stands in events."""
    if party is None:
        return {"party": None, "role": None, "organisation": None}
    return {"party": party.name, "role": party.role or None, "organisation": party.organisation or None}


def find_or_add(named: Named) -> Party:
    """The party of this name or alias (in any case), made when there is none; locked until the unit of work ends.

    Raises Invalid on `party` (the name), `role` or `organisation`.
    """
    name, key = keyed(named.name, "party")
    role, organisation = tidy(named.role, "role"), tidy(named.organisation, "organisation")
    party = known_as(key) or _added(name, key)
    party.role, party.organisation = role or party.role, organisation or party.organisation
    return party


def keyed(name: str, field: str) -> tuple[str, str]:
    """A name put right, and the form by which it is compared. Raises Invalid on `field`."""
    name = tidy(name, field)
    key = folded(name)
    if len(key) > FOLDED_LENGTH:
        raise Invalid({field: "This name is too long. Write it out in plain letters, or shorten it."})
    return name, key


def tidy(value: str, field: str) -> str:
    """One line put right. Raises Invalid on `field`."""
    line = canonical_line(storable(value, field))
    if len(line) > LENGTH:
        raise Invalid({field: f"At most {LENGTH} characters; this has {len(line)}."})
    return line


def known_as(key: str) -> Party | None:
    """The party with this folded name or alias, locked."""
    return locked(Party.folded == key) or locked(
        Party.id == select(PartyAlias.party_id).filter_by(folded=key).scalar_subquery()
    )


def locked(which: Any) -> Party | None:
    """One party, as it stands now, locked until the unit of work ends, so that it is not merged away meanwhile."""
    found: Party | None = db.session.scalar(
        select(Party).where(which).with_for_update().execution_options(populate_existing=True)
    )
    return found


def _added(name: str, key: str) -> Party:
    """A new party; or the one that somebody else, at work on another article, has made at this very moment."""
    party = Party(uuid=str(uuid4()), name=name, folded=key, role="", organisation="", created_at=clock.now())
    try:
        with db.session.begin_nested():
            db.session.add(party)
    except IntegrityError:
        return db.session.scalars(select(Party).filter_by(folded=key)).one()
    return party
