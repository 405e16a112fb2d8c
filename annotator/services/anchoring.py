"""Where annotations sit: places as people say them, settled on the newest version.

Somebody may still be reading a version that has been followed by another. What they mark there is carried along, when
the words stand in the newest version as they did; when they do not, it is refused with the reason. Nothing is lost, and
nothing lands on other words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import defer

from annotator import clock
from annotator.access import Actor
from annotator.errors import Superseded
from annotator.extensions import db
from annotator.models import Anchor, Annotation, Article, ArticleVersion, User
from annotator.queries.newest import STANDS
from annotator.services import loading
from annotator.text.codepoints import storable
from annotator.text.selectors import quote_selector
from annotator.text.spans import Span, check_words, settle
from annotator.vocabulary import UNTOUCHED


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody says a span is: offsets in one version, and the words they believe are there."""

    version: int
    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class Settled:
    """A span of the newest version; said of an `earlier` one, also where it stands there and how it was carried."""

    version: ArticleVersion
    span: Span
    earlier: tuple[ArticleVersion, Span] | None = None
    carried_as: str | None = None
    reason: str = ""


def settled(article: Article, place: Place) -> Settled:
    """The settled span a place means, its words verified. Raises NotFound, Invalid, WordsDiffer, Superseded."""
    version = loading.version(article.id, place.version)
    exact = storable(place.exact, "exact")
    span = settle(version.text, place.start, place.end)
    check_words(version.text, place.start, place.end, exact)
    newest = newest_number(article.id)
    return Settled(version, span) if newest == version.number else _carried(version, span, newest)


def newest_number(article_id: int) -> int:
    """The number of the version people work on."""
    wanted = select(ArticleVersion.number).where(ArticleVersion.article_id == article_id, STANDS)
    return db.session.scalars(wanted.order_by(ArticleVersion.number.desc()).limit(1)).one()


def newest(article_id: int) -> ArticleVersion:
    """The version people work on, with its text."""
    wanted = select(ArticleVersion).where(ArticleVersion.article_id == article_id, STANDS)
    wanted = wanted.options(defer(ArticleVersion.blocks)).order_by(ArticleVersion.number.desc()).limit(1)
    return db.session.scalars(wanted).one()


def _carried(version: ArticleVersion, span: Span, number: int) -> Settled:
    # Loaded when somebody needs it, as in `states.same_words`.
    from annotator.text.reanchoring import carry

    newest = loading.version(version.article_id, number)
    found = carry(version.text, newest.text, [(span.start, span.end)])[0]
    if found.state not in UNTOUCHED or found.start is None or found.end is None:
        raise Superseded(version.number, number)
    span_now = settle(newest.text, found.start, found.end)
    return Settled(newest, span_now, (version, span), found.state, found.reason)


def new_anchor(annotation: Annotation, where: Settled) -> Anchor:
    """The annotation's place in the newest version; when it was made on an earlier one, there as well."""
    anchor = _anchor(annotation, where.version, where.span)
    if where.earlier and where.carried_as:
        version, span = where.earlier
        _anchor(annotation, version, span)
        anchor.status = anchor.carried_as = where.carried_as
        anchor.reason, anchor.carried_from_id = where.reason, version.id
    return anchor


def _anchor(annotation: Annotation, version: ArticleVersion, span: Span) -> Anchor:
    anchor = Anchor(annotation_id=annotation.id, version_id=version.id, status="exact", score=1.0)
    sit(anchor, version.text, span)
    db.session.add(anchor)
    return anchor


def sit(anchor: Anchor, text: str, span: Span) -> None:
    """Put an anchor on a span, with the words there and those around them."""
    quote = quote_selector(text, span)
    anchor.start, anchor.end = span.start, span.end
    anchor.exact, anchor.prefix, anchor.suffix = quote.exact, quote.prefix, quote.suffix


def resit(actor: Actor, anchor: Anchor, where: Settled) -> None:
    """Put an anchor where a person says. One that was carried here counts as confirmed by them."""
    sit(anchor, where.version.text, where.span)
    if anchor.carried_as or anchor.status != "exact":
        confirm(actor, anchor)


def confirm(actor: Actor, anchor: Anchor) -> None:
    """Note that this person says it is on the right words."""
    anchor.status, anchor.score = "confirmed", 1.0
    anchor.confirmed_by_id, anchor.confirmed_at = actor.id, clock.now()


def anchor_in(annotation: Annotation, version: ArticleVersion) -> Anchor:
    """Where the annotation sits in this version."""
    return db.session.scalars(select(Anchor).filter_by(annotation_id=annotation.id, version_id=version.id)).one()


def newest_anchor(annotation: Annotation) -> Anchor:
    """Where the annotation sits in the version people work on."""
    wanted = select(Anchor).join(ArticleVersion, ArticleVersion.id == Anchor.version_id)
    wanted = wanted.where(Anchor.annotation_id == annotation.id, STANDS)
    return db.session.scalars(wanted.order_by(ArticleVersion.number.desc()).limit(1)).one()


def placed(anchor: Anchor) -> dict[str, Any]:
    """An anchor's place as it stands in events; how surely it is there, unless it was put there when it was made."""
    told = {"start": anchor.start, "end": anchor.end, "exact": anchor.exact}
    if anchor.status == "exact":
        return told
    by = db.session.get(User, anchor.confirmed_by_id) if anchor.confirmed_by_id else None
    return told | {"status": anchor.status, "score": anchor.score} | ({"confirmed_by": by.username} if by else {})


def put_back(anchor: Anchor, text: str, was: Mapping[str, Any]) -> None:
    """Put an anchor where a line of its history told; an orphan gets back the words it had when it was carried."""
    status = was.get("status", "exact")
    if status == "orphan":
        origin = select(Anchor).filter_by(annotation_id=anchor.annotation_id, version_id=anchor.carried_from_id)
        had = db.session.scalars(origin).one()
        anchor.start = anchor.end = was["start"]
        anchor.exact, anchor.prefix, anchor.suffix = had.exact, had.prefix, had.suffix
    else:
        sit(anchor, text, Span(was["start"], was["end"]))
    anchor.status, anchor.score = status, was.get("score", 1.0)
    by = db.session.scalar(select(User.id).filter_by(username=was["confirmed_by"])) if "confirmed_by" in was else None
    anchor.confirmed_by_id, anchor.confirmed_at = by, clock.now() if by else None
