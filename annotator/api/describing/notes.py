"""Taking notes back, in the API's description; the rest of notes stands in `api/paths.py`."""

from __future__ import annotations

from annotator.api.paths import IF_MATCH, KEYED, Operation, operation
from annotator.api.schemas import Schema

PATHS: dict[str, dict[str, Operation]] = {
    "/notes/{key}": {
        "delete": operation(
            "takeBackNote",
            "Take it back, as its author or a lead; it can be brought back.",
            {"204": None},
            KEYED,
            IF_MATCH,
        )
    },
    "/notes/{key}/restoration": {
        "post": operation(
            "bringBackNote",
            "Bring it back. 200 when it had not been taken back.",
            {"201": "Note", "200": "Note"},
            KEYED,
            body="Nothing",
        )
    },
}
SCHEMAS: dict[str, Schema] = {}
