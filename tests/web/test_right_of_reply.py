"""The right of reply: what is listed, what is missing, and the page that says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from annotator import clock
from annotator.db import unit_of_work
from annotator.models import Article
from annotator.queries.right_of_reply import Allegation, right_of_reply
from annotator.services import annotations, contacts, loading
from annotator.services.contacts import Asking
from annotator.services.fields import set_fields
from annotator.services.notes import Written, add_note
from annotator.services.parties import Named
from annotator.services.relations import relate
from tests.builders import TEXT, make_annotation, make_article, next_draft
from tests.cast import Cast
from tests.support.pages import StrictClient
from tests.web.reading import all_of, one, words

ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
NOON = datetime(2026, 10, 12, 12, tzinfo=UTC)
PASSED, AHEAD = NOON + timedelta(hours=24), clock.now() + timedelta(days=400)
ASKED = Asking(Named("Harbour authority"), "email", "Did you pay?", NOON)


@dataclass
class Piece:
    """An article under check, and short ways to write its record."""

    cast: Cast
    article: Article

    def mark(self, words: str, kind: str = "claim", **fields: Any) -> str:
        """Mark these words; the fields are those of the kind."""
        uuid: str = make_annotation(self.cast.ben, self.article, words, kind=kind).uuid
        with unit_of_work():
            set_fields(self.cast.ben, loading.annotation(self.cast.ben, uuid), fields, None)
        return uuid

    def tie(self, source: str, type_: str, to: str) -> None:
        """Relate two annotations."""
        with unit_of_work():
            relate(self.cast.ben, loading.annotation(self.cast.ben, source), type_, to)

    def ask(self, uuid: str, **how: Any) -> None:
        """Write down who was asked."""
        with unit_of_work():
            contacts.add_contact(self.cast.ben, loading.annotation(self.cast.ben, uuid), replace(ASKED, **how))

    def listed(self) -> dict[str, Allegation]:
        """The allegations by the id of the annotation that holds each."""
        return {found.annotation.id: found for found in right_of_reply(self.article.id).allegations}


@pytest.fixture
def piece(cast: Cast) -> Piece:
    """An article of Ada's."""
    return Piece(cast, make_article(cast.ada))


def test_what_counts_as_an_allegation(piece: Piece) -> None:
    high = piece.mark("4.2 million crowns", harm="high")
    medium = piece.mark("cranes that never arrived", harm="medium")
    piece.mark("documents show", harm="low")
    piece.mark("until March")
    denied = piece.mark("The harbour authority paid")
    answered = piece.mark("We were told to sign", "quote")
    unanswered = piece.mark("not to ask", "quote")
    denial = piece.mark("denies that any payment was made", "denial", allegation="They paid twice.")
    alone = piece.mark("No money has left this house", "denial", allegation="They hid it.")
    piece.mark("left this house", "denial")
    piece.tie(denial, "denies", denied)
    piece.tie(alone, "answers", answered)
    piece.tie(high, "supports", unanswered)
    found = piece.listed()
    assert set(found) == {high, medium, denied, answered, alone}
    assert list(found) == [denied, high, medium, answered, alone]
    assert (found[alone].words, found[high].words) == ("They hid it.", "4.2 million crowns")
    assert [reply.id for reply in found[denied].replies] == [denial]
    assert [reply.id for reply in found[alone].replies] == [alone]


@ON_ONE
def test_a_denial_whose_claim_was_deleted_stands_for_itself_again(piece: Piece) -> None:
    claim = piece.mark("4.2 million crowns")
    denial = piece.mark("denies that any payment was made", "denial", allegation="They paid.")
    piece.tie(denial, "denies", claim)
    assert list(piece.listed()) == [claim]
    with unit_of_work():
        annotations.delete_annotation(piece.cast.ben, loading.annotation(piece.cast.ben, claim), None)
    assert list(piece.listed()) == [denial]


@ON_ONE
def test_what_is_said_twice_is_put_to_somebody_once(piece: Piece) -> None:
    first, again = piece.mark("4.2 million crowns"), piece.mark("any payment", harm="high")
    denial = piece.mark("denies that", "denial")
    piece.tie(again, "repeats", first)
    piece.tie(denial, "denies", again)
    piece.ask(again)
    [found] = piece.listed().values()
    assert found.annotation.id == first
    assert [other.id for other in found.repeated_by] == [again]
    assert [reply.id for reply in found.replies] == [denial]
    assert len(found.contacts) == 1


ANSWERED = {"outcome": "answered", "answer": "No.", "answered_at": NOON}
GAPS: list[tuple[str, list[dict[str, Any]], bool, list[str]]] = [
    ("nobody", [], False, ["Not put to anybody."]),
    ("nobody, though there is a denial", [], True, ["Not put to anybody."]),
    ("waiting", [{"deadline": AHEAD}], False, []),
    ("waiting without a deadline", [{}], False, []),
    (
        "overdue",
        [{"deadline": PASSED}],
        False,
        ["Deadline passed on 13 Oct 2026, 12:00 UTC without an answer from Harbour authority."],
    ),
    ("overdue, but they have answered since", [{"deadline": PASSED}, ANSWERED | {"in_text": True}], False, []),
    ("answered and in the text", [ANSWERED | {"in_text": True}], False, []),
    (
        "answered and not in the text",
        [ANSWERED | {"in_text": False}],
        False,
        ["Harbour authority answered, but that is not in the text."],
    ),
    (
        "answered, and nobody knows",
        [ANSWERED],
        False,
        ["Harbour authority answered; nobody has said whether the answer is in the text."],
    ),
    ("answered, and a denial stands in the text", [ANSWERED], True, []),
    (
        "answered, and the denial is another",
        [ANSWERED | {"in_text": False}],
        True,
        ["Harbour authority answered, but that is not in the text."],
    ),
    (
        "declined, and the text is silent",
        [{"outcome": "declined", "in_text": False}],
        False,
        ["Harbour authority gave no answer, and the text does not say so."],
    ),
    (
        "not reached, and nobody knows",
        [{"outcome": "not_reached"}],
        False,
        ["Harbour authority gave no answer; nobody has said whether the text says so."],
    ),
    ("no answer, and the text says so", [{"outcome": "no_answer", "in_text": True}], False, []),
]


@pytest.mark.parametrize(("asked", "denied", "gaps"), [case[1:] for case in GAPS], ids=[case[0] for case in GAPS])
@ON_ONE
def test_what_is_missing(piece: Piece, asked: list[dict[str, Any]], denied: bool, gaps: list[str]) -> None:
    claim = piece.mark("4.2 million crowns", harm="high")
    if denied:
        piece.tie(piece.mark("denies that any payment was made", "denial"), "denies", claim)
    for how in asked:
        piece.ask(claim, **how)
    assert list(piece.listed()[claim].gaps) == gaps


WHOM = [
    ("harbour AUTHORITY", []),
    ("The ministry", ["Not put to The ministry, whom it is about, but to Harbour authority."]),
]


@pytest.mark.parametrize(("about", "gaps"), WHOM)
@ON_ONE
def test_it_is_put_to_whom_it_is_about(piece: Piece, about: str, gaps: list[str]) -> None:
    claim = piece.mark("4.2 million crowns", harm="high", about=about)
    piece.ask(claim, **ANSWERED, in_text=True)
    assert list(piece.listed()[claim].gaps) == gaps


@ON_ONE
def test_nothing_is_missing(piece: Piece) -> None:
    piece.ask(piece.mark("4.2 million crowns", harm="high"), **ANSWERED, in_text=True)
    assert right_of_reply(piece.article.id).summary == (
        "1 allegation. Each was put to somebody, and what came back is in the text."
    )


@ON_ONE
def test_a_contact_on_the_denial_counts(piece: Piece) -> None:
    claim = piece.mark("4.2 million crowns", harm="high")
    denial = piece.mark("denies that any payment was made", "denial")
    piece.tie(denial, "denies", claim)
    piece.ask(denial, **ANSWERED)
    assert piece.listed()[claim].gaps == ()


@ON_ONE
def test_the_summary_counts(piece: Piece) -> None:
    assert right_of_reply(piece.article.id).summary == "No allegation is marked in this article."
    piece.mark("until March", harm="high")
    first, second = piece.mark("4.2 million", harm="high"), piece.mark("cranes", harm="high")
    piece.ask(first, deadline=PASSED)
    piece.ask(second, deadline=AHEAD)
    piece.ask(second, party=Named("Ingrid Solheim"))
    piece.ask(second, party=Named("Ida Moe"), **ANSWERED)
    assert right_of_reply(piece.article.id).summary == (
        "3 allegations. 1 was not put to anybody. 1 deadline has passed without an answer. 2 answers are awaited. "
        "1 stands without what came back."
    )


@ON_ONE
def test_the_page_tells_it_all(ben: StrictClient, piece: Piece) -> None:
    path = f"/articles/{piece.article.id}"
    assert "No allegation is marked" in words(ben.get(f"{path}/right-of-reply"), ".lead")
    claim = piece.mark("4.2 million crowns", harm="high")
    piece.ask(claim, deadline=PASSED, questions="<b>?</b>")
    piece.tie(piece.mark("denies that any payment was made", "denial"), "denies", claim)
    page = ben.get(f"{path}/right-of-reply")
    row = words(page, "tbody tr")
    assert "Claim 1 4.2 million crowns Harm: High" in row
    assert "Harbour authority by Ben Lindqvist, 12 Oct 2026, 12:00 UTC · E-mail deadline 13 Oct 2026, 12:00 UTC" in row
    assert "Overdue" in row
    assert "Denial 2: denies that any payment was made" in row
    assert "Deadline passed on 13 Oct 2026" in words(page, "tbody .error")
    assert one(page, "tbody th a").attributes["href"] == f"{path}#a1"
    links = [link.attributes["href"] for link in all_of(ben.get(path), ".review-acts a")]
    assert f"{path}/right-of-reply" in links
    assert ben.get("/articles/999/right-of-reply").status_code == 404


@ON_ONE
def test_more_allegations_ask_no_more_queries(ben: StrictClient, piece: Piece, queries: Callable[[], Any]) -> None:
    def cost() -> int:
        with queries() as sent:
            assert ben.get(f"/articles/{piece.article.id}/right-of-reply").status_code == 200
        return len(sent)

    def fill() -> None:
        for text in ("4.2 million", "cranes", "until March"):
            claim = piece.mark(text, harm="high")
            piece.tie(piece.mark("denies", "denial"), "denies", claim)
            piece.ask(claim, **ANSWERED)

    fill()
    cost()
    before = cost()
    fill()
    fill()
    assert cost() == before


@ON_ONE
def test_a_verdict_that_is_sealed_is_not_given_away(ben: StrictClient, piece: Piece) -> None:
    claim = piece.mark("4.2 million crowns", harm="high")
    with unit_of_work():
        annotation = loading.annotation(piece.cast.cleo, claim)
        annotation.article.blind = True
        add_note(piece.cast.cleo, annotation, Written("It is all invented.", "false"))
    page = words(ben.get(f"/articles/{piece.article.id}/right-of-reply"), "main")
    assert "4.2 million crowns" in page
    assert "invented" not in page
    assert "False" not in page


def test_what_has_lost_its_words_is_no_allegation_and_no_reply(piece: Piece, ben: StrictClient) -> None:
    claim = piece.mark("4.2 million crowns", harm="high")
    denial = piece.mark("The authority denies that any payment was made.", "denial")
    piece.tie(denial, "denies", claim)
    assert [one.id for one in piece.listed()[claim].replies] == [denial]
    dropped = TEXT.replace("The authority denies that any payment was made. ", "")
    next_draft(piece.cast.ada, piece.article, dropped)
    assert piece.listed()[claim].replies == ()
    page = ben.get(f"/articles/{piece.article.id}/right-of-reply")
    assert "1 check has lost its words in version 2" in words(page, ".remark")
