"""Contacts on a card: asked, answered, followed up, refused with everything kept, and overtaken."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from annotator import clock
from annotator.db import unit_of_work
from annotator.extensions import db
from annotator.models import Annotation, Contact
from annotator.services import contacts as service
from annotator.services import loading
from annotator.services.contacts import Asking, FollowUp
from annotator.services.parties import Named
from tests.builders import make_annotation, make_article
from tests.cast import Cast
from tests.support.pages import StrictClient
from tests.web.reading import PARTIAL, all_of, described_error, one, partial, send, targets, values, words

ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
ASKED = {
    "asked": "Harbour authority",
    "channel": "email",
    "questions": "Did you pay?\r\nAnd whom?",
    "asked_at": "2026-10-12T12:00",
    "deadline": "2026-10-13T12:00",
}
ANSWER = {"outcome": "answered", "answer": "We did not.", "answered_at": "2026-10-12T13:00", "in_text": "yes"}


@pytest.fixture
def claim(cast: Cast) -> str:
    """A claim that nobody has checked."""
    uuid: str = make_annotation(cast.ada, make_article(cast.ada), "4.2 million crowns").uuid
    return uuid


@pytest.fixture
def contact(cast: Cast, claim: str) -> str:
    """A contact of Ben's about it, whose deadline has passed."""
    with unit_of_work():
        asked = datetime(2026, 10, 12, 12, tzinfo=UTC)
        asking = Asking(Named("Harbour authority"), "email", "Did you pay?", asked, asked + timedelta(hours=24))
        return service.add_contact(cast.ben, loading.annotation(cast.ben, claim), asking)[0].uuid


def ask(client: StrictClient, claim: str, htmx: bool = True, **more: Any) -> TestResponse:
    """Send the form *Ask somebody*."""
    return send(client, f"/annotations/{claim}/contacts", {**ASKED, **more}, htmx=htmx)


def stored() -> Contact:
    """The only contact, as it is now."""
    db.session.rollback()
    found: Contact = db.session.query(Contact).one()
    return found


def test_somebody_is_asked(ben: StrictClient, cast: Cast, claim: str) -> None:
    answer = ask(ben, claim)
    assert answer.status_code == 200
    one_ = stored()
    assert (one_.party.name, one_.channel, one_.asked_by_id) == ("Harbour authority", "email", cast.ben.id)
    assert (one_.questions, one_.asked_at) == ("Did you pay?\nAnd whom?", datetime(2026, 10, 12, 12, tzinfo=UTC))
    card = words(answer, f"#contact-{one_.uuid}")
    assert "Harbour authority was asked by Ben Lindqvist, 12 Oct 2026, 12:00 UTC · E-mail" in card
    assert "Overdue since 13 Oct 2026, 12:00 UTC" in card
    assert one(answer, "article").attributes["data-state"] == "waiting"
    assert "s-waiting" in partial(answer, "#b0")
    assert not all_of(answer, "details.ask[open]")


@ON_ONE
def test_without_script_it_is_the_same(ben: StrictClient, claim: str) -> None:
    answer = ask(ben, claim, htmx=False)
    assert (answer.status_code, answer.location) == (302, f"/annotations/{claim}")
    page = ben.get(f"/annotations/{claim}")
    assert "An answer is awaited" not in words(page, f"#contact-{stored().uuid}")
    refused = ask(ben, claim, htmx=False, questions="")
    assert refused.status_code == 422
    assert described_error(refused, "questions") == "Write what was asked."


WRONG = [
    ("asked", " ", "Write who was asked."),
    ("asked", "x" * 201, "At most 200"),
    ("channel", "", "Choose how they were asked."),
    ("channel", "pigeon", "Say how they were asked"),
    ("questions", "", "Write what was asked."),
    ("questions", "a\x07", "control character"),
    ("asked_at", "yesterday", "2026-11-24T18:30"),
    ("asked_at", "2999-01-01T00:00", "yet to come"),
    ("deadline", "2026-10-12T11:59", "before the question (12 Oct 2026, 12:00 UTC)"),
    ("deadline", "2026-10-12", "2026-11-24T18:30"),
]


@ON_ONE
def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(ben: StrictClient, claim: str) -> None:
    for name, value, says in WRONG:
        answer = ask(ben, claim, **{name: value})
        assert (answer.status_code, says in described_error(answer, name)) == (422, True), (name, value[:20])
        kept = values(answer, "details.ask[open] form")
        chosen = name == "channel"
        wanted = {**ASKED, name: value}
        assert all(
            kept[field].replace("\r\n", "\n") == wanted[field].replace("\r\n", "\n")
            for field in wanted
            if not (chosen and field == name)
        )
    assert db.session.query(Contact).count() == 0


@ON_ONE
def test_a_form_sent_twice_is_one_contact(ben: StrictClient, claim: str) -> None:
    key = str(uuid4())
    for _ in range(2):
        assert ask(ben, claim, uuid=key).status_code == 200
    assert stored().uuid == key
    other = ask(ben, claim, uuid=key, questions="Something else?")
    assert other.status_code == 409
    assert "saved before" in words(other, ".refusal")
    assert values(other, "details.ask[open] form")["questions"] == "Something else?"


def test_the_answer_is_recorded(ada: StrictClient, contact: str) -> None:
    answer = send(ada, f"/contacts/{contact}/answer", {**ANSWER, "row": "1"})
    assert answer.status_code == 200
    assert (stored().outcome, stored().answer, stored().in_text) == ("answered", "We did not.", True)
    assert "Answered, 12 Oct 2026, 13:00 UTC · in the text We did not." in words(answer, f"#contact-{contact}")
    assert one(answer, "article").attributes["data-state"] == "in_progress"
    reopened = send(ada, f"/contacts/{contact}/answer", {"outcome": "", "answer": "", "row": "2"})
    assert (stored().outcome, stored().answered_at, stored().in_text) == ("", None, None)
    assert one(reopened, "article").attributes["data-state"] == "waiting"


@ON_ONE
def test_an_answer_that_will_not_do(ben: StrictClient, contact: str) -> None:
    for name, value, says in (
        ("answer", " ", "Write what was answered"),
        ("answered_at", "2026-10-12T11:00", "before the question"),
        ("answered_at", "noon", "2026-11-24T18:30"),
        ("outcome", "silence", "must be one of"),
    ):
        answer = send(ben, f"/contacts/{contact}/answer", {**ANSWER, "row": "1", name: value})
        assert (answer.status_code, says in described_error(answer, name)) == (422, True), (name, value)
    assert stored().outcome == ""


@ON_ONE
def test_the_second_writer_sees_both(ben: StrictClient, ada: StrictClient, contact: str) -> None:
    send(ada, f"/contacts/{contact}/answer", {**ANSWER, "row": "1"})
    answer = send(ben, f"/contacts/{contact}/answer", {"outcome": "declined", "answer": "They hung up.", "row": "1"})
    assert answer.status_code == 412
    assert "Somebody else has changed this contact" in words(answer, ".refusal")
    form = f"form[action='/contacts/{contact}/answer']"
    assert (values(answer, form)["answer"], values(answer, form)["row"]) == ("They hung up.", "2")
    assert "We did not." in words(answer, f"#contact-{contact} > .note-body:nth-of-type(4)")
    assert stored().outcome == "answered"


@ON_ONE
def test_following_up(ben: StrictClient, contact: str) -> None:
    path = f"/contacts/{contact}/follow-ups"
    sent = {"follow_channel": "phone", "follow_remark": "Rang twice.", "followed_at": "2026-10-12T15:00", "row": "1"}
    answer = send(ben, path, sent)
    assert "Followed up by Ben Lindqvist, 12 Oct 2026, 15:00 UTC · Phone: Rang twice." in words(
        answer, f"#contact-{contact}"
    )
    wrong = send(ben, path, {**sent, "row": "2", "follow_channel": ""})
    assert (wrong.status_code, "how you followed up" in described_error(wrong, "follow_channel")) == (422, True)
    late = send(ben, path, {**sent, "row": "2", "followed_at": "2026-10-12T11:00"})
    assert "before the question" in described_error(late, "followed_at")
    assert send(ben, path, {**sent, "row": "1", "follow_remark": "Again."}).status_code == 412
    send(ben, f"/contacts/{contact}/answer", {**ANSWER, "row": "2"})
    closed = send(ben, path, {**sent, "follow_remark": "Again.", "row": "3"})
    assert (closed.status_code, "Take its outcome away" in words(closed, ".refusal")) == (409, True)


@ON_ONE
def test_what_was_asked_is_changed(ben: StrictClient, contact: str) -> None:
    card = ben.get(f"/contacts/{contact}/edit", headers=PARTIAL)
    form = f"form[action='/contacts/{contact}']"
    shown = values(card, form)
    assert {name: shown[name] for name in ASKED} == {**ASKED, "questions": "Did you pay?"}
    assert one(card, "article").attributes["data-focus"] == "questions"
    wrong = send(ben, f"/contacts/{contact}", {**shown, "deadline": "2026-10-01T12:00"})
    assert wrong.status_code == 422
    assert values(wrong, form)["deadline"] == "2026-10-01T12:00"
    answer = send(ben, f"/contacts/{contact}", {**shown, "deadline": "2999-10-14T12:00", "asked_at": ""})
    assert answer.status_code == 200
    assert stored().asked_at == datetime(2026, 10, 12, 12, tzinfo=UTC)
    assert "An answer is awaited until 14 Oct 2999, 12:00 UTC" in words(answer, f"#contact-{contact}")


@ON_ONE
def test_taken_back_and_brought_back(
    ben: StrictClient, ada: StrictClient, contact: str, cast: Cast, claim: str
) -> None:
    mine = ben.get(f"/annotations/{claim}", headers=PARTIAL)
    assert len(all_of(mine, f"form[action='/contacts/{contact}/deletion']")) == 1
    gone = send(ben, f"/contacts/{contact}/deletion", {"row": "1"})
    assert all_of(gone, f"#contact-{contact}") == []
    assert one(gone, "article").attributes["data-state"] == "to_do"
    back = send(ada, f"/contacts/{contact}/restoration")
    assert len(all_of(back, f"#contact-{contact}")) == 1
    assert send(ada, f"/contacts/{contact}/deletion", {"row": "1"}).status_code == 412


@ON_ONE
def test_only_who_asked_or_a_lead_is_offered_to_take_it_back(new_client: Any, contact: str, claim: str) -> None:
    for who, offered in (("ben", 1), ("ada", 1), ("cleo", 0)):
        card = new_client(who).get(f"/annotations/{claim}", headers=PARTIAL)
        assert len(all_of(card, f"form[action='/contacts/{contact}/deletion']")) == offered, who
    assert send(new_client("cleo"), f"/contacts/{contact}/deletion", {"row": "1"}).status_code == 403


@ON_ONE
def test_known_parties_are_offered(ben: StrictClient, contact: str) -> None:
    found = ben.get("/contacts/parties?asked=harb")
    assert "Harbour authority" in found.text
    assert "Harbour authority" not in ben.get("/contacts/parties?asked=zz").text


@ON_ONE
def test_a_closed_card_says_what_is_open(ben: StrictClient, cast: Cast, claim: str, contact: str) -> None:
    article_id = db.session.query(Annotation).one().article_id
    page = ben.get(f"/articles/{article_id}")
    assert words(page, ".card-flags") == "Overdue since 13 Oct 2026, 12:00 UTC"
    soon = clock.now() + timedelta(days=400)
    with unit_of_work():
        service.change_contact(
            cast.ben,
            loading.contact(cast.ben, contact),
            Asking(Named("A"), "email", "?", stored_asked(), soon),
            None,
        )
    assert words(ben.get(f"/articles/{article_id}"), ".card-flags") == f"Answer awaited until {clock.said(soon)}"
    changed = ben.get(f"/articles/{article_id}/changes?since=1&version=1", headers=PARTIAL)
    assert "#cards" in targets(changed)
    assert "Answer awaited until" in partial(changed, "#cards")


def stored_asked() -> datetime:
    """When the contact of the fixture was made."""
    return datetime(2026, 10, 12, 12, tzinfo=UTC)


@ON_ONE
def test_a_deadline_that_passes_is_seen_on_the_next_look(
    ben: StrictClient, cast: Cast, claim: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No event happens when a deadline passes; the page is not the one that was kept."""
    article_id = db.session.query(Annotation).one().article_id
    ask(ben, claim, deadline=(clock.now() + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"))
    assert "Answer awaited until" in words(ben.get(f"/articles/{article_id}"), ".card-flags")
    later = clock.now() + timedelta(hours=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "Overdue since" in words(ben.get(f"/articles/{article_id}"), ".card-flags")


@ON_ONE
def test_hostile_words_stay_words(ben: StrictClient, claim: str) -> None:
    evil = "<script>alert(1)</script>\u202e"
    answer = ask(ben, claim, asked=evil, questions=evil)
    key = stored().uuid
    answer = send(ben, f"/contacts/{key}/answer", {**ANSWER, "answer": evil, "row": "1"})
    assert answer.status_code == 200
    assert all_of(answer, "script") == []
    assert words(answer, f"#contact-{key}").count("<script>alert(1)</script>") >= 3


@ON_ONE
def test_many_contacts_ask_no_more_queries(
    ben: StrictClient, cast: Cast, claim: str, contact: str, queries: Any
) -> None:
    def cost() -> int:
        ben.get(f"/annotations/{claim}", headers=PARTIAL)
        with queries() as sent:
            ben.get(f"/annotations/{claim}", headers=PARTIAL)
        return len(sent)

    with unit_of_work():
        service.follow_up(cast.ben, loading.contact(cast.ben, contact), FollowUp("phone", "x"))
    before = cost()
    for _ in range(5):
        ask(ben, claim)
    assert cost() == before
