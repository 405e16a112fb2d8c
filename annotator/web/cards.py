"""The open card of an annotation, with the forms that belong to it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, make_response, render_template
from markupsafe import Markup

from annotator.access import LEAD, Actor
from annotator.exports import snapshot
from annotator.queries import articles, review
from annotator.services.states import missing
from annotator.vocabulary import KINDS
from annotator.web.forms.annotation import DeniesForm, KindForm, PartyForm
from annotator.web.forms.note import NoteForm

NEAREST = 200


@dataclass(slots=True)
class Forms:
    """The forms of a card; those not given are made from what is stored. `edited` is the id of the note in `note`."""

    note: NoteForm | None = None
    party: PartyForm | None = None
    denies: DeniesForm | None = None
    edited: str | None = None
    focus: str = ""


def opened(record: snapshot.Annotation, actor: Actor, forms: Forms | None = None, refusal: str = "") -> Markup:
    """The open card as HTML. `refusal` is shown at its top."""
    forms = forms or Forms()
    return Markup(
        render_template(
            "review/_card_open.html",
            card=record,
            may_delete=record.created_by.username == actor.username or actor.may(LEAD),
            me=actor,
            note_form=forms.note or NoteForm.blank(record.kind, bool(record.notes)),
            party_form=forms.party or party_form(record),
            denies_form=_denies(record, forms.denies),
            kind_form=KindForm(formdata=None, data={"kind": record.kind}),
            edited=forms.edited,
            focus=forms.focus,
            refusal=refusal,
            ties=tied(record),
            missing=missing(record.notes) if record.notes else [],
            gone=review.deleted_denied(record.id),
        )
    )


def alone(record: snapshot.Annotation, card: Markup, status: int = 200) -> Response:
    """The open card on a page of its own, for browsers without script and for links from elsewhere."""
    article = articles.article(record.article)
    page = render_template("annotations/page.html", article=article, card=card, record=record)
    return make_response(page, status)


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
