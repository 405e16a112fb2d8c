"""Files at the edge, for pages and programs alike: taken in, and handed out so that nothing in them can act."""

from __future__ import annotations

from pathlib import Path

from flask import Response, current_app, send_file

from annotator.access import Actor
from annotator.db import unit_of_work
from annotator.errors import NotFound
from annotator.exports import snapshot
from annotator.services import files
from annotator.services.filetypes import BY_MEDIA_TYPE

POLICY = "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
BYTES = "application/octet-stream"
FOR_GOOD = "private, max-age=31536000, immutable"


def folder() -> Path:
    """Where the bytes lie."""
    return Path(current_app.config["INSTANCE"]) / "uploads"


def keep(actor: Actor, name: str, data: bytes, claimed: str) -> tuple[files.Kept, bool]:
    """Write a file's bytes, then its row; says whether it is new. Raises Forbidden, Invalid and TooLarge on `file`."""
    kept = files.keep_file(actor, folder(), name, data, claimed, most_mb=current_app.config["MAX_UPLOAD_MB"])
    with unit_of_work():
        _, new = files.add_file(actor, kept)
    return kept, new


def keep_original(actor: Actor, name: str, data: bytes) -> files.Kept:
    """Write the bytes of the file that a version was read from; its row comes with the version. Raises Forbidden."""
    return files.keep_original(actor, folder(), name, data)


def handed_out(file: snapshot.File) -> Response:
    """The bytes: the type we found, nothing guessed, no script, and shown by a browser only when of a safe kind.

    The sandbox keeps a file from being a page of ours. Sound asks for its own address again, with the reader's cookie,
    and is let; scripts never are. What an article was read from may be a web page: that goes out as mere bytes, to be
    saved. Ranges are answered. A browser may keep the file, for its address names its content.
    Raises NotFound.
    """
    path = files.place_of(folder(), file.sha256)
    if not path.is_file():
        raise NotFound("The bytes of this file are not in the folder of uploads. Restore that folder from a backup.")
    known = BY_MEDIA_TYPE.get(file.media_type)
    charset = "; charset=utf-8" if file.media_type.startswith("text/") else ""
    response = send_file(
        path,
        mimetype=f"{file.media_type}{charset}" if known else BYTES,
        as_attachment=not (known and known.inline),
        download_name=file.name,
        conditional=True,
        etag=file.sha256,
    )
    sound = " allow-same-origin" if file.media_type.startswith("audio/") else ""
    response.headers["Content-Security-Policy"] = POLICY + sound
    response.headers["Cache-Control"] = FOR_GOOD
    return response
