"""Comments, the inbox, undo and redo in the API's description."""

from __future__ import annotations

from annotator.api.paths import ARTICLE, CURSOR, IF_MATCH, IF_NONE_MATCH, KEYED, LIMIT, Operation, operation
from annotator.api.schemas import FLAG, KEY, STRING, TIME, UUID, Schema, array, exactly, maybe, paged, ref, some
from annotator.services.comments import BODY_LIMIT
from annotator.vocabulary import NOTICES

_AGAIN = "200 when the same request, with the same id, came before."

PATHS: dict[str, dict[str, Operation]] = {
    "/annotations/{key}/comments": {
        "post": operation(
            "comment",
            f"Say something about an annotation. {_AGAIN}",
            {"201": "Comment", "200": "Comment"},
            KEYED,
            body="CommentInput",
            besides=("409",),
        )
    },
    "/articles/{article_id}/comments": {
        "get": operation("listComments", "What is said about it as a whole.", {"200": "CommentPage"}, ARTICLE),
        "post": operation(
            "commentOnArticle",
            f"Say something about the article as a whole. {_AGAIN}",
            {"201": "Comment", "200": "Comment"},
            ARTICLE,
            body="CommentInput",
            besides=("409",),
        ),
    },
    "/comments/{key}": {
        "get": operation("readComment", "One comment.", {"200": "Comment", "304": None}, KEYED, IF_NONE_MATCH),
        "patch": operation(
            "changeComment",
            "Say it in other words, as its author.",
            {"200": "Comment"},
            KEYED,
            IF_MATCH,
            body="CommentChange",
        ),
        "delete": operation(
            "takeBackComment",
            "Take it back, unless it was answered; it can be brought back.",
            {"204": None},
            KEYED,
            IF_MATCH,
            besides=("409",),
        ),
    },
    "/comments/{key}/restoration": {
        "post": operation(
            "bringBackComment",
            "Bring it back. 200 when it was there.",
            {"201": "Comment", "200": "Comment"},
            KEYED,
            body="Nothing",
            besides=("409",),
        )
    },
    "/comments/{key}/resolution": {
        "post": operation(
            "resolveThread",
            "Note that a thread is settled. 200 when it was.",
            {"201": "Comment", "200": "Comment"},
            KEYED,
            body="Nothing",
            besides=("409",),
        ),
        "delete": operation("unresolveThread", "Take it up again.", {"204": None}, KEYED, besides=("409",)),
    },
    "/articles/{article_id}/undo": {
        "post": operation(
            "undo", "Take back what I did last.", {"200": "Undone"}, ARTICLE, body="Nothing", besides=("409",)
        )
    },
    "/articles/{article_id}/redo": {
        "post": operation(
            "redo", "Do again what I took back last.", {"200": "Redone"}, ARTICLE, body="Nothing", besides=("409",)
        )
    },
    "/inbox": {"get": operation("readInbox", "What concerns me, newest first.", {"200": "NoticePage"}, LIMIT, CURSOR)},
    "/inbox/read": {"post": operation("markRead", "I have read up to here.", {"204": None}, body="ReadInput")},
}

_BODY: Schema = {"type": "string", "maxLength": BODY_LIMIT}

SCHEMAS: dict[str, Schema] = {
    "CommentInput": some(("body",), id=maybe(UUID), body=_BODY, parent=maybe(UUID))
    | {"description": "`parent` is the first comment of the thread that this one answers."},
    "CommentChange": some(("body",), body=_BODY),
    "CommentPage": paged("Comment"),
    "Undone": exactly(undone=array(ref("Event"))),
    "Redone": exactly(redone=array(ref("Event"))),
    "Notice": exactly(
        id=KEY,
        at=TIME,
        why={"enum": list(NOTICES)},
        by=maybe(STRING),
        article=KEY,
        annotation=maybe(UUID),
        body=maybe(STRING),
        read=FLAG,
    ),
    "NoticePage": paged("Notice"),
    "ReadInput": some(("up_to",), up_to=KEY),
}
