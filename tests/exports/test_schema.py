"""The published schema and its page agree with the code."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from annotator.services import articles, evidence, notes, parties, people
from annotator.text.blocks import BLOCK_TYPES
from annotator.vocabulary import (
    CHANNELS,
    CORRECTION_STATES,
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
)
from tests.exports.making import SCHEMA, broken, schema, wrong


def of(name: str) -> Any:
    return schema()["$defs"][name]["properties"]


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize(
    ("allowed", "known"),
    [
        (lambda: schema()["$defs"]["kind"]["enum"], list(KINDS)),
        (lambda: schema()["$defs"]["verdict"]["enum"], list(VERDICTS)),
        (lambda: schema()["$defs"]["method"]["enum"], [*METHODS, None]),
        (lambda: of("annotation")["state"]["enum"], list(STATES)),
        (lambda: of("evidence")["source_type"]["enum"], [*SOURCE_TYPES, None]),
        (lambda: of("evidence")["stance"]["enum"], [*STANCES, None]),
        (lambda: of("relation")["type"]["enum"], list(RELATIONS)),
        (lambda: of("contact")["channel"]["enum"], list(CHANNELS)),
        (lambda: of("contact")["outcome"]["enum"], [*OUTCOMES, None]),
        (lambda: of("correction")["severity"]["enum"], list(SEVERITIES)),
        (lambda: of("correction")["state"]["enum"], list(CORRECTION_STATES)),
        (lambda: of("assignment")["purpose"]["enum"], list(PURPOSES)),
        (lambda: list(of("claim")), [field.name for field in FIELDS["claim"]]),
        (lambda: list(of("quote")), [field.name for field in FIELDS["quote"]]),
        (lambda: list(of("denial")), [*(field.name for field in FIELDS["denial"]), "denies"]),
        (lambda: of("block")["type"]["enum"], list(BLOCK_TYPES)),
    ],
)
def test_its_lists_are_those_of_the_desk(allowed: Any, known: list[str | None]) -> None:
    assert allowed() == known


@pytest.mark.parametrize(
    ("name", "lengths"),
    [
        ("article", articles.LENGTHS),
        ("evidence", evidence.LENGTHS),
        ("note", {"body": notes.BODY_LIMIT}),
        ("party", dict.fromkeys(("name", "role", "organisation"), parties.LENGTH)),
        ("person", {"name": people.NAME_LENGTH}),
        ("version", {"text": articles.LIMIT}),
    ],
)
def test_its_lengths_are_those_of_the_desk(name: str, lengths: dict[str, int]) -> None:
    told = {field: of(name)[field].get("maxLength") for field in lengths}
    assert told == {
        field: (None if field in ("source_type", "stance", "file") else most) for field, most in lengths.items()
    }


def test_no_object_has_fields_nobody_told_of() -> None:
    def loose(value: Any, path: str) -> list[str]:
        if isinstance(value, list):
            return [one for part in value for one in loose(part, path)]
        if not isinstance(value, dict):
            return []
        own = "properties" in value and value.get("type") == "object"
        found = [path] if own and not (value.get("additionalProperties") is False and complete(value)) else []
        return found + [one for key, part in value.items() for one in loose(part, f"{path}/{key}")]

    def complete(value: dict[str, Any]) -> bool:
        return set(value["required"]) == set(value["properties"])

    assert loose(schema(), "#") == []


def page() -> str:
    return SCHEMA.with_name("annotator-3.md").read_text(encoding="utf-8")


def test_the_example_on_the_page_is_valid() -> None:
    shown = re.search(r"```json\n(.*?)```", page(), re.DOTALL)
    assert shown
    document = json.loads(shown[1])
    assert (wrong(document), broken(document)) == ([], [])


def test_the_page_tells_of_every_field() -> None:
    fields = {name for part in schema()["$defs"].values() for name in part.get("properties", ())}
    assert {name for name in fields | set(schema()["properties"]) if f"`{name}`" not in page()} == set()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda document: document.update(extra=1),
        lambda document: document["article"].pop("byline"),
        lambda document: document["annotations"][0].update(kind="opinion"),
        lambda document: document["annotations"][0].update(fields={"denies": None}),
        lambda document: document["annotations"][0]["anchor"].update(start=-1),
        lambda document: document["version"]["blocks"][0].update(level=1),
    ],
)
def test_a_spoilt_document_is_refused(spoil: Any) -> None:
    shown = re.search(r"```json\n(.*?)```", page(), re.DOTALL)
    assert shown
    document = json.loads(shown[1])
    spoil(document)
    assert wrong(document)
