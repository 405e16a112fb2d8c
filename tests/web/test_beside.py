"""One save for a whole card: the party's and the denial's fields are sent along with the note."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import TestResponse

from annotator.extensions import db
from annotator.models import Annotation, Event
from tests.builders import make_annotation, make_article
from tests.cast import Cast
from tests.support.pages import StrictClient
from tests.web.reading import PARTIAL, one, send, values, words

ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def claim(cast: Cast) -> Annotation:
    """A claim that nobody has checked."""
    return make_annotation(cast.ada, make_article(cast.ada), "4.2 million crowns")


def opened(client: StrictClient, uuid: str) -> list[tuple[str, str]]:
    """What the script would send of an open card: the note's form first, then the party's, fields of one name twice."""
    card = client.get(f"/annotations/{uuid}", headers=PARTIAL)
    note, party = values(card, "form.note-form"), values(card, "form.card-party-form")
    return [*note.items(), *party.items()]


def save(client: StrictClient, uuid: str, fields: list[tuple[str, str]], **typed: str) -> TestResponse:
    """Type over some of the fields, and save the note."""
    sent: dict[str, Any] = {}
    for name, value in fields:
        sent.setdefault(name, []).append(typed.get(name, value))
    return send(client, f"/annotations/{uuid}/notes", sent)


def stored(uuid: str) -> Annotation:
    """The annotation as it is in the database."""
    db.session.rollback()
    return db.session.query(Annotation).filter_by(uuid=uuid).one()


def test_one_save_keeps_the_name_and_the_note(ben: StrictClient, claim: Annotation) -> None:
    uuid = claim.uuid
    answer = save(ben, uuid, opened(ben, uuid), party="The bank", role="Lender", body="Asked them.", verdict="false")
    assert answer.status_code == 200
    now = stored(uuid)
    assert (now.party and now.party.name, now.party and now.party.role, now.verdict) == ("The bank", "Lender", "false")
    assert words(answer, ".note-body") == "Asked them."


@ON_ONE
def test_a_name_alone_needs_no_note(ben: StrictClient, claim: Annotation) -> None:
    uuid = claim.uuid
    assert save(ben, uuid, opened(ben, uuid), party="The bank").status_code == 200
    assert (stored(uuid).party.name, stored(uuid).state) == ("The bank", "to_do")  # type: ignore[union-attr]


def test_what_nobody_touched_is_not_written_over_what_somebody_else_saved(
    ada: StrictClient, ben: StrictClient, claim: Annotation
) -> None:
    uuid = claim.uuid
    card = opened(ben, uuid)
    send(ada, f"/annotations/{uuid}/party", {"party": "The ministry"})
    assert save(ben, uuid, card, body="Asked them.").status_code == 200
    assert stored(uuid).party.name == "The ministry"  # type: ignore[union-attr]


def test_two_names_at_once_are_both_shown_and_the_note_is_kept(
    ada: StrictClient, ben: StrictClient, claim: Annotation
) -> None:
    uuid = claim.uuid
    card = opened(ben, uuid)
    send(ada, f"/annotations/{uuid}/party", {"party": "The ministry"})
    answer = save(ben, uuid, card, party="The bank", body="Asked them.")
    assert answer.status_code == 412
    assert "The ministry" in words(answer, ".stored")
    assert values(answer, "form.card-party-form")["party"] == "The bank"
    assert values(answer, "form.note-form")["body"] == "Asked them."
    now = stored(uuid)
    assert (now.party.name, now.state) == ("The ministry", "to_do")  # type: ignore[union-attr]


@ON_ONE
def test_a_refused_name_stops_the_note_too(ben: StrictClient, claim: Annotation) -> None:
    uuid = claim.uuid
    answer = save(ben, uuid, opened(ben, uuid), party="n" * 201, body="Asked them.")
    assert answer.status_code == 422
    assert one(answer, "#field-party").attributes["aria-invalid"] == "true"
    assert values(answer, "form.note-form")["body"] == "Asked them."
    assert db.session.query(Event).filter_by(verb="note.added").count() == 0


@ON_ONE
def test_the_card_says_what_is_missing(ben: StrictClient, claim: Annotation) -> None:
    uuid = claim.uuid
    answer = save(ben, uuid, opened(ben, uuid), body="Asked them.", verdict="false")
    assert words(answer, ".missing") == "To be checked: A piece of evidence is missing."


@ON_ONE
def test_an_address_may_leave_its_beginning_away(ben: StrictClient, claim: Annotation) -> None:
    answer = send(ben, f"/annotations/{claim.uuid}/notes", {"evidence-0-url": "court.example/ledger?page=3"})
    assert one(answer, ".evidence a[rel]").attributes["href"] == "https://court.example/ledger?page=3"
