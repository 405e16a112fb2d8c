"""Sources in the API's description."""

from __future__ import annotations

from annotator.api.paths import CURSOR, IF_MATCH, KEYED, LIMIT, SEEN, Operation, operation, parameter
from annotator.api.schemas import (
    COUNT,
    FLAG,
    KEY,
    KIND,
    STATE,
    STRING,
    TIME,
    UUID,
    Schema,
    array,
    exactly,
    maybe,
    paged,
    ref,
    some,
)
from annotator.services.sources import REASON_LIMIT
from annotator.vocabulary import SOURCE_TYPES, STANCES, VERDICTS

_LOOK_FOR = parameter("q", "query", STRING, "Only those whose label or URL contains this.")

PATHS: dict[str, dict[str, Operation]] = {
    "/sources": {
        "get": operation("listSources", "What evidence rests on.", {"200": "SourcePage"}, _LOOK_FOR, LIMIT, CURSOR)
    },
    "/sources/{key}": {
        "get": operation("readSource", "One source and what rests on it.", {"200": "SourceWithUses"}, KEYED)
    },
    "/sources/{key}/withdrawal": {
        "post": operation(
            "withdrawSource",
            "Say that it is no good. What rests on it is reopened. 409 when it was withdrawn already.",
            {"201": "SourceWithUses"},
            KEYED,
            SEEN,
            body="Withdrawal",
            besides=("409", "412"),
        ),
        "delete": operation("reinstateSource", "Let it stand again.", {"204": None}, KEYED, IF_MATCH, besides=("409",)),
    },
}

_SOURCE: dict[str, Schema] = {
    "id": UUID,
    "label": STRING,
    "url": maybe(STRING),
    "created_at": TIME,
    "used": COUNT,
    "withdrawn": maybe(exactly(by=STRING, at=TIME, reason=STRING)),
    "row_version": KEY,
}
_USE = exactly(
    article=KEY,
    title=STRING,
    annotation=UUID,
    number=KEY,
    kind=KIND,
    state=STATE,
    exact=STRING,
    sealed=FLAG,
    verdict=maybe({"enum": list(VERDICTS)}),
    author=STRING,
    source_type=maybe({"enum": list(SOURCE_TYPES)}),
    stance=maybe({"enum": list(STANCES)}),
    locator=maybe(STRING),
    excerpt=maybe(STRING),
)

SCHEMAS: dict[str, Schema] = {
    "Withdrawal": some(("reason",), reason={"type": "string", "minLength": 1, "maxLength": REASON_LIMIT}),
    "Source": exactly(**_SOURCE),
    "SourceWithUses": exactly(**_SOURCE, files=array(ref("File")), uses=array(_USE)),
    "SourcePage": paged("Source"),
}
