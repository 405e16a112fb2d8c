"""The guards: what stands between an annotation and its next state, each a sentence that a page can show.

| to       | blocked while                                                                                    |
| -------- | ------------------------------------------------------------------------------------------------ |
| checked  | there is no verdict; no note; no evidence that stands (*not checkable* needs none)                |
| sign-off | it is not checked; the verdicts disagree; an answer is awaited; it was reopened; a correction is  |
|          | open; nobody confirmed its place; or it is read blind and nobody has read it a second time        |

Whoever gave the verdict may not sign it off, whatever else holds. *Disagreed* ends when a lead settles it with a
reason; *reopened* ends with a verdict given after it. What makes a sign-off fall besides these stands in `states`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from annotator.exports import snapshot
from annotator.services.verdicts import Standing

Guard = Callable[[snapshot.Annotation, Standing], str | None]


def _no_verdict(it: snapshot.Annotation, standing: Standing) -> str | None:
    return None if standing.verdict else "A verdict is missing."


def _no_note(it: snapshot.Annotation, standing: Standing) -> str | None:
    written = any(note.body.strip() for note in it.notes)
    return None if written else "A note that says how it was checked is missing."


def _no_evidence(it: snapshot.Annotation, standing: Standing) -> str | None:
    if standing.verdict == "not_checkable" or any(stands(piece) for note in it.notes for piece in note.evidence):
        return None
    withdrawn = any(note.evidence for note in it.notes)
    return (
        "All its evidence was withdrawn; another piece is missing." if withdrawn else "A piece of evidence is missing."
    )


def stands(piece: snapshot.Evidence) -> bool:
    """Whether a piece of evidence has not been withdrawn."""
    return piece.withdrawn is None


def _disagreed(it: snapshot.Annotation, standing: Standing) -> str | None:
    return "The verdicts disagree; a lead has to settle that, with a reason." if standing.disagreed else None


def _awaited(it: snapshot.Annotation, standing: Standing) -> str | None:
    names = ", ".join(dict.fromkeys(contact.party.name for contact in it.awaited))
    return f"The answer of {names} is awaited." if names else None


def _reopened(it: snapshot.Annotation, standing: Standing) -> str | None:
    return f"It was reopened ({it.reopened_why}) and needs a verdict anew." if standing.reopened else None


def _correction_open(it: snapshot.Annotation, standing: Standing) -> str | None:
    proposed = any(one.state == "proposed" for one in it.corrections)
    return "A correction is open; it has to be accepted or rejected first." if proposed else None


def _place_unsure(it: snapshot.Annotation, standing: Standing) -> str | None:
    sure = it.anchor.status in ("exact", "moved", "confirmed")
    return None if sure else "Nobody has confirmed that it is on the right words."


def _read_once(it: snapshot.Annotation, standing: Standing) -> str | None:
    once = it.blind and standing.readers < 2 and standing.verdict is not None
    return "This article is read blind: somebody else has to give a verdict first." if once else None


def own_verdict(username: str, standing: Standing) -> str | None:
    """Why this person may not sign off, whatever else holds."""
    return "You gave this verdict; somebody else has to sign it off." if standing.by == username else None


Guards = Mapping[str, Guard]
CHECKED: Guards = {"verdict": _no_verdict, "note": _no_note, "evidence": _no_evidence}
SETTLED: Guards = {"disagreement": _disagreed, "contacts": _awaited, "reopened": _reopened}
BESIDES: Guards = {**SETTLED, "corrections": _correction_open, "anchor": _place_unsure, "second_reading": _read_once}
SIGN_OFF: Guards = {**CHECKED, **BESIDES}


def reasons(guards: Guards, it: snapshot.Annotation, standing: Standing) -> dict[str, str]:
    """What keeps these guards from letting it pass: a sentence each, by what it is about; empty when they do."""
    return {name: sentence for name, guard in guards.items() if (sentence := guard(it, standing))}


def blocked(guards: Guards, it: snapshot.Annotation, standing: Standing) -> list[str]:
    """Every sentence that says why these guards do not let it pass; none when they do."""
    return list(reasons(guards, it, standing).values())
