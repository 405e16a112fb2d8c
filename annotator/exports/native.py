"""The native format, `annotator-3`: everything about one article as JSON.

Deterministic: the same record gives the same bytes. Keys stand in a fixed order, annotations in the order of the text,
notes in the order they were written, people by username, times in UTC with milliseconds, text in UTF-8. An annotation
takes one line, so that two exports can be compared line by line. The schema is `docs/formats/annotator-3.schema.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from annotator.clock import iso
from annotator.exports import shapes, snapshot
from annotator.text.blocks import to_json
from annotator.text.coverage import count
from annotator.vocabulary import verdict_label

FORMAT = "annotator-3"


def to_bytes(record: snapshot.Snapshot) -> bytes:
    """The snapshot as UTF-8 JSON, ending in a newline: a line for each annotation, each person and each other value."""
    return (_spread(document(record)) + "\n").encode("utf-8")


def array(records: Iterable[snapshot.Snapshot]) -> Iterator[bytes]:
    """Many snapshots as one JSON array, piece by piece; each element is laid out as `to_bytes` does."""
    before = "[\n"
    for record in records:
        yield (before + _spread(document(record))).encode("utf-8")
        before = ",\n"
    yield b"[]\n" if before == "[\n" else b"\n]\n"


def line(record: snapshot.Snapshot) -> bytes:
    """The snapshot as one line of JSON Lines."""
    return (_packed(document(record)) + "\n").encode("utf-8")


def lines(records: Iterable[snapshot.Snapshot]) -> Iterator[bytes]:
    """Many snapshots as JSON Lines, a document a line."""
    return map(line, records)


def _spread(values: dict[str, Any]) -> str:
    return "{\n" + ",\n".join(f"{_packed(name)}: {_listed(value)}" for name, value in values.items()) + "\n}"


def _listed(value: Any) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(map(_packed, value)) + "\n]"
    return _packed(value)


def _packed(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def document(record: snapshot.Snapshot) -> dict[str, Any]:
    """The snapshot as plain JSON values."""
    return {
        "format": FORMAT,
        "position_unit": "code point",
        "article": article(record.article),
        "version": version(record.version),
        "versions": [head(one) for one in record.versions],
        "coverage": shapes.coverage(count([one.state for one in record.sentences])),
        "sentences": [shapes.sentence(one) for one in record.sentences],
        "annotations": [annotation(one) for one in record.annotations],
        "comments": [shapes.comment(one) for one in record.comments],
        "assignments": [shapes.assignment(one) for one in record.assignments],
        "sign_offs": [shapes.article_sign_off(one) for one in record.sign_offs],
        "people": [shapes.person(one) for one in _people(record)],
    }


def article(value: snapshot.Article) -> dict[str, Any]:
    """An article without its text; what is not known is null."""
    return {
        "id": value.uuid,
        "title": value.title,
        "byline": value.byline or None,
        "outlet": value.outlet or None,
        "source_url": value.source_url or None,
        "language": value.language or None,
        "published_at": value.published_at or None,
        "lead": value.lead.username if value.lead else None,
        "due_at": iso(value.due_at) if value.due_at else None,
        "blind": value.blind,
        "created_by": value.created_by.username,
        "created_at": iso(value.created_at),
        "updated_at": iso(value.updated_at),
    }


def version(value: snapshot.Version) -> dict[str, Any]:
    """One text, its SHA-256 (of the UTF-8 bytes) and its blocks."""
    return head(value.head) | {"text": value.text, "blocks": to_json(value.blocks)}


def head(value: snapshot.Head) -> dict[str, Any]:
    """A version without its text; `length` counts code points."""
    return {
        "number": value.number,
        "sha256": value.sha256,
        "length": value.length,
        "source": value.source,
        "change_note": value.change_note or None,
        "file": shapes.file(value.file),
        "withdrawn": value.withdrawn,
        "created_by": value.created_by.username,
        "created_at": iso(value.created_at),
    }


def annotation(value: snapshot.Annotation) -> dict[str, Any]:
    """One annotation with its place, its party and fields, what it is tied to, and everything written about it."""
    return {
        "id": value.id,
        "number": value.ordinal,
        "kind": value.kind,
        "state": value.state,
        "verdict": shapes.verdict(value.verdict),
        "anchor": shapes.anchor(value.anchor),
        "party": shapes.party(value.party),
        "fields": shapes.fields(value),
        "relations": [shapes.relation(tie) for tie in value.relations if tie.to],
        "notes": [_note(one, value.kind) for one in value.notes],
        "sourcing": shapes.source_rule(value),
        "contacts": [shapes.contact(one) for one in value.contacts],
        "corrections": [shapes.correction(one) for one in value.corrections],
        "comments": [shapes.comment(one) for one in value.comments],
        "assignments": [shapes.assignment(one) for one in value.assignments],
        "reopened": value.reopened_why if value.state == "reopened" else None,
        "sign_offs": [shapes.sign_off(one) for one in value.sign_offs],
        "closed": shapes.closed(value.closed),
        "created_by": value.created_by.username,
        "created_at": iso(value.created_at),
        "updated_at": iso(value.updated_at),
    }


def _note(value: snapshot.Note, kind: str) -> dict[str, Any]:
    return {
        "id": value.id,
        "body": value.body,
        "verdict": value.verdict,
        "verdict_label": verdict_label(value.verdict, kind) if value.verdict else None,
        "verdict_order": value.verdict_order,
        "resolves": value.resolves,
        "method": value.method,
        "version": value.version,
        "author": value.author.username,
        "created_at": iso(value.created_at),
        "updated_at": iso(value.updated_at),
        "evidence": [shapes.evidence(piece) for piece in value.evidence],
        "earlier": [_wording(one) for one in value.earlier],
    }


def _wording(value: snapshot.Wording) -> dict[str, Any]:
    return {
        "until": iso(value.until),
        "body": value.body,
        "verdict": value.verdict,
        "method": value.method,
        "evidence": [shapes.written(piece) for piece in value.evidence],
    }


def _people(record: snapshot.Snapshot) -> list[snapshot.Person]:
    """Everybody who appears, by username."""
    found = {record.article.created_by, record.version.created_by, record.article.lead}
    found |= {one.created_by for one in record.versions} | {one.by for one in record.sentences}
    for one in (*record.comments, *record.assignments, *record.sign_offs):
        found |= _behind(one)
    for annotation in record.annotations:
        found.add(annotation.created_by)
        found |= {annotation.verdict.by} if annotation.verdict else set()
        found |= {annotation.anchor.confirmed_by, annotation.closed.by if annotation.closed else None}
        for part in ("notes", "contacts", "corrections", "comments", "sign_offs", "assignments"):
            for one in getattr(annotation, part):
                found |= _behind(one)
    return sorted((one for one in found if one), key=lambda one: one.username)


def _behind(value: Any) -> set[snapshot.Person | None]:
    """The people behind one thing that hangs beneath an annotation or an article."""
    match value:
        case snapshot.Note():
            return {value.author, *(piece.withdrawn.by for piece in value.evidence if piece.withdrawn)}
        case snapshot.Contact():
            return {value.asked_by, *(one.by for one in value.follow_ups)}
        case snapshot.Correction():
            return {value.created_by, value.decided.by if value.decided else None}
        case snapshot.Comment():
            return {value.author, value.resolved_by}
        case snapshot.SignOff() | snapshot.ArticleSignOff():
            return {value.by}
        case snapshot.Assignment():
            return {value.by, value.person}
    raise TypeError(type(value).__name__)
