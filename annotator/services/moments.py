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


def all_of(**written: str) -> dict[str, datetime | None]:
    """The same for several fields by name. Raises Invalid on each that will not do."""
    found: dict[str, datetime | None] = {}
    wrong: dict[str, str] = {}
    for field, text in written.items():
        try:
            found[field] = moment(text, field)
        except Invalid as refusal:
            wrong |= refusal.fields
    if wrong:
        raise Invalid(wrong)
    return found


def to_milliseconds(value: datetime) -> datetime:
    """The same moment as history and exports tell it."""
    return value.replace(microsecond=value.microsecond // 1000 * 1000)


def this_minute() -> datetime:
    """The present moment as a person would write it down."""
    return clock.now().replace(second=0, microsecond=0)


def lies_ahead(value: datetime) -> bool:
    """Whether a moment is yet to come; clocks may differ by a minute."""
    return value > clock.now() + GRACE


def as_written(value: datetime | None) -> str:
    """A moment as a form shows it, so that it is read as the same one again; nothing for None."""
    if value is None:
        return ""
    spec = "milliseconds" if value.microsecond else "seconds" if value.second else "minutes"
    return value.replace(tzinfo=None).isoformat(timespec=spec)
