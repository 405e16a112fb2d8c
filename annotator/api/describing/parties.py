"""Parties in the API's description."""

from __future__ import annotations

from annotator.api.paths import CURSOR, IF_MATCH, IF_NONE_MATCH, KEYED, LIMIT, Operation, operation, parameter
from annotator.api.schemas import COUNT, KEY, KIND, STATE, STRING, UUID, Schema, array, exactly, maybe, paged, some
from annotator.services.parties import LENGTH
from annotator.vocabulary import KINDS, VERDICTS

_LOOK_FOR = parameter("q", "query", STRING, "Only those whose name or alias contains this.")
_NAME = parameter("name", "query", STRING, "The alias.")

PATHS: dict[str, dict[str, Operation]] = {
    "/parties": {
        "get": operation("listParties", "Who claims, says and denies.", {"200": "PartyPage"}, _LOOK_FOR, LIMIT, CURSOR)
    },
    "/parties/{key}": {
        "get": operation(
            "readParty",
            "One party with what it claimed, said and denied. One that was merged leads to what it became.",
            {"200": "PartyRecord", "304": None},
            KEYED,
            IF_NONE_MATCH,
        ),
        "patch": operation(
            "changeParty",
            "Change name, role or organisation everywhere.",
            {"200": "PartyRecord"},
            KEYED,
            IF_MATCH,
            body="PartyChange",
            besides=("409",),
        ),
    },
    "/parties/{key}/aliases": {
        "post": operation(
            "addAlias",
            "Give it another name it is found by. 200 when it has that already.",
            {"201": "PartyRecord", "200": "PartyRecord"},
            KEYED,
            body="AliasInput",
            besides=("409",),
        ),
        "delete": operation("removeAlias", "Take an alias away.", {"204": None}, KEYED, _NAME, besides=("409",)),
    },
    "/parties/{key}/merge": {
        "post": operation(
            "mergeParties",
            "Let another party be this one from now on. Leads only; there is no way back.",
            {"200": "PartyRecord"},
            KEYED,
            body="MergeInput",
            besides=("409",),
        )
    },
}

_NAMED: Schema = {"type": "string", "maxLength": LENGTH}
_PARTY: dict[str, Schema] = {
    "id": UUID,
    "name": STRING,
    "role": maybe(STRING),
    "organisation": maybe(STRING),
    "aliases": array(STRING),
    "counts": exactly(**dict.fromkeys(KINDS, COUNT), articles=COUNT),
    "row_version": KEY,
}
_WHERE: dict[str, Schema] = {"article": KEY, "title": STRING, "annotation": UUID, "number": KEY, "kind": KIND}
_SAID = exactly(**_WHERE, exact=STRING, state=STATE, verdict=maybe({"enum": list(VERDICTS)}))
_ASKED = exactly(**_WHERE, contact={"type": "object"})

SCHEMAS: dict[str, Schema] = {
    "KnownParty": exactly(**_PARTY),
    "PartyPage": paged("KnownParty"),
    "PartyRecord": exactly(**_PARTY, said=array(_SAID), contacts=array(_ASKED)),
    "PartyChange": some(name=_NAMED, role=maybe(_NAMED), organisation=maybe(_NAMED)),
    "AliasInput": some(("name",), name=_NAMED),
    "MergeInput": some(("other",), other=UUID),
}
