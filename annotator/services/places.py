"""What a new draft has touched, looked at by a person: it still stands, or its words are gone for good.

Moving the edges (`annotations.move_annotation`) and a verdict given anew settle a touched place as well.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from sqlalchemy import select

from annotator.access import Actor
from annotator.errors import Conflict, Invalid
from annotator.exports import snapshot
from annotator.extensions import db
from annotator.models import Annotation, User
from annotator.queries import records
from annotator.services import article_sign_offs, events, notes
from annotator.services.anchoring import Place, newest, newest_anchor, newest_number, placed, put_back
from annotator.services.annotations import check_version, move_annotation, touch
from annotator.services.confirming import LOOKED_AT, close_as, closure, confirm_place, open_again
from annotator.services.notes import Written
from annotator.services.remarks import tidied
from annotator.services.states import settle_state
from annotator.text.codepoints import storable
from annotator.text.finding import found

STILL = "Still stands on the wording of version {number}."
HIDDEN = "The verdict is hidden until you give yours; give one of your own."


def still_stands(actor: Actor, annotation: Annotation, expected: int | None = None) -> bool:
    """Say that it is on the right words and that its verdict holds for them: a note with the same verdict.

    Without a verdict the place is confirmed, and no note is written. False when this person has said so already: then
    nothing is written. Raises Stale, Conflict (nothing was touched, its words are gone, people disagree, or the verdict
    is hidden from them).
    """
    it = records.record(annotation.uuid)
    if _said_already(actor, it):
        return False
    check_version(annotation, expected)
    if it.sealed_to(actor.username):
        raise Conflict(HIDDEN)
    if why := why_not_still(it):
        raise Conflict(why)
    if annotation.verdict is None:
        confirm_place(actor, annotation)
        settle_state(actor, annotation)
        return True
    said = STILL.format(number=newest_number(annotation.article_id))
    notes.add_note(actor, annotation, Written(said, annotation.verdict), str(uuid4()))
    return True


def _said_already(actor: Actor, it: snapshot.Annotation) -> bool:
    """Whether this person has confirmed it as it is now: what is pressed or sent twice is said once."""
    if it.anchor.orphan or it.unsure or it.state in ("reopened", "disagreed"):
        return False
    if it.verdict is None:
        return it.anchor.confirmed_by is not None and it.anchor.confirmed_by.username == actor.username
    last = next((note for note in reversed(it.notes) if note.verdict), None)
    said = STILL.format(number=it.anchor.version)
    return last is not None and (last.body, last.author.username) == (said, actor.username)


def why_not_still(it: snapshot.Annotation) -> str | None:
    """Why nobody can say of it that it still stands, as a sentence."""
    if it.anchor.orphan:
        return "Its words are gone. Select the words it is about now, or close it with a reason."
    if it.state == "disagreed":
        return "The verdicts disagree; a lead has to settle that, with a reason."
    touched = it.unsure or it.state == "reopened"
    return None if touched else "No draft has touched it since somebody looked."


def put_on_words(actor: Actor, annotation: Annotation, words: str, expected: int | None = None) -> None:
    """Put it on words that stand just once in the newest version. Raises Stale, Invalid (words)."""
    version = newest(annotation.article_id)
    there = found(version.text, storable(words, "words"))
    if len(there) != 1:
        raise Invalid({"words": _not_once(words.strip(), len(there), version.number)})
    start, end = there[0].start, there[0].end
    place = Place(version.number, start, end, version.text[start:end])
    move_annotation(actor, annotation, place, expected)


def detach(actor: Actor, annotation: Annotation, expected: int | None = None) -> None:
    """Say that the words a draft may have taken it to are not those it is about: its own are gone.

    Raises Stale, Conflict (it is sure where it is).
    """
    check_version(annotation, expected)
    anchor = newest_anchor(annotation)
    if anchor.status not in LOOKED_AT or anchor.carried_from_id is None:
        raise Conflict("It is sure where it is. Move its edges, or delete it.")
    before = placed(anchor)
    put_back(anchor, "", {"status": "orphan", "start": anchor.start, "score": 0.0})
    touch(annotation)
    about: dict[str, Any] = {"article": annotation.article, "annotation": annotation}
    events.record(actor, "annotation.detached", annotation.uuid, before=before, after=placed(anchor), **about)
    settle_state(actor, annotation)


def _not_once(words: str, found: int, number: int) -> str:
    if not words:
        return "Copy the words from the text that it is about now."
    if not found:
        return f"These words do not stand in version {number}. Copy them from the text as they are."
    return f"These words stand {found} times in version {number}. Take in more of what is around them."


def close_annotation(
    actor: Actor, annotation: Annotation, reason: str, expected: int | None = None, undoes: int | None = None
) -> Annotation:
    """Close one whose words are gone from the text: it is kept, and no longer counted.

    Raises Stale, Conflict (its words are there), Invalid (reason).
    """
    check_version(annotation, expected)
    if newest_anchor(annotation).status != "orphan":
        raise Conflict("Its words stand in the text; only what has lost its words can be closed.")
    if annotation.closed_at is not None:
        return annotation
    why = tidied(reason, "reason")
    if not why:
        raise Invalid({"reason": "Say why it needs no checking any more."})
    close_as(annotation, actor.id, why)
    after = {"closed": True, "why": why, "by": actor.username}
    _record(actor, "annotation.closed", annotation, {"closed": False}, after, undoes)
    return annotation


def close_again(actor: Actor, annotation: Annotation, told: dict[str, Any], undoes: int) -> None:
    """Close one again as a line of history told: by whom and why. Raises Conflict (its words are there)."""
    if newest_anchor(annotation).status != "orphan":
        raise Conflict("Its words stand in the text now.")
    close_as(annotation, db.session.scalars(select(User.id).filter_by(username=told["by"])).one(), told["why"])
    _record(actor, "annotation.closed", annotation, {"closed": False}, told, undoes)


def take_up(actor: Actor, annotation: Annotation, undoes: int | None = None) -> Annotation:
    """Open one again that was closed; does nothing when it is open."""
    if annotation.closed_at is None:
        return annotation
    before = closure(annotation)
    open_again(annotation)
    _record(actor, "annotation.taken_up", annotation, before, {"closed": False}, undoes)
    return annotation


def _record(
    actor: Actor,
    verb: str,
    annotation: Annotation,
    before: dict[str, Any],
    after: dict[str, Any],
    undoes: int | None,
) -> None:
    touch(annotation)
    about: dict[str, Any] = {"article": annotation.article, "annotation": annotation, "undoes": undoes}
    events.record(actor, verb, annotation.uuid, before=before, after=after, **about)
    article_sign_offs.settle(actor, annotation.article)
