"""Which verdict stands, and whether people disagree: told from the notes alone.

Verdicts are looked at in the order they were given (`Note.verdict_order`). A verdict that says what stands already
leaves it with whoever gave it first. Another verdict by somebody else is a disagreement, and stays one whatever is
written after it, until a note that resolves; whoever takes their own verdict back, or changes it, ends it as well.
Verdicts given before a reopening were about other words or other evidence, so they count no longer; but a reopening
does not end a disagreement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from annotator.exports import snapshot


@dataclass(frozen=True, slots=True)
class Standing:
    """The verdict that stands, by whom and since when; whether people disagree; whether it must be given anew."""

    verdict: str | None = None
    by: str | None = None
    at: datetime | None = None
    disagreed: bool = False
    reopened: bool = False
    readers: int = 0


def standing(it: snapshot.Annotation, original: snapshot.Annotation | None = None) -> Standing:
    """What the notes of an annotation add up to. Without a verdict of its own it takes that of the one it repeats."""
    given = [note for note in it.notes if note.verdict]
    if not given and original is not None:
        return replace(standing(original), reopened=False)
    now = _walk(sorted(given, key=lambda note: note.verdict_order or 0), it.reopened_after)
    reopened = it.reopened_after is not None and not any(_is_after(note, it.reopened_after) for note in given)
    return replace(now, reopened=reopened, readers=len({note.author.username for note in given}))


def _walk(given: Sequence[snapshot.Note], reopened_after: int | None) -> Standing:
    now = Standing()
    for anew, notes in groupby(given, key=lambda note: _is_after(note, reopened_after)):
        if anew and not now.disagreed:
            now = Standing()
        for note in notes:
            now = _after(now, note)
    return now


def _is_after(note: snapshot.Note, order: int | None) -> bool:
    return order is not None and (note.verdict_order or 0) > order


def _after(now: Standing, note: snapshot.Note) -> Standing:
    if note.resolves or now.verdict is None:
        return _given(note)
    if note.verdict == now.verdict:
        return now
    return replace(_given(note), disagreed=now.disagreed or note.author.username != now.by)


def _given(note: snapshot.Note) -> Standing:
    return Standing(note.verdict, note.author.username, note.updated_at)
