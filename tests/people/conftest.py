"""What the tests of people share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from annotator import clock

Later = Callable[[timedelta], None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Let time pass: `later(timedelta(hours=1))` moves the one clock everything reads."""
    start, gone = clock.now(), [timedelta()]

    def now() -> datetime:
        return start + gone[0]

    def pass_by(time: timedelta) -> None:
        gone[0] += time

    monkeypatch.setattr(clock, "now", now)
    return pass_by
