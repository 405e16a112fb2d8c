"""Verification notes as a form."""

from __future__ import annotations

import re
from dataclasses import asdict
from uuid import uuid4

from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField, HiddenField, SelectField, StringField, TextAreaField, URLField

from annotator.services.evidence import LENGTHS, Piece
from annotator.services.notes import Written
from annotator.vocabulary import METHODS, SOURCE_TYPES, STANCES, VERDICTS


def in_full(address: str) -> str:
    """The address with the https:// that people leave away: `example.org/page` is one, `a note` is not."""
    return f"https://{address}" if re.fullmatch(r"(\w[\w-]*\.)+[^\W\d]{2,}([/?#]\S*)?", address) else address


class EvidenceForm(Form):
    """One piece of evidence."""

    url = URLField("URL")
    description = StringField("Description")
    title = StringField("Title")
    source_type = SelectField("Source type", choices={"": "Not said"} | SOURCE_TYPES, validate_choice=False)
    locator = StringField("Locator")
    excerpt = TextAreaField("Excerpt")
    publisher = StringField("Publisher")
    accessed_at = StringField("Accessed")
    archive_url = URLField("Archive URL")
    stance = SelectField("Stance", choices={"": "Not said"} | STANCES, validate_choice=False)
    independence_group = StringField("Independence group")
    file = HiddenField()

    def piece(self) -> Piece:
        """What was typed, as the service reads it."""
        typed = {name: self[name].data or "" for name in LENGTHS}
        return Piece(**typed | {"url": in_full(typed["url"].strip())})


class NoteForm(FlaskForm):
    """A note with any number of pieces of evidence. `uuid` makes a repeated save safe; `row` is what was seen."""

    uuid = HiddenField()
    row = HiddenField()
    verdict = SelectField("Verdict", validate_choice=False)
    body = TextAreaField("Note")
    method = SelectField("Method", choices={"": "Not said"} | METHODS, validate_choice=False)
    evidence = FieldList(FormField(EvidenceForm), max_entries=60)

    @classmethod
    def blank(cls, kind: str, another: bool = False) -> NoteForm:
        """An empty form for an annotation of this kind; `another` when it has notes already."""
        form = cls(formdata=None, data={"uuid": str(uuid4())}).for_kind(kind)
        if another:
            form.verdict.choices = form.verdict.choices | {"": "No new verdict"}
        return form

    @classmethod
    def of(cls, kind: str, written: Written, row: int) -> NoteForm:
        """A form that shows a stored note, to edit it."""
        data = {"body": written.body, "verdict": written.verdict or "", "method": written.method or "", "row": row}
        data["evidence"] = [asdict(piece) for piece in written.evidence]
        return cls(formdata=None, data=data).for_kind(kind)

    def for_kind(self, kind: str) -> NoteForm:
        """The same form with the verdicts labelled for this kind."""
        labelled = {verdict.value: f"{verdict.key}  {verdict.label(kind)}" for verdict in VERDICTS.values()}
        self.verdict.choices = {"": "No verdict yet"} | labelled
        return self

    def written(self) -> Written:
        """What was typed, as the service reads it."""
        pieces = tuple(entry.form.piece() for entry in self.evidence)
        return Written(self.body.data or "", self.verdict.data or None, self.method.data or None, pieces)
