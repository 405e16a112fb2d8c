"""The notes of a card, and the form for another."""

from __future__ import annotations

from typing import Any

from flask import current_app

from annotator.access import DECIDE, Actor
from annotator.exports import snapshot
from annotator.exports.sourcing import Sourcing, sourcing
from annotator.queries import files, sources
from annotator.queries import notes as query
from annotator.services import guards, verdicts
from annotator.services.filetypes import ENDINGS
from annotator.services.states import original_of
from annotator.web.forms.note import NoteForm
from annotator.web.sections import Forms

TO_BE_SAID = ("reopened", "disagreed")
"""States in which another note is the likely next step, though nothing is missing."""


def section(record: snapshot.Annotation, actor: Actor, forms: Forms) -> dict[str, Any]:
    """The notes' sources, what the check still needs, the note's form and which note it edits."""
    form, wanted = forms.note or NoteForm.blank(record.kind, bool(record.notes)), missing(record)
    pieces = [piece for note in record.notes for piece in note.evidence]
    return {
        "note_form": form,
        "edited": forms.edited,
        "missing": wanted if record.notes else [],
        "another": bool(record.notes) and not forms.edited,
        "note_open": forms.note is not None or bool(wanted) or record.state in TO_BE_SAID,
        "rule": rule(record),
        "used": sources.used(piece.source for piece in pieces) if pieces else {},
        "attached": files.files(entry.form.file.data or "" for entry in form.evidence),
        "taken_back": taken_back(record, actor),
        "may_take_back": {note.id for note in record.notes if may_take_back(note, actor)},
        "endings": ",".join(ENDINGS),
        "most_mb": current_app.config["MAX_UPLOAD_MB"],
    }


def missing(record: snapshot.Annotation) -> list[str]:
    """What keeps it from being checked, as sentences."""
    return guards.blocked(guards.CHECKED, record, verdicts.standing(record, original_of(record)))


def rule(record: snapshot.Annotation) -> Sourcing | None:
    """How it is sourced; None without a verdict of its own that needs sources."""
    given = any(note.verdict for note in record.notes)
    return sourcing(record.notes) if given and record.verdict and record.verdict.value != "not_checkable" else None


def may_take_back(note: snapshot.Note, actor: Actor) -> bool:
    """Whether this person may take the note back: its author, or a lead."""
    return note.author.username == actor.username or actor.may(DECIDE)


def taken_back(record: snapshot.Annotation, actor: Actor) -> list[query.TakenBack]:
    """What may be brought back: one's own; a lead's are all, but what is hidden while an article is read blind."""
    everybody = actor.may(DECIDE) and not record.sealed_to(actor.username)
    return query.taken_back(record.id, None if everybody else actor.username)
