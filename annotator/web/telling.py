"""A line of history in words: what was done, and each value that changed, before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from annotator.queries.events import Line
from annotator.text.diffing import Run, word_changes
from annotator.vocabulary import KINDS, METHODS, verdict_label

SENTENCES = {
    "article.imported": "imported the article",
    "article.described": "changed the details of the article",
    "article.archived": "archived the article",
    "article.unarchived": "put the article back on the lists",
    "annotation.created": "marked {name}",
    "annotation.moved": "moved the edges of {name}",
    "annotation.retagged": "changed the kind of {name}",
    "annotation.party_named": "said whose words {name} are",
    "annotation.denial_linked": "said what {name} denies",
    "annotation.deleted": "deleted {name}",
    "annotation.restored": "restored {name}",
    "note.added": "wrote a note on {name}",
    "note.edited": "edited a note on {name}",
}
LABELS = {
    "title": "Title",
    "byline": "Byline",
    "outlet": "Outlet",
    "source_url": "Source URL",
    "language": "Language",
    "published_at": "Date",
    "exact": "Words",
    "kind": "Kind",
    "party": "Name",
    "role": "Role",
    "organisation": "Organisation",
    "body": "Note",
    "verdict": "Verdict",
    "method": "Method",
    "evidence": "Evidence",
}


@dataclass(frozen=True, slots=True)
class Changed:
    """One value that changed, under its label, as runs of words."""

    label: str
    runs: list[Run]


def sentence(line: Line) -> str:
    """What was done, to be read after a name: `marked Claim 3`."""
    name = f"{KINDS[line.kind]} {line.ordinal}" if line.kind else "the article"
    return SENTENCES.get(line.verb, line.verb.replace(".", " ").replace("_", " ")).format(name=name)


def changed(line: Line) -> list[Changed]:
    """The values that are not the same after as before, in the order of LABELS."""
    pairs = ((label, _said(name, line.before, line), _said(name, line.after, line)) for name, label in LABELS.items())
    return [Changed(label, word_changes(old, new)) for label, old, new in pairs if old != new]


def _said(name: str, values: dict[str, Any], line: Line) -> str:
    value = values.get(name)
    if not value:
        return ""
    if name == "evidence":
        return "\n".join(_piece(piece) for piece in value)
    if name == "verdict":
        return verdict_label(value, line.kind or "claim")
    return {"kind": KINDS, "method": METHODS}.get(name, {}).get(value, str(value))


def _piece(piece: dict[str, str]) -> str:
    parts = piece.get("title"), piece.get("url") or piece.get("description"), piece.get("locator"), piece.get("excerpt")
    return ", ".join(part for part in parts if part)
