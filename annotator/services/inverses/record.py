"""What is said of annotations, and of an article besides its text, taken back.

Each function takes the actor and the event. What it cannot put back, because the thing or what it needs is not as the
event left it, the services refuse; `undoing` has looked before whether somebody else has changed it since.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from annotator import clock
from annotator.access import Actor
from annotator.extensions import db
from annotator.models import Assignment, Event, Note, SignOff, User
from annotator.services import annotations as marks
from annotator.services import (
    arranging,
    articles,
    assigning,
    comments,
    contacts,
    corrections,
    fields,
    loading,
    notes,
    parties,
    relations,
    signing_off,
)
from annotator.services.inverses.lines import Inverse, annotation_of, article_of, before, move_back, tell
from annotator.services.parties import Named
from annotator.services.states import settle_state


def _delete(actor: Actor, event: Event) -> None:
    marks.delete_annotation(actor, annotation_of(event), None, undoes=event.id)


def _hide(actor: Actor, event: Event) -> None:
    marks.hide_annotation(actor, annotation_of(event), undoes=event.id)


def _restore(actor: Actor, event: Event) -> None:
    marks.restore_annotation(actor, annotation_of(event), undoes=event.id)


def _retag_back(actor: Actor, event: Event) -> None:
    marks.change_kind(actor, annotation_of(event), before(event)["kind"], None, undoes=event.id)


def _name_back(actor: Actor, event: Event) -> None:
    """Another party: by its name alone, so that nothing known of it is overwritten. The same: what was known of it."""
    it, was, now = annotation_of(event), before(event), event.after or {}
    if was["party"] != now["party"] or it.party is None:
        named = Named(was["party"]) if was["party"] else None
        parties.name_party(actor, it, named, None, undoes=event.id)
        return
    for name in ("role", "organisation"):
        if name in was:
            setattr(it.party, name, was[name] or "")
    tell(actor, event)


def _fields_back(actor: Actor, event: Event) -> None:
    fields.set_fields(actor, annotation_of(event), before(event), None, undoes=event.id)


def _unrelate(actor: Actor, event: Event) -> None:
    tie = event.after or {}
    relations.unrelate(actor, annotation_of(event), tie["type"], tie["to"], undoes=event.id)


def _relate(actor: Actor, event: Event) -> None:
    tie = before(event)
    relations.relate(actor, annotation_of(event), tie["type"], tie["to"], undoes=event.id)


def _denies_back(actor: Actor, event: Event) -> None:
    """The line in which links of denials were told before there were other relations."""
    it, now, was = annotation_of(event), (event.after or {}).get("denies"), before(event).get("denies")
    if now:
        relations.unrelate(actor, it, "denies", now, undoes=event.id)
    if was:
        relations.relate(actor, it, "denies", was, undoes=event.id)


def _note(event: Event) -> Note:
    return db.session.scalars(select(Note).filter_by(uuid=event.subject)).one()


def _edit_note_back(actor: Actor, event: Event) -> None:
    notes.put_back_note(actor, _note(event), before(event), undoes=event.id)


def _take_note(actor: Actor, event: Event) -> None:
    notes.take_back_note(actor, _note(event), undoes=event.id)


def _bring_note(actor: Actor, event: Event) -> None:
    notes.bring_back_note(actor, _note(event), undoes=event.id)


def _take_comment(actor: Actor, event: Event) -> None:
    comments.take_back_comment(actor, loading.comment(actor, event.subject), undoes=event.id)


def _bring_comment(actor: Actor, event: Event) -> None:
    comments.bring_back_comment(actor, loading.comment(actor, event.subject, taken_back=True), undoes=event.id)


def _edit_comment_back(actor: Actor, event: Event) -> None:
    comment = loading.comment(actor, event.subject)
    comments.edit_comment(actor, comment, before(event)["body"], None, undoes=event.id)


def _unresolve(actor: Actor, event: Event) -> None:
    comments.unresolve_thread(actor, loading.comment(actor, event.subject), undoes=event.id)


def _resolve(actor: Actor, event: Event) -> None:
    comments.resolve_thread(actor, loading.comment(actor, event.subject), undoes=event.id)


def _take_contact(actor: Actor, event: Event) -> None:
    contacts.take_back_contact(actor, loading.contact(actor, event.subject), undoes=event.id)


def _bring_contact(actor: Actor, event: Event) -> None:
    contacts.bring_back_contact(actor, loading.contact(actor, event.subject, taken_back=True), undoes=event.id)


def _change_contact_back(actor: Actor, event: Event) -> None:
    contacts.put_back_contact(actor, loading.contact(actor, event.subject), before(event), undoes=event.id)


def _take_correction(actor: Actor, event: Event) -> None:
    corrections.take_back_correction(actor, loading.correction(actor, event.subject), undoes=event.id)


def _bring_correction(actor: Actor, event: Event) -> None:
    correction = loading.correction(actor, event.subject, taken_back=True)
    corrections.bring_back_correction(actor, correction, undoes=event.id)


def _change_correction_back(actor: Actor, event: Event) -> None:
    correction = loading.correction(actor, event.subject)
    corrections.put_back_correction(actor, correction, before(event), undoes=event.id)


def _withdraw_sign_off(actor: Actor, event: Event) -> None:
    signing_off.withdraw_sign_off(actor, annotation_of(event), undoes=event.id)


def _sign_off_again(actor: Actor, event: Event) -> None:
    signed = db.session.scalars(select(SignOff).filter_by(uuid=event.subject)).one()
    signing_off.bring_back_sign_off(actor, signed, undoes=event.id)


def _assignment(event: Event) -> Assignment:
    return db.session.scalars(select(Assignment).filter_by(uuid=event.subject)).one()


def _end_assignment(actor: Actor, event: Event) -> None:
    assigning.end_assignment(actor, _assignment(event), undoes=event.id)


def _assign_again(actor: Actor, event: Event) -> None:
    assigning.bring_back_assignment(actor, _assignment(event), undoes=event.id)


def _reassign_back(actor: Actor, event: Event) -> None:
    """Whoever took over what was offered to all may give it back, though only a lead may assign it to others."""
    it, was = _assignment(event), before(event)
    it.person_id = db.session.scalar(select(User.id).filter_by(username=was["username"])) if was["username"] else None
    it.due_at = clock.read(was["due_at"]) if was["due_at"] else None
    tell(actor, event)


def _describe_back(actor: Actor, event: Event) -> None:
    article = article_of(event)
    details = replace(articles.details_of(article), **before(event))
    articles.describe_article(actor, article, details, article.row_version, undoes=event.id)


def _arrange_back(actor: Actor, event: Event) -> None:
    article, was = article_of(event), dict(before(event))
    if was.get("due_at"):
        was["due_at"] = clock.read(was["due_at"])
    wanted = replace(arranging.arrangement_of(article), **was)
    arranging.arrange_article(actor, article, wanted, None, undoes=event.id)


def _unarchive(actor: Actor, event: Event) -> None:
    articles.unarchive_article(actor, article_of(event), undoes=event.id)


def _archive(actor: Actor, event: Event) -> None:
    articles.archive_article(actor, article_of(event), undoes=event.id)


INVERSES: dict[str, Inverse] = {
    "annotation.created": _delete,
    "annotation.restored": _hide,
    "annotation.deleted": _restore,
    "annotation.moved": move_back,
    "annotation.retagged": _retag_back,
    "annotation.party_named": _name_back,
    "annotation.fields_changed": _fields_back,
    "annotation.denial_linked": _denies_back,
    "relation.added": _unrelate,
    "relation.removed": _relate,
    "note.added": _take_note,
    "note.brought_back": _take_note,
    "note.taken_back": _bring_note,
    "note.edited": _edit_note_back,
    "comment.added": _take_comment,
    "comment.brought_back": _take_comment,
    "comment.taken_back": _bring_comment,
    "comment.edited": _edit_comment_back,
    "comment.resolved": _unresolve,
    "comment.unresolved": _resolve,
    "contact.added": _take_contact,
    "contact.brought_back": _take_contact,
    "contact.taken_back": _bring_contact,
    "contact.changed": _change_contact_back,
    "correction.added": _take_correction,
    "correction.brought_back": _take_correction,
    "correction.taken_back": _bring_correction,
    "correction.changed": _change_correction_back,
    "correction.decided": _change_correction_back,
    "sign_off.given": _withdraw_sign_off,
    "sign_off.withdrawn": _sign_off_again,
    "assignment.made": _end_assignment,
    "assignment.ended": _assign_again,
    "assignment.changed": _reassign_back,
    "article.described": _describe_back,
    "article.arranged": _arrange_back,
    "article.archived": _unarchive,
    "article.unarchived": _archive,
}


def _reopened_back(actor: Actor, event: Event) -> None:
    """A reopening goes with the act that it came from, unless there was another one since."""
    it, now, was = annotation_of(event), event.after or {}, before(event)
    if (it.reopened_after, it.reopened_why) == (now["reopened_after"], now["reopened_why"]):
        it.reopened_after, it.reopened_why = was["reopened_after"], was["reopened_why"]
        tell(actor, event)
        settle_state(actor, it)


def _asked_again(actor: Actor, event: Event) -> None:
    """A second reading is wanted again when the verdict that ended it goes, unless it was asked for anew."""
    it = _assignment(event)
    if it.ended_at and not assigning.open_one(it.article, annotation_of(event), it.purpose):
        it.ended_at = None
        tell(actor, event)


def _answered_again(actor: Actor, event: Event) -> None:
    """And it is over when that verdict comes back; that has ended it by itself as a rule."""
    it = _assignment(event)
    if it.ended_at is None:
        it.ended_at = clock.now()
        tell(actor, event)


CONSEQUENCES: dict[str, Inverse] = {
    "annotation.reopened": _reopened_back,
    "assignment.ended": _asked_again,
    "assignment.made": _answered_again,
}
"""What comes with another act of the same unit of work: put back after everything else, and never refused."""
