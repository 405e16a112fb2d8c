"""Sources: shared by notes, withdrawn with what rests on them reopened, and reinstated."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import Context
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask

from annotator.access import Actor
from annotator.db import unit_of_work
from annotator.errors import Conflict, DomainError, Forbidden, Invalid, NotFound, Stale
from annotator.extensions import db
from annotator.models import Annotation, Event, Notice, Source
from annotator.queries import records, sources
from annotator.services import loading, notes
from annotator.services.evidence import Piece
from annotator.services.signing_off import sign_off
from annotator.services.sources import reinstate_source, withdraw_source
from tests.builders import make_annotation, make_article, make_note
from tests.cast import Cast

URL = "https://registry.example/ledger"
LEDGER = Piece(url=URL, title="Ledger", source_type="primary", locator="p. 4")
OTHER = Piece(url="https://court.example/file", source_type="primary")


def claim(cast: Cast, *pieces: Piece, verdict: str | None = "accurate") -> str:
    """A claim in an article of its own, checked by Ben on these pieces; its uuid."""
    made = make_annotation(cast.ben, make_article(cast.ada), "4.2 million crowns")
    make_note(cast.ben, made, verdict=verdict, evidence=pieces)
    return made.uuid


def source_of(url: str = URL) -> str:
    """The id of the source with this URL."""
    db.session.rollback()
    uuid: str = db.session.query(Source).filter_by(url=url).one().uuid
    return uuid


def withdraw(actor: Actor, reason: str = "It is forged.", seen: int | None = None, url: str = URL) -> None:
    """Withdraw the source, as an edge would."""
    uuid = source_of(url)
    with unit_of_work():
        withdraw_source(actor, loading.source(actor, uuid), reason, seen)


def reinstate(actor: Actor, seen: int | None = None) -> None:
    """Reinstate it."""
    uuid = source_of()
    with unit_of_work():
        reinstate_source(actor, loading.source(actor, uuid), seen)


def state(uuid: str) -> str:
    """The state of an annotation now."""
    db.session.rollback()
    return records.record(uuid, deleted=True).state


def test_notes_share_a_source(cast: Cast) -> None:
    claim(cast, LEDGER)
    claim(cast, Piece(url=URL, title="The same ledger"), OTHER)
    known = sources.source(source_of())
    assert (known.label, known.url, known.used, known.withdrawn) == ("Ledger", URL, 2, None)
    assert db.session.query(Source).count() == 2
    assert [(use.verdict, use.locator, use.exact) for use in sources.uses(known.key, cast.ada)] == [
        ("accurate", "", "4.2 million crowns"),
        ("accurate", "p. 4", "4.2 million crowns"),
    ]


def test_a_description_is_a_source_however_it_is_spaced(cast: Cast) -> None:
    claim(cast, Piece(description="The harbour ledger, seen in the archive"))
    claim(cast, Piece(description="The Harbour  ledger,\nseen in the archive"))
    assert db.session.query(Source).count() == 1


def test_withdrawing_reopens_what_rests_on_it(cast: Cast) -> None:
    first, second, apart = claim(cast, LEDGER), claim(cast, LEDGER, OTHER), claim(cast, OTHER)
    assert {state(uuid) for uuid in (first, second, apart)} == {"checked"}
    withdraw(cast.cleo)
    assert [state(uuid) for uuid in (first, second, apart)] == ["reopened", "reopened", "checked"]
    it = records.record(first)
    assert it.reopened_why == "its source “Ledger” was withdrawn: It is forged"
    [piece] = it.notes[0].evidence
    assert piece.withdrawn is not None
    assert (piece.withdrawn.by.username, piece.withdrawn.why) == ("cleo", "It is forged.")
    assert (it.weak, records.record(second).weak) == (True, False)
    told = db.session.query(Event).filter_by(verb="source.withdrawn").order_by(Event.id).all()
    assert len({event.article_id for event in told}) == len(told) == 2
    assert (told[0].before, told[0].after, told[0].act) == (
        {"source": "Ledger", "withdrawn": None},
        {"source": "Ledger", "withdrawn": "It is forged."},
        told[1].act,
    )
    assert db.session.query(Event).filter_by(verb="annotation.reopened").count() == 2
    assert {notice.person_id for notice in db.session.query(Notice)} == {cast.ben.id}


def test_a_verdict_anew_closes_it_on_other_evidence(cast: Cast) -> None:
    uuid = claim(cast, LEDGER)
    withdraw(cast.cleo)
    make_note(cast.ben, db.session.query(Annotation).filter_by(uuid=uuid).one(), verdict="accurate")
    assert state(uuid) == "in_progress"
    found = db.session.query(Annotation).filter_by(uuid=uuid).one()
    make_note(cast.ben, found, "The court file says so.", evidence=(OTHER,))
    assert state(uuid) == "checked"


def test_without_a_verdict_nothing_is_reopened(cast: Cast) -> None:
    uuid = claim(cast, LEDGER, verdict=None)
    row = records.record(uuid).row_version
    withdraw(cast.ben)
    assert state(uuid) == "in_progress"
    assert records.record(uuid).row_version > row
    assert db.session.query(Event).filter_by(verb="annotation.reopened").count() == 0


def test_reinstating_does_not_close_what_was_reopened(cast: Cast) -> None:
    uuid = claim(cast, LEDGER)
    withdraw(cast.ben)
    reinstate(cast.ben)
    it = records.record(uuid)
    assert (it.state, it.weak, it.notes[0].evidence[0].withdrawn) == ("reopened", False, None)
    assert db.session.query(Event).filter_by(verb="source.reinstated").one().after["withdrawn"] is None
    make_note(cast.ben, db.session.query(Annotation).filter_by(uuid=uuid).one(), "", verdict="accurate")
    assert state(uuid) == "checked"


def test_who_may_reinstate(cast: Cast) -> None:
    claim(cast, LEDGER)
    withdraw(cast.ben)
    with pytest.raises(Forbidden):
        reinstate(cast.cleo)
    reinstate(cast.ada)
    withdraw(cast.cleo)
    reinstate(cast.cleo)
    with pytest.raises(Conflict):
        reinstate(cast.cleo)


REASONS = [("", "Say why"), (" \n ", "Say why"), ("x" * 2001, "At most 2,000"), ("a\0b", "NUL")]


@pytest.mark.parametrize(("reason", "says"), REASONS)
def test_a_reason_is_needed(cast: Cast, reason: str, says: str) -> None:
    uuid = claim(cast, LEDGER)
    with pytest.raises(Invalid) as refusal:
        withdraw(cast.ben, reason)
    assert says in refusal.value.fields["reason"]
    assert state(uuid) == "checked"


def test_guards_of_the_act(cast: Cast) -> None:
    claim(cast, LEDGER)
    with pytest.raises(Stale):
        withdraw(cast.ben, seen=2)
    withdraw(cast.ben, seen=1)
    with pytest.raises(Conflict):
        withdraw(cast.cleo)
    with pytest.raises(Stale):
        reinstate(cast.ben, seen=1)
    with pytest.raises(NotFound), unit_of_work():
        loading.source(cast.ben, "00000000-0000-4000-8000-000000000000")
    reader = Actor(cast.ben.id, "ben", "Ben", "reviewer", frozenset({"read"}))
    with pytest.raises(Forbidden):
        reinstate(reader)


def test_a_note_taken_back_rests_on_nothing(cast: Cast) -> None:
    uuid = claim(cast, LEDGER)
    note = records.record(uuid).notes[0].id
    with unit_of_work():
        notes.take_back_note(cast.ben, loading.note(cast.ben, note))
    assert (state(uuid), sources.source(source_of()).used) == ("to_do", 0)
    withdraw(cast.cleo)
    [event] = db.session.query(Event).filter_by(verb="source.withdrawn").all()
    assert event.article_id is None
    with unit_of_work():
        notes.bring_back_note(cast.ben, loading.note(cast.ben, note, taken_back=True))
    assert state(uuid) == "in_progress"


def test_a_signed_off_check_falls(cast: Cast) -> None:
    uuid = claim(cast, LEDGER)
    with unit_of_work():
        sign_off(cast.cleo, loading.annotation(cast.cleo, uuid))
    assert state(uuid) == "signed_off"
    withdraw(cast.ben)
    assert state(uuid) == "reopened"


def test_offers_are_those_used_most_that_stand(cast: Cast) -> None:
    claim(cast, LEDGER)
    claim(cast, LEDGER, OTHER, Piece(description="A call"))
    assert [offer.url for offer in sources.offers("", cast.ada)] == [URL, OTHER.url]
    assert [offer.title for offer in sources.offers("LEDG", cast.ada)] == ["Ledger"]
    assert [offer.url for offer in sources.offers("court.example", cast.ada)] == [OTHER.url]
    assert [sources.offers(typed, cast.ada) for typed in ("%", "_", "\0no")] == [[], [], []]
    withdraw(cast.ben)
    assert [offer.url for offer in sources.offers("", cast.ada)] == [OTHER.url]


def test_what_is_read_blind_stays_hidden(cast: Cast) -> None:
    uuid = claim(cast, LEDGER)
    with unit_of_work():
        loading.annotation(cast.ada, uuid).article.blind = True
    key = sources.source(source_of()).key
    [hidden], [own] = sources.uses(key, cast.cleo), sources.uses(key, cast.ben)
    assert (hidden.sealed, hidden.verdict, hidden.locator, hidden.source_type) == (True, None, "", "")
    assert (own.sealed, own.verdict, own.locator) == (False, "accurate", "p. 4")
    assert [len(sources.offers("", who)) for who in (cast.cleo, cast.ben)] == [0, 1]


def test_uses_take_one_query(cast: Cast, queries: Callable[[], Any]) -> None:
    counts = []
    for _ in range(2):
        claim(cast, LEDGER, OTHER)
        key = sources.source(source_of()).key
        with queries() as sent:
            sources.uses(key, cast.ada)
            sources.used([source_of()])
            sources.offers("", cast.ada)
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_a_source_withdrawn_while_somebody_rests_on_it(app: Flask, cast: Cast) -> None:
    """Whoever comes first: never a check that rests on a withdrawn source alone."""
    for _ in range(6):
        claim(cast, LEDGER)
        waiting = make_annotation(cast.ben, make_article(cast.ada), "4.2 million crowns").uuid
        start = Barrier(2)

        def use(uuid: str = waiting, start: Barrier = start) -> None:
            start.wait()
            with unit_of_work():
                found = loading.annotation(cast.ben, uuid)
                notes.add_note(cast.ben, found, notes.Written("Read it.", "accurate", None, (LEDGER,)))

        def drop(start: Barrier = start) -> None:
            start.wait()
            withdraw(cast.cleo)

        refused = together(app, use, drop)
        assert all(isinstance(one, Conflict) for one in refused)
        if source_is_withdrawn():
            assert state(waiting) in ("reopened", "in_progress")
            reinstate(cast.cleo)


def source_is_withdrawn() -> bool:
    """Whether the ledger is withdrawn now."""
    return sources.source(source_of()).withdrawn is not None


def together(app: Flask, *acts: Callable[[], None]) -> list[DomainError]:
    """Do these at the same moment, each in a thread of its own; what was refused."""
    refused: list[DomainError] = []

    def run(act: Callable[[], None]) -> None:
        with app.app_context():
            try:
                act()
            except DomainError as refusal:
                refused.append(refusal)
            finally:
                db.session.remove()

    threads = [Thread(target=Context().run, args=(run, act)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused
