"""The parts of a record as plain JSON values: what the native format and the API have in common.

People are named by username; what is not known is null; times are UTC with milliseconds.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from annotator.clock import iso
from annotator.exports import snapshot
from annotator.exports.sourcing import sourcing
from annotator.text.coverage import Coverage
from annotator.vocabulary import FIELDS


def moment(value: datetime | None) -> str | None:
    """A time, or null."""
    return iso(value) if value else None


def person(value: snapshot.Person) -> dict[str, Any]:
    """Somebody who appears in the record."""
    return {"username": value.username, "name": value.name}


def username(value: snapshot.Person | None) -> str | None:
    """Who it is, or null for nobody."""
    return value.username if value else None


def verdict(value: snapshot.Given | None) -> dict[str, Any] | None:
    """The current verdict, or null while there is none."""
    if value is None:
        return None
    return {"value": value.value, "label": value.label, "by": value.by.username, "at": iso(value.at)}


def anchor(value: snapshot.Anchor) -> dict[str, Any]:
    """A place: offsets in code points, the words there, and 32 code points before and after; how surely, and why.

    An orphan has no offsets, only the point where its words would stand.
    """
    return {
        "version": value.version,
        "start": None if value.orphan else value.start,
        "end": None if value.orphan else value.end,
        "exact": value.exact,
        "prefix": value.prefix,
        "suffix": value.suffix,
        "status": value.status,
        "score": value.score,
        "point": value.start,
        "reason": value.reason or None,
        "carried_as": value.carried_as,
        "carried_from": value.carried_from,
        "confirmed_by": username(value.confirmed_by),
        "confirmed_at": moment(value.confirmed_at),
    }


def closed(value: snapshot.Closed | None) -> dict[str, Any] | None:
    """Who closed an annotation whose words have left the text, when and why; null for one that is open."""
    return None if value is None else {"by": value.by.username, "at": iso(value.at), "reason": value.why}


def party(value: snapshot.Party | None) -> dict[str, Any] | None:
    """A party, or null for nobody."""
    if value is None:
        return None
    return {"name": value.name, "role": value.role or None, "organisation": value.organisation or None}


def fields(value: snapshot.Annotation) -> dict[str, Any]:
    """The fields of the annotation's kind, all of them; for a denial, what it denies as well."""
    told = {field.name: value.fields.get(field.name) for field in FIELDS[value.kind]}
    return told | ({"denies": value.denies} if value.kind == "denial" else {})


def relation(tie: snapshot.Relation) -> dict[str, Any]:
    """A tie `to` another annotation, or one that comes `from` it."""
    return {"type": tie.type, "to": tie.to} if tie.to else {"type": tie.type, "from": tie.from_}


def evidence(value: snapshot.Evidence) -> dict[str, Any]:
    """A piece of evidence with the source it rests on, and whether that was withdrawn."""
    return {"id": value.id, "source": value.source} | written(value) | {"withdrawn": withdrawn(value.withdrawn)}


def written(value: snapshot.Evidence) -> dict[str, Any]:
    """A piece of evidence as somebody wrote it."""
    return {
        "url": value.url or None,
        "description": value.description or None,
        "title": value.title or None,
        "publisher": value.publisher or None,
        "accessed_at": value.accessed_at or None,
        "archive_url": value.archive_url or None,
        "file": file(value.file),
        "source_type": value.source_type or None,
        "stance": value.stance or None,
        "locator": value.locator or None,
        "excerpt": value.excerpt or None,
        "independence_group": value.independence_group or None,
    }


def file(value: snapshot.File | None) -> dict[str, Any] | None:
    """An attached file, without its bytes."""
    if value is None:
        return None
    return {"sha256": value.sha256, "name": value.name, "type": value.media_type, "size": value.size}


def withdrawn(value: snapshot.Withdrawn | None) -> dict[str, Any] | None:
    """Who withdrew a source, when and why; null for one that stands."""
    return None if value is None else {"by": value.by.username, "at": iso(value.at), "reason": value.why}


def source_rule(value: snapshot.Annotation) -> dict[str, Any] | None:
    """How the check is sourced by the source rule; null without a verdict of its own that needs sources."""
    given = value.verdict and value.verdict.value != "not_checkable" and any(note.verdict for note in value.notes)
    if not given:
        return None
    told = sourcing(value.notes)
    counts = {"primary": told.primary, "independent": told.independent}
    return {"met": told.met, **counts, "sentence": told.sentence}


def contact(value: snapshot.Contact) -> dict[str, Any]:
    """Who was asked what, and what came back."""
    return {
        "id": value.id,
        "party": party(value.party),
        "asked_by": value.asked_by.username,
        "channel": value.channel,
        "asked_at": iso(value.asked_at),
        "questions": value.questions,
        "deadline": moment(value.deadline),
        "follow_ups": [_follow_up(one) for one in value.follow_ups],
        "outcome": value.outcome or None,
        "answer": value.answer or None,
        "answered_at": moment(value.answered_at),
        "in_text": value.in_text,
        "created_at": iso(value.created_at),
        "updated_at": iso(value.updated_at),
    }


def _follow_up(value: snapshot.FollowUp) -> dict[str, Any]:
    return {"at": iso(value.at), "by": value.by.username, "channel": value.channel, "remark": value.remark or None}


def correction(value: snapshot.Correction) -> dict[str, Any]:
    """Words suggested instead, and what was decided."""
    decided = value.decided
    return {
        "id": value.id,
        "version": value.version,
        "current": value.current,
        "suggested": value.suggested,
        "reason": value.reason,
        "severity": value.severity,
        "state": value.state,
        "created_by": value.created_by.username,
        "created_at": iso(value.created_at),
        "updated_at": iso(value.updated_at),
        "decided_by": username(decided.by) if decided else None,
        "decided_at": moment(decided.at) if decided else None,
        "remark": (decided.remark or None) if decided else None,
        "applied_in": value.applied_in,
    }


def comment(value: snapshot.Comment) -> dict[str, Any]:
    """One comment; `parent` is the first of its thread."""
    return {
        "id": value.id,
        "parent": value.parent,
        "author": value.author.username,
        "body": value.body,
        "created_at": iso(value.created_at),
        "updated_at": iso(value.updated_at),
        "resolved_by": username(value.resolved_by),
        "resolved_at": moment(value.resolved_at),
    }


def sign_off(value: snapshot.SignOff) -> dict[str, Any]:
    """Who signed off which verdict on which words; when and why it fell, if it did."""
    return {
        "id": value.id,
        "version": value.version,
        "exact": value.exact,
        "verdict": value.verdict,
        "by": value.by.username,
        "at": iso(value.at),
        "remark": value.remark or None,
        "fallen_at": moment(value.fallen_at),
        "fallen_why": value.fallen_why or None,
    }


def article_sign_off(value: snapshot.ArticleSignOff) -> dict[str, Any]:
    """Who signed off the whole text of which version; when and why it fell, if it did."""
    return {
        "id": value.id,
        "version": value.version,
        "sha256": value.sha256,
        "by": value.by.username,
        "at": iso(value.at),
        "remark": value.remark or None,
        "open_checks": value.open_checks,
        "fallen_at": moment(value.fallen_at),
        "fallen_why": value.fallen_why or None,
    }


def sentence(value: snapshot.Sentence) -> dict[str, Any]:
    """A sentence, how it has been read, and who found it clear."""
    told = {"start": value.start, "end": value.end, "state": value.state}
    return told | {"by": username(value.by), "at": moment(value.at)}


def coverage(value: Coverage) -> dict[str, Any]:
    """How many sentences there are, and how far they have been read."""
    counts = {"sentences": value.sentences, "clear": value.clear, "covered": value.covered}
    return counts | {"unread": value.unread}


def assignment(value: snapshot.Assignment) -> dict[str, Any]:
    """Who is to check or second-read; null for anybody."""
    return {
        "id": value.id,
        "purpose": value.purpose,
        "username": username(value.person),
        "by": value.by.username,
        "due_at": moment(value.due_at),
        "created_at": iso(value.created_at),
    }
