"""Several things said about an annotation at once: made whole, or changed in one step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import Enum

from sqlalchemy import update

from annotator.access import Actor
from annotator.errors import Conflict
from annotator.extensions import db
from annotator.models import Annotation, Article
from annotator.services.annotations import Place, change_kind, create_annotation, move_annotation
from annotator.services.parties import Named, denied_by, link_denial, name_party


class Keep(Enum):
    """Says that something stays as it is, where None would take it away."""

    KEEP = "keep"


KEEP = Keep.KEEP


@dataclass(frozen=True, slots=True)
class Changes:
    """What shall become of an annotation. What is not mentioned stays; None takes a party or a link away."""

    kind: str | Keep = KEEP
    place: Place | Keep = KEEP
    party: Named | Keep | None = KEEP
    denies: str | Keep | None = KEEP


def mark(
    actor: Actor,
    article: Article,
    place: Place,
    kind: str,
    uuid: str | None = None,
    *,
    party: Named | None = None,
    denies: str | None = None,
) -> tuple[Annotation, bool]:
    """Mark a span and say whose it is and what it denies. Returns the annotation, and whether it was made now.

    A repeated request must say all of it again. Raises as `create_annotation`, `name_party` and `link_denial` do.
    """
    said = {"party": asdict(party) if party else None, "denies": denies}
    besides = {name: value for name, value in said.items() if value is not None}
    annotation, new = create_annotation(actor, article, place, kind, uuid, besides=besides)
    if new and party:
        name_party(actor, annotation, party, None)
    if new and denies:
        link_denial(actor, annotation, denies, None)
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


def _in_one_step(annotation: Annotation, act: Callable[[], None]) -> Annotation:
    """Each flush counts the row version on; nobody else has seen the numbers between, so they are taken back."""
    seen = annotation.row_version
    act()
    db.session.flush()
    if annotation.row_version > seen + 1:
        db.session.execute(update(Annotation).where(Annotation.id == annotation.id).values(row_version=seen + 1))
        db.session.refresh(annotation, ["row_version"])
    return annotation


def tie(actor: Actor, denial: Annotation, claim_uuid: str) -> bool:
    """Say what a denial denies. Returns whether that is new. Raises Conflict when it denies something else."""
    known = denied_by(denial)
    if known and known.target.uuid != claim_uuid and known.target.deleted_at is None:
        raise Conflict("This denial denies something else already. Delete that relation first.")
    link_denial(actor, denial, claim_uuid, None)
    return known is None


def untie(actor: Actor, denial: Annotation, claim_uuid: str) -> bool:
    """Take back what a denial denies. Returns whether there was anything to take back."""
    known = denied_by(denial)
    if known is None or known.target.uuid != claim_uuid:
        return False
    link_denial(actor, denial, None, None)
    return True
