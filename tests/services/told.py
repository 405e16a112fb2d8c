"""Records for the rules, made up without a database: who said what in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from annotator.exports import snapshot
from annotator.exports.snapshot import Annotation, Evidence, Note, Party, Person

START = datetime(2026, 11, 24, 9, tzinfo=UTC)
ANCHOR = snapshot.Anchor(1, 0, 6, "cranes", "", "", "exact", 1.0)
PIECE = Evidence("e1", "https://court.example/ledger", "", "", "primary", "p. 3", "", source="s1")
ADA, BEN, CLEO = (Person(name, name.title()) for name in ("ada", "ben", "cleo"))


def note(who: str, verdict: str | None = None, order: int | None = None, **more: Any) -> Note:
    """A note by this person; the verdict was the `order`th that was given."""
    at = START + timedelta(minutes=order or 0)
    said = {"body": "Read it.", "evidence": (PIECE,)} | more
    body, evidence = said.pop("body"), said.pop("evidence")
    made = Note(f"n{order}", body, verdict, None, 1, Person(who, who.title()), at, at, 1, evidence, order)
    return replace(made, **said)


def notes(script: str) -> tuple[tuple[Note, ...], int | None]:
    """Notes from `ben accurate, cleo false, ada! accurate`: `!` resolves, `|` is where it was reopened."""
    made: list[Note] = []
    reopened = None
    for word in filter(None, script.replace("|", ",|,").split(",")):
        if word.strip() == "|":
            reopened = len(made)
        elif word.strip():
            who, verdict = word.split()
            made.append(note(who.rstrip("!"), verdict, len(made) + 1, resolves=who.endswith("!")))
    return tuple(made), reopened


def annotation(script: str = "", **more: Any) -> Annotation:
    """An annotation with these notes; any field may be said."""
    written, reopened = notes(script)
    made = Annotation("a1", 1, 1, "claim", "to_do", None, ANCHOR, None, (), written, BEN, START, START, 1)
    why = "its edges were moved" if reopened is not None else ""
    return replace(made, reopened_after=reopened, reopened_why=why, **more)


def contact(outcome: str = "", name: str = "Ingrid Solheim") -> snapshot.Contact:
    """Somebody was asked."""
    asked = Party(name, "", "")
    times = START, "Did it?", None, (), outcome, "", None, None, START, START, 1
    return snapshot.Contact("c1", asked, BEN, "email", *times)


def correction(state: str = "proposed") -> snapshot.Correction:
    """Other words were suggested."""
    words = "cranes", "crane", "There was one.", "fact", state
    return snapshot.Correction("k1", 1, *words, BEN, START, START, None, None, 1)


def sign_off(by: str = "ada", verdict: str | None = "accurate", exact: str = "cranes") -> snapshot.SignOff:
    """A sign-off that stands."""
    return snapshot.SignOff("s1", 1, exact, verdict, Person(by, by.title()), START, "", None, "")


def repeating(**more: Any) -> Annotation:
    """An annotation that repeats `a0`."""
    return annotation(relations=(snapshot.Relation("repeats", "a0", None),), **more)


WITHDRAWN = replace(PIECE, withdrawn=snapshot.Withdrawn(START, ADA, "Forged."))
