"""Whose words they are, what a denial denies, and what the annotation is tied to."""

from __future__ import annotations

from typing import Any

from annotator.access import Actor
from annotator.exports import snapshot
from annotator.queries import articles, review
from annotator.vocabulary import KINDS
from annotator.web.forms.annotation import DeniesForm, PartyForm
from annotator.web.sections import Forms

NEAREST = 200


def section(record: snapshot.Annotation, actor: Actor, forms: Forms) -> dict[str, Any]:
    """The forms for the party and the denial, and the ties there are."""
    return {
        "party_form": forms.party or party_form(record),
        "denies_form": _denies(record, forms.denies),
        "ties": tied(record),
        "gone": review.deleted_denied(record.id),
    }


def party_form(record: snapshot.Annotation) -> PartyForm:
    """The form that shows whose claim, quote or denial it is."""
    party = record.party or snapshot.Party("", "", "")
    data = {"party": party.name, "role": party.role, "organisation": party.organisation}
    return PartyForm(formdata=None, data=data).for_kind(record.kind)


def _denies(record: snapshot.Annotation, given: DeniesForm | None) -> DeniesForm | None:
    if record.kind != "denial":
        return None
    form = given or DeniesForm(formdata=None, data={"denies": record.denies or ""})
    choices = {mark.uuid: f"{KINDS[mark.kind]} {mark.ordinal}: {_short(mark.exact)}" for mark in deniable(record)}
    form.denies.choices = {"": "Not linked yet"} | choices
    return form


def tied(record: snapshot.Annotation) -> list[tuple[str, review.Mark]]:
    """What this annotation is tied to, each with the words that say how."""
    said = {tie.to or tie.from_: "Denies" if tie.to else "Denied by" for tie in record.relations}
    version_id, _ = articles.version_key(record.article, record.anchor.version)
    marks = review.marks_by(version_id, [uuid for uuid in said if uuid]) if said else []
    return [(said[mark.uuid], mark) for mark in marks]


def deniable(record: snapshot.Annotation) -> list[review.Mark]:
    """The claims, then the quotes of the same version, the nearest first: what is denied already, and NEAREST more."""
    version_id, _ = articles.version_key(record.article, record.anchor.version)
    others = [mark for mark in review.marks(version_id) if mark.uuid != record.id and mark.kind != "denial"]
    others.sort(key=lambda mark: (mark.uuid != record.denies, mark.kind != "claim", _apart(mark, record.anchor)))
    return others[: NEAREST + 1]


def _apart(mark: review.Mark, anchor: snapshot.Anchor) -> int:
    return abs(mark.start - anchor.start)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 70 else line[:69] + "…"
