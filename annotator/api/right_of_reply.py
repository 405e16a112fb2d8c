"""The right of reply of an article: its allegations, and what is missing."""

from __future__ import annotations

from typing import Any

from flask import Response

from annotator.access import READ, Actor
from annotator.api import asked, present
from annotator.api.area import ARTICLE, area
from annotator.api.replies import reply
from annotator.api.whoami import needs
from annotator.clock import iso
from annotator.exports import shapes, snapshot
from annotator.queries.right_of_reply import Allegation, RightOfReply, right_of_reply

routes = area("right_of_reply", __name__)


@routes.get(f"{ARTICLE}/right-of-reply")
@needs(READ)
def show(actor: Actor, article_id: int) -> Response:
    """Every allegation, to whom it was put, what came back, and what is missing."""
    asked.only()
    return reply(told(right_of_reply(article_id)))


def told(found: RightOfReply) -> dict[str, Any]:
    """The right of reply as the API writes it."""
    about = {"article": found.article.id, "version": found.version, "at": iso(found.at), "summary": found.summary}
    return about | {"items": [_allegation(one) for one in found.allegations]}


def _allegation(one: Allegation) -> dict[str, Any]:
    it = one.annotation
    return {
        "annotation": it.id,
        "number": it.ordinal,
        "kind": it.kind,
        "words": one.words,
        "harm": it.fields.get("harm"),
        "about": it.fields.get("about"),
        "party": shapes.party(it.party),
        "repeated_by": [again.id for again in one.repeated_by],
        "contacts": [present.contact(contact) for contact in one.contacts],
        "replies": [_reply(reply) for reply in one.replies],
        "gaps": list(one.gaps),
    }


def _reply(it: snapshot.Annotation) -> dict[str, Any]:
    said = {"annotation": it.id, "number": it.ordinal, "kind": it.kind, "exact": it.anchor.exact}
    return said | {"party": shapes.party(it.party)}
