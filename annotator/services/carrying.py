"""Carrying what hangs on a version's words to the next one: where annotations sit, and which sentences are clear.

Everything goes by one alignment of the two texts. What had lost its words before is looked for once more in the text
that had them last, so that a paragraph which comes back brings its checks along.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from annotator.errors import Invalid
from annotator.extensions import db
from annotator.models import Anchor, Annotation, ArticleVersion, SentenceCheck
from annotator.queries.newest import STANDS
from annotator.text.selectors import quote_selector
from annotator.text.spans import LONGEST, Span, settle
from annotator.vocabulary import CARRIED, UNTOUCHED

if TYPE_CHECKING:
    from annotator.text.reanchoring import Alignment, Carried

SEARCHED, LONG = 3, 500_000


@dataclass(frozen=True, slots=True)
class Sat:
    """Where an annotation sat, in which version; `counts` when it was neither deleted nor closed."""

    annotation: int
    uuid: str
    version: int
    number: int
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    status: str
    reason: str
    counts: bool
    closed: bool


@dataclass(slots=True)
class Landed:
    """Where it sits now: an anchor's values by column, beside those it had."""

    was: Sat
    values: dict[str, Any]

    @property
    def carried_as(self) -> str:
        """One of vocabulary.CARRIED."""
        return str(self.values["carried_as"])

    @property
    def reattached(self) -> bool:
        """Whether it was closed because its words were gone, and they are back."""
        return self.was.closed and self.carried_as != "orphan"


@dataclass(frozen=True, slots=True)
class Clear:
    """A sentence that is clear, and by whom since when."""

    start: int
    end: int
    by_id: int
    at: datetime


@dataclass(slots=True)
class Cargo:
    """What has been carried: annotations, and clear sentences of so many there were."""

    landed: list[Landed]
    clear: list[Clear]
    clear_before: int
    applied: dict[int, Span] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        """How many annotations came as what; those deleted, or closed and still without words, do not count."""
        found = Counter(one.carried_as for one in self.landed if one.was.counts or one.reattached)
        return {state: found[state] for state in CARRIED}


def carry_version(alignment: Alignment, old: ArticleVersion, text: str) -> Cargo:
    """Carry everything from `old` to `text`, along the alignment of the two texts. Nothing is written yet."""
    from annotator.text.reanchoring import carry_along

    sat, clear = _sat(old), _clear(old)
    here = [one for one in sat if one.status != "orphan"]
    spans = [(one.start, one.end) for one in here] + [(one.start, one.end) for one in clear]
    found = carry_along(alignment, spans)
    landed = [_landed(was, carried, text) for was, carried in zip(here, found, strict=False)]
    landed += _look_again([one for one in sat if one.status == "orphan"], alignment, text)
    return Cargo(landed, _still_clear(clear, found[len(here) :]), len(clear))


_PLACES: tuple[Any, ...] = (
    *(Annotation.id, Annotation.uuid, ArticleVersion.id, ArticleVersion.number, Anchor.start, Anchor.end, Anchor.exact),
    *(Anchor.prefix, Anchor.suffix, Anchor.status, Anchor.reason),
    (Annotation.deleted_at.is_(None) & Annotation.closed_at.is_(None)),
    Annotation.closed_at.is_not(None),
)


def _sat(version: ArticleVersion) -> list[Sat]:
    wanted = select(*_PLACES).select_from(Anchor).join(Annotation, Annotation.id == Anchor.annotation_id)
    wanted = wanted.join(ArticleVersion, ArticleVersion.id == Anchor.version_id)
    rows = db.session.execute(wanted.where(Anchor.version_id == version.id).order_by(Annotation.ordinal))
    return [Sat(*row) for row in rows]


def _clear(version: ArticleVersion) -> list[Clear]:
    wanted = select(SentenceCheck.start, SentenceCheck.end, SentenceCheck.by_id, SentenceCheck.at)
    rows = db.session.execute(wanted.filter_by(version_id=version.id).order_by(SentenceCheck.start))
    return [Clear(*row) for row in rows]


def _still_clear(clear: Sequence[Clear], found: Sequence[Carried]) -> list[Clear]:
    kept = {}
    for was, now in zip(clear, found, strict=True):
        if now.state in UNTOUCHED and now.start is not None and now.end is not None:
            kept[now.start] = Clear(now.start, now.end, was.by_id, was.at)
    return list(kept.values())


def _landed(was: Sat, now: Carried, text: str) -> Landed:
    if now.start is None or now.end is None:
        return _orphaned(was, now.point, now.score, now.reason)
    span = _settled(text, now.start, now.end)
    quote = quote_selector(text, span)
    words = {"exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix}
    unattended = now.state in UNTOUCHED and was.status in ("changed", "review")
    status, reason = (was.status, was.reason) if unattended else (now.state, now.reason)
    place = {"start": span.start, "end": span.end, "status": status, "score": now.score, "reason": reason}
    return Landed(was, place | words | {"carried_as": now.state, "carried_from_id": was.version})


def _settled(text: str, start: int, end: int) -> Span:
    """Whole characters, as everywhere; what has grown beyond the longest span keeps its beginning."""
    try:
        return settle(text, start, end)
    except Invalid:
        return settle(text, start, start + LONGEST - 200)


def _orphaned(was: Sat, point: int, score: float, reason: str) -> Landed:
    words = {"exact": was.exact, "prefix": was.prefix, "suffix": was.suffix}
    place = {"start": point, "end": point, "status": "orphan", "score": score, "reason": reason}
    return Landed(was, place | words | {"carried_as": "orphan", "carried_from_id": was.version})


def _look_again(orphans: Sequence[Sat], alignment: Alignment, text: str) -> list[Landed]:
    """Those that were orphans before: looked for in the few texts that had most of them last. What they find must be
    new in this draft: words that were there without them are a look-alike's."""
    from annotator.text.reanchoring import carry

    found: dict[int, Landed] = {}
    for group in _by_version(_last_seen(orphans))[:SEARCHED]:
        old = _text_of(group[0].version)
        if len(old) + len(text) <= LONG:
            carried = carry(old, text, [(was.start, was.end) for was in group])
            back = [(was, now) for was, now in zip(group, carried, strict=True) if _is_back(now, alignment)]
            found |= {was.annotation: _landed(was, now, text) for was, now in back}
    return [found.get(one.annotation) or _still_gone(one, alignment) for one in orphans]


def _is_back(now: Carried, alignment: Alignment) -> bool:
    return now.start is not None and now.end is not None and not alignment.had(now.start, now.end)


def _still_gone(orphan: Sat, alignment: Alignment) -> Landed:
    return _orphaned(orphan, alignment.point(orphan.start), 0.0, orphan.reason)


def _text_of(version_id: int) -> str:
    return db.session.scalars(select(ArticleVersion.text).filter_by(id=version_id)).one()


def _by_version(last: Mapping[int, Sat]) -> list[list[Sat]]:
    """Grouped by the version in which they were last, the largest group first."""
    groups = defaultdict(list)
    for was in last.values():
        groups[was.version].append(was)
    return [group for _, group in sorted(groups.items(), key=lambda one: (-len(one[1]), one[0]))]


def _last_seen(orphans: Sequence[Sat]) -> dict[int, Sat]:
    """By annotation, where those that ever had words had them last."""
    if not orphans:
        return {}
    wanted = select(*_PLACES).select_from(Anchor).join(Annotation, Annotation.id == Anchor.annotation_id)
    wanted = wanted.join(ArticleVersion, ArticleVersion.id == Anchor.version_id)
    wanted = wanted.where(Annotation.id.in_([one.annotation for one in orphans]), Anchor.status != "orphan", STANDS)
    rows = db.session.execute(wanted.order_by(ArticleVersion.number))
    return {sat.annotation: sat for sat in (Sat(*row) for row in rows)}


def write(cargo: Cargo, version: ArticleVersion) -> None:
    """Write the new anchors and the clear sentences, in two statements."""
    anchors = [{"annotation_id": one.was.annotation, "version_id": version.id, **one.values} for one in cargo.landed]
    checks = [
        {"version_id": version.id, "start": one.start, "end": one.end, "by_id": one.by_id, "at": one.at}
        for one in cargo.clear
    ]
    for model, rows in ((Anchor, anchors), (SentenceCheck, checks)):
        _insert(model, rows)


def _insert(model: Any, rows: Iterable[dict[str, Any]]) -> None:
    found = list(rows)
    if found:
        db.session.execute(insert(model), found)
