"""Parties known from earlier work: looked for, and all that one of them claimed, said and denied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import aliased

from annotator.errors import NotFound
from annotator.exports import snapshot
from annotator.extensions import db
from annotator.models import Anchor, Annotation, Article, Contact, Party, PartyAlias
from annotator.queries import beneath
from annotator.queries.newest import NEWEST
from annotator.text.prose import folded
from annotator.vocabulary import KINDS

SAID = 500
ASKED = 100


@dataclass(frozen=True, slots=True)
class Known:
    """A party with its aliases, and how much of each kind is its own in how many articles."""

    number: int
    id: str
    name: str
    role: str
    organisation: str
    aliases: tuple[str, ...]
    row_version: int
    claim: int = 0
    quote: int = 0
    denial: int = 0
    articles: int = 0

    @property
    def total(self) -> int:
        """All annotations of the party."""
        return self.claim + self.quote + self.denial


@dataclass(frozen=True, slots=True)
class Page:
    """Some parties, and which of how many pages this is."""

    rows: list[Known]
    number: int
    last: int


@dataclass(frozen=True, slots=True)
class Said:
    """One annotation of a party, with the article it is in. The verdict is left out while the article is read blind."""

    article: int
    title: str
    id: str
    ordinal: int
    kind: str
    exact: str
    state: str
    verdict: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """One attempt to ask a party, with the annotation it was about."""

    article: int
    title: str
    annotation: str
    ordinal: int
    kind: str
    contact: snapshot.Contact


def suggestions(typed: str, limit: int = 12) -> list[Known]:
    """Parties whose name or alias contains what was typed, the most used first, then by name. Three queries."""
    used = select(Annotation.party_id, func.count().label("times")).group_by(Annotation.party_id).subquery()
    wanted = _matching(typed).outerjoin(used, used.c.party_id == Party.id)
    wanted = wanted.order_by(func.coalesce(used.c.times, 0).desc(), Party.folded).limit(limit)
    return _known(db.session.scalars(wanted).all())


def _matching(typed: str) -> Select[Party]:
    part = folded(" ".join(typed.replace("\0", "").split())[:200])
    aliases = select(PartyAlias.party_id).where(PartyAlias.folded.contains(part, autoescape=True))
    named = Party.folded.contains(part, autoescape=True)
    return select(Party).where(Party.merged_into_id.is_(None), or_(named, Party.id.in_(aliases)))


def page(typed: str, number: int, size: int) -> Page:
    """A page of the parties that match, by name, the last one when there are fewer. Four queries."""
    matching = _matching(typed)
    total = db.session.scalar(select(func.count()).select_from(matching.subquery())) or 0
    last = max(1, -(-total // size))
    number = min(max(1, number), last)
    wanted = matching.order_by(Party.folded).limit(size).offset((number - 1) * size)
    return Page(_known(db.session.scalars(wanted).all()), number, last)


def after(typed: str, place: Sequence[int] | None, size: int) -> list[Known]:
    """The parties that match, by their number, after the number in `place`. Three queries."""
    wanted = _matching(typed).where(Party.id > (place[0] if place else 0)).order_by(Party.id).limit(size)
    return _known(db.session.scalars(wanted).all())


def party(uuid: str) -> Known:
    """One party; one that was merged leads to what it became. Three queries. NotFound."""
    other = aliased(Party)
    became = select(other).join(Party, Party.merged_into_id == other.id).where(Party.uuid == uuid)
    found = db.session.scalar(became) or db.session.scalar(select(Party).filter_by(uuid=uuid))
    if found is None:
        raise NotFound("There is no such party.")
    return _known([found])[0]


def uuid_of(name: str) -> str | None:
    """The id of the party that has this name. One query."""
    return db.session.scalar(select(Party.uuid).filter_by(folded=folded(name)))


def _known(found: Iterable[Party]) -> list[Known]:
    parties = list(found)
    ids = [one.id for one in parties]
    aliases: defaultdict[int, list[str]] = defaultdict(list)
    for alias in db.session.scalars(select(PartyAlias).where(PartyAlias.party_id.in_(ids)).order_by(PartyAlias.folded)):
        aliases[alias.party_id].append(alias.name)
    counts = _counts(ids)
    return [_one(stored, tuple(aliases[stored.id]), counts[stored.id]) for stored in parties]


def _one(stored: Party, aliases: tuple[str, ...], counts: dict[str, int]) -> Known:
    named = stored.id, stored.uuid, stored.name, stored.role, stored.organisation
    claim, quote, denial, articles = (counts.get(name, 0) for name in (*KINDS, "articles"))
    return Known(*named, aliases, stored.row_version, claim, quote, denial, articles)


def _counts(ids: Sequence[int]) -> defaultdict[int, dict[str, int]]:
    of_kind = [func.sum(case((Annotation.kind == kind, 1), else_=0)).label(kind) for kind in KINDS]
    wanted = select(Annotation.party_id, func.count(Annotation.article_id.distinct()).label("articles"), *of_kind)
    wanted = wanted.where(Annotation.party_id.in_(ids), Annotation.deleted_at.is_(None)).group_by(Annotation.party_id)
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for row in db.session.execute(wanted):
        found[row.party_id] = {name: getattr(row, name) for name in ("articles", *KINDS)}
    return found


def said_by(number: int, limit: int = SAID) -> list[Said]:
    """What a party claimed, said and denied, the newest article first, in the order of the text. One query."""
    wanted = _placed(select(*_SAID)).where(Annotation.party_id == number)
    wanted = wanted.order_by(Article.id.desc(), Anchor.start, Anchor.end.desc(), Annotation.ordinal).limit(limit)
    return [_said(row) for row in db.session.execute(wanted)]


_SAID = (
    Article.id,
    Article.title,
    Annotation.uuid,
    Annotation.ordinal,
    Annotation.kind,
    Anchor.exact,
    Annotation.state,
    Annotation.verdict,
    Article.blind,
    Annotation.readers,
)


def _placed(wanted: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """With the article and the newest anchor of each annotation that is there."""
    here: ColumnElement[bool] = Anchor.version_id.in_(NEWEST)
    wanted = wanted.join(Article, Article.id == Annotation.article_id)
    return wanted.join(Anchor, (Anchor.annotation_id == Annotation.id) & here).where(Annotation.deleted_at.is_(None))


def _said(row: Any) -> Said:
    hidden = row.blind and row.readers == 1
    article, title, uuid, ordinal, kind, exact, state = row[:7]
    return Said(article, title, uuid, ordinal, kind, exact, state, None if hidden else row.verdict)


def asked_of(number: int, limit: int = ASKED) -> list[Asked]:
    """When a party was asked about what, the latest first. Two queries, three when somebody followed up."""
    wanted = select(Contact.uuid.label("contact"), Annotation.id.label("about"), *_SAID[:5])
    wanted = _placed(wanted.join(Annotation, Annotation.id == Contact.annotation_id))
    wanted = wanted.where(Contact.party_id == number, Contact.deleted_at.is_(None))
    rows = db.session.execute(wanted.order_by(Contact.asked_at.desc(), Contact.id.desc()).limit(limit)).all()
    hanging = beneath.contacts(list({row.about for row in rows})).values()
    known = {contact.id: contact for contacts in hanging for contact in contacts}
    return [Asked(row.id, row.title, row.uuid, row.ordinal, row.kind, known[row.contact]) for row in rows]
