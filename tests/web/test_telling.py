"""Every verb that the services write has its words, and each value its label."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from annotator.config import ROOT
from annotator.queries.events import Line
from annotator.services.inverses import CONSEQUENCES, INVERSES
from annotator.web import telling
from annotator.web.deeds import DEEDS

VERB = re.compile(r'"((?:article|annotation|relation|note|comment|contact|correction|sign_off|assignment)\.[a-z_]+)"')


def written() -> set[str]:
    """The verbs that stand in the services."""
    texts = (path.read_text(encoding="utf-8") for path in Path(ROOT / "annotator" / "services").glob("*.py"))
    return {verb for text in texts for verb in VERB.findall(text)} - {"article.md"}


def test_every_verb_has_its_words() -> None:
    assert sorted(written() - set(DEEDS)) == []


def test_every_act_can_be_taken_back_and_named() -> None:
    assert sorted(written() - set(INVERSES) - set(CONSEQUENCES)) == ["article.imported"]
    assert [verb for verb in INVERSES if not DEEDS[verb].brief] == []


def line(verb: str, before: dict[str, Any], after: dict[str, Any], **more: Any) -> Line:
    """A line about Claim 3."""
    return Line(1, datetime(2026, 11, 24, tzinfo=UTC), "Ada", verb, "u", 3, "claim", before, after, **more)


TIE = {"type": "contradicts", "to": "x"}
SENTENCES = [
    (line("relation.added", {}, TIE, others={"x": "Quote 2"}), "said that Claim 3 contradicts Quote 2"),
    (line("relation.removed", TIE, {}), "no longer says that Claim 3 contradicts another annotation"),
    (line("annotation.deleted", {}, {}, undoes=7), "deleted Claim 3, by undo"),
    (line("annotation.reopened", {}, {}, undoes=7), "took back the reopening of Claim 3, by undo"),
    (line("note.added", {}, {"verdict": "false"}), "wrote a note on Claim 3"),
    (line("note.added", {}, {"verdict": "false", "resolves": True}), "settled the disagreement about Claim 3"),
    (line("moon.landed_on", {}, {}), "moon landed on"),
]


@pytest.mark.parametrize(("told", "sentence"), SENTENCES)
def test_sentences(told: Line, sentence: str) -> None:
    assert telling.sentence(told) == sentence


CHANGES: list[tuple[Line, list[tuple[str, str]]]] = [
    (line("annotation.fields_changed", {"harm": None}, {"harm": "high"}), [("Harm", "High")]),
    (line("annotation.denial_linked", {}, {"denies": "x"}, others={"x": "Claim 1"}), [("Denies", "Claim 1")]),
    (line("comment.added", {}, {"body": "Tax?", "parent": None}), [("Comment", "Tax?")]),
    (line("note.added", {}, {"body": "Seen.", "verdict": "false"}), [("Note", "Seen."), ("Verdict", "False")]),
    (
        line("contact.added", {}, {"channel": "phone", "asked_at": "2026-11-24T09:30:00.000Z", "in_text": False}),
        [("Channel", "Phone"), ("Asked", "2026-11-24 09:30 UTC"), ("In the text", "no")],
    ),
    (
        line(
            "contact.changed",
            {"follow_ups": []},
            {"follow_ups": [{"at": "2026-11-24T09:30:00.000Z", "by": "ben", "channel": "email", "remark": "Again."}]},
        ),
        [("Follow-ups", "2026-11-24 09:30 UTC, E-mail, Again.")],
    ),
    (
        line("correction.decided", {}, {"state": "accepted", "remark": "Right."}),
        [("Decision", "Accepted"), ("Remark", "Right.")],
    ),
    (
        line("sign_off.fallen", {"signed_off": True}, {"signed_off": False, "why": "The words were changed."}),
        [("Reason", "The words were changed.")],
    ),
    (
        line("assignment.made", {}, {"purpose": "second_reading", "username": "ben"}),
        [("Purpose", "Second reading"), ("Person", "ben")],
    ),
    (line("relation.added", {}, TIE), []),
]


@pytest.mark.parametrize(("told", "changed"), CHANGES)
def test_changes(told: Line, changed: list[tuple[str, str]]) -> None:
    assert [(one.label, "".join(run.words for run in one.runs)) for one in telling.changed(told)] == changed


def test_an_act_is_told_by_its_last_line() -> None:
    lines = [line("annotation.party_named", {}, {}), line("note.added", {}, {}), line("annotation.reopened", {}, {})]
    assert telling.briefly(lines) == "Note on Claim 3 written and 1 more change"
    assert telling.briefly(lines[2:]) == ""


def test_an_act_is_told_by_what_all_of_it_came_of() -> None:
    still = {"body": "Still stands on the wording of version 2.", "verdict": "accurate"}
    stands = [line("annotation.confirmed", {}, {}), line("note.added", {}, still)]
    assert telling.briefly(stands) == "“Still stands” on Claim 3"
    draft = [line("article.version_added", {"version": 1}, {"version": 2}), line("annotation.taken_up", {}, {})]
    assert telling.briefly(draft) == "Version 2 added"
    assert (
        telling.briefly([line("article.version_withdrawn", {"version": 2}, {"version": 1})]) == "Version 2 taken back"
    )
