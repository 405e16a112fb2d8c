"""The notes of a card, and the form for another."""

from __future__ import annotations

from typing import Any

from annotator.access import Actor
from annotator.exports import snapshot
from annotator.services import guards, verdicts
from annotator.services.states import original_of
from annotator.web.forms.note import NoteForm
from annotator.web.sections import Forms


def section(record: snapshot.Annotation, actor: Actor, forms: Forms) -> dict[str, Any]:
    """The note's form, which note it edits, and what the check still needs."""
    return {
        "note_form": forms.note or NoteForm.blank(record.kind, bool(record.notes)),
        "edited": forms.edited,
        "missing": missing(record) if record.notes else [],
    }


def missing(record: snapshot.Annotation) -> list[str]:
    """What keeps it from being checked, as sentences."""
    return guards.blocked(guards.CHECKED, record, verdicts.standing(record, original_of(record)))
