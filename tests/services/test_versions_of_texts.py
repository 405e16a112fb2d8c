"""What newsrooms and the world's scripts do to a text, carried through the services on both databases."""

from __future__ import annotations

import unicodedata

import pytest
import regex

from annotator.access import Actor
from annotator.exports import snapshot
from annotator.queries import records
from tests.builders import make_annotation, make_article, next_draft, text_of
from tests.cast import Cast

OPENING = "The canal board met in Teal Street on Friday."
WEST = "The west lock will be shut for six weeks."
EAST = "The east lock will be shut for five weeks."
CLOSING = "Barges will wait at the basin."
COST = "Dredging cost the town 640,000 crowns last year."
SAYS = "“Nobody asked the bargemen,” said Odile Faber."


def carried(actor: Actor, old: str, new: str, *marked: str) -> list[snapshot.Annotation]:
    """Annotations of these words of one draft, as they are in the next."""
    article = make_article(actor, text=old)
    uuids = [make_annotation(actor, article, words).uuid for words in marked]
    next_draft(actor, article, new)
    found = [records.record(uuid) for uuid in uuids]
    text = text_of(article, 2)
    for it in found:
        assert it.anchor.status == "orphan" or it.anchor.exact == text[it.anchor.start : it.anchor.end]
    return found


def told(it: snapshot.Annotation) -> tuple[str, str]:
    """How surely it sits, and on which words."""
    return it.anchor.status, it.anchor.exact


def test_a_span_over_several_paragraphs(cast: Cast) -> None:
    old = f"{OPENING}\n\n{WEST}\n\n{COST}\n\n{CLOSING}"
    both = f"{WEST}\n\n{COST}"
    assert [told(it) for it in carried(cast.ada, old, f"A new start.\n\n{old}", both)] == [("exact", both)]
    touched = old.replace("640,000", "655,000")
    assert [told(it) for it in carried(cast.ada, old, touched, both)] == [
        ("changed", both.replace("640,000", "655,000"))
    ]


def test_overlapping_spans_go_each_their_way(cast: Cast) -> None:
    old = f"{OPENING} {COST} {CLOSING}"
    found = carried(
        cast.ada, old, old.replace("last year", "this year"), "Dredging cost the town", "cost the town 640,000", COST
    )
    assert [told(it) for it in found] == [
        ("exact", "Dredging cost the town"),
        ("exact", "cost the town 640,000"),
        ("changed", COST.replace("last year", "this year")),
    ]


def test_right_to_left_text(cast: Cast) -> None:
    old = "اجتمع مجلس القناة يوم الجمعة. كلف التجريف المدينة 640 ألف كرونة. ستنتظر القوارب في الحوض."
    new = "نص جديد قبل كل شيء. " + old.replace("640", "655")
    found = carried(cast.ada, old, new, "ستنتظر القوارب في الحوض.", "كلف التجريف المدينة 640 ألف كرونة.")
    assert [told(it) for it in found] == [
        ("exact", "ستنتظر القوارب في الحوض."),
        ("changed", "كلف التجريف المدينة 655 ألف كرونة."),
    ]


def test_text_without_spaces(cast: Cast) -> None:
    old = "运河委员会周五开会。清淤花费了六百四十万元。驳船将在港池等候。"
    new = "运河委员会周五开会。记者在场。清淤花费了六百五十万元。驳船将在港池等候。"
    found = carried(cast.ada, old, new, "驳船将在港池等候。", "清淤花费了六百四十万元。", "周五")
    assert [told(it) for it in found] == [
        ("exact", "驳船将在港池等候。"),
        ("changed", "清淤花费了六百五十万元。"),
        ("exact", "周五"),
    ]


def test_emoji_joined_from_several_stay_whole(cast: Cast) -> None:
    family = "👩‍👩‍👧"
    old = f"{OPENING} {family} came to listen. {CLOSING}"
    found = carried(cast.ada, old, f"Late news. {old}", family, f"{family} came")
    assert [told(it) for it in found] == [("exact", family), ("exact", f"{family} came")]
    split = carried(cast.ada, old, old.replace(family, "👩‍👩‍👦"), f"{family} came")[0]
    assert split.anchor.status == "changed"
    assert split.anchor.exact in ("👩‍👩‍👦 came", "came")


def test_a_draft_with_decomposed_letters(cast: Cast) -> None:
    old = f"{OPENING} Über die Schleuse fährt in Västerås niemand. {CLOSING}"
    words = "Über die Schleuse fährt in Västerås niemand."
    found = carried(cast.ada, old, f"Vorab. {unicodedata.normalize('NFD', old)}", words, "Västerås")
    assert [told(it) for it in found] == [("exact", words), ("exact", "Västerås")]


@pytest.mark.parametrize(("gone", "left"), [(WEST, EAST), (EAST, WEST)])
def test_text_deleted_while_a_look_alike_stays(cast: Cast, gone: str, left: str) -> None:
    old = f"{OPENING} {WEST} {EAST} {CLOSING}"
    found = carried(cast.ada, old, old.replace(f"{gone} ", ""), gone, left)
    assert [told(it) for it in found] == [("orphan", gone), ("exact", left)]


def test_a_look_alike_elsewhere_is_not_taken_for_what_was_deleted(cast: Cast) -> None:
    old = f"{OPENING} {WEST} {COST}\n\n{SAYS} {EAST} {CLOSING}"
    found = carried(cast.ada, old, old.replace(f"{WEST} ", ""), WEST, EAST)
    assert [told(it) for it in found] == [("orphan", WEST), ("exact", EAST)]


@pytest.mark.parametrize("first", [True, False], ids=["at the top", "at the end"])
def test_a_correction_note_that_quotes_the_old_wording(cast: Cast, first: bool) -> None:
    old = f"{OPENING} {COST}\n\n{SAYS} {CLOSING}"
    new, note = old.replace("640,000", "655,000"), f"Correction: this report first said “{COST}” That was wrong."
    found = carried(cast.ada, old, f"{note}\n\n{new}" if first else f"{new}\n\n{note}", COST, "640,000")
    assert [told(it) for it in found] == [("changed", COST.replace("640,000", "655,000")), ("changed", "655,000")]
    assert all((it.anchor.start > len(note)) == first for it in found)


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
def test_a_pull_quote_leaves_the_mark_in_the_text(cast: Cast, before: bool) -> None:
    paragraph = f"{SAYS} {CLOSING}"
    old = f"{OPENING}\n\n{paragraph}\n\n{COST}"
    pulled = f"{SAYS}\n\n{paragraph}" if before else f"{paragraph}\n\n{SAYS}"
    it = carried(cast.ada, old, old.replace(paragraph, pulled), SAYS)[0]
    assert told(it) == ("exact", SAYS)
    assert it.anchor.suffix.startswith(f" {CLOSING[:10]}")


def test_a_paragraph_moved_and_touched_up(cast: Cast) -> None:
    moving = f"{COST} {SAYS} The fund is empty."
    old = f"{OPENING}\n\n{moving}\n\n{WEST} {CLOSING}\n\nThat is all."
    new = f"{OPENING}\n\n{WEST} {CLOSING}\n\nThat is all.\n\n{moving.replace('640,000', '655,000')}"
    found = carried(cast.ada, old, new, COST, SAYS, "The fund is empty.")
    assert [told(it) for it in found] == [
        ("changed", COST.replace("640,000", "655,000")),
        ("moved", SAYS),
        ("moved", "The fund is empty."),
    ]


def test_every_carried_span_settles_on_whole_characters(cast: Cast) -> None:
    old = "Flags: 🇳🇴🇸🇪 and e\u0323\u0301 and 👍🏽 and किताब stood there. The end came soon."
    new = "Flags: 🇳🇴🇫🇮 and e\u0323 and 👍🏿 and किताबें stood here. The end came soon."
    marked = ("🇳🇴🇸🇪", "👍🏽", "किताब", "and किताब stood", "👍🏽 and", "there")
    for it in carried(cast.ada, old, new, *marked):
        text = unicodedata.normalize("NFC", new)
        borders = {0, *(one.end() for one in regex.finditer(r"\X", text))}
        assert {it.anchor.start, it.anchor.end} <= borders
