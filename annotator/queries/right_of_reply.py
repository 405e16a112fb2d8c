"""The right of reply: every allegation of an article, to whom it was put, what came back, and what is missing.

Allegations are claims that would do medium or high harm if they were wrong; claims and quotes that something in the
article denies or answers; and what a denial says that it denies when that does not stand in the article. What says the
same as another annotation is put to somebody once, with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from annotator import clock
from annotator.exports import snapshot
from annotator.queries import articles, records
from annotator.text.prose import folded

HARMFUL = ("medium", "high")
REPLIES = ("denies", "answers")


@dataclass(frozen=True, slots=True)
class Allegation:
    """One allegation: the annotation that holds it, its words, the others that repeat it, the contacts about it, oldest
    first, the annotations that deny or answer it in the text, and a sentence for everything that is missing."""

    annotation: snapshot.Annotation
    words: str
    repeated_by: tuple[snapshot.Annotation, ...]
    contacts: tuple[snapshot.Contact, ...]
    replies: tuple[snapshot.Annotation, ...]
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RightOfReply:
    """The allegations of an article's newest version in the order of the text, at the moment `at`, and a summary.

    `gone` annotations have lost their words in that version: they are no allegations of it, and no replies in it.
    """

    article: snapshot.Article
    version: int
    at: datetime
    allegations: tuple[Allegation, ...]
    summary: str
    gone: int


def right_of_reply(article_id: int) -> RightOfReply:
    """What the right of reply asks of an article, in a fixed number of queries. NotFound."""
    article, (version_id, number) = articles.article(article_id), articles.version_key(article_id)
    now, present = clock.now(), [one for one in records.records_of(version_id) if not one.closed]
    marked = {one.id: one for one in present if not one.anchor.orphan}
    found = tuple(_allegation(one, marked, now) for one in marked.values() if _holds(one, marked))
    return RightOfReply(article, number, now, found, _summary(found, now), len(present) - len(marked))


def _holds(it: snapshot.Annotation, marked: dict[str, snapshot.Annotation]) -> bool:
    """Whether an annotation is where an allegation is listed."""
    if it.repeats in marked:
        return False
    if it.kind == "denial":
        return bool(it.fields.get("allegation")) and it.denies not in marked
    same = (it, *_repeating(it, marked))
    return any(_is_harmful(one) for one in same) or any(_replies(one, marked) for one in same)


def _is_harmful(it: snapshot.Annotation) -> bool:
    return it.kind == "claim" and it.fields.get("harm") in HARMFUL


def _repeating(it: snapshot.Annotation, marked: dict[str, snapshot.Annotation]) -> tuple[snapshot.Annotation, ...]:
    return tuple(marked[tie.from_] for tie in it.relations if tie.type == "repeats" and tie.from_ in marked)


def _replies(it: snapshot.Annotation, marked: dict[str, snapshot.Annotation]) -> list[snapshot.Annotation]:
    return [marked[tie.from_] for tie in it.relations if tie.type in REPLIES and tie.from_ in marked]


def _allegation(it: snapshot.Annotation, marked: dict[str, snapshot.Annotation], now: datetime) -> Allegation:
    repeated_by = _repeating(it, marked)
    found = [reply for one in (it, *repeated_by) for reply in _replies(one, marked)]
    replies = _once([it, *found] if it.kind == "denial" else found)
    contacts = [contact for one in _once([it, *repeated_by, *replies]) for contact in one.contacts]
    contacts.sort(key=lambda contact: contact.asked_at)
    words = it.fields["allegation"] if it.kind == "denial" else it.anchor.exact
    gaps = [*_somebody_else(it.fields.get("about") or "", contacts), *_gaps(contacts, bool(replies), now)]
    return Allegation(it, words, repeated_by, tuple(contacts), replies, tuple(gaps))


def _once(among: Iterable[snapshot.Annotation]) -> tuple[snapshot.Annotation, ...]:
    return tuple({one.id: one for one in among}.values())


def _gaps(contacts: Sequence[snapshot.Contact], replied: bool, now: datetime) -> list[str]:
    if not contacts:
        return ["Not put to anybody."]
    answered = {contact.party.name for contact in contacts if contact.outcome == "answered"}
    late = [one for one in contacts if is_overdue(one, now) and one.party.name not in answered]
    passed = [f"Deadline passed on {_at(one.deadline)} without an answer from {one.party.name}." for one in late]
    return passed + [sentence for one in contacts if (sentence := _untold(one, replied))]


def _somebody_else(about: str, contacts: Sequence[snapshot.Contact]) -> list[str]:
    """Whether those who were asked are not, and do not speak for, whom the allegation is about."""
    asked = {contact.party for contact in contacts}
    spoken = {folded(name) for party in asked for name in (party.name, party.organisation)}
    if not asked or not about or folded(about) in spoken:
        return []
    return [f"Not put to {about}, whom it is about, but to {', '.join(sorted(party.name for party in asked))}."]


def _at(moment: datetime | None) -> str:
    return clock.said(moment) if moment else ""


def is_overdue(contact: snapshot.Contact, now: datetime) -> bool:
    """Whether an answer is awaited although its deadline has passed."""
    return contact.open and contact.deadline is not None and contact.deadline < now


def _untold(contact: snapshot.Contact, replied: bool) -> str | None:
    """What came back and does not stand in the text; a denial or an answer marked there counts unless somebody has
    said that it is not the one."""
    if contact.open or contact.in_text or (replied and contact.in_text is None):
        return None
    name, unknown = contact.party.name, contact.in_text is None
    if contact.outcome == "answered":
        rest = "; nobody has said whether the answer is in the text." if unknown else ", but that is not in the text."
        return f"{name} answered{rest}"
    rest = "; nobody has said whether the text says so." if unknown else ", and the text does not say so."
    return f"{name} gave no answer{rest}"


def _summary(allegations: Sequence[Allegation], now: datetime) -> str:
    if not allegations:
        return "No allegation is marked in this article."
    contacts = {contact.id: contact for one in allegations for contact in one.contacts}.values()
    late = sum(is_overdue(contact, now) for contact in contacts)
    untold = sum(_has_untold(one) for one in allegations)
    parts = [
        _counted(len(allegations), "allegation", "allegations"),
        _counted(sum(not one.contacts for one in allegations), "was not put to anybody", "were not put to anybody"),
        _counted(late, "deadline has passed without an answer", "deadlines have passed without an answer"),
        _counted(sum(contact.open for contact in contacts) - late, "answer is awaited", "answers are awaited"),
        _counted(untold, "stands without what came back", "stand without what came back"),
    ]
    if not any(parts[1:]):
        parts.append("Each was put to somebody, and what came back is in the text")
    return ". ".join(part for part in parts if part) + "."


def _has_untold(one: Allegation) -> bool:
    return any(_untold(contact, bool(one.replies)) for contact in one.contacts)


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}" if number else ""
