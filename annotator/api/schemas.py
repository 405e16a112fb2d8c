"""The shapes of the API as JSON Schema, for the OpenAPI document. Answers are told exactly: no field is left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from annotator.exports.native import FORMAT
from annotator.services.articles import LENGTHS as DETAILS
from annotator.services.articles import LIMIT
from annotator.services.evidence import EVIDENCE_LIMIT
from annotator.services.evidence import LENGTHS as EVIDENCE
from annotator.services.notes import BODY_LIMIT
from annotator.services.parties import LENGTH as PARTY_LENGTH
from annotator.text.blocks import BLOCK_TYPES
from annotator.text.spans import LONGEST
from annotator.vocabulary import (
    ANCHORS,
    CARRIED,
    CHANNELS,
    CORRECTION_STATES,
    COVERAGE,
    FIELDS,
    KINDS,
    METHODS,
    OUTCOMES,
    PURPOSES,
    RELATIONS,
    SEVERITIES,
    SOURCE_TYPES,
    STANCES,
    STATES,
    VERDICTS,
    Field,
)
from annotator.wire import LARGEST

Schema = dict[str, Any]

STRING: Schema = {"type": "string"}
UUID: Schema = {"type": "string", "format": "uuid"}
TIME: Schema = {"type": "string", "format": "date-time"}
COUNT: Schema = {"type": "integer", "minimum": 0, "maximum": LARGEST}
KEY: Schema = {"type": "integer", "minimum": 1, "maximum": LARGEST}
FLAG: Schema = {"type": "boolean"}
SHA256: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
KIND: Schema = {"enum": list(KINDS)}
STATE: Schema = {"enum": list(STATES)}


def ref(name: str) -> Schema:
    """The schema of this name in the document."""
    return {"$ref": f"#/components/schemas/{name}"}


def maybe(schema: Schema) -> Schema:
    """That, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def array(items: Schema, most: int | None = None) -> Schema:
    """A list of these."""
    return {"type": "array", "items": items} | ({"maxItems": most} if most else {})


def exactly(**properties: Schema) -> Schema:
    """An object with all of these fields and no other."""
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def some(required: Iterable[str] = (), **properties: Schema) -> Schema:
    """An object with any of these fields, the required ones always, and no other."""
    told = {"type": "object", "properties": properties, "additionalProperties": False}
    return told | ({"required": list(required)} if required else {})


def paged(name: str) -> Schema:
    """One page of a list."""
    return exactly(items=array(ref(name)), next=maybe(STRING))


def _words(most: int) -> Schema:
    return {"type": "string", "maxLength": most}


def _field(field: Field) -> Schema:
    if field.type == "flag":
        return maybe(FLAG)
    return maybe({"enum": list(field.choices)} if field.choices else _words(field.most))


_PLACE = {"version": KEY, "start": COUNT, "end": COUNT, "exact": _words(LONGEST)}
_SAID = {"party": maybe(ref("PartyInput")), "fields": maybe(ref("Fields"))}
_FIELDS = {one.name: _field(one) for kind in FIELDS.values() for one in kind}
_HEAD = {"number": KEY, "sha256": SHA256, "length": KEY}
_MADE = {"created_by": STRING, "created_at": TIME}
_CAME = {"source": STRING, "change_note": maybe(STRING), "file": maybe(ref("File")), "withdrawn": FLAG, **_MADE}
_CARRIED = maybe(exactly(**dict.fromkeys(CARRIED, COUNT)))
_READ = exactly(state={"enum": list(COVERAGE)}, by=maybe(STRING), at=maybe(TIME))
_CHANGE = {"before": maybe({"type": "object"}), "after": maybe({"type": "object"})}
_LINE = {
    "id": KEY,
    "at": TIME,
    "actor": maybe(ref("Person")),
    "verb": STRING,
    "subject": STRING,
    "undoes": maybe(KEY),
} | _CHANGE
_VERDICT = maybe({"enum": list(VERDICTS)})
_METHOD = maybe({"enum": list(METHODS)})
_NOTE = {"body": maybe(_words(BODY_LIMIT)), "verdict": _VERDICT, "method": _METHOD} | {
    "evidence": maybe(array(ref("EvidenceInput"), EVIDENCE_LIMIT))
}
_PIECE = {name: maybe(STRING) for name in EVIDENCE} | {
    "source_type": maybe({"enum": list(SOURCE_TYPES)}),
    "stance": maybe({"enum": list(STANCES)}),
    "file": maybe(ref("File")),
}
_TALLY = {**dict.fromkeys(STATES, COUNT), "total": COUNT, "kinds": exactly(**dict.fromkeys(KINDS, COUNT))}

_ASKED: dict[str, Schema] = {
    "ArticleInput": some(
        text=maybe(_words(LIMIT)), html=maybe(_words(LIMIT)), **{name: maybe(_words(n)) for name, n in DETAILS.items()}
    )
    | {"description": "Exactly one of text and html. Details that are missing or null are looked for in the article."},
    "AnnotationInput": some(("kind", *_PLACE), id=maybe(UUID), kind=KIND, **_PLACE, **_SAID),
    "AnnotationChange": some(kind=KIND, **_PLACE, **_SAID)
    | {"dependentRequired": {name: [other for other in _PLACE if other != name] for name in _PLACE}},
    "PartyInput": {
        "anyOf": [
            _words(PARTY_LENGTH),
            some(("name",), **{name: maybe(_words(PARTY_LENGTH)) for name in ("name", "role", "organisation")}),
        ]
    },
    "Fields": some(denies=maybe(UUID), **_FIELDS) | {"description": "Those of the annotation's kind, and no other."},
    "NoteInput": some(id=maybe(UUID), **_NOTE),
    "NoteChange": some(**_NOTE),
    "EvidenceInput": some(**{name: maybe(_words(n)) for name, n in EVIDENCE.items()})
    | {"description": "A URL or a description, and what is known about it."},
    "RelationInput": some(("type", "to"), type={"enum": list(RELATIONS)}, to=UUID),
    "Nothing": {"type": "object", "maxProperties": 0},
}

_TOLD: dict[str, Schema] = {
    "Article": exactly(
        id=KEY,
        uuid=UUID,
        title=STRING,
        **{name: maybe(STRING) for name in DETAILS if name != "title"},
        lead=maybe(STRING),
        due_at=maybe(TIME),
        blind=FLAG,
        **_MADE,
        updated_at=TIME,
        revision=COUNT,
        version=exactly(**_HEAD),
        counts=ref("Counts"),
        coverage=ref("Coverage"),
        signed_off=maybe(exactly(by=STRING, at=TIME, version=KEY, sha256=SHA256, remark=maybe(STRING))),
    ),
    "Counts": exactly(**_TALLY),
    "Coverage": exactly(sentences=COUNT, clear=COUNT, covered=COUNT, unread=COUNT),
    "VersionHead": exactly(**_HEAD, **_CAME, carried=_CARRIED),
    "Version": exactly(
        **_HEAD,
        **_CAME,
        carried=_CARRIED,
        text=STRING,
        blocks=array(ref("Block")),
        sentences=array({"type": "array", "items": COUNT, "minItems": 2, "maxItems": 2}),
        states=array(_READ),
        coverage=ref("Coverage"),
    ),
    "Block": exactly(
        start=COUNT,
        end=KEY,
        type={"enum": list(BLOCK_TYPES)},
        level=maybe({"type": "integer", "minimum": 1, "maximum": 6}),
        links=array(exactly(start=COUNT, end=KEY, href=STRING)),
    ),
    "Annotation": exactly(
        id=UUID,
        article=KEY,
        number=KEY,
        kind=KIND,
        state=STATE,
        verdict=maybe(exactly(value={"enum": list(VERDICTS)}, label=STRING, by=STRING, at=TIME)),
        anchor=ref("Anchor"),
        party=maybe(ref("Party")),
        fields=ref("Fields"),
        relations=array(ref("Relation")),
        notes=array(ref("Note")),
        sourcing=maybe(exactly(met=FLAG, primary=COUNT, independent=COUNT, sentence=STRING)),
        contacts=array(ref("Contact")),
        corrections=array(ref("Correction")),
        comments=array(ref("Comment")),
        assignments=array(ref("Assignment")),
        reopened=maybe(STRING),
        closed=maybe(exactly(by=STRING, at=TIME, reason=STRING)),
        **_MADE,
        updated_at=TIME,
        row_version=KEY,
        sealed=FLAG,
        signed_off=maybe(exactly(by=STRING, at=TIME)),
    ),
    "Anchor": exactly(
        version=KEY,
        start=maybe(COUNT),
        end=maybe(KEY),
        exact=STRING,
        prefix=STRING,
        suffix=STRING,
        status={"enum": list(ANCHORS)},
        score={"type": "number", "minimum": 0, "maximum": 1},
        point=COUNT,
        reason=maybe(STRING),
        carried_as=maybe({"enum": list(CARRIED)}),
        carried_from=maybe(KEY),
        confirmed_by=maybe(STRING),
        confirmed_at=maybe(TIME),
    ),
    "Party": exactly(name=STRING, role=maybe(STRING), organisation=maybe(STRING)),
    "Relation": {"oneOf": [exactly(type=STRING, to=UUID), exactly(type=STRING, **{"from": UUID})]},
    "Note": exactly(
        id=UUID,
        body=STRING,
        verdict=_VERDICT,
        resolves=FLAG,
        method=_METHOD,
        version=KEY,
        author=STRING,
        at=TIME,
        updated_at=TIME,
        row_version=KEY,
        evidence=array(ref("Evidence")),
    ),
    "Evidence": exactly(id=UUID, source=UUID, **_PIECE, withdrawn=maybe(exactly(by=STRING, at=TIME, reason=STRING))),
    "File": exactly(sha256=SHA256, name=STRING, type=STRING, size=COUNT),
    "Contact": exactly(
        id=UUID,
        party=ref("Party"),
        asked_by=STRING,
        channel={"enum": list(CHANNELS)},
        asked_at=TIME,
        questions=STRING,
        deadline=maybe(TIME),
        follow_ups=array(exactly(at=TIME, by=STRING, channel={"enum": list(CHANNELS)}, remark=maybe(STRING))),
        outcome=maybe({"enum": list(OUTCOMES)}),
        answer=maybe(STRING),
        answered_at=maybe(TIME),
        in_text=maybe(FLAG),
        created_at=TIME,
        updated_at=TIME,
        row_version=KEY,
    ),
    "Correction": exactly(
        id=UUID,
        version=KEY,
        current=STRING,
        suggested=STRING,
        reason=STRING,
        severity={"enum": list(SEVERITIES)},
        state={"enum": list(CORRECTION_STATES)},
        **_MADE,
        updated_at=TIME,
        decided_by=maybe(STRING),
        decided_at=maybe(TIME),
        remark=maybe(STRING),
        applied_in=maybe(KEY),
        row_version=KEY,
    ),
    "Comment": exactly(
        id=UUID,
        parent=maybe(UUID),
        author=STRING,
        body=STRING,
        created_at=TIME,
        updated_at=TIME,
        resolved_by=maybe(STRING),
        resolved_at=maybe(TIME),
        row_version=KEY,
    ),
    "SignOff": exactly(
        id=UUID,
        version=KEY,
        exact=STRING,
        verdict=_VERDICT,
        by=STRING,
        at=TIME,
        remark=maybe(STRING),
        fallen_at=maybe(TIME),
        fallen_why=maybe(STRING),
    ),
    "Assignment": exactly(
        id=UUID,
        purpose={"enum": list(PURPOSES)},
        username=maybe(STRING),
        by=STRING,
        due_at=maybe(TIME),
        created_at=TIME,
        row_version=KEY,
    ),
    "Person": exactly(username=STRING, name=STRING),
    "Line": exactly(**_LINE),
    "Event": exactly(**_LINE, article=KEY, annotation=maybe(UUID)),
    "Export": {"type": "object", "required": ["format"], "properties": {"format": {"const": FORMAT}}}
    | {"description": "The native format; its schema is docs/formats/annotator-3.schema.json."},
    "Dashboard": exactly(
        articles=COUNT,
        counts=ref("Counts"),
        items=array(exactly(id=KEY, title=STRING, updated_at=TIME, counts=ref("Counts"), coverage=ref("Coverage"))),
        reviewers=array(
            exactly(username=STRING, name=STRING, active=FLAG, marked=COUNT, notes=COUNT, verdicts=COUNT, checked=COUNT)
        ),
    ),
    "Error": exactly(
        error=some(
            ("code", "message"),
            code=STRING,
            message=STRING,
            fields={"type": "object", "additionalProperties": STRING},
            current={"description": "What is stored now, when a change came too late.", "type": "object"},
        )
    ),
}

_LISTS = {f"{name}Page": paged(name) for name in ("Article", "VersionHead", "Annotation", "Line", "Event")}

SCHEMAS: dict[str, Schema] = _ASKED | _TOLD | _LISTS
