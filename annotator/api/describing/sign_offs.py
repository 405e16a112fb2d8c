"""Sign-offs and settled disagreements in the API's description."""

from __future__ import annotations

from annotator.api.paths import KEYED, Operation, operation
from annotator.api.schemas import Schema, maybe, some
from annotator.services.notes import BODY_LIMIT
from annotator.services.remarks import REMARK_LIMIT
from annotator.vocabulary import VERDICTS

PATHS: dict[str, dict[str, Operation]] = {
    "/annotations/{key}/sign-off": {
        "post": operation(
            "signOff",
            "Sign off; somebody else than who gave the verdict may. 200 when the same person has. "
            "409 with every reason that blocks it, in `fields` by what it is about.",
            {"201": "SignOff", "200": "SignOff"},
            KEYED,
            body="SignOffInput",
            besides=("409",),
        ),
        "delete": operation("withdrawSignOff", "Take a sign-off back.", {"204": None}, KEYED),
    },
    "/annotations/{key}/resolution": {
        "post": operation(
            "settleDisagreement",
            "Say which verdict stands when people disagree, and why; leads may.",
            {"201": "Annotation"},
            KEYED,
            body="ResolutionInput",
            besides=("409",),
        )
    },
}

SCHEMAS: dict[str, Schema] = {
    "SignOffInput": some(remark=maybe({"type": "string", "maxLength": REMARK_LIMIT})),
    "ResolutionInput": some(
        ("verdict", "reason"),
        verdict={"enum": list(VERDICTS)},
        reason={"type": "string", "minLength": 1, "maxLength": BODY_LIMIT},
    ),
}
