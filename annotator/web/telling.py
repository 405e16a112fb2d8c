"""A line of history in words: what was done, and each value that changed, before and after."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.queries.events import Line
from annotator.services import places
from annotator.text.diffing import Run, word_changes
from annotator.vocabulary import (
    ANCHORS,
    CHANNELS,
    CORRECTION_STATES,
    FIELDS,
    KINDS,
    METHODS,
    OUTCOMES,
    PURPOSES,
    RELATIONS,
    SEVERITIES,
    verdict_label,
)
from annotator.web.deeds import DEEDS, STILL, WHOLE

SAYS_STILL = places.STILL.partition("{")[0]
ONES = [field for fields in FIELDS.values() for field in fields]
LABELS = {
    "title": "Title",
    "byline": "Byline",
    "outlet": "Outlet",
    "source_url": "Source URL",
    "language": "Language",
    "published_at": "Date",
    "lead": "Lead",
    "blind": "Read blind",
    "exact": "Words",
    "kind": "Kind",
    "party": "Name",
    "alias": "Alias",
    "role": "Role",
    "organisation": "Organisation",
    "denies": "Denies",
    **{field.name: field.label for field in ONES},
    "body": "",
    "verdict": "Verdict",
    "method": "Method",
    "evidence": "Evidence",
    "channel": "Channel",
    "asked_at": "Asked",
    "questions": "Questions",
    "deadline": "Deadline",
    "follow_ups": "Follow-ups",
    "outcome": "Outcome",
    "answer": "Answer",
    "answered_at": "Answered",
    "in_text": "In the text",
    "current": "Words",
    "suggested": "Suggested",
    "severity": "Severity",
    "state": "Decision",
    "reason": "Reason",
    "remark": "Remark",
    "why": "Reason",
    "version": "Version",
    "change_note": "Change note",
    "status": "Place",
    "source": "Source",
    "withdrawn": "Reason",
    "reopened_why": "Reason",
    "purpose": "Purpose",
    "username": "Person",
    "due_at": "Due",
}
CHOICES: dict[str, Mapping[Any, str]] = {
    "kind": KINDS,
    "method": METHODS,
    "channel": CHANNELS,
    "outcome": OUTCOMES,
    "severity": SEVERITIES,
    "state": CORRECTION_STATES,
    "status": ANCHORS,
    "purpose": PURPOSES,
    **{field.name: field.choices for field in ONES if field.choices},
}
MOMENTS = ("asked_at", "deadline", "answered_at", "due_at", "said_at")


@dataclass(frozen=True, slots=True)
class Changed:
    """One value that changed, under its label, as runs of words."""

    label: str
    runs: list[Run]


def sentence(line: Line) -> str:
    """What was done, to be read after a name: `marked Claim 3`."""
    deed = DEEDS.get(line.verb)
    said = deed.sentence if deed else line.verb.replace(".", " ").replace("_", " ")
    if line.verb == "annotation.reopened" and line.undoes:
        said = "took back the reopening of {name}"
    if line.verb == "note.added" and (line.after or {}).get("resolves"):
        said = "settled the disagreement about {name}"
    return said.format(name=_name(line), tie=_tie(line)) + (", by undo" if line.undoes else "")


def briefly(lines: Sequence[Line]) -> str:
    """What one act did, to be read alone: `Claim 3 marked`. Its last line counts; how many others there are is told.

    Of a draft, and of what still stands, all else in the act came.
    """
    whole = [line for line in lines if line.verb in WHOLE or _stands(line)]
    told = whole[:1] or [line for line in lines if line.verb in DEEDS and DEEDS[line.verb].brief]
    if not told:
        return ""
    said = _brief(told[-1])
    more = len(told) - 1
    said += f" and {more} more change{'s' if more > 1 else ''}" if more else ""
    return said[0].upper() + said[1:]


def _stands(line: Line) -> bool:
    """Whether this note was written by pressing *Still stands*."""
    return line.verb == "note.added" and (line.after or {}).get("body", "").startswith(SAYS_STILL)


def _brief(line: Line) -> str:
    deed = STILL if _stands(line) else DEEDS[line.verb].brief
    versions = (line.before if line.verb == "article.version_withdrawn" else line.after) or {}
    return deed.format(name=_name(line), number=versions.get("version", ""))


def _name(line: Line) -> str:
    return f"{KINDS[line.kind]} {line.ordinal}" if line.kind else "the article"


def _tie(line: Line) -> str:
    """What a line of a relation says of the two: `Claim 3 contradicts Quote 2`."""
    tie = line.after or line.before
    says = RELATIONS[tie["type"]].says if tie.get("type") in RELATIONS else "is tied to"
    return f"{_name(line)} {says} {line.others.get(tie.get('to', ''), 'another annotation')}"


def changed(line: Line) -> list[Changed]:
    """The values that are not the same after as before, in the order of LABELS."""
    if line.verb.startswith("relation."):
        return []
    noun = "Comment" if line.verb.startswith("comment.") else "Note"
    pairs = ((label, _said(name, line.before, line), _said(name, line.after, line)) for name, label in LABELS.items())
    return [Changed(label or noun, word_changes(old, new)) for label, old, new in pairs if old != new]


def _said(name: str, values: dict[str, Any], line: Line) -> str:
    value = values.get(name)
    if value is None or value in ("", []):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name in CHOICES:
        return CHOICES[name].get(value, str(value))
    told = SAID.get(name)
    return told(value, line) if told else str(value)


def _pieces(value: list[dict[str, str]], line: Line) -> str:
    return "\n".join(_piece(piece) for piece in value)


def _piece(piece: dict[str, str]) -> str:
    parts = piece.get("title"), piece.get("url") or piece.get("description"), piece.get("locator"), piece.get("excerpt")
    return ", ".join(part for part in parts if part)


def _follow_ups(value: list[dict[str, str]], line: Line) -> str:
    return "\n".join(_follow_up(one) for one in value)


def _follow_up(one: dict[str, str]) -> str:
    parts = _moment(one["at"]), CHANNELS.get(one["channel"], one["channel"]), one.get("remark")
    return ", ".join(part for part in parts if part)


def _moment(value: str, line: Line | None = None) -> str:
    """A time in UTC as people read it; a date, and what else was typed, as it is."""
    return f"{value[:10]} {value[11:16]} UTC" if value.endswith("Z") else value.replace("T", " ")


def _verdict(value: str, line: Line) -> str:
    return verdict_label(value, line.kind or "claim")


def _other(value: str, line: Line) -> str:
    return line.others.get(value, "another annotation")


SAID: dict[str, Callable[[Any, Line], str]] = {
    "evidence": _pieces,
    "follow_ups": _follow_ups,
    "verdict": _verdict,
    "denies": _other,
    **dict.fromkeys(MOMENTS, _moment),
}
