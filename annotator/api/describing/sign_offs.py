"""Sign-offs of annotations and of articles, and settled disagreements, in the API's description."""

from __future__ import annotations

from annotator.api.paths import ARTICLE, KEYED, Operation, operation
from annotator.api.schemas import COUNT, KEY, SHA256, STRING, TIME, UUID, Schema, exactly, maybe, some
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
    "/articles/{article_id}/sign-off": {
        "post": operation(
            "signOffArticle",
            "Answer for the whole text, as a lead or as who leads the article. 200 when the same person's stands. "
            "409 with every reason that blocks it in `fields`, and in `current` what is unread and what was touched: "
            "the first 200 of each, and how many there are.",
            {"201": "ArticleSignOff", "200": "ArticleSignOff"},
            ARTICLE,
            body="ArticleSignOffInput",
            besides=("409",),
        ),
        "delete": operation("withdrawArticleSignOff", "Take the article's sign-off back.", {"204": None}, ARTICLE),
    },
}

_REMARK = maybe({"type": "string", "maxLength": REMARK_LIMIT})

SCHEMAS: dict[str, Schema] = {
    "SignOffInput": some(remark=_REMARK),
    "ArticleSignOffInput": some(remark=_REMARK, sha256=maybe(SHA256))
    | {"description": "`sha256` names the text that was read; 409 when another is the newest by now."},
    "ArticleSignOff": exactly(
        id=UUID,
        version=KEY,
        sha256=SHA256,
        by=STRING,
        at=TIME,
        remark=maybe(STRING),
        open_checks=COUNT,
        fallen_at=maybe(TIME),
        fallen_why=maybe(STRING),
    ),
    "ResolutionInput": some(
        ("verdict", "reason"),
        verdict={"enum": list(VERDICTS)},
        reason={"type": "string", "minLength": 1, "maxLength": BODY_LIMIT},
    ),
}
