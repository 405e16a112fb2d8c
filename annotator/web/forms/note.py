"""Verification notes as a form."""

from __future__ import annotations

import re
from dataclasses import asdict
from uuid import uuid4

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import FieldList, Form, FormField, HiddenField, SelectField, StringField, TextAreaField, URLField

from annotator.services.evidence import LENGTHS, Piece
from annotator.services.notes import Written
from annotator.vocabulary import METHODS, SOURCE_TYPES, STANCES, VERDICTS
from annotator.web.forms.article import in_iso

FIRST = ("url", "source_type", "locator")
ADDRESS = re.compile(r"(https?://\S+\.\S+)(?:\s+(.*))?", re.IGNORECASE)
PAGE = re.compile(r"#(?:.*&)?page=(\d+)(?![^&])", re.ASCII)
TIME = re.compile(r"[?&#]t=(?=\d)(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?(?![^&#])", re.ASCII)


def in_full(address: str) -> str:
    """The address with the https:// that people leave away: `example.org/page` is one, `a note` is not."""
    return f"https://{address}" if re.fullmatch(r"(\w[\w-]*\.)+[^\W\d]{2,}([/?#]\S*)?", address) else address


def apart(typed: str) -> tuple[str, str]:
    """A web address, and the place in it: the words behind it, else what its end says (`#page=4`, `&t=90`).

    `static/js/evidence.js` does the same while one types; `tests/vectors/addresses.json` holds the cases for both.
    """
    found = ADDRESS.fullmatch(typed.strip())
    return (found[1], (found[2] or "").strip() or _place_in(found[1])) if found else (typed, "")


def _place_in(address: str) -> str:
    if page := PAGE.search(address):
        return f"page {page[1]}"
    found = TIME.search(address)
    return _clock(*(int(part or 0) for part in found.groups())) if found else ""


def _clock(hours: int, minutes: int, seconds: int) -> str:
    whole = hours * 3600 + minutes * 60 + seconds
    hours, minutes, seconds = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


class EvidenceForm(Form):
    """One piece of evidence. `upload` is a file on its way, `file` names one that is kept already by its SHA-256."""

    url = StringField("URL")
    description = StringField("Description")
    title = StringField("Title")
    source_type = SelectField("Source type", choices={"": "Not said"} | SOURCE_TYPES, validate_choice=False)
    locator = StringField("Locator")
    excerpt = TextAreaField("Excerpt")
    publisher = StringField("Publisher")
    accessed_at = StringField("Accessed")
    archive_url = URLField("Archived copy")
    stance = SelectField("Stance", choices={"": "Not said"} | STANCES, validate_choice=False)
    independence_group = StringField("Independence group")
    file = StringField()
    upload = FileField("File")

    def piece(self) -> Piece:
        """What was typed, as the service reads it. A date alone, which the page offers, is nothing."""
        typed = {name: self[name].data or "" for name in LENGTHS}
        url, place = apart(typed["url"].strip())
        read = {"url": in_full(url), "accessed_at": in_iso(typed["accessed_at"])}
        piece = Piece(**typed | read | {"locator": typed["locator"].strip() or place})
        return Piece() if piece == Piece(accessed_at=piece.accessed_at) else piece

    @property
    def more(self) -> bool:
        """Whether anything is filled in, or wrong, beyond the fields that are always shown."""
        others = (self[name] for name in (*LENGTHS, "upload") if name not in FIRST)
        return any(one.data or one.errors for one in others)


class NoteForm(FlaskForm):
    """A note with any number of pieces of evidence. `uuid` makes a repeated save safe; `row` is what was seen."""

    uuid = HiddenField()
    row = HiddenField()
    verdict = SelectField("Verdict", validate_choice=False)
    body = TextAreaField("Note")
    method = SelectField("Method", choices={"": "Not said"} | METHODS, validate_choice=False)
    evidence = FieldList(FormField(EvidenceForm), min_entries=1, max_entries=60)

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

    @property
    def nothing(self) -> bool:
        """Whether nothing was typed."""
        said = self.written()
        return not (said.body or said.verdict or said.method or any(piece != Piece() for piece in said.evidence))

    def without(self, number: int) -> None:
        """Take one piece of evidence out of the form; an empty one takes the place of the last."""
        left = [entry.data for at, entry in enumerate(self.evidence) if at != number]
        while self.evidence.entries:
            self.evidence.pop_entry()
        for data in left or [None]:
            self.evidence.append_entry(data)

    def detach(self, number: int) -> None:
        """Take the file out of one piece of evidence."""
        for entry in self.evidence.entries[number : number + 1]:
            entry.form.file.data = ""

    def written(self) -> Written:
        """What was typed, as the service reads it."""
        pieces = tuple(entry.form.piece() for entry in self.evidence)
        return Written(self.body.data or "", self.verdict.data or None, self.method.data or None, pieces)


class NoteActForm(FlaskForm):
    """An act on a note as it was seen: `seen` is its row version."""

    seen = HiddenField()
