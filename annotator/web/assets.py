"""Style sheets, scripts and pictures, under an address that changes with their content.

One mark names the whole of `static/`, as a folder in the address. So the modules that a script imports by relative
address carry the mark too, and a browser may keep all of them for good. Our own scripts and style sheets lose their
comments and indentation on the way out, but not in debug: what a person wrote to read is not what a line has to carry.
"""

from __future__ import annotations

import gzip
import mimetypes
import re
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, request, url_for

from annotator import config

pages = Blueprint("assets", __name__)

FOLDER = config.ROOT / "static"
COMMENT = re.compile(rb"^[ \t]*(/\*(?:[^*]|\*(?!/))*\*/|//[^\n]*)[ \t]*\n", re.MULTILINE)
INDENTATION = re.compile(rb"^\s+", re.MULTILINE)
FOR_GOOD = "public, max-age=31536000, immutable"
mimetypes.add_type("text/javascript", ".js")


def register(app: Flask) -> None:
    """Give templates `asset` and `modules`."""
    app.jinja_env.globals.update(asset=asset, modules=modules)


def asset(name: str) -> str:
    """The address of a file in `static/`."""
    return url_for("assets.show", mark=mark(), name=name)


def modules(folder: str) -> list[str]:
    """The addresses of the scripts in `static/js/<folder>/`, so that a page can ask for all of them at once."""
    return [asset(name) for name in sorted(files()) if name.startswith(f"js/{folder}/") and name.endswith(".js")]


def mark() -> str:
    """Twelve letters that change with any file. In debug they are worked out anew each time."""
    if current_app.debug:
        files.cache_clear()
        _mark.cache_clear()
    return _mark()


@cache
def _mark() -> str:
    whole = sha256()
    for name, path in sorted(files().items()):
        whole.update(name.encode() + path.read_bytes())
    return whole.hexdigest()[:12]


@cache
def files() -> dict[str, Path]:
    """Every file in `static/` by its name there. What is not in it is not served."""
    return {path.relative_to(FOLDER).as_posix(): path for path in FOLDER.rglob("*") if path.is_file()}


@pages.get("/assets/<mark>/<path:name>")
def show(mark: str, name: str) -> Response:
    """A file, compressed when the browser takes that. An address with an older mark is not kept."""
    path = files().get(name)
    if path is None:
        abort(404)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = Response(mimetype=kind)
    response.headers["Cache-Control"] = FOR_GOOD if mark == _mark() else "no-cache"
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"]:
        response.headers["Content-Encoding"] = "gzip"
        response.data = _squeezed(path, path.stat().st_mtime_ns, current_app.debug)
    else:
        response.data = content(path, current_app.debug)
    return response


@cache
def _squeezed(path: Path, changed: int, debug: bool) -> bytes:
    return gzip.compress(content(path, debug), 9, mtime=0)


def content(path: Path, debug: bool = False) -> bytes:
    """The bytes of a file as they are sent: ours without comments and indentation, others and in debug as they are.

    Only whole lines and what stands before a line are taken away, so nothing needs to be understood: libraries that
    shorten more lost spaces that style sheets and templates in scripts mean.
    """
    data = path.read_bytes()
    if debug or path.suffix not in (".js", ".css") or "vendor" in path.parts:
        return data
    return INDENTATION.sub(b"", COMMENT.sub(b"", data))
