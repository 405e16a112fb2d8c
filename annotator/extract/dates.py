"""Dates as newsrooms write them, in English, German, French and Spanish, turned into ISO 8601.

Nothing is guessed: a date needs a year, `03/04/2026` (which may be March or April) is no date, and a time is
given a zone only where the source names UTC or an offset.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time

_MONTH_NAMES = (
    "january jan januar jänner jän janvier janv enero ene",
    "february feb februar februar feber février févr fevrier febrero",
    "march mar märz mär maerz mrz mars marzo",
    "april apr avril avr abril abr",
    "may mai mayo",
    "june jun juni juin junio",
    "july jul juli juillet juil julio",
    "august aug août aout agosto ago",
    "september sep sept septembre septiembre",
    "october oct oktober okt octobre octubre",
    "november nov novembre noviembre",
    "december dec dezember dez décembre déc decembre diciembre dic",
)
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}

_WEEKDAYS = (
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun "
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so "
    "lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes "
    "miércoles miercoles jueves viernes sábado sabado domingo"
)
_PUBLISHED = (
    "published publication posted first created date dated issued released veröffentlicht erschienen vom datum "
    "publié publie publiée mis en ligne paru publicado publicada fecha"
)
_UPDATED = (
    "updated last modified revised edited aktualisiert zuletzt geändert stand mis mise à jour modifié "
    "actualizado actualizada última actualización"
)
_GLUE = "at on the am um uhr den le la el a las à de del del h hrs hours and local time o clock"
_ZONES = "utc gmt z et est edt ct cst cdt mt mst mdt pt pst pdt bst ist cet cest mez mesz wet west eet eest hora"
_UPDATE_WORDS = frozenset(_UPDATED.split()) - {"mis", "mise", "à", "en"}
_DATELINE_WORDS = frozenset(f"{_WEEKDAYS} {_PUBLISHED} {_UPDATED} {_GLUE} {_ZONES}".split())

_ISO = re.compile(
    r"\b(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?)?"
    r" ?(Z\b|UTC\b|GMT\b|[+-]\d\d:?\d\d\b)?"
)
_DAY_MONTH = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th|er|[.º])? (?:de |of )?([^\W\d_]{3,12})\.?,? (?:del? )?(\d{4})\b")
_MONTH_DAY = re.compile(r"\b([^\W\d_]{3,12})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b")
_NUMBERS = re.compile(r"\b(\d{1,2})([./])(\d{1,2})\2(\d{4})\b")
_TWELVE_HOURS = re.compile(r"\b(\d{1,2})(?:[:.](\d\d))?(?::\d\d)? ?([ap])\.? ?m\b\.?", re.IGNORECASE)
_FULL_HOURS = re.compile(r"\b(\d{1,2}) ?(?:[:.] ?|h ?)(\d\d)(?::\d\d)?\b(?: ?(?:Uhr|h)\b)?")
_BARE_HOUR = re.compile(r"\b(\d{1,2}) ?(?:Uhr|h)\b")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_LONGEST_DATELINE = 160


@dataclass(frozen=True, slots=True)
class Dateline:
    """A moment told by a line: ISO 8601 as precise as the line, and whether it is the time of an update."""

    at: str
    update: bool = False


def normal_date(value: str) -> str | None:
    """Return a machine-written date or time as `Extracted.published_at` wants it, or None when it is not one."""
    value = value.strip()
    found = find_date(value[:_LONGEST_DATELINE])
    return found[0] if found else None


def read_dateline(line: str) -> Dateline | None:
    """Return the moment a line tells, when the line holds nothing but a date and the words around one."""
    if len(line) > _LONGEST_DATELINE:
        return None
    found = find_date(line)
    if found is None:
        return None
    at, rest = found
    words = [word.casefold() for word in _WORD.findall(rest)]
    if not set(words) <= _DATELINE_WORDS:
        return None
    return Dateline(at, bool(_UPDATE_WORDS & set(words[:3])))


def find_date(line: str) -> tuple[str, str] | None:
    """Return the first moment in `line`, in ISO 8601, and what is left of the line without it."""
    line = " ".join(line.split())
    for pattern, read in _READERS:
        for match in pattern.finditer(line):
            if found := read(match, line[: match.start()] + " " + line[match.end() :]):
                return found
    return None


def _read_iso(match: re.Match[str], rest: str) -> tuple[str, str] | None:
    year, month, day, hour, minute, second, zone = match.groups()
    if hour is None:
        return _with_time(_day(year, month, day), rest)
    told = f"{year}-{month}-{day}T{hour}:{minute}" + (f":{second}" if second else "")
    if zone:
        told += "+00:00" if zone[0] not in "+-" else zone
    try:
        moment = datetime.fromisoformat(told)
    except ValueError:
        return None
    return moment.isoformat(timespec="seconds" if second or zone else "minutes"), rest


def _read_day_month(match: re.Match[str], rest: str) -> tuple[str, str] | None:
    return _with_time(_day(match[3], MONTHS.get(match[2].casefold()), match[1]), rest)


def _read_month_day(match: re.Match[str], rest: str) -> tuple[str, str] | None:
    return _with_time(_day(match[3], MONTHS.get(match[1].casefold()), match[2]), rest)


def _read_numbers(match: re.Match[str], rest: str) -> tuple[str, str] | None:
    first, second = int(match[1]), int(match[3])
    if match[2] == "/" and first <= 12 and second <= 12 and first != second:
        return None
    day, month = (second, first) if match[2] == "/" and second > 12 else (first, second)
    return _with_time(_day(match[4], month, day), rest)


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], tuple[str, str] | None]], ...] = (
    (_ISO, _read_iso),
    (_DAY_MONTH, _read_day_month),
    (_MONTH_DAY, _read_month_day),
    (_NUMBERS, _read_numbers),
)


def _day(year: str, month: str | int | None, day: str | int) -> date | None:
    try:
        return date(int(year), int(month or 0), int(day))
    except ValueError:
        return None


def _with_time(day: date | None, rest: str) -> tuple[str, str] | None:
    if day is None:
        return None
    moment, rest = _take_time(rest)
    if moment is None:
        return day.isoformat(), rest
    if re.search(r"\b(?:UTC|GMT|Z)\b", rest):
        return f"{day}T{moment:%H:%M}:00+00:00", rest
    return f"{day}T{moment:%H:%M}", rest


def _take_time(rest: str) -> tuple[time | None, str]:
    for pattern in (_TWELVE_HOURS, _FULL_HOURS, _BARE_HOUR):
        match = pattern.search(rest)
        if match and (moment := _time_of(match)):
            return moment, rest[: match.start()] + " " + rest[match.end() :]
    return None, rest


def _time_of(match: re.Match[str]) -> time | None:
    groups = match.groups()
    hour, minute = int(groups[0]), int(groups[1] or 0) if len(groups) > 1 else 0
    if len(groups) == 3:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if groups[2].lower() == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
