"""History to read: of an article, and of one annotation; and what can be brought back from it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, render_template, request

from annotator.access import DECIDE, READ, Actor
from annotator.queries import articles, events, records, sealing, taken_back
from annotator.queries.events import Line
from annotator.queries.taken_back import TakenBack
from annotator.web import fragments, telling
from annotator.web.undoing import next_ones
from annotator.web.whoami import me, signed_in

pages = Blueprint("history", __name__)

SIZE = 100
NOUNS = {
    "annotations": "",
    "notes": "Note on",
    "contacts": "Contact about",
    "corrections": "Correction of",
    "comments": "Comment on",
}


@pages.get("/articles/<int:article_id>/history")
@signed_in(READ)
def of_article(article_id: int) -> str:
    """What happened to an article and its annotations, newest first."""
    return _page("history/article.html", article_id, None, **next_ones(me(), article_id))


@pages.get("/annotations/<uuid:key>/history")
@signed_in(READ)
def of_annotation(key: UUID) -> str:
    """What happened to one annotation, newest first; a deleted one has its history too."""
    record = records.record(str(key), deleted=True)
    template = "history/_lines.html" if fragments.wanted() else "history/annotation.html"
    return _page(template, record.article, record.id, record=record)


def _page(template: str, article_id: int, annotation: str | None, **more: object) -> str:
    article, actor = articles.article(article_id), me()
    lines = events.timeline(article_id, annotation, request.args.get("below", type=int), SIZE + 1)
    below = lines[SIZE - 1].id if len(lines) > SIZE else None
    shown = {"lines": _readable(actor, lines[:SIZE]), "below": below, "telling": telling}
    gone = [] if fragments.wanted() else _restorable(actor, taken_back.taken_back(article_id, annotation))
    return render_template(template, article=article, taken_back=gone, nouns=NOUNS, **shown, **more)


def _readable(actor: Actor, lines: Sequence[Line]) -> list[Line]:
    """The same lines, without what is sealed to this person."""
    hidden = sealing.sealed_among(actor.id, (line.uuid for line in lines))
    return [sealing.veiled(line, line.uuid in hidden) for line in lines]


def _restorable(actor: Actor, gone: Sequence[TakenBack]) -> list[tuple[TakenBack, bool]]:
    """What this person may see of it, each with whether they may bring it back."""
    hidden = sealing.sealed_among(actor.id, (one.annotation for one in gone))
    own = actor.username
    seen = [one for one in gone if one.noun != "notes" or one.annotation not in hidden or one.by.username == own]
    return [(one, one.noun == "annotations" or one.by.username == own or actor.may(DECIDE)) for one in seen]
