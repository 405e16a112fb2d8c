"""What the annotation is tied to, and what it may be tied to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from annotator.access import Actor
from annotator.exports import snapshot
from annotator.queries import offers
from annotator.queries.offers import Offer, Offers
from annotator.vocabulary import KINDS, RELATIONS, Tie
from annotator.web.forms.annotation import DeniesForm, TieForm
from annotator.web.sections import Forms

PICKED = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """One tie: it leads `to` the other annotation or comes `from` it; `said` is the whole of it in words."""

    type: str
    way: str
    says: str
    other: Offer
    said: str


def section(record: snapshot.Annotation, actor: Actor, forms: Forms) -> dict[str, Any]:
    """The ties there are, the forms for others, and what it seems to repeat."""
    found, tie = offers.offers(record), forms.others.get("tie")
    return {
        "ties": _ties(record, found),
        "gone": [(RELATIONS[one.type].says, one) for one in offers.gone(record.id)],
        "denies_form": _denies(record, found, forms.denies),
        "tie_form": _tie_form(record, found, tie),
        "tying": tie is not None,
        "same": found.same,
    }


def _ties(record: snapshot.Annotation, found: Offers) -> list[Shown]:
    others = {offer.uuid: offer for offer in found.all}
    there = [(tie, others.get(tie.to or tie.from_ or "")) for tie in record.relations]
    return [_shown(record, tie, other) for tie, other in there if other]


def _shown(record: snapshot.Annotation, tie: snapshot.Relation, other: Offer) -> Shown:
    way, here = ("to" if tie.to else "from"), f"{KINDS[record.kind]} {record.ordinal}"
    known, there = RELATIONS[tie.type], f"{KINDS[other.kind]} {other.ordinal}"
    said = f"{here} {known.says} {there}" if tie.to else f"{there} {known.says} {here}"
    return Shown(tie.type, way, known.says if tie.to else known.said_of, other, said)


def _denies(record: snapshot.Annotation, found: Offers, given: DeniesForm | None) -> DeniesForm | None:
    if record.kind != "denial":
        return None
    form = given or DeniesForm(formdata=None, data={"denies": record.denies or ""})
    known = RELATIONS["denies"]
    form.denies.choices = {"": "Not linked yet"} | _named(found.of(known.target, record.denies))
    return form


def _tie_form(record: snapshot.Annotation, found: Offers, given: Any) -> TieForm | None:
    if not found.all:
        return None
    form = given or TieForm(formdata=None, data={"type": likely(record, found)})
    form.type.choices = {tie.value: tie.says.capitalize() for tie in types_of(record)}
    form.to.choices = _named(found.of(tuple(KINDS), found.same.uuid if found.same else None))
    return form


def types_of(record: snapshot.Annotation) -> list[Tie]:
    """The types of relation that may start at an annotation of this kind."""
    return [tie for tie in RELATIONS.values() if record.kind in tie.source]


def likely(record: snapshot.Annotation, found: Offers) -> str:
    """The type to begin with."""
    if found.same:
        return "repeats"
    if record.kind == "denial" and record.denies is None:
        return "denies"
    return "supports" if record.kind == "claim" else "answers"


def picking(record: snapshot.Annotation, found: Offers) -> dict[str, Any]:
    """What the form of the key `l` is given: types, offers with the likeliest first, and the type to begin with."""
    first = found.same.uuid if found.same else None
    shown = found.of(tuple(KINDS), first)[:PICKED]
    named = [(one, short(one.exact)) for one in shown]
    return {"types": types_of(record), "offers": named, "type": likely(record, found)}


def _named(found: list[Offer]) -> dict[str, str]:
    return {one.uuid: f"{KINDS[one.kind]} {one.ordinal}: {short(one.exact)}" for one in found}


def short(words: str) -> str:
    """The beginning of a passage on one line."""
    line = " ".join(words.split())
    return line if len(line) <= 70 else line[:69] + "…"
