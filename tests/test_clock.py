"""Times are in UTC and written in one way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from annotator import clock

MOMENTS = [
    (datetime(2026, 11, 23, 12, 4, 31, 250_999, UTC), "2026-11-23T12:04:31.250Z"),
    (datetime(2026, 11, 23, 12, 4, 31, tzinfo=UTC), "2026-11-23T12:04:31.000Z"),
    (datetime(2026, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=5, minutes=45))), "2025-12-31T18:45:00.000Z"),
]


@pytest.mark.parametrize(("moment", "written"), MOMENTS)
def test_how_a_moment_is_written(moment: datetime, written: str) -> None:
    assert clock.iso(moment) == written


def test_now_is_in_utc_and_does_not_go_back() -> None:
    first, second = clock.now(), clock.now()
    assert first.tzinfo is UTC
    assert first <= second
