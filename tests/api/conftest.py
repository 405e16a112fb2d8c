"""Programs of the cast, and an article to work on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from annotator.models import Article
from tests.api.program import Program, token_of, told
from tests.builders import make_article, place_of
from tests.cast import Cast


@pytest.fixture
def program(app: Flask, cast: Cast) -> Callable[..., Program]:
    """`program("ben", "read")`: a program with a token of Ben's that has these scopes (read and annotate when none)."""

    def make(username: str, *scopes: str) -> Program:
        named = {"scopes": scopes} if scopes else {}
        return Program(app.test_client(), token_of(getattr(cast, username), **named))

    return make


@pytest.fixture
def lead(program: Callable[..., Program]) -> Program:
    """Ada's program: she leads."""
    return program("ada")


@pytest.fixture
def reviewer(program: Callable[..., Program]) -> Program:
    """Ben's program: he reviews."""
    return program("ben")


@pytest.fixture
def reader(program: Callable[..., Program]) -> Program:
    """Cleo's program, which may only read."""
    return program("cleo", "read")


@pytest.fixture
def article(cast: Cast) -> Article:
    """An article of Ada's."""
    return make_article(cast.ada)


@pytest.fixture
def span(article: Article) -> Callable[..., dict[str, Any]]:
    """`span("4.2 million")`: the place of these words as the API takes it."""

    def place(words: str) -> dict[str, Any]:
        found = place_of(article, words)
        return {"version": found.version, "start": found.start, "end": found.end, "exact": words}

    return place


@pytest.fixture
def mark(article: Article, span: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """`mark(program, "cranes", kind="claim")`: an annotation made through the API, as the API tells it."""

    def make(program: Program, words: str, kind: str = "claim", **more: Any) -> dict[str, Any]:
        sent = span(words) | {"kind": kind} | more
        made: dict[str, Any] = told(program.post(f"/articles/{article.id}/annotations", sent), 201)
        return made

    return make
