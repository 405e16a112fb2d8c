"""Moments as people write them, read as UTC."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from annotator.errors import Invalid
from annotator.services import moments

MOMENTS = [
    ("2026-11-24T18:30", datetime(2026, 11, 24, 18, 30, tzinfo=UTC)),
    (" 2026-11-24 18:30 ", datetime(2026, 11, 24, 18, 30, tzinfo=UTC)),
    ("2026-11-24T18:30Z", datetime(2026, 11, 24, 18, 30, tzinfo=UTC)),
    ("2026-11-24T18:30+01:00", datetime(2026, 11, 24, 17, 30, tzinfo=UTC)),
    ("2026-11-24T18:30:05.123456-02:30", datetime(2026, 11, 24, 21, 0, 5, 123000, tzinfo=UTC)),
    ("", None),
    ("  ", None),
]
NO_MOMENTS = [
    "2026-11-24",
    "tomorrow",
    "18:30",
    "2026-13-24T18:30",
    "2026-11-24T25:00",
    "0001-01-01T00:00+14:00",
    "x" * 99,
]


@pytest.mark.parametrize(("text", "wanted"), MOMENTS)
def test_moments_are_read_as_utc(text: str, wanted: datetime | None) -> None:
    found = moments.moment(text, "at")
    assert found == wanted
    assert moments.moment(moments.as_written(found), "at") == found


@pytest.mark.parametrize("text", NO_MOMENTS)
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        moments.all_of(first=text, second="2026-11-24T18:30", third=text)
    assert set(refusal.value.fields) == {"first", "third"}
