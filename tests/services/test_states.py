"""States and guards, told from a record alone: cases as data."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from annotator.exports import snapshot
from annotator.services import guards
from annotator.services.states import state_of, why_not
from annotator.services.verdicts import standing
from annotator.vocabulary import STATES, VERDICTS
from tests.services.told import ANCHOR, PIECE, WITHDRAWN, annotation, contact, correction, note, repeating, sign_off

BARE = {"body": "", "evidence": ()}
ONCE = "ben accurate"
TWICE = "ben accurate, cleo accurate"
STATE_CASES: list[tuple[str, dict[str, Any], str]] = [
    ("", {}, "to_do"),
    ("", {"comments": ("said",)}, "to_do"),
    ("", {"contacts": (contact("answered"),)}, "in_progress"),
    ("", {"corrections": (correction(),)}, "in_progress"),
    ("", {"notes": (note("ben"),)}, "in_progress"),
    ("", {"notes": (note("ben", "accurate", 1, **BARE),)}, "in_progress"),
    ("", {"notes": (note("ben", "accurate", 1, body=" "),)}, "in_progress"),
    ("", {"notes": (note("ben", "accurate", 1, evidence=()),)}, "in_progress"),
    ("", {"notes": (note("ben", "accurate", 1, evidence=(WITHDRAWN,)),)}, "in_progress"),
    ("", {"notes": (note("ben", "accurate", 1, evidence=(WITHDRAWN, PIECE)),)}, "checked"),
    ("", {"notes": (note("ben", "accurate", 1, **BARE), note("cleo"))}, "checked"),
    ("", {"notes": (note("ben", "not_checkable", 1, evidence=()),)}, "checked"),
    ("", {"notes": (note("ben", "not_checkable", 1, **BARE),)}, "in_progress"),
    (ONCE, {}, "checked"),
    (ONCE, {"corrections": (correction(),)}, "checked"),
    (ONCE, {"contacts": (contact(),)}, "waiting"),
    (ONCE, {"contacts": (contact("answered"), contact("no_answer"))}, "checked"),
    ("", {"contacts": (contact(),)}, "waiting"),
    ("ben accurate |", {}, "reopened"),
    ("ben accurate |", {"contacts": (contact(),)}, "waiting"),
    ("ben accurate | ben accurate", {}, "checked"),
    ("ben accurate, cleo false", {}, "disagreed"),
    ("ben accurate, cleo false", {"contacts": (contact(),)}, "disagreed"),
    ("ben accurate, cleo false |", {}, "disagreed"),
    (ONCE, {"sign_offs": (sign_off(),)}, "signed_off"),
    (ONCE, {"sign_offs": (replace(sign_off(), fallen_why="Withdrawn.", fallen_at=sign_off().at),)}, "checked"),
]


@pytest.mark.parametrize(("script", "more", "state"), STATE_CASES)
def test_the_first_state_that_holds(script: str, more: dict[str, Any], state: str) -> None:
    it = annotation(script, **more) if script else annotation(**more)
    assert state_of(it, standing(it)) == state


def test_every_state_is_reached_by_a_case() -> None:
    assert {state for _, _, state in STATE_CASES} == set(STATES)


GUARD_CASES: list[tuple[str, dict[str, Any], dict[str, str]]] = [
    (ONCE, {}, {}),
    (TWICE, {"blind": True}, {}),
    (
        "",
        {},
        {
            "verdict": "A verdict is missing.",
            "note": "A note that says how it was checked is missing.",
            "evidence": "A piece of evidence is missing.",
        },
    ),
    (
        "",
        {"notes": (note("ben", "false", 1, evidence=(WITHDRAWN,)),)},
        {"evidence": "All its evidence was withdrawn; another piece is missing."},
    ),
    (
        "ben accurate, cleo false",
        {},
        {"disagreement": "The verdicts disagree; a lead has to settle that, with a reason."},
    ),
    (ONCE, {"contacts": (contact(),)}, {"contacts": "The answer of Ingrid Solheim is awaited."}),
    (
        ONCE,
        {"contacts": (contact(), contact(name="Court"), contact())},
        {"contacts": "The answer of Ingrid Solheim, Court is awaited."},
    ),
    (ONCE, {"contacts": (contact("declined"),)}, {}),
    (
        "ben accurate |",
        {},
        {"reopened": "It was reopened (its edges were moved) and needs a verdict anew."},
    ),
    (
        ONCE,
        {"corrections": (correction("accepted"), correction())},
        {"corrections": "A correction is open; it has to be accepted or rejected first."},
    ),
    (ONCE, {"corrections": (correction("accepted"), correction("rejected"), correction("applied"))}, {}),
    (
        ONCE,
        {"blind": True},
        {"second_reading": "This article is read blind: somebody else has to give a verdict first."},
    ),
    *(
        (
            ONCE,
            {"anchor": replace(ANCHOR, status=status)},
            {"anchor": "Nobody has confirmed that it is on the right words."},
        )
        for status in ("changed", "review", "orphan")
    ),
    *((ONCE, {"anchor": replace(ANCHOR, status=status)}, {}) for status in ("exact", "moved", "confirmed")),
    (ONCE, {"comments": ("said",), "assignments": ("open",)}, {}),
]


@pytest.mark.parametrize(("script", "more", "wanted"), GUARD_CASES)
def test_why_it_cannot_be_signed_off(script: str, more: dict[str, Any], wanted: dict[str, str]) -> None:
    it = annotation(script, **more) if script else annotation(**more)
    assert why_not(it) == wanted


def test_every_guard_is_in_the_way_of_some_case() -> None:
    assert {name for _, _, wanted in GUARD_CASES for name in wanted} == set(guards.SIGN_OFF)


@pytest.mark.parametrize("verdict", VERDICTS)
def test_only_what_is_not_checkable_needs_no_evidence(verdict: str) -> None:
    it = annotation(notes=(note("ben", verdict, 1, evidence=()),))
    assert bool(why_not(it)) == (verdict != "not_checkable")


FIRST = replace(annotation(ONCE, state="checked"), id="a0", ordinal=7)
AHEAD = [*(state for state in STATES if state not in ("checked", "signed_off"))]


@pytest.mark.parametrize("state", AHEAD)
def test_what_repeats_waits_for_the_first(state: str) -> None:
    """Even with a note and evidence of its own: the verdict is the other's."""
    first, it = replace(FIRST, state=state), repeating(notes=(note("cleo"),))
    assert state_of(it, standing(it, first), first) == state
    assert why_not(it, first) == {"repeats": "It repeats Claim 7, which is not checked yet."}


@pytest.mark.parametrize("state", ["checked", "signed_off"])
def test_what_repeats_is_as_far_as_the_first(state: str) -> None:
    first, it = replace(FIRST, state=state), repeating()
    assert state_of(it, standing(it, first), first) == "checked"
    assert why_not(it, first) == {}
    open_correction = replace(it, corrections=(correction(),))
    assert list(why_not(open_correction, first)) == ["corrections"]
    assert list(why_not(replace(it, blind=True), first)) == ["second_reading"]


def test_what_repeats_and_has_its_own_verdict_goes_its_own_way() -> None:
    it = repeating(notes=(note("cleo", "false", 1, **BARE),))
    assert state_of(it, standing(it, FIRST), FIRST) == "in_progress"
    assert list(why_not(it, FIRST)) == ["note", "evidence"]


SEALED = [
    ({}, "cleo", False),
    ({"blind": True}, "cleo", True),
    ({"blind": True}, "ben", False),
    ({"blind": True, "readers": 2}, "cleo", False),
    ({"blind": True, "readers": 0, "verdict": None}, "cleo", False),
]


@pytest.mark.parametrize(("more", "who", "sealed"), SEALED)
def test_a_first_verdict_is_hidden_from_all_but_its_author(more: dict[str, Any], who: str, sealed: bool) -> None:
    by = annotation(ONCE).notes[0]
    given = snapshot.Given("accurate", "Accurate", by.author, by.created_at)
    it = annotation(ONCE, **{"readers": 1, "verdict": given} | more)
    assert it.sealed_to(who) == sealed
