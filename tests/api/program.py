"""A program that speaks to the API with a token."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from werkzeug.test import TestResponse

from annotator.access import Actor
from annotator.db import unit_of_work
from annotator.extensions import db
from annotator.models import User
from annotator.services.tokens import make_token
from tests.api import described
from tests.support.pages import StrictClient

SCOPES = ("read", "annotate")


def token_of(actor: Actor, scopes: Sequence[str] = SCOPES) -> str:
    """A new token of this person."""
    with unit_of_work():
        return make_token(actor, db.session.get_one(User, actor.id), f"test {uuid4()}", scopes)


class Program:
    """Sends JSON, and holds every answer against the description; `told` and `refused` look at it further."""

    def __init__(self, client: StrictClient, token: str) -> None:
        self.client, self.token = client, token

    def send(self, method: str, path: str, value: Any = None, **headers: str) -> TestResponse:
        """Send a request beneath /api/v1. Header names are written with underscores."""
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        sent = {"Authorization": f"Bearer {self.token}"} | named
        extra = {"json": value} if value is not None else {}
        response = self.client.open(f"/api/v1{path}", method=method, headers=sent, **extra)
        described.check(response)
        return response

    def get(self, path: str, **headers: str) -> TestResponse:
        """GET."""
        return self.send("GET", path, **headers)

    def post(self, path: str, value: Any = None, **headers: str) -> TestResponse:
        """POST."""
        return self.send("POST", path, {} if value is None else value, **headers)

    def put(self, path: str, value: Any = None, **headers: str) -> TestResponse:
        """PUT."""
        return self.send("PUT", path, value, **headers)

    def patch(self, path: str, value: Any, **headers: str) -> TestResponse:
        """PATCH."""
        return self.send("PATCH", path, value, **headers)

    def delete(self, path: str, **headers: str) -> TestResponse:
        """DELETE."""
        return self.send("DELETE", path, **headers)


def told(response: TestResponse, status: int = 200) -> Any:
    """The JSON of an answer with this status."""
    assert response.status_code == status, response.get_data(as_text=True)
    assert response.content_type == "application/json"
    return response.get_json()


def refused(response: TestResponse, status: int, *fields: str) -> dict[str, Any]:
    """The refusal in the one shape, which names exactly these fields."""
    error: dict[str, Any] = told(response, status)["error"]
    assert set(error) <= {"code", "message", "fields", "current"}, error
    assert error["message"].endswith((".", "`"))
    assert set(error.get("fields", {})) == set(fields), error
    return error
