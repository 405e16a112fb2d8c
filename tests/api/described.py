"""Holds every answer that a test gets against the OpenAPI document."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from werkzeug.test import TestResponse

from annotator.api.openapi import document


def check(response: TestResponse) -> None:
    """Fail when the operation does not describe this status, or describes another shape. Unknown addresses pass."""
    operation = _operation(response.request.method, response.request.path)
    if operation is None:
        return
    status = str(response.status_code)
    assert status in operation["responses"] or status in ("405", "500"), f"{operation['operationId']}: {status}"
    if response.is_json and status in operation["responses"]:
        errors = [error.message for error in _validator(operation["operationId"], status).iter_errors(response.json)]
        assert not errors, f"{operation['operationId']}: {errors[:3]}"


@cache
def _operation(method: str, path: str) -> dict[str, Any] | None:
    prefix = document()["servers"][0]["url"]
    for pattern, operations in document()["paths"].items():
        if re.fullmatch(prefix + re.sub(r"\{\w+\}", "[^/]+", pattern), path):
            found: dict[str, Any] | None = operations.get(method.lower())
            return found
    return None


@cache
def _validator(name: str, status: str) -> Draft202012Validator:
    operations = (operation for paths in document()["paths"].values() for operation in paths.values())
    answer = next(operation for operation in operations if operation["operationId"] == name)["responses"][status]
    if "$ref" in answer:
        answer = document()["components"]["responses"][status]
    schema = answer["content"]["application/json"]["schema"]
    checker = Draft202012Validator.FORMAT_CHECKER
    return Draft202012Validator({**schema, "components": document()["components"]}, format_checker=checker)
