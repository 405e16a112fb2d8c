"""What the tests in the browser share: an article of one's own, opened in a watched page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import builders
from tests.browser.desk import Desk, made
from tests.support.browser import TIMEOUT_MS, Page
from tests.support.server import Server

expect.set_options(timeout=TIMEOUT_MS)


@pytest.fixture
def desk(new_page: Callable[..., Page], live_server: Server) -> Callable[..., Desk]:
    """`desk(text, marks, username=…, **options)`: a new article's review page, opened by somebody of the cast."""

    def make(
        text: str = builders.TEXT,
        marks: Iterable[tuple[str, str]] = (),
        *,
        title: str = "Cranes that never came",
        username: str = "ada",
        query: str = "",
        **options: Any,
    ) -> Desk:
        article = made(live_server, text, marks, title=title)
        return Desk(new_page(username, **options), article).open(query)

    return make
