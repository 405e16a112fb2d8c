"""Which verdict stands, and whether people disagree: told from the notes alone.

Verdicts are looked at in the order they were given (`Note.verdict_order`). A verdict that says what stands already
leaves it with whoever gave it first. A verdict other than what somebody else holds (the last they gave) is a
disagreement, and stays one whatever is written after it, until a note that resolves; whoever takes their own verdict
back, or edits it to agree, ends it as well. A note that resolves settles what was said before it. Verdicts given
before a reopening were about other words or other evidence, so they count no longer once one is given anew; but a
reopening does not end a disagreement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby

from annotator.exports import snapshot


@dataclass(frozen=True, slots=True)
class Standing:
    """The verdict that stands, by whom and since when; whether people disagree; whether it must be given anew.

    `people` are those whose verdicts count, `held` what each of them said last, of what is not settled.
    """

    verdict: str | None = None
    by: str | None = None
    at: datetime | None = None
    disagreed: bool = False
    reopened: bool = False
    people: frozenset[str] = frozenset()
    held: Mapping[str, str] = field(default_factory=dict)

    @property
    def readers(self) -> int:
        """How many people have given a verdict that counts."""
        return len(self.people)


def standing(it: snapshot.Annotation, original: snapshot.Annotation | None = None) -> Standing:
    """What the notes of an annotation add up to. Without a verdict of its own it takes that of the one it repeats."""
    given = [note for note in it.notes if note.verdict]
    if not given and original is not None:
        return replace(standing(original), reopened=False)
    now = _walk(sorted(given, key=lambda note: note.verdict_order or 0), it.reopened_after)
    reopened = it.reopened_after is not None and not any(_is_after(note, it.reopened_after) for note in given)
    return replace(now, reopened=reopened)


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
    who, verdict = note.author.username, note.verdict or ""
    others = {name: said for name, said in now.held.items() if name != who and not note.resolves}
    counted = replace(now, people=now.people | {who}, held=others | {who: verdict})
    if verdict == now.verdict and not note.resolves:
        return counted
    disagreed = not note.resolves and (now.disagreed or any(said != verdict for said in others.values()))
    return replace(counted, verdict=verdict, by=who, at=note.updated_at, disagreed=disagreed)
