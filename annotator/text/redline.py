"""Where a suggested wording differs from the words in the text, as places to strike out and to write in."""

from __future__ import annotations

from typing import NamedTuple

from annotator.text.diffing import Run, word_changes


class Change(NamedTuple):
    """The code points `[start, end)` give way to `words`; either may be nothing, not both."""

    start: int
    end: int
    words: str


def changes(old: str, new: str) -> tuple[Change, ...]:
    """The way from `old` to `new`, word by word, in order and disjoint; offsets are code points of `old`.

    What is struck out begins and ends with a word. Words that only come in bring the space before them along, or the
    space after them at the very beginning.
    """
    found: list[Change] = []
    at = -1  # a space stands before both, so that words put before the first do not count it as changed
    for run in word_changes(f" {old}", f" {new}"):
        if run.kind == "new":
            struck = found.pop() if found and found[-1].end == at else Change(at, at, "")
            found.append(struck._replace(words=run.words))
        else:
            if run.kind == "old":
                found.append(Change(at, at + len(run.words), ""))
            at += len(run.words)
    return tuple(change for one in found if (change := _tidied(old, one)) != (change.start, change.start, ""))


def _tidied(old: str, change: Change) -> Change:
    start, end, words = change
    if start == end:
        return Change(max(start, 0), max(end, 0), words if start > 0 else f"{words.lstrip()} ")
    struck = old[max(start, 0) : end]
    return Change(end - len(struck.lstrip()), end, words.lstrip())


def runs(old: str, new: str) -> list[Run]:
    """The same as runs of words, for showing both wordings in one line."""
    found, at = [], 0
    for start, end, words in changes(old, new):
        found += [Run("same", old[at:start]), Run("old", old[start:end]), Run("new", words)]
        at = end
    found.append(Run("same", old[at:]))
    return [run for run in found if run.words]
