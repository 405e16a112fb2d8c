"""The shared records of parties: renamed, given aliases, and two that are one put together.

What a page or an export shows of an annotation changes with its party, so each article concerned gets its line of
history, and the articles are locked as for any other change (`loading.parties`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import flag_modified

from annotator.access import DECIDE, Actor, allow
from annotator.errors import Conflict, Invalid, Stale
from annotator.extensions import db
from annotator.models import Annotation, Contact, Party, PartyAlias
from annotator.services import events
from annotator.services.annotations import touch
from annotator.services.parties import keyed, known_as, tidy, told


def edit_party(actor: Actor, party: Party, values: Mapping[str, str], expected: int | None) -> Party:
    """Change `name`, `role` or `organisation`; what is not mentioned stays, empty text takes role or organisation away.

    Raises Stale, Invalid (by field), Conflict (another party has the name).
    """
    check_party(party, expected)
    before = told(party)
    if "name" in values:
        party.name, party.folded = _new_name(party, values["name"])
    party.role = tidy(values.get("role", party.role), "role")
    party.organisation = tidy(values.get("organisation", party.organisation), "organisation")
    after = told(party)
    if after != before:
        changed = [part for part in after if before[part] != after[part]]
        pick = {part: before[part] for part in changed}, {part: after[part] for part in changed}
        _tell(actor, "party.edited", party, _annotations(party), *pick)
    return party


def check_party(party: Party, expected: int | None) -> None:
    """Raise Stale unless the party is still at the row version that was seen (None: whatever is there)."""
    if expected is not None and party.row_version != expected:
        raise Stale("Somebody else has changed this party since you saw it. Nothing of yours was saved.")


def _new_name(party: Party, typed: str) -> tuple[str, str]:
    name, key = keyed(typed, "name")
    if not name:
        raise Invalid({"name": "Write a name."})
    _free(party, key, "name")
    if alias := _alias(party, key):
        db.session.delete(alias)
    return name, key


def _free(party: Party, key: str, field: str) -> None:
    """Raise Conflict when somebody else has this name or alias."""
    owner = known_as(key)
    if owner is not None and owner is not party:
        taken = f"{owner.name} has this name already."
        raise Conflict(f"{taken} If they are the same, merge the two.", fields={field: taken})


def _annotations(party: Party) -> list[Annotation]:
    wanted = select(Annotation).filter_by(party_id=party.id).order_by(Annotation.article_id, Annotation.id)
    return list(db.session.scalars(wanted))


def _tell(
    actor: Actor,
    verb: str,
    party: Party,
    annotations: list[Annotation],
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> None:
    """A line of history for each annotation that shows the party; one without an article when none does."""
    for annotation in annotations:
        touch(annotation)
        article = annotation.article
        events.record(actor, verb, party.uuid, article=article, annotation=annotation, before=before, after=after)
    if not annotations:
        events.record(actor, verb, party.uuid, before=before, after=after)


def add_alias(actor: Actor, party: Party, typed: str) -> bool:
    """Give the party another name it is found by. Returns whether that is new. Raises Invalid (name), Conflict."""
    name, key = keyed(typed, "name")
    if not name:
        raise Invalid({"name": "Write a name."})
    _free(party, key, "name")
    if key == party.folded or _alias(party, key):
        return False
    try:
        with db.session.begin_nested():
            db.session.add(PartyAlias(party_id=party.id, name=name, folded=key))
    except IntegrityError:
        raise Conflict("Somebody has given this name to another party just now.") from None
    _changed(party)
    events.record(actor, "party.alias_added", party.uuid, after={"alias": name})
    return True


def _alias(party: Party, key: str) -> PartyAlias | None:
    return db.session.scalar(select(PartyAlias).filter_by(party_id=party.id, folded=key))


def _changed(party: Party) -> None:
    """Aliases are part of a party: its row version grows with them."""
    flag_modified(party, "name")
    db.session.flush()
    db.session.expire(party, ["aliases"])


def remove_alias(actor: Actor, party: Party, typed: str) -> bool:
    """Take an alias away. Returns whether it was there. Raises Invalid (name)."""
    alias = _alias(party, keyed(typed, "name")[1])
    if alias is None:
        return False
    before = {"alias": alias.name}
    db.session.delete(alias)
    _changed(party)
    events.record(actor, "party.alias_removed", party.uuid, before=before)
    return True


def merge_parties(actor: Actor, into: Party, other: Party) -> Party:
    """Let `other` be `into` from now on: its annotations and contacts go over, its name and aliases become aliases.

    A lead may; there is no way back but naming anew. Raises Forbidden, Invalid (other), Conflict.
    """
    allow(actor, DECIDE)
    if into is other:
        raise Invalid({"other": "Choose another party than this one."})
    if into.merged_into_id or other.merged_into_id:
        raise Conflict("One of the two has been merged into another party already.")
    annotations, before = _annotations(other), told(other)
    for thing in (*annotations, *db.session.scalars(select(Contact).filter_by(party_id=other.id))):
        thing.party = into
    into.role, into.organisation = into.role or other.role, into.organisation or other.organisation
    _hand_over_names(into, other)
    other.merged_into_id = into.id
    _changed(into)
    _tell(actor, "party.merged", into, annotations, before, told(into))
    return into


def _hand_over_names(into: Party, other: Party) -> None:
    for alias in db.session.scalars(select(PartyAlias).filter_by(party_id=other.id)):
        alias.party_id = into.id
    for earlier in db.session.scalars(select(Party).filter_by(merged_into_id=other.id)):
        earlier.merged_into_id = into.id
    db.session.add(PartyAlias(party_id=into.id, name=other.name, folded=other.folded))
    other.folded = f"merged: {other.uuid}"
