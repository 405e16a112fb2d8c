"""The words of the desk that are also values: kinds, verdicts, methods, source types, states.

The values go over the wire and into the database; the labels are for people. Verdict labels differ by kind, because
a quote is checked for its wording, a claim for its truth and a denial for how it was made.
"""

from __future__ import annotations

from dataclasses import dataclass

KINDS = {"claim": "Claim", "quote": "Quote", "denial": "Denial"}
PARTY_LABELS = {"claim": "Claimant", "quote": "Speaker", "denial": "Denier"}

STATES = {"to_do": "To do", "in_progress": "In progress", "checked": "Checked"}

METHODS = {
    "document": "Document",
    "recording": "Recording",
    "person": "Person asked",
    "calculation": "Calculation",
    "observation": "Own observation",
    "search": "Search without result",
}

SOURCE_TYPES = {"primary": "Primary", "secondary": "Secondary", "tertiary": "Tertiary"}


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
