"""What browsers are called in the list of sessions."""

from __future__ import annotations

import pytest

from annotator.web.browsers import browser_name

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"

AGENTS = [
    ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0", "Firefox on Windows"),
    (f"Mozilla/5.0 (X11; Linux x86_64) {WEBKIT} Chrome/156.0.0.0 Safari/537.36", "Chrome on Linux"),
    (f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0", "Edge on Windows"),
    (f"Mozilla/5.0 (Linux; Android 16) {WEBKIT} Chrome/156.0.0.0 Mobile Safari/537.36", "Chrome on Android"),
    (
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/27.0 Safari/605.1.15",
        "Safari on macOS",
    ),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) Version/26.0 Mobile Safari/604.1", "Safari on iPhone"),
    ("Firefox/1", "Firefox"),
    ("curl/8.9.1", "curl/8.9.1"),
    ("x" * 100, "x" * 40),
    ("", "Unknown browser"),
]


@pytest.mark.parametrize(("agent", "name"), AGENTS)
def test_names(agent: str, name: str) -> None:
    assert browser_name(agent) == name
