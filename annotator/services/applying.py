"""Accepted corrections that a new draft has taken over are recognised, and are applied from then on, until a draft has
other words there again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from annotator import clock
from annotator.access import Actor
from annotator.extensions import db
from annotator.models import Annotation, Article, ArticleVersion, Correction
from annotator.services.carrying import Cargo, Landed
from annotator.services.events import Told
from annotator.text.applied import stands_at
from annotator.text.selectors import quote_selector
from annotator.vocabulary import UNTOUCHED

APPLIED = "The accepted correction stands here now."
TAKEN_OUT = "The words were taken out, as the accepted correction says."


def recognise(article: Article, cargo: Cargo, old: str, text: str) -> list[Correction]:
    """The accepted corrections whose words stand in `text`, and did not in `old`, where they were suggested; the
    annotation then sits on these words. What should go and has gone counts as well. Nothing is written."""
    accepted = _in_state(article, "accepted")
    found = []
    for landed in cargo.landed:
        for correction in accepted.get(landed.was.annotation, ()):
            if _applied(landed, correction, old, text):
                found.append(correction)
                break
    return found


def taken_out(article: Article, cargo: Cargo, old: str, text: str) -> list[Correction]:
    """The applied corrections whose words stood in `old` where the annotation sat, and stand no more in `text` where it
    sits now. Where it has lost its words, there is nothing left to correct."""
    applied = _in_state(article, "applied")
    here = [landed for landed in cargo.landed if landed.carried_as != "orphan"]
    return [one for it in here for one in applied.get(it.was.annotation, ()) if _reversed(it, one.suggested, old, text)]


def _reversed(landed: Landed, words: str, old: str, text: str) -> bool:
    now = landed.values
    stood = stands_at(old, words, landed.was.start, landed.was.end)
    return stood is not None and stands_at(text, words, now["start"], now["end"]) is None


def _in_state(article: Article, state: str) -> dict[int, list[Correction]]:
    wanted = select(Correction).join(Annotation, Annotation.id == Correction.annotation_id)
    wanted = wanted.where(Annotation.article_id == article.id, Correction.state == state)
    by_annotation: dict[int, list[Correction]] = {}
    for one in db.session.scalars(wanted.where(Correction.deleted_at.is_(None)).order_by(Correction.id.desc())):
        by_annotation.setdefault(one.annotation_id, []).append(one)
    return by_annotation


def _applied(landed: Landed, correction: Correction, old: str, text: str) -> bool:
    was, now, words = landed.was, landed.values, correction.suggested
    if not words.strip():
        gone = landed.carried_as == "orphan"
        now["reason"] = TAKEN_OUT if gone else now["reason"]
        return gone
    span = stands_at(text, words, now["start"], now["end"])
    if span is None or stands_at(old, words, was.start, was.end):
        return False
    if landed.carried_as not in UNTOUCHED:
        quote = quote_selector(text, span)
        now |= {"start": span.start, "end": span.end, "status": "changed", "carried_as": "changed", "reason": APPLIED}
        now |= {"exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix}
    return True


def apply(actor: Actor, corrections: list[Correction], version: ArticleVersion) -> list[Told]:
    """Write down that these are applied in this version. Returns the lines of history."""
    lines = []
    for one in corrections:
        one.state, one.applied_in_id, one.updated_at = "applied", version.id, clock.now()
        lines.append(line(one, version.number))
    return lines


def unapply(corrections: list[Correction]) -> list[Told]:
    """Write down that these are applied no more, but accepted. Returns the lines of history."""
    lines = []
    for one in corrections:
        number = db.session.scalar(select(ArticleVersion.number).filter_by(id=one.applied_in_id))
        before: dict[str, Any] = {"state": "applied", "applied_in": number}
        after = {"state": "accepted", "applied_in": None}
        lines.append(Told("correction.unapplied", one.uuid, one.annotation_id, before, after))
        one.state, one.applied_in_id, one.updated_at = "accepted", None, clock.now()
    return lines


def line(correction: Correction, number: int) -> Told:
    """The line of history that says in which version it was applied."""
    before: dict[str, Any] = {"state": "accepted", "applied_in": None}
    after = {"state": "applied", "applied_in": number}
    return Told("correction.applied", correction.uuid, correction.annotation_id, before, after)


def restore(correction: Correction, told: Mapping[str, Any]) -> None:
    """Give a correction back what a line of history told of it: accepted, or applied in a version."""
    article_id = select(Annotation.article_id).filter_by(id=correction.annotation_id).scalar_subquery()
    version = select(ArticleVersion.id).where(ArticleVersion.article_id == article_id)
    number = told["applied_in"]
    correction.applied_in_id = db.session.scalar(version.filter_by(number=number)) if number else None
    correction.state, correction.updated_at = told["state"], clock.now()
