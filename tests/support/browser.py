"""Chromium for the tests: found or installed, launched once, and watched while pages are open."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.support.server import Server

FAILED = pytest.StashKey[bool]()
PICTURES = Path(__file__).parent.parent / "browser" / "pictures"
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ADVICE = (
    "No Chromium for the browser tests, and none could be installed. Install it (Debian: apt-get install chromium; "
    "elsewhere: .venv/bin/python -m playwright install chromium), or set CHROMIUM to its path."
)
REFUSED_BY_SERVER = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")
TIMEOUT_MS = 15_000


def executable() -> str | None:
    """The path of a Chromium: `CHROMIUM`, one on the path, or the one that Playwright has downloaded."""
    given = os.environ.get("CHROMIUM")
    found = given or next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or _downloaded()


def _downloaded() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def ensure() -> str | None:
    """A Chromium, installed when there is none: Debian's as root, else Playwright's own. None when it cannot be."""
    if found := executable():
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _try(["apt-get", "update", "-qq"])
        _try(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"])
    if not executable():
        _try([sys.executable, "-m", "playwright", "install", "chromium"])
    return executable()


def _try(command: list[str]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False)


@contextmanager
def launched() -> Iterator[Browser]:
    """A headless Chromium."""
    path = executable()
    assert path, ADVICE
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


class Watch:
    """Collects what may not happen in a page: errors, refused content, requests to other hosts."""

    def __init__(self, item: pytest.Item) -> None:
        self.item = item
        self.problems: list[str] = []
        self.allowed: list[str] = []

    def allow(self, part: str) -> None:
        """Expect problems whose words contain `part`, because the test provokes them."""
        self.allowed.append(part)

    def follow(self, context: BrowserContext, home: str) -> None:
        """Listen to every page of a browser profile."""
        context.on("console", lambda message: self._console(message.type, message.text))
        context.on("weberror", lambda error: self.problems.append(f"script error: {error.error}"))
        context.on("request", lambda request: self._request(request.url, home))

    def _console(self, kind: str, words: str) -> None:
        if (kind == "error" and not REFUSED_BY_SERVER.match(words)) or "Content Security Policy" in words:
            self.problems.append(f"console: {words}")

    def _request(self, url: str, home: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob", "about") and f"{parts.scheme}://{parts.netloc}" != home:
            self.problems.append(f"request to another host: {url}")

    def unexpected(self) -> list[str]:
        """The problems that no test has allowed."""
        return [problem for problem in self.problems if not any(part in problem for part in self.allowed)]


@contextmanager
def pages(browser: Browser, server: Server, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Makes signed-in, watched pages; at the end keeps pictures of a failed test and fails on what was seen."""
    opened: list[Page] = []

    def make(username: str | None = "ada", *, own: Server | None = None, **options: Any) -> Page:
        home = own or server
        context = browser.new_context(base_url=home.url, **options)
        context.set_default_timeout(TIMEOUT_MS)
        watch.follow(context, home.url)
        if username:
            context.add_cookies(home.cookies_of(username))  # type: ignore[arg-type]
        opened.append(context.new_page())
        return opened[-1]

    yield make
    found = watch.unexpected()
    for number, page in enumerate(opened):
        if found or watch.item.stash.get(FAILED, True):
            _keep_picture(page, watch.item.name, number)
        page.context.close()
    assert not found, "\n".join(found)


def _keep_picture(page: Page, name: str, number: int) -> None:
    if not page.is_closed():
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{re.sub(r'[^A-Za-z0-9_-]+', '-', name)}-{number}.png", full_page=True)
