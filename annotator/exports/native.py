"""The native format, `annotator-1`: everything about one article as JSON.

Deterministic: the same record gives the same bytes. Keys stand in a fixed order, annotations in the order of the text,
notes in the order they were written, people by username, times in UTC with milliseconds, text in UTF-8. An annotation
takes one line, so that two exports can be compared line by line. The schema is `docs/formats/annotator-1.schema.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from annotator.clock import iso
from annotator.exports import snapshot
from annotator.text.blocks import to_json
from annotator.vocabulary import verdict_label

FORMAT = "annotator-1"


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
        "annotations": [annotation(one) for one in record.annotations],
        "people": [person(one) for one in sorted(_people(record), key=lambda one: one.username)],
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
        "created_by": value.created_by.username,
        "created_at": iso(value.created_at),
        "updated_at": iso(value.updated_at),
    }


def version(value: snapshot.Version) -> dict[str, Any]:
    """One text, its SHA-256 (of the UTF-8 bytes) and its blocks."""
    return {
        "number": value.number,
        "sha256": value.sha256,
        "length": len(value.text),
        "source": value.source,
        "created_by": value.created_by.username,
        "created_at": iso(value.created_at),
        "text": value.text,
        "blocks": to_json(value.blocks),
    }


def annotation(value: snapshot.Annotation) -> dict[str, Any]:
    """One annotation with its place, its party, what it is tied to, and its notes."""
    return {
        "id": value.id,
        "number": value.ordinal,
        "kind": value.kind,
        "state": value.state,
        "verdict": verdict(value.verdict),
        "anchor": anchor(value.anchor),
        "party": party(value.party),
        "fields": fields(value),
        "relations": [relation(tie) for tie in value.relations if tie.to],
        "notes": [note(one, value.kind) for one in value.notes],
        "created_by": value.created_by.username,
        "created_at": iso(value.created_at),
        "updated_at": iso(value.updated_at),
    }


def verdict(value: snapshot.Given | None) -> dict[str, Any] | None:
    """The current verdict, or null while there is none."""
    if value is None:
        return None
    return {"value": value.value, "label": value.label, "by": value.by.username, "at": iso(value.at)}


def anchor(value: snapshot.Anchor) -> dict[str, Any]:
    """A place: offsets in code points, the words there, and 32 code points before and after."""
    return {
        "version": value.version,
        "start": value.start,
        "end": value.end,
        "exact": value.exact,
        "prefix": value.prefix,
        "suffix": value.suffix,
        "status": value.status,
        "score": value.score,
    }


def party(value: snapshot.Party | None) -> dict[str, Any] | None:
    """A party; what is not known is null."""
    if value is None:
        return None
    return {"name": value.name, "role": value.role or None, "organisation": value.organisation or None}


def fields(value: snapshot.Annotation) -> dict[str, Any]:
    """The fields of the annotation's kind: for a denial, what it denies."""
    return {"denies": value.denies} if value.kind == "denial" else {}


def relation(tie: snapshot.Relation) -> dict[str, Any]:
    """A tie to another annotation."""
    return {"type": tie.type, "to": tie.to}


def note(value: snapshot.Note, kind: str) -> dict[str, Any]:
    """A verification note with its evidence."""
    return {
        "id": value.id,
        "body": value.body,
        "verdict": value.verdict,
        "verdict_label": verdict_label(value.verdict, kind) if value.verdict else None,
        "method": value.method,
        "version": value.version,
        "author": value.author.username,
        "created_at": iso(value.created_at),
        "updated_at": iso(value.updated_at),
        "evidence": [evidence(piece) for piece in value.evidence],
        "earlier": [wording(one) for one in value.earlier],
    }


def wording(value: snapshot.Wording) -> dict[str, Any]:
    """What a note said before it was edited, and until when."""
    return {
        "until": iso(value.until),
        "body": value.body,
        "verdict": value.verdict,
        "method": value.method,
        "evidence": [_source(piece) for piece in value.evidence],
    }


def evidence(value: snapshot.Evidence) -> dict[str, Any]:
    """A piece of evidence; what is not known is null."""
    return {"id": value.id} | _source(value)


def _source(value: snapshot.Evidence) -> dict[str, Any]:
    return {
        "url": value.url or None,
        "description": value.description or None,
        "title": value.title or None,
        "source_type": value.source_type or None,
        "locator": value.locator or None,
        "excerpt": value.excerpt or None,
    }


def person(value: snapshot.Person) -> dict[str, Any]:
    """Somebody who appears in the record."""
    return {"username": value.username, "name": value.name}


def _people(record: snapshot.Snapshot) -> Iterable[snapshot.Person]:
    found = {record.article.created_by, record.version.created_by}
    for one in record.annotations:
        found |= {one.created_by} | {each.author for each in one.notes}
        found |= {one.verdict.by} if one.verdict else set()
    return found
