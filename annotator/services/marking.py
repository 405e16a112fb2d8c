"""Several things said about an annotation at once: made whole, or changed in one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any

from sqlalchemy import update

from annotator.access import Actor
from annotator.extensions import db
from annotator.models import Annotation, Article
from annotator.services.anchoring import Place
from annotator.services.annotations import change_kind, create_annotation, move_annotation
from annotator.services.fields import set_fields
from annotator.services.parties import Named, name_party
from annotator.services.relations import link_denial


class Keep(Enum):
    """Says that something stays as it is, where None would take it away."""

    KEEP = "keep"


KEEP = Keep.KEEP


@dataclass(frozen=True, slots=True)
class Changes:
    """What shall become of an annotation. What is not mentioned stays; None takes a party, a link or a value away."""

    kind: str | Keep = KEEP
    place: Place | Keep = KEEP
    party: Named | Keep | None = KEEP
    denies: str | Keep | None = KEEP
    fields: Mapping[str, Any] | Keep = KEEP


def mark(
    actor: Actor,
    article: Article,
    place: Place,
    kind: str,
    uuid: str | None = None,
    *,
    party: Named | None = None,
    denies: str | None = None,
    fields: Mapping[str, Any] | None = None,
) -> tuple[Annotation, bool]:
    """Mark a span and say whose it is, what it denies and what else is known. Returns the annotation, and whether it
    was made now.

    A repeated request must say all of it again. Raises as `create_annotation`, `name_party`, `link_denial` and
    `set_fields` do.
    """
    known = {name: value for name, value in (fields or {}).items() if value is not None}
    said = {"party": asdict(party) if party else None, "denies": denies, "fields": known or None}
    besides = {name: value for name, value in said.items() if value is not None}
    annotation, new = create_annotation(actor, article, place, kind, uuid, besides=besides)
    if new and party:
        name_party(actor, annotation, party, None)
    if new and denies:
        link_denial(actor, annotation, denies, None)
    if new and fields:
        set_fields(actor, annotation, fields, None)
    return annotation, new


def amend(actor: Actor, annotation: Annotation, changes: Changes) -> Annotation:
    """Make these changes; whatever their number, the row version grows by one, or not at all when nothing changed.

    The caller has compared the row version already. Raises Invalid, WordsDiffer, NotFound.
    """
    return _in_one_step(annotation, lambda: _amend(actor, annotation, changes))


def _amend(actor: Actor, annotation: Annotation, changes: Changes) -> None:
    if changes.kind is not KEEP:
        change_kind(actor, annotation, changes.kind, None)
    if changes.place is not KEEP:
        move_annotation(actor, annotation, changes.place, None)
    if changes.party is not KEEP:
        name_party(actor, annotation, changes.party, None)
    if changes.denies is not KEEP:
        link_denial(actor, annotation, changes.denies, None)
    if changes.fields is not KEEP:
        set_fields(actor, annotation, changes.fields, None)


def _in_one_step(annotation: Annotation, act: Callable[[], None]) -> Annotation:
    """Each flush counts the row version on; nobody else has seen the numbers between, so they are taken back."""
    seen = annotation.row_version
    act()
    db.session.flush()
    if annotation.row_version > seen + 1:
        db.session.execute(update(Annotation).where(Annotation.id == annotation.id).values(row_version=seen + 1))
        db.session.refresh(annotation, ["row_version"])
    return annotation
