"""The page of a source, what a card says of its sources, and notes that are taken back."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from annotator.extensions import db
from annotator.models import Annotation, Note, Source
from annotator.services.evidence import Piece
from tests.builders import make_annotation, make_article, make_note
from tests.cast import Cast
from tests.support.pages import StrictClient
from tests.web.reading import PARTIAL, address, all_of, described_error, one, partial, send, targets, values, words

ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
URL = "https://registry.example/ledger"
LEDGER = Piece(
    url=URL,
    title="Ledger",
    source_type="primary",
    locator="p. 4",
    stance="supports",
    publisher="Registry",
    accessed_at="2026-11-24",
    archive_url="https://archive.example/1",
)


@pytest.fixture
def claim(cast: Cast) -> Annotation:
    """A claim that Ben has checked on the ledger."""
    made = make_annotation(cast.ben, make_article(cast.ada), "4.2 million crowns")
    make_note(cast.ben, made, verdict="accurate", evidence=(LEDGER,))
    return made


def source() -> Source:
    """The one source."""
    db.session.rollback()
    found: Source = db.session.query(Source).one()
    return found


def card(client: StrictClient, uuid: str) -> Any:
    """The open card."""
    return client.get(f"/annotations/{uuid}", headers=PARTIAL)


@ON_ONE
def test_a_card_tells_all_of_its_evidence(ben: StrictClient, claim: Annotation) -> None:
    shown = card(ben, claim.uuid)
    said = words(shown, ".evidence li")
    for part in ("Ledger", "Primary source", "Supports it", "p. 4", "Registry", "2026-11-24", "Used by 1 note"):
        assert part in said
    links = [link.attributes["href"] for link in all_of(shown, ".evidence a")]
    assert links == [URL, "https://archive.example/1", f"/sources/{source().uuid}"]
    assert words(shown, ".sourcing") == "✓ Rests on a primary source."


RULE = [
    ((), "false", "⚠ Weakly sourced: no primary source, and no secondary one. It takes"),
    ((Piece(url="https://a.example/", source_type="secondary"),), "false", "and a single secondary one."),
    (
        tuple(Piece(url=f"https://{name}.example/", source_type="secondary") for name in "abc"),
        "false",
        "✓ Rests on 3 independent",
    ),
]


@ON_ONE
def test_the_source_rule_is_told_with_a_verdict(ben: StrictClient, cast: Cast) -> None:
    article = make_article(cast.ada)
    for pieces, verdict, says in RULE:
        made = make_annotation(cast.ben, article, "cranes")
        assert not all_of(card(ben, made.uuid), ".sourcing")
        make_note(cast.ben, made, verdict=verdict, evidence=pieces)
        shown = card(ben, made.uuid)
        assert says in words(shown, ".sourcing")
        assert bool(all_of(shown, ".sourcing.weak")) == ("⚠" in words(shown, ".sourcing"))
    opinion = make_annotation(cast.ben, article, "cranes")
    make_note(cast.ben, opinion, "An opinion.", verdict="not_checkable")
    assert not all_of(card(ben, opinion.uuid), ".sourcing")


def test_withdrawing_and_reinstating(ben: StrictClient, ada: StrictClient, claim: Annotation) -> None:
    uuid, path = claim.uuid, f"/sources/{source().uuid}"
    page = ben.get(path)
    assert words(page, "h1") == "Ledger"
    assert "Claim 1" in words(page, ".uses")
    assert "p. 4" in words(page, ".uses")
    form = values(page, "form[action$=withdrawal]")
    assert "Say why" in described_error(send(ben, f"{path}/withdrawal", {**form, "reason": " "}, htmx=False), "reason")
    done = send(ben, f"{path}/withdrawal", {**form, "reason": "Forged <b>stamp</b>"}, htmx=False)
    assert done.location == path
    page = ada.get(path)
    assert "Withdrawn by Ben Lindqvist" in words(page, ".remark")
    assert "Forged <b>stamp</b>" in words(page, ".remark")
    shown = card(ada, uuid)
    assert one(shown, "article").attributes["data-state"] == "reopened"
    assert words(shown, ".evidence li s") == "Ledger"
    assert "Withdrawn by Ben Lindqvist" in words(shown, ".evidence .refusal")
    assert "Weakly sourced" in words(shown, ".sourcing")
    late = send(ada, f"{path}/withdrawal", {"row": form["row"], "reason": "Late"}, htmx=False)
    assert (late.status_code, "somebody else" in words(late, ".errors").lower()) == (412, True)
    again = send(ada, f"{path}/reinstatement", values(page, "form[action$=reinstatement]"), htmx=False)
    assert again.location == path
    assert source().withdrawn_at is None
    assert not all_of(card(ada, uuid), ".evidence s")


@ON_ONE
def test_who_may_not_reinstate_reads_why(ben: StrictClient, ada: StrictClient, claim: Annotation) -> None:
    path = f"/sources/{source().uuid}"
    send(ada, f"{path}/withdrawal", {"reason": "Forged"}, htmx=False)
    page = ben.get(path)
    assert "disabled" in one(page, "form[action$=reinstatement] button").attributes
    assert "or a lead" in words(page, "#reinstate-why")
    assert send(ben, f"{path}/reinstatement", {}, htmx=False).status_code == 403
    assert send(ada, f"{path}/withdrawal", {"reason": "Again"}, htmx=False).status_code == 409


@ON_ONE
def test_open_pages_hear_of_it(ben: StrictClient, claim: Annotation) -> None:
    article, since = claim.article_id, claim.article.revision
    send(ben, f"/sources/{source().uuid}/withdrawal", {"reason": "Forged"}, htmx=False)
    news = ben.get(f"/articles/{article}/changes?since={since}", headers=PARTIAL)
    assert "#cards" in targets(news)
    assert 'data-state="reopened"' in partial(news, "#cards")


@ON_ONE
def test_a_source_that_is_not_there(ben: StrictClient) -> None:
    assert ben.get(f"/sources/{uuid4()}").status_code == 404
    assert send(ben, f"/sources/{uuid4()}/withdrawal", {"reason": "x"}).status_code == 404


@ON_ONE
def test_known_sources_are_offered(ben: StrictClient, claim: Annotation) -> None:
    offered = one(ben.get(address("/sources", **{"evidence-0-url": "ledg"}), headers=PARTIAL), "option").attributes
    assert (offered["value"], offered["data-title"], offered["data-publisher"]) == (URL, "Ledger", "Registry")
    assert offered["data-source_type"] == "primary"
    assert not all_of(ben.get(address("/sources", **{"evidence-0-url": "%"}), headers=PARTIAL), "option")


@ON_ONE
def test_an_address_tells_its_place_without_script(ben: StrictClient, claim: Annotation) -> None:
    sent = {
        "body": "B",
        "evidence-0-url": "https://court.example/file.pdf p. 9",
        "evidence-0-accessed_at": "12 March 2026",
    }
    answer = send(ben, f"/annotations/{claim.uuid}/notes", sent, htmx=False)
    assert answer.status_code == 302
    piece = db.session.query(Note).order_by(Note.id.desc()).first().evidence[0]
    assert (piece.url, piece.locator, piece.accessed_at) == ("https://court.example/file.pdf", "p. 9", "2026-03-12")


@ON_ONE
def test_a_date_alone_is_no_evidence(ben: StrictClient, claim: Annotation) -> None:
    sent = {"body": "Only words.", "evidence-0-accessed_at": "2026-11-24"}
    assert send(ben, f"/annotations/{claim.uuid}/notes", sent).status_code == 200
    assert db.session.query(Note).order_by(Note.id.desc()).first().evidence == []


def test_a_note_is_taken_back_and_brought_back(ben: StrictClient, claim: Annotation) -> None:
    uuid = claim.uuid
    form = one(card(ben, uuid), ".note-acts form")
    path = form.attributes["action"] or ""
    shown = send(ben, path, {"seen": "1"})
    assert one(shown, "article").attributes["data-state"] == "to_do"
    assert "Read the ledger." in words(shown, ".taken-back")
    assert not all_of(shown, "li.note")
    back = send(ben, path.replace("deletion", "restoration"))
    assert (one(back, "article").attributes["data-state"], all_of(back, ".taken-back")) == ("checked", [])
    late = send(ben, path, {"seen": "1"})
    assert (late.status_code, "changed since you opened it" in words(late, ".card > .refusal")) == (412, True)


@ON_ONE
def test_who_takes_notes_back(ben: StrictClient, ada: StrictClient, new_client: Any, claim: Annotation) -> None:
    uuid, note = claim.uuid, db.session.query(Note).one().uuid
    cleo = new_client("cleo")
    assert not all_of(card(cleo, uuid), ".note-acts form")
    assert send(cleo, f"/notes/{note}/deletion").status_code == 403
    assert send(ada, f"/notes/{note}/deletion", htmx=False).status_code == 302
    assert send(ada, f"/notes/{note}/deletion").status_code == 404
    assert not all_of(card(cleo, uuid), ".taken-back")
    assert all_of(card(ben, uuid), ".taken-back")
    assert send(cleo, f"/notes/{note}/restoration").status_code == 403
    assert send(ben, f"/notes/{note}/restoration").status_code == 200


@ON_ONE
def test_a_card_asks_no_more_for_more_evidence(ben: StrictClient, cast: Cast, claim: Annotation, queries: Any) -> None:
    counts = []
    for _ in range(2):
        card(ben, claim.uuid)
        with queries() as sent:
            card(ben, claim.uuid)
        counts.append(len(sent))
        pieces = tuple(Piece(url=f"{URL}/{number}") for number in range(5))
        make_note(cast.ben, db.session.query(Annotation).one(), evidence=pieces)
    assert counts[0] == counts[1]
