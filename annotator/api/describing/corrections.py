"""Corrections in the API's description."""

from __future__ import annotations

from annotator.api.paths import IF_MATCH, KEYED, Operation, operation
from annotator.api.schemas import UUID, Schema, maybe, some
from annotator.services.corrections import DECISIONS, LENGTHS
from annotator.vocabulary import SEVERITIES

PATHS: dict[str, dict[str, Operation]] = {
    "/annotations/{key}/corrections": {
        "post": operation(
            "suggestCorrection",
            "Suggest other words. 200 when the same request, with the same id, came before.",
            {"201": "Correction", "200": "Correction"},
            KEYED,
            body="CorrectionInput",
            besides=("409",),
        )
    },
    "/corrections/{key}": {
        "patch": operation(
            "changeCorrection",
            "Decide on it, as a lead; or change the words, as its maker, until it is decided.",
            {"200": "Correction"},
            KEYED,
            IF_MATCH,
            body="CorrectionChange",
            besides=("409",),
        ),
        "delete": operation(
            "takeBackCorrection",
            "Take it back, until it is decided; it can be brought back.",
            {"204": None},
            KEYED,
            IF_MATCH,
            besides=("409",),
        ),
    },
    "/corrections/{key}/restoration": {
        "post": operation(
            "bringBackCorrection",
            "Bring it back. 200 when it was there.",
            {"201": "Correction", "200": "Correction"},
            KEYED,
            body="Nothing",
        )
    },
}


def _words(name: str) -> Schema:
    return {"type": "string", "maxLength": LENGTHS[name]}


_WORDS: dict[str, Schema] = {
    "suggested": _words("suggested") | {"description": "As the marked words should read; empty, when they should go."},
    "reason": _words("reason"),
    "severity": {"enum": list(SEVERITIES)},
}
_DECISION: dict[str, Schema] = {"state": {"enum": list(DECISIONS)}, "remark": _words("remark")}

SCHEMAS: dict[str, Schema] = {
    "CorrectionInput": some(tuple(_WORDS), id=maybe(UUID), **_WORDS),
    "CorrectionChange": some(**_WORDS, **_DECISION)
    | {"description": "`state` and `remark` together, or any of the others."},
}
