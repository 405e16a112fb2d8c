"""What is saved together with a note: the fields beside it on the card, whose party it is and what it denies.

The script sends them along (`hx-include`), each with the value the card was opened with (`was_…`), so that one save
keeps all that was typed, and what nobody touched is not written over what somebody else saved meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable

from flask import request

from annotator.access import Actor
from annotator.exports import snapshot
from annotator.models import Annotation
from annotator.services import marking, relations
from annotator.services.annotations import check_version
from annotator.web.forms import row_version
from annotator.web.forms.annotation import PARTY, DeniesForm, as_typed, party_form
from annotator.web.sections import Forms


def forms(record: snapshot.Annotation) -> Forms:
    """The forms beside the note that were sent and differ from what the card was opened with."""
    sent, party = Forms(), party_form(record.kind)
    if _changed(party.names):
        sent.party = party
    if _changed(("denies",)) and record.kind == "denial":
        sent.denies = DeniesForm()
    return sent


def _changed(names: Iterable[str]) -> list[str]:
    """Those of these fields that differ from what they were; a party's name, role and organisation go together."""
    told = (name for name in names if name in request.form and request.form[name] != request.form.get(f"was_{name}"))
    found = list(told)
    return [*found, *PARTY] if set(found) & set(PARTY) else found


def write(actor: Actor, annotation: Annotation, sent: Forms) -> bool:
    """Save them; says whether there was anything to save. Raises Stale and Invalid as their own addresses do."""
    seen = _seen()
    if sent.party:
        check_version(annotation, seen)
        with as_typed():
            marking.amend(actor, annotation, sent.party.changes(_changed(sent.party.names)))
        seen = None
    if sent.denies:
        relations.link_denial(actor, annotation, sent.denies.denies.data or None, seen)
    return bool(sent.party or sent.denies)


def _seen() -> int | None:
    """The annotation's row version: of the fields named `row`, the note's own comes first and is not this one."""
    return row_version(request.form.getlist("row")[-1]) if len(request.form.getlist("row")) > 1 else None
