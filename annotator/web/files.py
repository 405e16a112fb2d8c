"""Attached files: taken in, told of, and handed out so that nothing in them can act in the reader's name."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request
from werkzeug.datastructures import FileStorage

from annotator import uploads
from annotator.access import ANNOTATE, READ
from annotator.errors import Invalid, TooLarge
from annotator.queries import files as query
from annotator.services.files import Kept
from annotator.web.forms.note import NoteForm
from annotator.web.whoami import me, signed_in

pages = Blueprint("files", __name__)


@pages.post("/files")
@signed_in(ANNOTATE)
def add() -> Response:
    """Keep a file that the page's script sends ahead of its note. 201 with how it is shown in the form."""
    sent = request.files.get("file")
    if sent is None:
        raise Invalid({"file": "Choose a file first."})
    kept = keep(sent)
    return make_response(render_template("files/_attached.html", file=query.file(kept.sha256)), 201)


@pages.get("/files/<sha256>")
@signed_in(READ)
def tell(sha256: str) -> str:
    """How a kept file is shown in a form. NotFound."""
    return render_template("files/_attached.html", file=query.file(sha256))


@pages.get("/files/<sha256>/<name>")
@signed_in(READ)
def show(sha256: str, name: str) -> Response:
    """The file itself, under the name it was kept with, whatever name is asked for. NotFound."""
    return uploads.handed_out(query.file(sha256))


def take(form: NoteForm) -> int:
    """Keep the files that came with a form; from then on the form names them. 0, or the status of a refusal.

    Each file that cannot be taken has its sentence at its field.
    """
    status = 0
    for entry in form.evidence:
        sent = entry.form.upload.data
        if isinstance(sent, FileStorage) and sent.filename:
            try:
                entry.form.file.data = keep(sent).sha256
            except (Invalid, TooLarge) as refusal:
                entry.form.upload.errors = [refusal.fields["file"]]
                status = refusal.status
    return status


def keep(sent: FileStorage) -> Kept:
    """Keep a file that came with a form. Raises Invalid and TooLarge on `file`."""
    return uploads.keep(me(), sent.filename or "", sent.read(), sent.mimetype)[0]
