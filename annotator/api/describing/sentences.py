"""Sentences that are clear, in the API's description."""

from __future__ import annotations

from annotator.api.paths import ARTICLE, NUMBER, Operation, operation, parameter
from annotator.api.schemas import COUNT, KEY, STRING, TIME, Schema, exactly

_SENTENCE = parameter("sentence", "path", COUNT, "The sentence, one of `sentences` of the version, counted from 0.")

PATHS: dict[str, dict[str, Operation]] = {
    "/articles/{article_id}/versions/{number}/sentences/{sentence}/clear": {
        "put": operation(
            "clearSentence",
            "Mark a sentence clear: it was read, and there is nothing in it to check. 200 when it was clear. "
            "409 when the version is not the newest; `current` names that.",
            {"201": "Clear", "200": "Clear"},
            ARTICLE,
            NUMBER,
            _SENTENCE,
            body="Nothing",
            besides=("409",),
        ),
        "delete": operation(
            "unclearSentence",
            "Take that back; nothing happens when it was not clear.",
            {"204": None},
            ARTICLE,
            NUMBER,
            _SENTENCE,
            besides=("409",),
        ),
    }
}

SCHEMAS: dict[str, Schema] = {
    "Clear": exactly(version=KEY, sentence=COUNT, start=COUNT, end=KEY, by=STRING, at=TIME)
    | {"description": "The place of the sentence, who found it clear, and when."},
}
