"""New drafts in the API's description."""

from __future__ import annotations

from annotator.api.paths import ARTICLE, Operation, operation
from annotator.api.schemas import COUNT, KEY, SHA256, Schema, exactly, maybe, some
from annotator.services.articles import LIMIT
from annotator.services.versions import NOTE_LIMIT
from annotator.vocabulary import CARRIED

PATHS: dict[str, dict[str, Operation]] = {
    "/articles/{article_id}/versions": {
        "post": operation(
            "addVersion",
            "Add a draft; every annotation is carried to it. 200 when the newest version has this very text.",
            {"201": "Added", "200": "Added"},
            ARTICLE,
            body="VersionInput",
            besides=("409",),
        )
    }
}

_TEXT = maybe({"type": "string", "maxLength": LIMIT})

SCHEMAS: dict[str, Schema] = {
    "VersionInput": some(text=_TEXT, html=_TEXT, change_note=maybe({"type": "string", "maxLength": NOTE_LIMIT}))
    | {"description": "Exactly one of text and html."},
    "Added": exactly(
        number=KEY,
        sha256=SHA256,
        carried=exactly(**dict.fromkeys(CARRIED, COUNT)),
        clear=COUNT,
        applied=COUNT,
    )
    | {
        "description": "How many annotations came as what, how many clear sentences stayed clear, and how many "
        "accepted corrections the text has now."
    },
}
