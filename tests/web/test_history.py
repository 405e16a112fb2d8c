"""History to read, on a page for the article and on the card."""

from __future__ import annotations

import pytest

from annotator.extensions import db
from annotator.models import Annotation, Event
from tests.builders import make_annotation, make_article, make_note
from tests.cast import Cast
from tests.support.pages import StrictClient
from tests.web.reading import PARTIAL, all_of, parsed, send, words

ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def claim(cast: Cast) -> Annotation:
    """A claim with one note by Ben."""
    made = make_annotation(cast.ada, make_article(cast.ada), "4.2 million crowns")
    make_note(cast.ben, made, body="The ledger says 4.2 million.", verdict="accurate")
    return made


def lines(client: StrictClient, path: str) -> list[str]:
    """Each line of a history, without its time."""
    page = parsed(client.get(path))
    for time in page.css("ol.history time"):
        time.decompose()
    return [" ".join(item.text().split()) for item in page.css("ol.history > li > p:first-child")]


def test_an_article_tells_what_happened_newest_first(ben: StrictClient, claim: Annotation) -> None:
    assert lines(ben, f"/articles/{claim.article_id}/history") == [
        "Ben Lindqvist wrote a note on Claim 1",
        "Ada Okafor marked Claim 1",
        "Ada Okafor imported the article",
    ]


def test_an_edit_shows_the_words_that_went_and_came(ben: StrictClient, claim: Annotation) -> None:
    uuid = claim.uuid
    note = db.session.query(Event).filter_by(verb="note.added").one().subject
    send(ben, f"/notes/{note}", {"body": "The ledger says 2.4 million.", "verdict": "false", "row": "1"})
    card = ben.get(f"/annotations/{uuid}/history", headers=PARTIAL)
    assert [gone.text().strip() for gone in all_of(card, "li:first-child del")] == ["4.2", "Accurate"]
    assert [new.text().strip() for new in all_of(card, "li:first-child ins")] == ["2.4", "False"]


@ON_ONE
def test_a_deleted_annotation_keeps_its_history(ada: StrictClient, claim: Annotation) -> None:
    uuid = claim.uuid
    send(ada, f"/annotations/{uuid}/deletion", {})
    page = ada.get(f"/annotations/{uuid}/history")
    assert words(page, "h1") == "History of Claim 1"
    assert "deleted Claim 1" in words(page, "ol.history li:first-child")


@ON_ONE
def test_a_long_history_goes_on_by_a_link(ada: StrictClient, claim: Annotation) -> None:
    uuid, article = claim.uuid, claim.article_id
    for number in range(100):
        send(ada, f"/annotations/{uuid}/kind", {"kind": ("quote", "claim")[number % 2]})
    first = ada.get(f"/articles/{article}/history")
    assert len(all_of(first, "ol.history > li")) == 100
    earlier = all_of(first, 'a[href*="below="]')[0].attributes["href"]
    assert len(lines(ada, earlier or "")) == 4, "the first change reopened what Ben had checked"


@ON_ONE
def test_what_was_typed_is_text(ben: StrictClient, cast: Cast, claim: Annotation) -> None:
    send(ben, f"/annotations/{claim.uuid}/notes", {"body": "<script>x</script> & <b>"})
    assert "<script>x</script> & <b>" in words(ben.get(f"/articles/{claim.article_id}/history"), "ol.history")
