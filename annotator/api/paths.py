"""The addresses of the API, for the OpenAPI document: one row an operation."""

from __future__ import annotations

from typing import Any

from annotator.api.schemas import COUNT, KEY, KIND, STATE, STRING, UUID, Schema, ref
from annotator.vocabulary import RELATIONS

Parameter = dict[str, Any]
Operation = dict[str, Any]

REASONS = {
    "400": "Malformed JSON.",
    "401": "Nobody is known to be asking.",
    "403": "This role or token may not do it.",
    "404": "There is no such thing.",
    "409": "It contradicts what is stored; nothing was changed.",
    "412": "Somebody else was first; `current` is what is stored now.",
    "413": "Too large.",
    "415": "Not application/json.",
    "422": "Values that will not do, named in `fields`.",
    "428": "If-Match is missing.",
    "429": "Asked too often.",
    "503": "The database is busy; Retry-After says when to try again.",
}
ALWAYS = ("401", "403", "429", "503")
WITH_BODY = ("400", "413", "415", "422")
IF_CHANGED = ("412", "428")


def parameter(name: str, where: str, schema: Schema, said: str) -> Parameter:
    """One parameter."""
    told = {"name": name, "in": where, "schema": schema, "description": said}
    return told | ({"required": True} if where == "path" else {})


ARTICLE = parameter("article_id", "path", KEY, "The article's number.")
NUMBER = parameter("number", "path", KEY, "The version's number, from 1.")
KEYED = parameter("key", "path", UUID, "The id.")
LIMIT = parameter("limit", "query", {"type": "integer", "minimum": 1, "maximum": 200, "default": 50}, "Rows a page.")
CURSOR = parameter("cursor", "query", STRING, "`next` of the page before.")
IF_MATCH = parameter("If-Match", "header", STRING, "The ETag last seen, or `*`. Without it: 428.")
SEEN = parameter("If-Match", "header", STRING, "The ETag last seen. Without it the thing is taken as it is.")
IF_NONE_MATCH = parameter("If-None-Match", "header", STRING, "The ETag that the client has.")


def operation(
    name: str,
    said: str,
    answers: dict[str, str | None],
    *parameters: Parameter,
    body: str | None = None,
    besides: tuple[str, ...] = (),
) -> Operation:
    """One operation: its name, what it does, what it answers with (schemas by status), what it reads."""
    refusals = {*ALWAYS, *besides} | (set(WITH_BODY) if body else set())
    refusals |= {"404"} if any(one["in"] == "path" for one in parameters) else set()
    refusals |= {"422"} if any(one["in"] == "query" for one in parameters) else set()
    refusals |= set(IF_CHANGED) if IF_MATCH in parameters else set()
    told: Operation = {"operationId": name, "summary": said, "parameters": list(parameters)}
    if body:
        told["requestBody"] = {"required": True, "content": _json(body)}
    told["responses"] = {status: _answer(schema) for status, schema in answers.items()}
    told["responses"] |= {status: {"$ref": f"#/components/responses/{status}"} for status in sorted(refusals)}
    return told


def _json(schema: str) -> dict[str, Any]:
    return {"application/json": {"schema": ref(schema)}}


def _answer(schema: str | None) -> dict[str, Any]:
    return {"description": "Done.", "content": _json(schema)} if schema else {"description": "Done; nothing to say."}


RESPONSES = {status: {"description": reason, "content": _json("Error")} for status, reason in REASONS.items()}

_FILTERS = (
    parameter("kind", "query", KIND, "Only this kind."),
    parameter("state", "query", STATE, "Only this state."),
    parameter("version", "query", KEY, "Where they sit in this version; otherwise in the newest."),
)
_AFTER = parameter("after", "query", COUNT, "The id of the last event that the client has.")
_FORMAT = parameter("format", "query", {"enum": ["json"], "default": "json"}, "The format.")
_TIE = (
    parameter("kind", "path", {"enum": list(RELATIONS)}, "The type of the relation."),
    parameter("to", "path", UUID, "What it leads to."),
)

PATHS: dict[str, dict[str, Operation]] = {
    "/articles": {
        "get": operation("listArticles", "All articles, by id.", {"200": "ArticlePage"}, LIMIT, CURSOR),
        "post": operation("importArticle", "Import an article.", {"201": "Article"}, body="ArticleInput"),
    },
    "/articles/{article_id}": {"get": operation("readArticle", "One article.", {"200": "Article"}, ARTICLE)},
    "/articles/{article_id}/versions": {
        "get": operation("listVersions", "Its versions.", {"200": "VersionHeadPage"}, ARTICLE, LIMIT, CURSOR)
    },
    "/articles/{article_id}/versions/{number}": {
        "get": operation("readVersion", "Text, blocks and sentences.", {"200": "Version"}, ARTICLE, NUMBER)
    },
    "/articles/{article_id}/annotations": {
        "get": operation(
            "listAnnotations",
            "Its annotations in the order of the text.",
            {"200": "AnnotationPage"},
            ARTICLE,
            LIMIT,
            CURSOR,
            *_FILTERS,
        ),
        "post": operation(
            "markSpan",
            "Mark a span. 200 when the same request, with the same id, came before.",
            {"201": "Annotation", "200": "Annotation"},
            ARTICLE,
            body="AnnotationInput",
            besides=("409",),
        ),
    },
    "/articles/{article_id}/export": {
        "get": operation("exportArticle", "Everything about it, as a file.", {"200": "Export"}, ARTICLE, _FORMAT)
    },
    "/annotations/{key}": {
        "get": operation("readAnnotation", "One annotation.", {"200": "Annotation", "304": None}, KEYED, IF_NONE_MATCH),
        "patch": operation(
            "changeAnnotation",
            "Change kind, party, fields or place in one step.",
            {"200": "Annotation"},
            KEYED,
            IF_MATCH,
            body="AnnotationChange",
            besides=("409",),
        ),
        "delete": operation("deleteAnnotation", "Delete it; it can be restored.", {"204": None}, KEYED, IF_MATCH),
    },
    "/annotations/{key}/restoration": {
        "post": operation(
            "restoreAnnotation",
            "Bring it back. 200 when it was not deleted.",
            {"201": "Annotation", "200": "Annotation"},
            KEYED,
            body="Nothing",
        )
    },
    "/annotations/{key}/relations": {
        "post": operation(
            "relate",
            "Tie it to another annotation of the article. 200 when it is tied to that already.",
            {"201": "Relation", "200": "Relation"},
            KEYED,
            body="RelationInput",
            besides=("409",),
        )
    },
    "/annotations/{key}/relations/{kind}/{to}": {
        "delete": operation("unrelate", "Take a relation away.", {"204": None}, KEYED, *_TIE)
    },
    "/annotations/{key}/history": {
        "get": operation("readHistory", "Every change to it.", {"200": "LinePage"}, KEYED, LIMIT, CURSOR)
    },
    "/annotations/{key}/notes": {
        "post": operation(
            "writeNote",
            "Add a note. 200 when a note of the same author with this id is there.",
            {"201": "Note", "200": "Note"},
            KEYED,
            body="NoteInput",
            besides=("409",),
        )
    },
    "/notes/{key}": {
        "get": operation("readNote", "One note.", {"200": "Note", "304": None}, KEYED, IF_NONE_MATCH),
        "patch": operation(
            "changeNote",
            "Write a note anew; what is not mentioned stays, evidence is replaced as a whole.",
            {"200": "Note"},
            KEYED,
            IF_MATCH,
            body="NoteChange",
        ),
    },
    "/dashboard": {"get": operation("readDashboard", "The lead's counts.", {"200": "Dashboard"})},
    "/events": {"get": operation("listEvents", "Every change on the desk.", {"200": "EventPage"}, LIMIT, _AFTER)},
    "/openapi.json": {
        "get": {
            "operationId": "readDescription",
            "summary": "This document.",
            "security": [],
            "responses": {"200": {"description": "OpenAPI 3.1.", "content": {"application/json": {"schema": {}}}}},
        }
    },
}
