"""What a draft has touched, and how that is settled, in the API's description."""

from __future__ import annotations

from annotator.api.paths import KEYED, SEEN, Operation, operation
from annotator.api.schemas import Schema, some
from annotator.services.remarks import REMARK_LIMIT

PATHS: dict[str, dict[str, Operation]] = {
    "/annotations/{key}/confirmation": {
        "post": operation(
            "confirmPlace",
            "Say that it still stands on the new wording: a note with the same verdict, when it has one. "
            "200 when you have said so already. "
            "409 when nothing has touched it, its words are gone, people disagree, or the verdict is hidden.",
            {"201": "Annotation", "200": "Annotation"},
            KEYED,
            SEEN,
            body="Nothing",
            besides=("409", "412"),
        )
    },
    "/annotations/{key}/detachment": {
        "post": operation(
            "detachAnnotation",
            "Say that the words a draft may have taken it to are not its own: it becomes an orphan. "
            "409 when it is sure where it is.",
            {"201": "Annotation"},
            KEYED,
            SEEN,
            body="Nothing",
            besides=("409", "412"),
        )
    },
    "/annotations/{key}/closure": {
        "post": operation(
            "closeAnnotation",
            "Close one whose words are gone: it is kept, and no longer counted. 200 when it was closed.",
            {"201": "Annotation", "200": "Annotation"},
            KEYED,
            SEEN,
            body="Closure",
            besides=("409", "412"),
        ),
        "delete": operation("takeUpAnnotation", "Open it again.", {"204": None}, KEYED, SEEN, besides=("412",)),
    },
}

SCHEMAS: dict[str, Schema] = {
    "Closure": some(("reason",), reason={"type": "string", "minLength": 1, "maxLength": REMARK_LIMIT})
}
