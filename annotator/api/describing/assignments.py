"""Assignments, arrangement and the queue in the API's description."""

from __future__ import annotations

from annotator.api.paths import ARTICLE, IF_MATCH, KEYED, Operation, operation
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
    ref,
    some,
)
from annotator.vocabulary import PURPOSES

PATHS: dict[str, dict[str, Operation]] = {
    "/articles/{article_id}": {
        "patch": operation(
            "arrangeArticle",
            "Say who leads it, until when it is due, whether it is read blind; leads may.",
            {"200": "Article"},
            ARTICLE,
            IF_MATCH,
            body="Arrangement",
        )
    },
    "/articles/{article_id}/assignments": {
        "post": operation(
            "assign",
            "Give it, or one annotation of it, to somebody. 200 when it was assigned and is theirs now. "
            "A second reading is of one annotation; without `username` it is offered to anybody.",
            {"201": "Assignment", "200": "Assignment"},
            ARTICLE,
            body="AssignmentInput",
            besides=("409",),
        )
    },
    "/assignments/{key}": {
        "patch": operation(
            "changeAssignment",
            "Give it to somebody else, or until another time.",
            {"200": "Assignment"},
            KEYED,
            IF_MATCH,
            body="AssignmentChange",
            besides=("409",),
        ),
        "delete": operation("endAssignment", "End it.", {"204": None}, KEYED, IF_MATCH, besides=("409",)),
    },
    "/queue": {"get": operation("readQueue", "What the person who asks has to do next.", {"200": "Queue"})},
}

_GIVEN = {"username": maybe(STRING), "due_at": maybe(STRING)}
_SECTION = exactly(items=array(ref("Task")), total=COUNT)
SECTIONS = ("mine", "waiting", "second_reading", "to_settle", "unclaimed")

SCHEMAS: dict[str, Schema] = {
    "Arrangement": some(lead=maybe(STRING), due_at=maybe(STRING), blind=FLAG),
    "AssignmentInput": some(**_GIVEN, annotation=maybe(UUID), purpose={"enum": list(PURPOSES)}),
    "AssignmentChange": some(**_GIVEN),
    "Task": exactly(
        annotation=UUID,
        article=KEY,
        title=STRING,
        number=KEY,
        kind=KIND,
        state=STATE,
        exact=STRING,
        due_at=maybe(TIME),
        since=maybe(TIME),
        by=maybe(STRING),
    ),
    "Queue": exactly(
        articles=array(exactly(id=KEY, title=STRING, due_at=maybe(TIME), done=COUNT, total=COUNT)),
        **dict.fromkeys(SECTIONS, _SECTION),
    ),
}
