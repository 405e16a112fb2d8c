"""The one place that knows what time it is. Times are aware and in UTC everywhere behind this door."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment in UTC, to the microsecond."""
    return datetime.now(UTC)


def iso(moment: datetime) -> str:
    """RFC 3339 with a `Z`, to the millisecond: `2026-11-23T12:04:31.250Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def read(text: str) -> datetime:
    """The moment that `iso` wrote."""
    return datetime.fromisoformat(text).astimezone(UTC)


def said(moment: datetime) -> str:
    """A moment in a sentence: `24 Nov 2026, 18:30 UTC`."""
    moment = moment.astimezone(UTC)
    return f"{moment.day} {moment.strftime('%b %Y, %H:%M')} UTC"
