"""The words of the desk that are also values: kinds and their fields, verdicts, states, relations, sources and so on.

The values go over the wire and into the database; the labels are for people. Verdict labels differ by kind, because
a quote is checked for its wording, a claim for its truth and a denial for how it was made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

KINDS = {"claim": "Claim", "quote": "Quote", "denial": "Denial"}
PARTY_LABELS = {"claim": "Claimant", "quote": "Speaker", "denial": "Denier"}

STATES = {
    "to_do": "To do",
    "in_progress": "In progress",
    "waiting": "Waiting",
    "checked": "Checked",
    "disagreed": "Disagreed",
    "signed_off": "Signed off",
    "reopened": "Reopened",
}
DONE = ("checked", "signed_off")
UNFINISHED = tuple(state for state in STATES if state not in DONE)

METHODS = {
    "document": "Document",
    "recording": "Recording",
    "person": "Person asked",
    "calculation": "Calculation",
    "observation": "Own observation",
    "search": "Search without result",
}

SOURCE_TYPES = {"primary": "Primary", "secondary": "Secondary", "tertiary": "Tertiary"}
STANCES = {"supports": "Supports it", "contradicts": "Contradicts it", "context": "Context only"}

CHANNELS = {
    "email": "E-mail",
    "phone": "Phone",
    "in_person": "In person",
    "message": "Message",
    "letter": "Letter",
    "other": "Other",
}
OUTCOMES = {
    "answered": "Answered",
    "declined": "Declined to answer",
    "no_answer": "No answer",
    "not_reached": "Not reached",
}

SEVERITIES = {"typo": "Typo", "fact": "Fact", "legal": "Legal"}
CORRECTION_STATES = {"proposed": "Proposed", "accepted": "Accepted", "rejected": "Rejected", "applied": "Applied"}

CARRIED = {
    "exact": "Unchanged",
    "moved": "Moved",
    "changed": "Changed",
    "review": "To be looked at",
    "orphan": "Words gone",
}
ANCHORS = {**CARRIED, "confirmed": "Confirmed"}
UNTOUCHED = ("exact", "moved")
UNSURE = ("changed", "review", "orphan")
TOUCHED = {"changed": "Words changed", "review": "Perhaps other words", "orphan": "Words gone"}
COVERAGE = {"unread": "Unread", "clear": "Clear", "covered": "Covered"}

PURPOSES = {"check": "Check", "second_reading": "Second reading"}

NOTICES = {
    "mention": "mentioned you",
    "comment": "commented on a check of yours",
    "assigned": "assigned this to you",
    "second_reading": "asked you for a second reading",
    "disagreed": "gave another verdict than you",
    "resolved": "settled a disagreement about your verdict",
    "reopened": "reopened a check of yours",
    "fallen": "made a sign-off of yours fall",
    "correction": "decided on a correction of yours",
    "decide": "suggested a correction that is yours to decide",
}


@dataclass(frozen=True, slots=True)
class Tie:
    """One type of relation: how it reads from either side (`Claim 1 contradicts Quote 2`), and between which kinds."""

    value: str
    says: str
    said_of: str
    source: tuple[str, ...] = tuple(KINDS)
    target: tuple[str, ...] = tuple(KINDS)


_TIES = (
    Tie("denies", "denies", "is denied by", ("denial",), ("claim", "quote")),
    Tie("answers", "answers", "is answered by"),
    Tie("supports", "supports", "is supported by"),
    Tie("contradicts", "contradicts", "is contradicted by"),
    Tie("repeats", "repeats", "is repeated by"),
    Tie("depends_on", "depends on", "is needed by"),
)
RELATIONS = {tie.value: tie for tie in _TIES}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind. `type` is line, text, url, moment, choice or flag; a flag is yes, no or unknown.

    `choices` are the values a choice may take, with their labels; `most` is the longest text in code points.
    """

    name: str
    label: str
    type: str
    most: int = 200
    choices: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    hint: str = ""


HARMS = {"low": "Low", "medium": "Medium", "high": "High"}
DIRECTNESS = {"direct": "Direct: word for word", "partial": "Partial", "paraphrase": "Paraphrase"}
FORMS = {
    "full": "Full denial",
    "partial": "Partial denial",
    "non_denial": "Non-denial",
    "no_comment": "No comment",
    "not_reached": "Not reached",
}

FIELDS: dict[str, tuple[Field, ...]] = {
    "claim": (
        Field("wording", "Standalone wording", "text", 1000, hint="What is claimed, so that it is clear on its own"),
        Field("harm", "Harm", "choice", choices=HARMS, hint="What it would do to somebody if it were wrong"),
        Field("about", "About", "line", 200, hint="Whom it is about: who has a right to reply"),
        Field("rests_on", "Rests on", "text", 2000, hint="What the reporter rests it on"),
        Field("said_at", "Said at", "moment", 40, hint="2026-11-23, or with a time 2026-11-23T18:30"),
        Field("appearance_url", "Appearance URL", "url", 2000, hint="Where it was said"),
    ),
    "quote": (
        Field("title_as_printed", "Title as printed", "line", 300),
        Field("directness", "Directness", "choice", choices=DIRECTNESS),
        Field(
            "original_words", "Original words", "text", 10_000, hint="As recorded, or in the language they were said in"
        ),
        Field("context_ok", "Context is fair", "flag"),
    ),
    "denial": (
        Field("on_behalf_of", "On behalf of", "line", 200),
        Field("form", "Form", "choice", choices=FORMS),
        Field("allegation", "Allegation", "text", 2000, hint="What is denied, when it does not stand in this article"),
    ),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One verdict: its key on the keyboard, its sign, its number from 1 to 5 (or none), its label for each kind."""

    value: str
    key: str
    sign: str
    score: int | None
    claim: str
    quote: str
    denial: str

    def label(self, kind: str) -> str:
        """What this verdict is called on an annotation of `kind`."""
        return {"claim": self.claim, "quote": self.quote, "denial": self.denial}[kind]


_VERDICTS = (
    Verdict("accurate", "1", "✓", 5, "Accurate", "Accurate: as recorded", "Accurate: given as made"),
    Verdict("mostly_accurate", "2", "✓~", 4, "Mostly accurate", "Trimmed, sense intact", "Right, scope to be stated"),
    Verdict("misleading", "3", "≁", 3, "Misleading (missing context)", "Out of context", "Non-denial shown as denial"),
    Verdict("mostly_false", "4", "✗~", 2, "Mostly false", "Altered sense", "Contradicted in part"),
    Verdict("false", "5", "✗", 1, "False", "Not said, or by somebody else", "Contradicted by evidence"),
    Verdict("unproven", "6", "?", None, "Unproven", "No recording or second source", "Cannot be settled"),
    Verdict("disputed", "7", "⇄", None, "Disputed", "Contested by the speaker", "Allegation stands against it"),
    Verdict("not_checkable", "8", "–", None, "Not checkable", "Not checkable", "Not checkable"),
)
VERDICTS = {verdict.value: verdict for verdict in _VERDICTS}


def verdict_label(value: str, kind: str) -> str:
    """The label people read for a verdict on an annotation of `kind`."""
    return VERDICTS[value].label(kind)
