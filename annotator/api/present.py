"""Values as the API writes them. People are named by username; what is not known is null; times are UTC."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from annotator.clock import iso
from annotator.exports import native, shapes, snapshot
from annotator.models import SentenceCheck
from annotator.queries.articles import Row, Tally
from annotator.queries.dashboard import Dashboard, Reviewer
from annotator.queries.gaps import Gaps
from annotator.queries.lists import Line, Listed
from annotator.services.versions import Added
from annotator.text.blocks import to_json
from annotator.text.coverage import count
from annotator.vocabulary import KINDS, STATES

Carried = Mapping[int, dict[str, int]]


def article(listed: Listed) -> dict[str, Any]:
    """An article without its text."""
    value, newest = listed.article, listed.version
    return native.article(value) | {
        "id": value.id,
        "uuid": value.uuid,
        "revision": value.revision,
        "version": {"number": newest.number, "sha256": newest.sha256, "length": newest.length},
        "counts": counts(listed.tally),
        "coverage": shapes.coverage(listed.coverage),
        "signed_off": _signed_off(listed.signed_off),
    }


def _signed_off(value: snapshot.ArticleSignOff | None) -> dict[str, Any] | None:
    if value is None:
        return None
    text = {"version": value.version, "sha256": value.sha256}
    return {"by": value.by.username, "at": iso(value.at)} | text | {"remark": value.remark or None}


def counts(tally: Tally) -> dict[str, Any]:
    """How many annotations by state, in all, and by kind."""
    by_state = {state: getattr(tally, state) for state in STATES}
    return by_state | {"total": tally.total, "kinds": {kind: getattr(tally, kind) for kind in KINDS}}


def head(value: snapshot.Head, carried: Carried) -> dict[str, Any]:
    """A version without its text, and what was carried to it, by number; null when it followed no other."""
    return native.head(value) | {"carried": carried.get(value.number)}


def version(value: snapshot.Version, read: Sequence[snapshot.Sentence], carried: Carried) -> dict[str, Any]:
    """A version with its text, its blocks, its sentences as pairs of start and end, and how each was read."""
    return head(value.head, carried) | {
        "text": value.text,
        "blocks": to_json(value.blocks),
        "sentences": [[one.start, one.end] for one in read],
        "states": [{"state": one.state, "by": shapes.username(one.by), "at": shapes.moment(one.at)} for one in read],
        "coverage": shapes.coverage(count([one.state for one in read])),
    }


def clear(version: int, number: int, check: SentenceCheck) -> dict[str, Any]:
    """A sentence that is clear, who found it so, and when."""
    place = {"version": version, "sentence": number, "start": check.start, "end": check.end}
    return place | {"by": check.by.username, "at": iso(check.at)}


def gaps(value: Gaps) -> dict[str, Any]:
    """What is missing for a sign-off: unread sentences as number, start and end, and touched annotations."""
    return {
        "version": value.version,
        "sha256": value.sha256,
        "coverage": shapes.coverage(value.coverage),
        "unread": [[number, span.start, span.end] for number, span in value.unread],
        "touched": value.touched,
        "annotations": list(value.annotations),
    }


def added(value: Added) -> dict[str, Any]:
    """What a new draft became, and what was carried to it."""
    return {
        "number": value.number,
        "sha256": value.sha256,
        "carried": value.carried,
        "clear": value.clear,
        "applied": value.applied,
    }


def annotation(value: snapshot.Annotation) -> dict[str, Any]:
    """An annotation with everything written about it."""
    signed = value.signed_off
    return {
        "id": value.id,
        "article": value.article,
        "number": value.ordinal,
        "kind": value.kind,
        "state": value.state,
        "verdict": shapes.verdict(value.verdict),
        "anchor": shapes.anchor(value.anchor),
        "party": shapes.party(value.party),
        "fields": shapes.fields(value),
        "relations": [shapes.relation(tie) for tie in value.relations],
        "notes": [note(one) for one in value.notes],
        "sourcing": shapes.source_rule(value),
        "contacts": [contact(one) for one in value.contacts],
        "corrections": [correction(one) for one in value.corrections],
        "comments": [comment(one) for one in value.comments],
        "assignments": [assignment(one) for one in value.assignments],
        "reopened": value.reopened_why if value.state == "reopened" else None,
        "closed": shapes.closed(value.closed),
        "created_by": value.created_by.username,
        "created_at": iso(value.created_at),
        "updated_at": iso(value.updated_at),
        "row_version": value.row_version,
        "sealed": value.sealed,
        "signed_off": {"by": signed.by.username, "at": iso(signed.at)} if signed else None,
    }


def note(value: snapshot.Note) -> dict[str, Any]:
    """A verification note with its evidence. `at` is when it was written first."""
    return {
        "id": value.id,
        "body": value.body,
        "verdict": value.verdict,
        "resolves": value.resolves,
        "method": value.method,
        "version": value.version,
        "author": value.author.username,
        "at": iso(value.created_at),
        "updated_at": iso(value.updated_at),
        "row_version": value.row_version,
        "evidence": [shapes.evidence(piece) for piece in value.evidence],
    }


def contact(value: snapshot.Contact) -> dict[str, Any]:
    """Who was asked what, and what came back."""
    return shapes.contact(value) | {"row_version": value.row_version}


def correction(value: snapshot.Correction) -> dict[str, Any]:
    """Words suggested instead, and what was decided."""
    return shapes.correction(value) | {"row_version": value.row_version}


def comment(value: snapshot.Comment) -> dict[str, Any]:
    """One comment."""
    return shapes.comment(value) | {"row_version": value.row_version}


def assignment(value: snapshot.Assignment) -> dict[str, Any]:
    """Who is to check or second-read."""
    return shapes.assignment(value) | {"row_version": value.row_version}


sign_off = shapes.sign_off
article_sign_off = shapes.article_sign_off
file = shapes.file


def line(value: Line) -> dict[str, Any]:
    """One line of an annotation's history."""
    return {
        "id": value.id,
        "at": iso(value.at),
        "actor": shapes.person(value.actor) if value.actor else None,
        "verb": value.verb,
        "subject": value.subject,
        "before": value.before,
        "after": value.after,
        "undoes": value.undoes,
    }


def event(value: Line) -> dict[str, Any]:
    """One line of the desk's history."""
    return line(value) | {"article": value.article, "annotation": value.annotation}


def dashboard(board: Dashboard) -> dict[str, Any]:
    """The lead's counts."""
    return {
        "articles": board.articles,
        "counts": counts(board.tally),
        "items": [_row(row) for row in board.rows],
        "reviewers": [_reviewer(one) for one in board.reviewers],
    }


def _row(row: Row) -> dict[str, Any]:
    how_far = {"counts": counts(row.tally), "coverage": shapes.coverage(row.coverage)}
    return {"id": row.id, "title": row.title, "updated_at": iso(row.updated_at)} | how_far


def _reviewer(one: Reviewer) -> dict[str, Any]:
    done = {"marked": one.marked, "notes": one.notes, "verdicts": one.verdicts, "checked": one.checked}
    return {"username": one.username, "name": one.name, "active": one.active} | done
