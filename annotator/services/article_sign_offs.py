"""Signing off a whole article: a lead answers for its text, read to the last sentence.

It is bound to the version's text. It falls by itself with the next draft, when a sentence is unread again, when a check
is touched, or when more checks are open than there were.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from sqlalchemy import func, select

from annotator import clock
from annotator.access import DECIDE, Actor, decides
from annotator.errors import Conflict, Forbidden, NotFound
from annotator.extensions import db
from annotator.models import Annotation, Article, ArticleVersion, Correction, SignOff
from annotator.queries.coverage import coverage_of, unattended
from annotator.queries.newest import PRESENT
from annotator.services import events, notices
from annotator.services.anchoring import newest
from annotator.services.remarks import tidied
from annotator.vocabulary import DONE

BLOCKING = ("coverage", "places")
"""What a reason of `why_not` may be about."""


def sign_off_article(
    actor: Actor, article: Article, remark: str = "", sha256: str | None = None, undoes: int | None = None
) -> tuple[SignOff, bool]:
    """Answer for the newest text. Returns the sign-off, and whether it was made now (False: it stood).

    A lead may, or whoever leads the article. `sha256` names the text that was read; when another is the newest by now,
    that is a Conflict. Raises Forbidden, Conflict with every reason that blocks it, Invalid (remark).
    """
    if not decides(actor, article.led_by):
        raise Forbidden("Only a lead, or whoever leads this article, may sign it off.")
    signed = standing(article.id)
    if signed:
        return _standing(actor, signed), False
    version, remark = newest(article.id), tidied(remark)
    if sha256 is not None and sha256 != version.sha256:
        now = {"version": version.number, "sha256": version.sha256}
        said = f"The newest text is another than was read: version {version.number}."
        raise Conflict(said, fields={"sha256": said}, current=now)
    if reasons := why_not(article.id):
        raise Conflict(" ".join(reasons.values()), fields=reasons)
    signed = SignOff(uuid=str(uuid4()), article_id=article.id, version_id=version.id, by_id=actor.id, at=clock.now())
    signed.remark, signed.open_checks = remark, open_checks(article.id)
    db.session.add(signed)
    after = {"signed_off": True, "version": version.number, "sha256": version.sha256, "remark": remark}
    _record(actor, "article.signed_off", article, signed, {"signed_off": False}, after, undoes)
    return signed, True


def _standing(actor: Actor, signed: SignOff) -> SignOff:
    if signed.by_id != actor.id:
        raise Conflict(f"{signed.by.name} has signed this article off already.")
    return signed


def standing(article_id: int) -> SignOff | None:
    """The sign-off of the article that stands."""
    wanted = select(SignOff).filter_by(article_id=article_id, annotation_id=None, fallen_at=None)
    found: SignOff | None = db.session.scalar(wanted)
    return found


def why_not(article_id: int) -> dict[str, str]:
    """What keeps an article from being signed off now: a sentence each, by what it is about; empty when it can be."""
    coverage, touched, reasons = coverage_of(article_id), unattended(article_id), {}
    if coverage.unread:
        verb = "is" if coverage.unread == 1 else "are"
        reasons["coverage"] = f"{coverage.unread} of {coverage.sentences} sentences {verb} unread."
    if touched:
        checks = "1 check that" if touched == 1 else f"{touched} checks that"
        reasons["places"] = f"Nobody has looked at {checks} a draft touched."
    return reasons


def open_checks(article_id: int) -> int:
    """How many checks of an article are not finished."""
    wanted = select(func.count()).where(Annotation.article_id == article_id, PRESENT, Annotation.state.not_in(DONE))
    return db.session.scalar(wanted) or 0


def open_corrections(article_id: int) -> dict[str, int]:
    """How many corrections of an article's checks wait: `proposed` for a decision, `accepted` for the text."""
    wanted = select(Correction.state, func.count()).join(Annotation, Annotation.id == Correction.annotation_id)
    wanted = wanted.where(Annotation.article_id == article_id, PRESENT, Correction.deleted_at.is_(None))
    wanted = wanted.where(Correction.state.in_(("proposed", "accepted"))).group_by(Correction.state)
    return {row[0]: row[1] for row in db.session.execute(wanted)}


def settle(actor: Actor, article: Article) -> None:
    """Let the sign-off that stands fall when it does not hold any more."""
    signed = standing(article.id)
    if signed is None:
        return
    reasons, opened = why_not(article.id), open_checks(article.id)
    if reasons:
        _fall(actor, article, signed, " ".join(reasons.values()), None)
    elif opened > signed.open_checks:
        _fall(actor, article, signed, "A check was opened.", None)


def fall(actor: Actor, article: Article, version: int) -> None:
    """Let the sign-off that stands fall because of a new version; nothing when none stands."""
    if signed := standing(article.id):
        _fall(actor, article, signed, because_of(version), version)


def because_of(version: int) -> str:
    """Why a sign-off fell when this version came, as a sentence."""
    return f"Version {version} was added."


def _fall(actor: Actor, article: Article, signed: SignOff, why: str, version: int | None) -> None:
    signed.fallen_at, signed.fallen_why = clock.now(), why
    after: dict[str, Any] = {"signed_off": False, "why": why} | ({"version": version} if version else {})
    event = _record(actor, "article.sign_off_fallen", article, signed, {"signed_off": True}, after, None)
    notices.tell(actor, event, [signed.by_id], "fallen")


def withdraw(actor: Actor, article: Article, undoes: int | None = None) -> SignOff:
    """Take the sign-off back; who gave it or a lead may. It is kept as fallen. Raises NotFound, Forbidden."""
    signed = standing(article.id)
    if signed is None:
        raise NotFound("Nobody has signed this article off.")
    if signed.by_id != actor.id and not actor.may(DECIDE):
        raise Forbidden("Only the person who signed this article off, or a lead, may withdraw it.")
    signed.fallen_at, signed.fallen_why = clock.now(), f"Withdrawn by {actor.name}."
    told = {"signed_off": True}, {"signed_off": False}
    _record(actor, "article.sign_off_withdrawn", article, signed, *told, undoes)
    return signed


def bring_back(actor: Actor, article: Article, signed: SignOff, verb: str, fell: dict[str, Any], undoes: int) -> None:
    """Let a sign-off that fell (as history told) stand again, on the text it was given for. Raises Conflict when it
    would not hold."""
    version = db.session.get_one(ArticleVersion, signed.version_id)
    same = version.id == newest(article.id).id
    reasons = why_not(article.id) | ({} if same else {"version": "The text is another now."})
    if reasons or standing(article.id) or open_checks(article.id) > signed.open_checks:
        raise Conflict(" ".join(reasons.values()) or "It is signed off anew, or more checks are open than there were.")
    signed.fallen_at, signed.fallen_why = None, ""
    _record(actor, verb, article, signed, fell, {"signed_off": True}, undoes)


def _record(
    actor: Actor,
    verb: str,
    article: Article,
    signed: SignOff,
    before: dict[str, Any],
    after: dict[str, Any],
    undoes: int | None,
) -> Any:
    return events.record(actor, verb, signed.uuid, article=article, before=before, after=after, undoes=undoes)
