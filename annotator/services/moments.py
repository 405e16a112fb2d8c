"""Moments that people write: a date with a time, in UTC unless an offset follows."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from annotator import clock
from annotator.errors import Invalid

GRACE = timedelta(minutes=1)
WRITTEN = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
SAY = "Write the date and the time as 2026-11-24T18:30; it is read as UTC unless an offset such as +01:00 follows."


def moment(text: str, field: str) -> datetime | None:
    """What somebody wrote as a moment in UTC, to the millisecond; None for nothing. Raises Invalid on `field`."""
    written = text.strip()
    if not written:
        return None
    try:
        if not WRITTEN.fullmatch(written):
            raise ValueError
        read = datetime.fromisoformat(written)
        return to_milliseconds((read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC))
    except (ValueError, OverflowError):
        raise Invalid({field: SAY}) from None


def to_milliseconds(value: datetime) -> datetime:
    """The same moment as history and exports tell it."""
    return value.replace(microsecond=value.microsecond // 1000 * 1000)


def now() -> datetime:
    """The present moment, to the millisecond."""
    return to_milliseconds(clock.now())


def lies_ahead(value: datetime) -> bool:
    """Whether a moment is yet to come; clocks may differ by a minute."""
    return value > clock.now() + GRACE


def said(value: datetime) -> str:
    """A moment in words: `24 Nov 2026, 18:30 UTC`."""
    return f"{value.day} {value.strftime('%b %Y, %H:%M')} UTC"
