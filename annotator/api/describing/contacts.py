"""Contacts and the right of reply in the API's description."""

from __future__ import annotations

from annotator.api.paths import ARTICLE, IF_MATCH, KEYED, Operation, operation
from annotator.api.schemas import FLAG, KEY, KIND, STRING, TIME, UUID, Schema, array, exactly, maybe, ref, some
from annotator.services.contacts import LENGTHS
from annotator.vocabulary import CHANNELS, HARMS, OUTCOMES

PATHS: dict[str, dict[str, Operation]] = {
    "/annotations/{key}/contacts": {
        "post": operation(
            "writeContact",
            "Write down who was asked. 200 when the same request, with the same id, came before.",
            {"201": "Contact", "200": "Contact"},
            KEYED,
            body="ContactInput",
            besides=("409",),
        )
    },
    "/contacts/{key}": {
        "patch": operation(
            "changeContact",
            "Change what is mentioned. An outcome closes it, null opens it again.",
            {"200": "Contact"},
            KEYED,
            IF_MATCH,
            body="ContactChange",
        ),
        "delete": operation("takeBackContact", "Take it back; it can be brought back.", {"204": None}, KEYED, IF_MATCH),
    },
    "/contacts/{key}/follow-ups": {
        "post": operation(
            "followUp",
            "Add one more attempt. The very same one again, with its time, is there once.",
            {"201": "Contact"},
            KEYED,
            body="FollowUpInput",
            besides=("409",),
        )
    },
    "/contacts/{key}/restoration": {
        "post": operation(
            "bringBackContact",
            "Bring it back. 200 when it was there.",
            {"201": "Contact", "200": "Contact"},
            KEYED,
            body="Nothing",
        )
    },
    "/articles/{article_id}/right-of-reply": {
        "get": operation(
            "readRightOfReply",
            "Its allegations, to whom each was put, what came back, and what is missing.",
            {"200": "RightOfReply"},
            ARTICLE,
        )
    },
}

_TIME: Schema = {"type": "string", "maxLength": 40, "description": "2026-11-24T18:30; UTC unless an offset follows."}


def _words(name: str) -> Schema:
    return {"type": "string", "maxLength": LENGTHS[name]}


_CHANNEL: Schema = {"enum": list(CHANNELS)}
_SAID: dict[str, Schema] = {
    "party": ref("PartyInput"),
    "channel": _CHANNEL,
    "questions": _words("questions"),
    "asked_at": maybe(_TIME),
    "deadline": maybe(_TIME),
    "outcome": maybe({"enum": list(OUTCOMES)}),
    "answer": maybe(_words("answer")),
    "answered_at": maybe(_TIME),
    "in_text": maybe(FLAG),
}
_MARK: dict[str, Schema] = {"annotation": UUID, "number": KEY, "kind": KIND}

SCHEMAS: dict[str, Schema] = {
    "ContactInput": some(("party", "channel", "questions"), id=maybe(UUID), **_SAID),
    "ContactChange": some(**_SAID),
    "FollowUpInput": some(("channel",), channel=_CHANNEL, remark=maybe(_words("remark")), at=maybe(_TIME)),
    "RightOfReply": exactly(article=KEY, version=KEY, at=TIME, summary=STRING, items=array(ref("Allegation"))),
    "Allegation": exactly(
        **_MARK,
        words=STRING,
        harm=maybe({"enum": list(HARMS)}),
        about=maybe(STRING),
        party=maybe(ref("Party")),
        repeated_by=array(UUID),
        contacts=array(ref("Contact")),
        replies=array(exactly(**_MARK, exact=STRING, party=maybe(ref("Party")))),
        gaps=array(STRING),
    ),
}
