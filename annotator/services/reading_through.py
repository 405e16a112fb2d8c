"""Reading an article through: a sentence in which there is nothing to check is marked clear by the person who read it.

Only the version people work on is read; a sentence is named by its number, counted from 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from annotator import clock
from annotator.access import Actor
from annotator.errors import Conflict, NotFound
from annotator.extensions import db
from annotator.models import Article, ArticleVersion, SentenceCheck, User
from annotator.queries.articles import sentences_of
from annotator.services import article_sign_offs, events, loading
from annotator.services.anchoring import newest_number
from annotator.text.spans import Span


def clear_sentences(
    actor: Actor, article: Article, number: int, which: Iterable[int], undoes: int | None = None
) -> list[SentenceCheck]:
    """Mark these sentences of the newest version clear. Those that are clear stay with who found them so.

    Raises NotFound (no such version or sentence), Conflict (not the newest version).
    """
    version = _newest(article, number)
    return [_clear(actor, article, version, span, undoes)[0] for span in _spans(article, version, which)]


def clear_sentence(actor: Actor, article: Article, number: int, which: int) -> tuple[SentenceCheck, bool]:
    """Mark one sentence clear. Returns who found it so and when, and whether that was now. Raises as
    `clear_sentences`."""
    version = _newest(article, number)
    (span,) = _spans(article, version, [which])
    return _clear(actor, article, version, span, None)


def unclear_sentences(
    actor: Actor, article: Article, number: int, which: Iterable[int], undoes: int | None = None
) -> None:
    """Take that back; whoever reads may, for unread is the safe side. Those that are not clear stay so. Raises as
    `clear_sentences`."""
    version = _newest(article, number)
    for span in _spans(article, version, which):
        if check := _stored(version, span.start):
            _unclear(actor, article, version, check, undoes)
    article_sign_offs.settle(actor, article)


def put_back(actor: Actor, article: Article, number: int, told: dict[str, Any], undoes: int) -> None:
    """Make a sentence clear or unread again, as a line of history told: clear when it names who found it so.

    Raises Conflict when the text has been followed by another.
    """
    version = _newest(article, number)
    check = _stored(version, told["start"])
    if told["clear"] and check is None:
        by = db.session.scalars(select(User).filter_by(username=told["by"])).one()
        _add(actor, article, version, Span(told["start"], told["end"]), by.id, undoes)
    elif check and not told["clear"]:
        _unclear(actor, article, version, check, undoes)
    article_sign_offs.settle(actor, article)


def _newest(article: Article, number: int) -> ArticleVersion:
    version, newest = loading.version(article.id, number), newest_number(article.id)
    if number != newest:
        why = f"Version {newest} has come since" if newest > number else f"Version {number} was taken back"
        raise Conflict(f"{why}; read version {newest}.", current={"version": newest})
    return version


def _spans(article: Article, version: ArticleVersion, which: Iterable[int]) -> list[Span]:
    found, wanted = sentences_of(version.id, article.language), sorted(set(which))
    if any(not 0 <= one < len(found) for one in wanted):
        raise NotFound(f"Version {version.number} has {len(found)} sentences, counted from 0.")
    return [found[one] for one in wanted]


def _stored(version: ArticleVersion, start: int) -> SentenceCheck | None:
    found: SentenceCheck | None = db.session.scalar(select(SentenceCheck).filter_by(version_id=version.id, start=start))
    return found


def _clear(
    actor: Actor, article: Article, version: ArticleVersion, span: Span, undoes: int | None
) -> tuple[SentenceCheck, bool]:
    known = _stored(version, span.start)
    if known and known.end >= span.end:
        return known, False
    if known:
        db.session.delete(known)
        db.session.flush()
    return _add(actor, article, version, span, actor.id, undoes), True


def _add(
    actor: Actor, article: Article, version: ArticleVersion, span: Span, by_id: int, undoes: int | None
) -> SentenceCheck:
    check = SentenceCheck(version_id=version.id, start=span.start, end=span.end, by_id=by_id, at=clock.now())
    db.session.add(check)
    db.session.flush()
    _record(actor, "sentence.cleared", article, version, check, undoes)
    return check


def _unclear(actor: Actor, article: Article, version: ArticleVersion, check: SentenceCheck, undoes: int | None) -> None:
    db.session.delete(check)
    _record(actor, "sentence.uncleared", article, version, check, undoes)


def _record(
    actor: Actor, verb: str, article: Article, version: ArticleVersion, check: SentenceCheck, undoes: int | None
) -> None:
    place = {"version": version.number, "start": check.start, "end": check.end}
    unread, clear = place | {"clear": False}, place | {"clear": True, "by": check.by.username}
    cleared = verb == "sentence.cleared"
    told: dict[str, Any] = {"before": unread, "after": clear} if cleared else {"before": clear, "after": unread}
    subject = f"{article.uuid}/{version.number}/{check.start}"
    events.record(actor, verb, subject, article=article, undoes=undoes, **told)
