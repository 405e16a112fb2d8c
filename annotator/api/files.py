"""Files for evidence: sent once, named by their SHA-256 from then on, and read back."""

from __future__ import annotations

from urllib.parse import unquote_to_bytes

from flask import Response, request

from annotator import uploads
from annotator.access import ANNOTATE, READ, Actor
from annotator.api import asked, present
from annotator.api.area import area
from annotator.api.replies import reply
from annotator.api.whoami import needs
from annotator.errors import Invalid
from annotator.queries import files as query

routes = area("files", __name__)

NAME = "X-File-Name"


@routes.post("/files")
@needs(ANNOTATE)
def create(actor: Actor) -> Response:
    """Keep a file: the body itself, or the part `file` of a form. 201; 200 when these bytes are here already."""
    kept, new = uploads.keep(actor, *_sent())
    where = f"/files/{kept.sha256}" if new else None
    return reply(present.file(query.file(kept.sha256)), 201 if new else 200, location=where)


def _sent() -> tuple[str, bytes, str]:
    """Name, bytes and media type of what was sent. Raises Invalid."""
    if request.mimetype != "multipart/form-data":
        return _name(), request.get_data(), request.mimetype
    unknown = sorted({*request.files, *request.form} - {"file"})
    if unknown:
        raise Invalid({name[:80]: f"There is no field {name[:80]!r} here." for name in unknown[:20]})
    part = request.files.get("file")
    if part is None:
        raise Invalid({"file": "Send the file as the part `file`, with a file name."})
    return part.filename or "", part.read(), part.mimetype


def _name() -> str:
    try:
        return unquote_to_bytes(request.headers.get(NAME, "")).decode("utf-8")
    except ValueError:
        raise Invalid({NAME: f"Write {NAME} as UTF-8, percent-encoded where it is not ASCII."}) from None


@routes.get("/files/<sha256>")
@needs(READ)
def show(actor: Actor, sha256: str) -> Response:
    """The file itself; parts of it by `Range`, 304 when `If-None-Match` names its ETag."""
    asked.only()
    return uploads.handed_out(query.file(sha256))
