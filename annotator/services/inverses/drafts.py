"""What is done about drafts, and about reading an article through, taken back."""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy import select

from annotator import clock
from annotator.access import Actor
from annotator.errors import Conflict
from annotator.extensions import db
from annotator.models import Correction, Event, SignOff
from annotator.services import applying, article_sign_offs, places, reading_through, signing_off, versions
from annotator.services.inverses.lines import Inverse, annotation_of, article_of, before, move_back, tell
from annotator.services.states import settle_state


def _number(event: Event) -> int:
    return int((event.after or {})["version"])


def _withdraw_version(actor: Actor, event: Event) -> None:
    versions.withdraw_version(actor, article_of(event), _number(event), event.id)


def _bring_back_version(actor: Actor, event: Event) -> None:
    versions.bring_back_version(actor, article_of(event), int(before(event)["version"]), event.id)


def _read_again(actor: Actor, event: Event) -> None:
    reading_through.put_back(actor, article_of(event), before(event)["version"], before(event), event.id)


def _take_up(actor: Actor, event: Event) -> None:
    places.take_up(actor, annotation_of(event), undoes=event.id)


def _close_again(actor: Actor, event: Event) -> None:
    places.close_again(actor, annotation_of(event), before(event), event.id)


def _article_signed(event: Event) -> SignOff:
    return db.session.scalars(select(SignOff).filter_by(uuid=event.subject)).one()


def _withdraw_article_sign_off(actor: Actor, event: Event) -> None:
    article_sign_offs.withdraw(actor, article_of(event), undoes=event.id)


def _sign_article_off_again(actor: Actor, event: Event) -> None:
    signed, article = _article_signed(event), article_of(event)
    fell = event.after or {}
    article_sign_offs.bring_back(actor, article, signed, "article.signed_off", fell, event.id)


def _stays(actor: Actor, event: Event) -> None:
    """A sign-off that has fallen stays fallen: somebody answers for it by name, and has to do so anew. But when it fell
    because of a draft, and the draft is taken back, the text is to the letter what they answered for."""
    if "version" in (event.after or {}):
        signed = db.session.scalars(select(SignOff).filter_by(uuid=event.subject)).one()
        with suppress(Conflict):
            signing_off.revive(actor, signed, event.after or {}, event.id)


def _falls_again(actor: Actor, event: Event) -> None:
    """The draft is back, and so the sign-off falls again for what it did."""
    signed = db.session.scalars(select(SignOff).filter_by(uuid=event.subject)).one()
    if signed.fallen_at is None:
        signed.fallen_at, signed.fallen_why = clock.now(), before(event)["why"]
        tell(actor, event)
        if event.annotation_id:
            settle_state(actor, annotation_of(event))


def _article_stays(actor: Actor, event: Event) -> None:
    """As with the sign-off of a check."""
    if "version" in (event.after or {}):
        told = article_of(event), _article_signed(event), "article.sign_off_revived", event.after or {}
        with suppress(Conflict):
            article_sign_offs.bring_back(actor, *told, event.id)


def _carried_along(actor: Actor, event: Event) -> None:
    """The place in a version comes and goes with that version."""


def _apply_otherwise(actor: Actor, event: Event) -> None:
    """A correction is applied as long as the version that has it stands."""
    correction = db.session.scalars(select(Correction).filter_by(uuid=event.subject)).one()
    applying.restore(correction, before(event))
    tell(actor, event)


INVERSES: dict[str, Inverse] = {
    "article.version_added": _withdraw_version,
    "article.version_brought_back": _withdraw_version,
    "article.version_withdrawn": _bring_back_version,
    "article.signed_off": _withdraw_article_sign_off,
    "article.sign_off_withdrawn": _sign_article_off_again,
    "sentence.cleared": _read_again,
    "sentence.uncleared": _read_again,
    "annotation.confirmed": move_back,
    "annotation.detached": move_back,
    "annotation.closed": _take_up,
    "annotation.taken_up": _close_again,
}

CONSEQUENCES: dict[str, Inverse] = {
    "sign_off.fallen": _stays,
    "sign_off.revived": _falls_again,
    "article.sign_off_fallen": _article_stays,
    "article.sign_off_revived": _falls_again,
    "annotation.carried": _carried_along,
    "annotation.closed": _take_up,
    "annotation.taken_up": _close_again,
    "correction.applied": _apply_otherwise,
    "correction.unapplied": _apply_otherwise,
}
