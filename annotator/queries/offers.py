"""What an annotation may be tied to: the others of its article, the most plausible first. Two queries in all."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from annotator.exports import snapshot
from annotator.extensions import db
from annotator.models import Anchor, Annotation, Article, ArticleVersion, Relation
from annotator.queries.newest import PRESENT
from annotator.text.likeness import bare, plausibility, says_same

MOST = 200


@dataclass(frozen=True, slots=True)
class Offer:
    """Another annotation of the same version."""

    uuid: str
    ordinal: int
    kind: str
    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class Gone:
    """What an annotation is tied to that has been deleted; the tie waits for its return."""

    type: str
    uuid: str
    ordinal: int
    kind: str


@dataclass(frozen=True, slots=True)
class Offers:
    """What an annotation may be tied to. `same` says the same already, and could be repeated."""

    all: tuple[Offer, ...]
    same: Offer | None

    def of(self, kinds: tuple[str, ...], first: str | None = None) -> list[Offer]:
        """Those of these kinds, at most MOST; the one with the uuid `first` before all others."""
        fit = [offer for offer in self.all if offer.kind in kinds]
        return sorted(fit, key=lambda offer: offer.uuid != first)[:MOST]


def offers(record: snapshot.Annotation) -> Offers:
    """The others, the most plausible first; claims before quotes before denials where the record is a denial's."""
    here = record.anchor.start, bare(record.anchor.exact)
    words = {offer: bare(offer.exact) for offer in _others(record)}
    rank = {"claim": 0, "quote": 1, "denial": 2} if record.kind == "denial" else {}

    def key(offer: Offer) -> tuple[int, float]:
        return rank.get(offer.kind, 0), -plausibility(here, (offer.start, words[offer]))

    return Offers(tuple(sorted(words, key=key)), _same(record, list(words)))


def _others(record: snapshot.Annotation) -> list[Offer]:
    columns = Annotation.uuid, Annotation.ordinal, Annotation.kind, Anchor.start, Anchor.end, Anchor.exact
    wanted = select(*columns).join(Anchor, Anchor.annotation_id == Annotation.id)
    wanted = wanted.join(ArticleVersion, ArticleVersion.id == Anchor.version_id)
    here = ArticleVersion.article_id == record.article, ArticleVersion.number == record.anchor.version
    wanted = wanted.where(*here, PRESENT, Annotation.uuid != record.id)
    return [Offer(*row) for row in db.session.execute(wanted.order_by(Annotation.ordinal))]


def _same(record: snapshot.Annotation, others: list[Offer]) -> Offer | None:
    """The oldest annotation of the same kind that says the same elsewhere, unless something is repeated already."""
    if any(tie.type == "repeats" for tie in record.relations):
        return None
    language = db.session.get_one(Article, record.article).language
    older = (offer for offer in others if offer.ordinal < record.ordinal and offer.kind == record.kind)
    apart = (offer for offer in older if offer.end <= record.anchor.start or offer.start >= record.anchor.end)
    return next((offer for offer in apart if says_same(record.anchor.exact, offer.exact, language)), None)


def gone(uuid: str) -> list[Gone]:
    """What this annotation is tied to, from its side, and has been deleted. One query."""
    source, target = aliased(Annotation), aliased(Annotation)
    wanted = select(Relation.type, target.uuid, target.ordinal, target.kind)
    wanted = wanted.join(source, source.id == Relation.from_id).join(target, target.id == Relation.to_id)
    wanted = wanted.where(source.uuid == uuid, target.deleted_at.is_not(None)).order_by(Relation.id)
    return [Gone(*row) for row in db.session.execute(wanted)]
