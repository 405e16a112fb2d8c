"""Corrections on a card and in the text: suggested, changed, decided, refused with everything kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser
from werkzeug.test import TestResponse

from annotator.db import unit_of_work
from annotator.extensions import db
from annotator.models import Annotation, Article, Correction
from annotator.services import annotations, loading
from tests.builders import TEXT, make_annotation, make_article, place_of
from tests.cast import Cast
from tests.support.pages import StrictClient
from tests.web.reading import PARTIAL, all_of, block_text, described_error, one, parsed, partial, send, values, words

ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
BETTER = {"suggested": "3.9 million crowns", "why": "The ledger says 3.9.", "severity": "fact"}


@pytest.fixture
def claim(cast: Cast) -> str:
    """A claim that nobody has checked."""
    uuid: str = make_annotation(cast.ada, make_article(cast.ada), "4.2 million crowns").uuid
    return uuid


def suggest(client: StrictClient, claim: str, htmx: bool = True, **more: Any) -> TestResponse:
    """Send the form *Suggest a correction*."""
    return send(client, f"/annotations/{claim}/corrections", {**BETTER, **more}, htmx=htmx)


def stored() -> Correction:
    """The only correction, as it is now."""
    db.session.rollback()
    found: Correction = db.session.query(Correction).one()
    return found


def test_words_are_suggested_and_shown_in_place(ben: StrictClient, claim: str) -> None:
    answer = suggest(ben, claim)
    assert answer.status_code == 200
    card = words(answer, f"#correction-{stored().uuid}")
    assert "Proposed · Fact · Ben Lindqvist" in card
    assert "The ledger says 3.9." in card
    assert [struck.text() for struck in all_of(answer, ".redline del")] == ["4.2"]
    assert [new.text() for new in all_of(answer, ".redline ins")] == ["3.9"]
    block = parsed_block(partial(answer, "#b0"))
    assert block_text(block) == TEXT.split("\n\n")[0]
    assert [struck.text() for struck in block.css("del")] == ["4.2"]
    assert [new.text() for new in block.css("ins.suggested[data-skip]")] == ["[suggested: 3.9]"]


def parsed_block(html: str) -> Any:
    """A block as a browser reads it."""
    return LexborHTMLParser(f"<!doctype html><body>{html}").css_first(".block")


@ON_ONE
def test_the_form_offers_the_words_as_they_stand(ben: StrictClient, claim: str) -> None:
    card = ben.get(f"/annotations/{claim}", headers=PARTIAL)
    assert values(card, "details.correct form")["suggested"] == "4.2 million crowns"


@ON_ONE
def test_without_script_it_is_the_same(ben: StrictClient, claim: str) -> None:
    answer = suggest(ben, claim, htmx=False)
    assert (answer.status_code, answer.location) == (302, f"/annotations/{claim}")
    refused = suggest(ben, claim, htmx=False, why="")
    assert refused.status_code == 422
    assert described_error(refused, "why") == "Say why the words should change."


@ON_ONE
def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(ben: StrictClient, claim: str) -> None:
    for name, value, says in (
        ("suggested", "4.2 million crowns", "as they stand"),
        ("suggested", "x" * 20_001, "At most 20,000"),
        ("why", " ", "Say why"),
        ("severity", "", "how grave"),
        ("severity", "grave", "how grave"),
    ):
        answer = suggest(ben, claim, **{name: value})
        assert (answer.status_code, says in described_error(answer, name)) == (422, True), (name, value[:20])
        kept = values(answer, "details.correct[open] form")
        assert all(kept[field] == BETTER[field] for field in BETTER if field != name)
    assert db.session.query(Correction).count() == 0


def test_a_lead_decides(ben: StrictClient, ada: StrictClient, claim: str) -> None:
    suggest(ben, claim)
    path = f"/corrections/{stored().uuid}/decision"
    assert all_of(ben.get(f"/annotations/{claim}", headers=PARTIAL), f"form[action='{path}']") == []
    assert send(ben, path, {"decision": "accepted", "remark": "Yes.", "row": "1"}).status_code == 403
    wrong = send(ada, path, {"decision": "", "remark": " ", "row": "1"})
    assert wrong.status_code == 422
    assert "must be one of" in described_error(wrong, "decision")
    assert "Say why" in described_error(wrong, "remark")
    answer = send(ada, path, {"decision": "accepted", "remark": "Seen the ledger.", "row": "1"})
    assert "Accepted by Ada Okafor" in words(answer, f"#correction-{stored().uuid}")
    block = parsed_block(partial(answer, "#b0"))
    assert [new.text() for new in block.css("ins.accepted")] == ["[accepted: 3.9]"]
    again = send(ada, path, {"decision": "rejected", "remark": "No.", "row": "1"})
    assert again.status_code == 412
    assert stored().state == "accepted"


@ON_ONE
def test_a_rejected_one_leaves_the_text(ben: StrictClient, ada: StrictClient, claim: str) -> None:
    suggest(ben, claim)
    path = f"/corrections/{stored().uuid}/decision"
    answer = send(ada, path, {"decision": "rejected", "remark": "It is 4.2.", "row": "1"})
    assert "<ins" not in partial(answer, "#b0")
    assert "Rejected by Ada Okafor" in words(answer, f"#correction-{stored().uuid}")


@ON_ONE
def test_whoever_leads_the_article_is_asked_to_decide(
    ben: StrictClient, new_client: Callable[[str], StrictClient], cast: Cast, claim: str
) -> None:
    suggest(ben, claim)
    with unit_of_work():
        db.session.query(Article).one().lead_id = cast.cleo.id
    path = f"/corrections/{stored().uuid}/decision"
    card = new_client("cleo").get(f"/annotations/{claim}", headers=PARTIAL)
    assert len(all_of(card, f"form[action='{path}']")) == 1
    answer = send(new_client("cleo"), path, {"decision": "accepted", "remark": "Yes.", "row": "1"})
    assert answer.status_code == 200


@ON_ONE
def test_its_maker_changes_it(ben: StrictClient, ada: StrictClient, claim: str) -> None:
    suggest(ben, claim)
    path = f"/corrections/{stored().uuid}"
    assert ada.get(f"{path}/edit", headers=PARTIAL).status_code == 403
    card = ben.get(f"{path}/edit", headers=PARTIAL)
    shown = values(card, f"form[action='{path}']")
    assert {name: shown[name] for name in BETTER} == BETTER
    assert one(card, "article").attributes["data-focus"] == "suggested"
    assert send(ben, path, {**shown, "severity": "legal"}).status_code == 200
    assert stored().severity == "legal"
    late = send(ben, path, {**shown, "severity": "typo"})
    assert late.status_code == 412
    assert values(late, f"form[action='{path}']")["severity"] == "typo"


@ON_ONE
def test_when_the_edges_have_moved_the_card_alone_shows_it(ben: StrictClient, cast: Cast, claim: str) -> None:
    suggest(ben, claim)
    article = db.session.query(Article).one()
    place = place_of(article, "4.2 million")
    with unit_of_work():
        annotations.move_annotation(cast.ben, loading.annotation(cast.ben, claim), place, None)
    page = ben.get(f"/articles/{article.id}")
    assert all_of(page, "#article-text ins, #article-text del") == []
    card = ben.get(f"/annotations/{claim}", headers=PARTIAL)
    assert "not shown in the text" in words(card, f"#correction-{stored().uuid}")
    assert [new.text() for new in all_of(card, ".redline ins")] == ["3.9"]


@ON_ONE
def test_of_several_the_newest_is_shown_and_an_accepted_one_before_it(
    ben: StrictClient, ada: StrictClient, cast: Cast, claim: str
) -> None:
    suggest(ben, claim)
    first = stored().uuid
    answer = suggest(ben, claim, suggested="3.8 million crowns")
    assert [new.text() for new in parsed_block(partial(answer, "#b0")).css("ins")] == ["[suggested: 3.8]"]
    accepted = send(ada, f"/corrections/{first}/decision", {"decision": "accepted", "remark": "Yes."})
    assert [new.text() for new in parsed_block(partial(accepted, "#b0")).css("ins")] == ["[accepted: 3.9]"]
    page = ben.get(f"/articles/{db.session.query(Annotation).one().article_id}")
    assert words(page, ".card-flags") == "1 correction open"


@ON_ONE
def test_taken_back_and_brought_back(ben: StrictClient, ada: StrictClient, claim: str) -> None:
    suggest(ben, claim)
    path = f"/corrections/{stored().uuid}"
    gone = send(ben, f"{path}/deletion", {"row": "1"})
    assert all_of(gone, ".redline") == []
    assert "<ins" not in partial(gone, "#b0")
    back = send(ben, f"{path}/restoration")
    assert len(all_of(back, ".redline")) == 1
    send(ada, f"{path}/decision", {"decision": "accepted", "remark": "Yes."})
    late = send(ben, f"{path}/deletion")
    assert (late.status_code, "accepted already" in words(late, ".refusal")) == (409, True)


@ON_ONE
def test_hostile_words_stay_words(ben: StrictClient, claim: str) -> None:
    evil = "<script>alert(1)</script>"
    answer = suggest(ben, claim, suggested=evil, why=evil)
    page = ben.get(f"/articles/{db.session.query(Annotation).one().article_id}")
    for shown in (answer, page):
        assert not any("alert" in script.text() for script in all_of(shown, "script"))
    assert evil in parsed(page).css_first("#article-text ins").text()


@ON_ONE
def test_many_corrections_ask_no_more_queries(ben: StrictClient, claim: str, queries: Any) -> None:
    article_id = db.session.query(Annotation).one().article_id

    def cost() -> list[int]:
        found = []
        for path in (f"/annotations/{claim}", f"/articles/{article_id}"):
            with queries() as sent:
                ben.get(path, headers=PARTIAL if "annotations" in path else {})
            found.append(len(sent))
        return found

    suggest(ben, claim)
    cost()
    suggest(ben, claim, severity="legal")
    before = cost()
    for number in range(5):
        suggest(ben, claim, suggested=f"{number} crowns")
    assert cost() == before
