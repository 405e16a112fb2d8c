"""Pasted text and .txt files: which lines become which blocks, and what the first lines tell."""

from __future__ import annotations

from pathlib import Path
from textwrap import fill

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import Invalid
from annotator.extract import MOST_CHARACTERS, from_file, from_paste
from tests.extract.reading import built_or_refused, shapes

FILES = Path(__file__).parent / "files"
LONG = "The harbour authority has rejected claims that the bridge was opened before it was tested. "


def test_a_copied_news_page_imports_cleanly():
    data = (FILES / "leaked-tender.txt").read_bytes()
    extracted = from_file(data, "leaked-tender.txt")
    assert extracted.title == "Ferry Operator Denies It Wrote the Rules of Its Own Tender"
    assert extracted.published_at == "2026-02-19T00:15"
    kinds = [kind for kind, _ in shapes(extracted)]
    assert kinds == ["h1", *["p"] * 8, "li", "p", "li", "p"]
    assert extracted.drafts[9].text == "Lighthouse Keeper Retires After 51 Years on the Same Rock"
    assert extracted == from_paste(data.decode("utf-8"))


BLOCKS = {
    "blank lines": ("One.\n\nTwo.\n\n\n\nThree.", [("p", "One."), ("p", "Two."), ("p", "Three.")]),
    "a paragraph a line": ("A headline\nOne.\nTwo.", [("h1", "A headline"), ("p", "One."), ("p", "Two.")]),
    "old line ends": ("One.\r\n\r\nTwo.\rThree.", [("p", "One."), ("p", "Two."), ("p", "Three.")]),
    "Unicode line ends": ("One.\u2029Two.\u2028Three.", [("p", "One."), ("p", "Two."), ("p", "Three.")]),
    "a byte order mark": ("\ufeffA headline\n\nOne.", [("h1", "A headline"), ("p", "One.")]),
    "bullets": (
        "They say.\n• One\n- Two\n* Three\n– Four\nEnd.",
        [("p", "They say."), ("li", "One"), ("li", "Two"), ("li", "Three"), ("li", "Four"), ("p", "End.")],
    ),
    "a lone bullet": ("Said.\n\n•\n\nItem of the page\n\nMore.", [("p", "Said."), ("li", "Item of the page"), ("p", "More.")]),
    "numbers in a row": ("Said.\n1. One\n2. Two\n3) Three", [("p", "Said."), ("li", "One"), ("li", "Two"), ("li", "Three")]),
    "numbered with text between": (
        "Said.\n1. One\nWhy one.\n2. Two",
        [("p", "Said."), ("li", "One"), ("p", "Why one."), ("li", "Two")],
    ),
    "a number alone": ("Said.\n1. One\nDone.", [("p", "Said."), ("p", "1. One"), ("p", "Done.")]),
    "a German day": ("Sagt sie.\n1. Mai war es.\n2. Mai auch.", [("p", "Sagt sie."), ("p", "1. Mai war es."), ("p", "2. Mai auch.")]),
    "a minus": ("It was cold.\n-5 degrees were measured.", [("p", "It was cold."), ("p", "-5 degrees were measured.")]),
    "spoken lines": ("Il nie.\n— Non, dit-il.", [("p", "Il nie."), ("p", "— Non, dit-il.")]),
    "verse keeps its lines": ("Said.\n\nRoses are red\nViolets are blue", [("p", "Said."), ("p", "Roses are red"), ("p", "Violets are blue")]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BLOCKS.values(), ids=BLOCKS)
def test_lines_become_blocks(text: str, expected: list[tuple[str, str]]):
    assert shapes(from_paste(text)) == expected


@pytest.mark.parametrize(("width", "gap"), [(60, "\n\n"), (72, "\n\n"), (90, "\n\n"), (60, "\n"), (72, "\n")])
def test_hard_wrapped_lines_are_joined(width: int, gap: str):
    paragraphs = [(LONG * 3).strip(), (LONG * 2).strip() + " It is so.", (LONG * 4).strip()]
    extracted = from_paste(gap.join(fill(text, width) for text in paragraphs))
    assert [draft.text for draft in extracted.drafts] == paragraphs


def test_a_word_parted_at_the_line_end_keeps_its_hyphen():
    text = "The long-standing chairman of the harbour authority rejected the well-\nknown claim that the bridge was open before anybody had tested it in\nthe rain."
    assert "well-known claim" in from_paste(text).drafts[0].text


TITLES = {
    "first line": ("Mayor denies plan\n\nShe did.", "Mayor denies plan"),
    "a question": ("Who wrote the plan?\n\nShe did.", "Who wrote the plan?"),
    "after a date": ("19 February 2026\n\nMayor denies plan\n\nShe did.", "Mayor denies plan"),
    "after a byline": ("By Jane Doe\n\nMayor denies plan\n\nShe did.", "Mayor denies plan"),
    "a sentence": ("The mayor denies the plan.\n\nShe did.", None),
    "a quoted sentence": ("She said: “No.”\n\nShe did.", None),
    "nothing below": ("Mayor denies plan", None),
    "too long": (f"{'word ' * 60}\n\nShe did.", None),
    "a bullet": ("• Mayor denies plan\n\nShe did.", None),
}


@pytest.mark.parametrize(("text", "title"), TITLES.values(), ids=TITLES)
def test_the_headline_is_offered_as_title_and_stays_in_the_text(text: str, title: str | None):
    extracted = from_paste(text)
    assert extracted.title == title
    headings = [draft.text for draft in extracted.drafts if draft.type == "heading"]
    assert headings == ([title] if title else [])


DATES = {
    "Thursday, February 19, 2026 at 12:15 AM": "2026-02-19T00:15",
    "Thursday, February 19, 2026 at 12:15 PM": "2026-02-19T12:15",
    "19 February 2026": "2026-02-19",
    "19th of February 2026, 3 p.m.": "2026-02-19T15:00",
    "2026-02-19": "2026-02-19",
    "2026-02-19T08:30:00+01:00": "2026-02-19T08:30:00+01:00",
    "2026-02-19 08:30 UTC": "2026-02-19T08:30:00+00:00",
    "Feb. 19, 2026": "2026-02-19",
    "Published: Feb. 19, 2026, 8:05 a.m. ET": "2026-02-19T08:05",
    "Published 19 Feb 2026 14:05 GMT": "2026-02-19T14:05:00+00:00",
    "Last updated 20 February 2026": "2026-02-20",
    "OSLO, 19 February 2026 — The company denies it.": "2026-02-19",
    "NEW YORK, Feb. 19, 2026 (Harbour News) - The company denies it.": "2026-02-19",
    "Donnerstag, 19. Februar 2026, 14.30 Uhr": "2026-02-19T14:30",
    "Veröffentlicht am 19.02.2026 um 14:30 Uhr": "2026-02-19T14:30",
    "Stand: 1. März 2026": "2026-03-01",
    "Publié le 19 février 2026 à 14h30": "2026-02-19T14:30",
    "Jeudi 1er janvier 2026": "2026-01-01",
    "Publicado el 19 de febrero de 2026 a las 14:30": "2026-02-19T14:30",
    "19/02/2026": "2026-02-19",
    "02/19/2026": "2026-02-19",
    "By Jane Doe | 19 February 2026": "2026-02-19",
    "By Jane Doe, 19 February 2026": "2026-02-19",
    "03/04/2026": None,
    "31 February 2026": None,
    "February 19": None,
    "The company was founded on 19 February 2026.": None,
    "On 19 February 2026 — a Thursday — the company said no.": None,
    "2026 was a good year": None,
}


@pytest.mark.parametrize(("line", "expected"), DATES.items(), ids=DATES)
def test_a_dateline_is_offered_as_date_and_stays_in_the_text(line: str, expected: str | None):
    extracted = from_paste(f"Mayor denies plan\n\n{line}\n\n{LONG}")
    assert extracted.published_at == expected
    assert line in [draft.text for draft in extracted.drafts]


def test_the_date_of_publication_wins_over_that_of_an_update():
    assert (
        from_paste(f"Mayor denies\n\nUpdated 20 May 2026\n\nPublished 19 May 2026\n\n{LONG}").published_at
        == "2026-05-19"
    )


BYLINES = {
    "By Jane Doe": "Jane Doe",
    "By JANE DOE and JOHN ROE": "JANE DOE and JOHN ROE",
    "by Jane van der Doe, Political Editor": "Jane van der Doe, Political Editor",
    "Written by Jane O’Hara-Smith": "Jane O’Hara-Smith",
    "Von Anna Muster und Jörg Beispiel": "Anna Muster und Jörg Beispiel",
    "Par Émilie Dupont": "Émilie Dupont",
    "Por Ana Gómez y Luis Díaz": "Ana Gómez y Luis Díaz",
    "By Friday": None,
    "By then it was too late": None,
    "By Jane Doe’s own account, she was asleep.": None,
    "Von Anfang an war es falsch": None,
}


@pytest.mark.parametrize(("line", "expected"), BYLINES.items(), ids=BYLINES)
def test_a_byline_is_offered_and_stays_in_the_text(line: str, expected: str | None):
    extracted = from_paste(f"Mayor denies plan\n\n{line}\n\n{LONG}")
    assert extracted.byline == expected
    assert line in [draft.text for draft in extracted.drafts]


@pytest.mark.parametrize("text", ["", "  \n\t\n", "\ufeff", "\u2028", "•"])
def test_nothing_is_refused(text: str):
    with pytest.raises(Invalid) as refusal:
        from_paste(text)
    assert "no text in it" in refusal.value.fields["text"]


def test_the_limit_is_kept_to_the_character():
    assert from_paste("a" * MOST_CHARACTERS).drafts
    with pytest.raises(Invalid) as refusal:
        from_paste("a" * (MOST_CHARACTERS + 1))
    assert "1,000,001 characters; the most is 1,000,000" in refusal.value.fields["text"]


@given(st.text())
def test_any_paste_is_read_or_refused(text: str):
    built_or_refused(lambda: from_paste(text), "text")


@given(st.lists(st.text(alphabet="ab .•-1\n", max_size=40)))
def test_no_letter_is_lost(lines: list[str]):
    text = "\n".join(lines)
    document = built_or_refused(lambda: from_paste(text), "text")
    read = document.text if document else ""
    assert [letter for letter in read if letter in "ab"] == [letter for letter in text if letter in "ab"]
