"""The sections of an open card, one file each: what its template is given.

A section is a function of the record, of who looks at it and of the forms under way; it returns names for templates.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask_wtf import FlaskForm

from annotator.access import Actor
from annotator.exports import snapshot
from annotator.web.forms.annotation import DeniesForm, PartyForm
from annotator.web.forms.note import NoteForm


@dataclass(slots=True)
class Forms:
    """The forms of a card as they were sent; those not given are made from what is stored.

    `edited` is the id of the note in `note`. `others` are the forms of the other sections, by a name of theirs.
    """

    note: NoteForm | None = None
    party: PartyForm | None = None
    denies: DeniesForm | None = None
    edited: str | None = None
    focus: str = ""
    others: dict[str, FlaskForm] = field(default_factory=dict)


Section = Callable[[snapshot.Annotation, Actor, Forms], dict[str, Any]]
