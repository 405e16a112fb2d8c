"""Files in the API's description: the body is the file itself."""

from __future__ import annotations

from typing import Any

from annotator.api.paths import IF_NONE_MATCH, Operation, operation, parameter
from annotator.api.schemas import SHA256, STRING, Schema, ref
from annotator.services.filetypes import TYPES
from annotator.uploads import BYTES

_BYTES: Schema = {"type": "string", "format": "binary"}
_FORM: Schema = {
    "type": "object",
    "properties": {"file": _BYTES},
    "required": ["file"],
    "additionalProperties": False,
}
_NAME = parameter("X-File-Name", "header", STRING, "Its name, percent-encoded UTF-8; not for forms, which name it.")
_SHA256 = parameter("sha256", "path", SHA256, "The SHA-256 of the file's bytes.")
_RANGE = parameter("Range", "header", STRING, "Only these bytes, as `bytes=0-1023`.")


def _sent(told: Operation) -> Operation:
    content = {"application/octet-stream": {"schema": _BYTES}, "multipart/form-data": {"schema": _FORM}}
    return told | {"requestBody": {"required": True, "content": content}}


def _handed_out(told: Operation) -> Operation:
    content = {name: {"schema": _BYTES} for one in TYPES for name in _names(one.media_type)}
    content |= {BYTES: {"schema": _BYTES}}
    whole: dict[str, Any] = {"description": "The bytes.", "content": content}
    beyond = {"description": "No such bytes.", "content": {"application/json": {"schema": ref("Error")}}}
    return told | {"responses": told["responses"] | {"200": whole, "206": whole, "416": beyond}}


def _names(media_type: str) -> tuple[str, ...]:
    return (media_type, f"{media_type}; charset=utf-8") if media_type.startswith("text/") else (media_type,)


PATHS: dict[str, dict[str, Operation]] = {
    "/files": {
        "post": _sent(
            operation(
                "keepFile",
                "Keep a file for evidence, named by its SHA-256 from then on. 200 when it is here already.",
                {"201": "File", "200": "File"},
                _NAME,
                besides=("400", "413", "422"),
            )
        )
    },
    "/files/{sha256}": {
        "get": _handed_out(
            operation("readFile", "The file itself.", {"304": None}, _SHA256, _RANGE, IF_NONE_MATCH, besides=("422",))
        )
    },
}
SCHEMAS: dict[str, Schema] = {}
