"""Whatever is sent, the answer is one that the OpenAPI document describes."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import Context
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from annotator.api.openapi import document
from annotator.models import Article
from tests.api.program import Program, told

CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
EXAMPLES = 10
NOTE = {"body": "Seen.", "verdict": "accurate", "evidence": [{"url": "https://registry.example/ledger"}]}
OPERATIONS = sorted(
    operation["operationId"] for operations in document()["paths"].values() for operation in operations.values()
)


@pytest.fixture
def schema(app: Flask) -> schemathesis.BaseSchema:
    """The document, as the application serves it."""
    loaded: schemathesis.BaseSchema = Context().run(schemathesis.openapi.from_wsgi, "/api/v1/openapi.json", app)
    return loaded


@pytest.fixture
def ids(lead: Program, article: Article, mark: Callable[..., dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What is there: for each operation's `key`, a thing that it can act on."""
    claim = mark(lead, "cranes", party="Ingrid Solheim")
    denial = mark(lead, "The authority denies", "denial", fields={"denies": claim["id"]})
    note = told(lead.post(f"/annotations/{claim['id']}/notes", NOTE), 201)
    source = note["evidence"][0]["source"]
    there = {"article_id": article.id, "number": 1, "sentence": 0, "to": claim["id"], "kind": "denies"}
    return {
        "annotations": there | {"key": denial["id"]},
        "notes": there | {"key": note["id"]},
        "sources": there | {"key": source},
    }


def there_or_not(operation: APIOperation, ids: dict[str, dict[str, Any]]) -> st.SearchStrategy[Case]:
    """Cases of an operation, most of them on things that are there."""

    def point(case: Case, aimed: bool) -> Case:
        known = ids.get(operation.path.split("/")[1], ids["annotations"])
        if aimed and case.path_parameters:
            case.path_parameters.update({name: known[name] for name in case.path_parameters if name in known})
            case.headers["If-Match"] = "*"
        return case

    return st.builds(point, operation.as_strategy(), st.sampled_from([True, True, False]))


@pytest.mark.parametrize("name", OPERATIONS)
def test_answers_are_as_described(
    name: str, schema: schemathesis.BaseSchema, lead: Program, ids: dict[str, dict[str, Any]]
) -> None:
    """Status, content type and shape; never a failure of the server."""
    operation = schema.find_operation_by_id(name)
    headers = {"Authorization": f"Bearer {lead.token}"}

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=there_or_not(operation, ids))
    def look(case: Case) -> None:
        response = Context().run(case.call, headers=headers)
        case.validate_response(response, checks=list(CHECKS))

    look()
