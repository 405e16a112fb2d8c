"""New drafts: the next version of an article, everything carried to it in one transaction, and all of it taken back.

Aligning two texts takes time that nobody else should wait for, so `prepare` does it before the transaction begins.
Should another version have come in between, the alignment is made again inside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from annotator import clock
from annotator.access import IMPORT, Actor, allow
from annotator.errors import Conflict, Invalid, Stale
from annotator.extensions import db
from annotator.models import Annotation, Article, ArticleVersion, Event
from annotator.services import applying, article_sign_offs, carrying, events
from annotator.services.anchoring import newest, newest_number
from annotator.services.articles import checked_document, details_of, search_text
from annotator.services.carrying import Cargo, Landed
from annotator.services.confirming import closure, open_again
from annotator.services.events import Told
from annotator.services.files import Kept, add_file
from annotator.services.touching import settle_touched
from annotator.text.blocks import Document, Draft, to_json
from annotator.text.canonical import canonical_line, sha256
from annotator.text.codepoints import storable
from annotator.vocabulary import CARRIED

if TYPE_CHECKING:
    from annotator.text.reanchoring import Alignment

NOTE_LIMIT = 1_000


@dataclass(frozen=True, slots=True)
class Prepared:
    """A draft that may become a version. `base` is the id of the version it was set beside; without an `alignment` the
    texts are the same. `made_from` is the number of the version it was edited from, if it must not replace another."""

    document: Document
    source: str
    change_note: str
    base: int
    alignment: Alignment | None
    file: Kept | None = None
    made_from: int | None = None

    @property
    def sha256(self) -> str:
        """What names the text."""
        return sha256(self.document.text)


@dataclass(frozen=True, slots=True)
class Added:
    """The version there is now, and whether it is `new` (False: the newest has this very text already).

    `carried` counts annotations by vocabulary.CARRIED; `clear` are the clear sentences that stayed clear, of
    `clear_before`; `applied` counts the accepted corrections that were recognised.
    """

    number: int
    sha256: str
    new: bool
    carried: dict[str, int] = field(default_factory=lambda: dict.fromkeys(CARRIED, 0))
    clear: int = 0
    clear_before: int = 0
    applied: int = 0


def prepare(
    article_id: int, drafts: Sequence[Draft], source: str, change_note: str = "", file: Kept | None = None
) -> Prepared:
    """Check a draft and set it beside the newest version. Nothing is written. Raises Invalid (text, change_note)."""
    document, base, note = checked_document(drafts), newest(article_id), _tidy(change_note)
    alignment = None if base.text == document.text else _align(base.text, document.text)
    return Prepared(document, source, note, base.id, alignment, file)


def _align(old: str, new: str) -> Alignment:
    # Loaded when somebody needs it: RapidFuzz comes with it, and takes memory that an idle desk has better uses for.
    from annotator.text.reanchoring import align

    return align(old, new)


def _tidy(note: str) -> str:
    tidy = canonical_line(storable(note, "change_note"))
    if len(tidy) > NOTE_LIMIT:
        limit = f"A change note may have at most {NOTE_LIMIT:,} characters; this has {len(tidy):,}."
        raise Invalid({"change_note": limit})
    return tidy


def add_version(actor: Actor, article: Article, prepared: Prepared, undoes: int | None = None) -> Added:
    """Make the draft the article's newest version and carry everything to it. The article is locked.

    Whatever is touched is reopened, and its sign-off falls; what is not stays as it is. The same text as the newest
    version is noticed, and nothing happens. Raises Forbidden, Stale (edited from a version that is not the newest).
    """
    allow(actor, IMPORT)
    old = newest(article.id)
    if old.sha256 == prepared.sha256:
        return Added(old.number, old.sha256, new=False, carried=_all_there(old))
    if prepared.made_from not in (None, old.number):
        now = {"version": old.number}
        raise Stale(f"Version {old.number} is the newest now, and this text was made from another.", current=now)
    alignment = prepared.alignment
    if alignment is None or prepared.base != old.id:
        alignment = _align(old.text, prepared.document.text)
    cargo = carrying.carry_version(alignment, old, prepared.document.text)
    corrections = applying.recognise(article, cargo, old.text, prepared.document.text)
    reverted = applying.taken_out(article, cargo, old.text, prepared.document.text)
    version = _new_version(actor, article, prepared)
    carrying.write(cargo, version)
    added = Added(
        *(version.number, version.sha256, True, cargo.counts()),
        *(len(cargo.clear), cargo.clear_before, len(corrections)),
    )
    lines = [_line(article, old, version, prepared, added), *_carried(cargo, version), *_reattached(cargo, version)]
    lines += [*applying.apply(actor, corrections, version), *applying.unapply(reverted)]
    events.record_many(actor, article, lines)
    settle_touched(actor, article, version)
    article_sign_offs.fall(actor, article, version.number)
    return added


def _all_there(version: ArticleVersion) -> dict[str, int]:
    here = select(func.count()).where(Annotation.article_id == version.article_id, Annotation.deleted_at.is_(None))
    return dict.fromkeys(CARRIED, 0) | {"exact": db.session.scalar(here.where(Annotation.closed_at.is_(None))) or 0}


def _new_version(actor: Actor, article: Article, prepared: Prepared) -> ArticleVersion:
    text, last = prepared.document.text, select(func.max(ArticleVersion.number)).filter_by(article_id=article.id)
    version = ArticleVersion(article_id=article.id, number=db.session.scalars(last).one() + 1, text=text)
    version.length, version.source, version.change_note = len(text), prepared.source, prepared.change_note
    version.blocks, version.sha256 = to_json(prepared.document.blocks), prepared.sha256
    version.created_by_id, version.created_at = actor.id, clock.now()
    version.file_id = add_file(actor, prepared.file)[0].id if prepared.file else None
    article.search_text = search_text(details_of(article), text)
    db.session.add(version)
    db.session.flush()
    return version


def _line(article: Article, old: ArticleVersion, version: ArticleVersion, prepared: Prepared, added: Added) -> Told:
    named = {"version": version.number, "sha256": version.sha256, "source": version.source}
    after: dict[str, Any] = {**named, "change_note": version.change_note, "carried": added.carried}
    after |= {"clear": added.clear, "applied": added.applied}
    return Told("article.version_added", article.uuid, None, {"version": old.number, "sha256": old.sha256}, after)


def _carried(cargo: Cargo, version: ArticleVersion) -> list[Told]:
    """The record of carrying: from where to where, as what, how surely and why."""
    return [_record(one, version) for one in cargo.landed if one.was.counts or one.was.closed]


def _record(one: Landed, version: ArticleVersion) -> Told:
    was, now = one.was, one.values
    before = {"version": was.number, "start": was.start, "end": was.end, "exact": was.exact}
    after = {"version": version.number, "start": now["start"], "end": now["end"], "exact": now["exact"]}
    after |= {"carried_as": one.carried_as, "status": now["status"], "score": now["score"], "reason": now["reason"]}
    return Told(CARRYING, was.uuid, was.annotation, before, after)


def _reattached(cargo: Cargo, version: ArticleVersion) -> list[Told]:
    """What had been closed because its words were gone is open again when they are back."""
    back = {one.was.annotation: one for one in cargo.landed if one.reattached}
    found = []
    for annotation in db.session.scalars(select(Annotation).where(Annotation.id.in_(back))) if back else ():
        before = closure(annotation)
        open_again(annotation)
        after = {"closed": False, "version": version.number}
        found.append(Told("annotation.taken_up", annotation.uuid, annotation.id, before, after))
    return found


CARRYING = "annotation.carried"
DEPENDS = ("annotation", "note", "correction", "sign_off", "sentence")
"""What stands on a version; an article's sign-off does, too."""


def withdraw_version(actor: Actor, article: Article, number: int, undoes: int) -> None:
    """Take the newest version back: the one before it is what people work on again. `undoes` is the event that added
    it; what followed from that is put back by `inverses`. Raises Conflict when there is later work on it."""
    version = newest(article.id)
    if version.number != number or number == 1:
        raise Conflict(f"Version {number} is not the newest one any more.")
    _refuse_if_used(article, undoes)
    version.withdrawn_at = clock.now()
    db.session.flush()
    before = newest(article.id)
    article.search_text = search_text(details_of(article), before.text)
    told: dict[str, Any] = {"before": {"version": number}, "after": {"version": before.number}}
    events.record(actor, "article.version_withdrawn", article.uuid, article=article, undoes=undoes, **told)


def _refuse_if_used(article: Article, added: int) -> None:
    event = db.session.get_one(Event, added)
    later = select(Event).where(Event.article_id == article.id, Event.id > added, Event.act != event.act)
    for one in events.standing(list(db.session.scalars(later.order_by(Event.id.desc())))):
        if one.verb == CARRYING:  # by a later draft, which has been taken back
            continue
        if one.verb.split(".")[0] in DEPENDS or one.verb == "article.signed_off":
            who = one.actor.name if one.actor else "A command"
            raise Conflict(
                f"{who} has worked on this version since. Add the earlier text as a new version instead; "
                "every check is carried back to it."
            )


def bring_back_version(actor: Actor, article: Article, number: int, undoes: int) -> None:
    """Let a version that was taken back be the newest again. Raises Conflict when another has come since."""
    wanted = select(ArticleVersion).filter_by(article_id=article.id, number=number)
    version, now = db.session.scalars(wanted).one(), newest_number(article.id)
    if now > number:
        raise Conflict(f"Version {now} has come since.")
    version.withdrawn_at = None
    article.search_text = search_text(details_of(article), version.text)
    told: dict[str, Any] = {"before": {"version": now}, "after": {"version": number}}
    events.record(actor, "article.version_brought_back", article.uuid, article=article, undoes=undoes, **told)
