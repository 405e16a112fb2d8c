"""The benchmark of carrying measures what it says: its truth is true, and its marks for answers are fair. No times."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from random import Random

import pytest

from benchmarks.carrying import hostile
from benchmarks.carrying.cases import Case, Pair, pairs
from benchmarks.carrying.deskwork import ACTS as DESK
from benchmarks.carrying.drafts import write
from benchmarks.carrying.editor import ACTS
from benchmarks.carrying.newsroom import Story, report
from benchmarks.carrying.prose import BANKS
from benchmarks.carrying.revisions import revisions
from benchmarks.carrying.scoring import judged, overlap, score
from benchmarks.carrying.stories import story_pairs
from benchmarks.carrying.strands import wording


def test_the_same_pairs_come_each_time_and_the_banks_differ() -> None:
    assert list(pairs("dev", range(2))) == list(pairs("dev", range(2)))
    assert list(pairs("dev", range(2))) != list(pairs("held-out", range(2)))


@pytest.mark.parametrize("bank", BANKS)
def test_every_word_stands_where_it_is_said_to(bank: str) -> None:
    text, words = write(BANKS[bank], Random(1)).render()
    assert [text[start:end] for _, start, end in words] == [word.text for word, _, _ in words]
    assert [word.origins for word, _, _ in words] == [(number,) for number in range(len(words))]


@pytest.mark.parametrize("name", ACTS)
def test_no_act_of_the_editor_invents_an_origin(name: str) -> None:
    for seed in range(5):
        old = write(BANKS["dev"], Random(seed))
        known = {origin for sentence in old.sentences() for word in sentence.words for origin in word.origins}
        new = old.copy()
        ACTS[name][0](new)
        assert known.issuperset(origin for one in new.sentences() for word in one.words for origin in word.origins)


def test_places_of_words_that_were_left_alone_read_the_same() -> None:
    for pair in pairs("dev", range(20)):
        for case in pair.cases:
            if case.kind in ("verbatim", "shifted"):
                assert pair.old[slice(*case.span)] == pair.new[slice(*case.places[0])]


def test_the_second_source_gives_the_same_stories_each_time() -> None:
    assert list(story_pairs(range(2))) == list(story_pairs(range(2)))


def test_every_character_of_a_story_stands_where_it_is_said_to() -> None:
    for seed in range(10):
        text = report(Random(seed)).text()
        assert wording(text) == "".join(strand.letters for strand in text)
        kept = [(wording(text)[slice(*strand.of)], strand.letters) for strand in text if strand.of]
        assert all(one == other for one, other in kept)


@pytest.mark.parametrize("name", DESK)
def test_no_act_of_the_desk_misreads_what_it_keeps(name: str) -> None:
    for seed in range(5):
        old = report(Random(seed))
        before = wording(old.text())
        work = Story(list(map(deepcopy, old.parts)), old.random, old.reporter)
        DESK[name][0](work)
        kept = [(before[slice(*one.of)], one.letters) for one in work.text() if one.of and one.kept]
        assert all(mine == theirs or name == "typography" for mine, theirs in kept)


def test_places_of_stories_that_were_left_alone_read_the_same() -> None:
    for pair in story_pairs(range(20)):
        for case in pair.cases:
            if case.kind in ("verbatim", "shifted", "moved", "repeated, context decides"):
                mine, theirs = pair.old[slice(*case.span)], pair.new[slice(*case.places[0])]
                assert mine == theirs or mine.split() == theirs.split()


NEW = "Rain fell in the valley all day."


@pytest.mark.parametrize(
    ("case", "found", "outcome"),
    [
        (Case((0, 4), ((0, 4),), "edited"), ((0, 4), "exact"), "correct"),
        (Case((0, 4), ((0, 4),), "edited"), ((0, 7), "changed"), "loose"),
        (Case((0, 4), ((0, 4),), "edited"), ((8, 23), "changed"), "wrong"),
        (Case((0, 4), ((0, 4),), "edited"), ((8, 23), "review"), "for review"),
        (Case((0, 4), ((0, 4),), "edited"), (None, "orphan"), "false orphan"),
        (Case((0, 4), (), "deleted"), (None, "orphan"), "correct"),
        (Case((0, 4), (), "deleted"), ((0, 4), "moved"), "wrong"),
        (Case((0, 4), ((0, 4),), "rewritten", loose=True), (None, "orphan"), "correct"),
    ],
)
def test_an_answer_is_marked(case: Case, found: tuple[tuple[int, int] | None, str], outcome: str) -> None:
    assert judged(NEW, case, found) == outcome


def test_exact_said_of_other_letters_is_counted() -> None:
    pair = Pair("rain fell", NEW, (Case((0, 4), ((0, 4),), "edited"),))
    assert score(lambda old, new, spans: [((0, 4), "exact")], [pair]).not_exact == 1


def test_overlap_counts_what_is_seen() -> None:
    assert overlap("a b  c", (0, 3), (2, 6)) == pytest.approx(1 / 3)


@pytest.mark.parametrize("name", hostile.HOSTILE)
def test_hostile_texts_are_two_of_about_the_size_asked_for(name: str) -> None:
    assert all(3_000 < len(text) <= 12_000 for text in hostile.HOSTILE[name](6_000))


def test_what_people_revised_is_told_from_whole_paragraphs(tmp_path: Path) -> None:
    long = "The lake has not frozen since the winter in which the new bridge was opened."
    states = {
        "old": [
            "Same here.",
            "Twice.",
            "Twice.",
            f"{long} It is deep.",
            "Of course nobody ever measured that.\nNot once.",
        ],
        "new": [
            "Same here.",
            "Twice.",
            "Twice.",
            f"{long} It is cold.",
            "Of course nobody ever measured\nthat. Not once.",
        ],
    }
    states["newest"] = ["Same here.", "Twice.", "Twice.", "Of course nobody ever measured\nthat. Not once."]
    for name, paragraphs in states.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "lake.md").write_text("\n\n".join(paragraphs), encoding="utf-8")
    first, second = revisions([tmp_path / name for name in states])
    asked = {(case.kind, first.old[slice(*case.span)]): case.places for case in first.cases}
    assert [first.new[slice(*place)] for place in asked["edited", f"{long} It is deep."]] == [f"{long} It is cold."]
    assert [kind for kind, words in asked if words == "Twice."] == ["repeated", "repeated, a part"]
    assert [case.places for case in second.cases if case.kind == "deleted"] == [()]
    assert {case.span for case in second.cases if case.kind == "deleted"} == {_place(second.old, f"{long} It is cold.")}


def _place(text: str, words: str) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)
