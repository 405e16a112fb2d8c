"""Marks that are moved, made another kind, deleted and brought back."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import TestResponse

from annotator.extensions import db
from annotator.models import Anchor, Annotation, Event
from tests.builders import TEXT, make_annotation, make_article, make_note
from tests.cast import Cast
from tests.support.pages import StrictClient
from tests.web.reading import PARTIAL, all_of, one, partial, partials, send, targets, words

MONEY = "4.2 million crowns"
ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def made(cast: Cast) -> Annotation:
    """Ben's claim in Ada's article."""
    return make_annotation(cast.ben, make_article(cast.ada), MONEY)


def place(text: str, row: int = 1, **more: Any) -> dict[str, Any]:
    """A request to move a mark to these words of the usual text."""
    start = TEXT.index(text)
    return {"version": 1, "start": start, "end": start + len(text), "exact": text, "row": row, **more}


def move(client: StrictClient, uuid: str, body: dict[str, Any]) -> TestResponse:
    """Move a mark as the page's script does."""
    return client.submit_json(f"/annotations/{uuid}/place", body, **PARTIAL)


def newest() -> Event:
    """The last line of history."""
    db.session.rollback()
    return db.session.query(Event).order_by(Event.id.desc()).limit(1).one()


def test_a_moved_mark_keeps_its_notes_and_both_paragraphs_are_painted(
    cast: Cast, made: Annotation, ben: StrictClient
) -> None:
    make_note(cast.ben, made)
    uuid, row = made.uuid, made.row_version
    answer = move(ben, uuid, place("told to sign", row))
    assert answer.status_code == 200
    assert targets(answer) == ["#b0", "#b1", "#cards", "#tally", "#coverage", "#strip"]
    assert "<mark" not in partial(answer, "#b0")
    assert "told to sign</mark>" in partial(answer, "#b1")
    assert answer.headers["X-Row"] == str(row + 1)
    event = newest()
    assert (event.verb, event.before["exact"], event.after["exact"]) == ("annotation.moved", MONEY, "told to sign")
    assert "Read the ledger." in partial(answer, "#cards")


@pytest.mark.parametrize(
    ("change", "status"), [({"exact": "4.3 million"}, 409), ({"end": 1}, 422), ({"row": None}, 422)]
)
@ON_ONE
def test_a_move_that_will_not_do_changes_nothing(
    ben: StrictClient, made: Annotation, change: dict[str, Any], status: int
) -> None:
    before = newest().id
    assert move(ben, made.uuid, place("cranes", **change)).status_code == status
    assert newest().id == before
    assert db.session.query(Anchor).one().exact == MONEY


def test_the_second_to_move_sees_where_it_is_now(ada: StrictClient, ben: StrictClient, made: Annotation) -> None:
    uuid = made.uuid
    assert move(ada, uuid, place("cranes")).status_code == 200
    answer = move(ben, uuid, place("crowns"))
    assert answer.status_code == 412
    assert targets(answer) == ["#b0", "#card-1"]
    assert "cranes</mark>" in partial(answer, "#b0")
    assert "Somebody else has changed" in words(answer, ".refusal")
    assert one(answer, ".card-words").text() == "cranes"
    assert answer.headers["X-Row"] == "2"
    assert move(ben, uuid, place("crowns", 2)).status_code == 200


def test_moving_to_the_same_place_is_no_change(ben: StrictClient, made: Annotation) -> None:
    before = newest().id
    answer = move(ben, made.uuid, place(MONEY))
    assert (answer.status_code, answer.headers["X-Row"], newest().id) == (200, "1", before)


KINDS = [
    ("quote", 200, "quote"),
    ("claim", 200, "claim"),
    ("rumour", 422, "claim"),
    ("", 422, "claim"),
    ("\x00", 422, "claim"),
]


@ON_ONE
def test_another_kind(ben: StrictClient, made: Annotation) -> None:
    uuid = made.uuid
    for kind, status, kept in KINDS:
        assert send(ben, f"/annotations/{uuid}/kind", {"kind": kind}).status_code == status, kind
        db.session.rollback()
        assert db.session.query(Annotation).one().kind == kept


def test_another_kind_is_told_and_shown(ben: StrictClient, made: Annotation) -> None:
    answer = send(ben, f"/annotations/{made.uuid}/kind", {"kind": "quote", "row": "1"})
    assert ' class="quote"' in partial(answer, "#b0")
    assert 'aria-label="Quote 1"' in partial(answer, "#cards")
    event = newest()
    assert (event.verb, event.before, event.after) == ("annotation.retagged", {"kind": "claim"}, {"kind": "quote"})


@pytest.mark.parametrize("act", ["kind", "deletion"])
def test_an_act_on_what_somebody_else_has_changed(
    ada: StrictClient, ben: StrictClient, made: Annotation, act: str
) -> None:
    uuid = made.uuid
    move(ada, uuid, place("cranes"))
    data = {"kind": "denial", "row": "1"}
    answer = send(ben, f"/annotations/{uuid}/{act}", data)
    assert (answer.status_code, newest().verb) == (412, "annotation.moved")
    plain = send(ben, f"/annotations/{uuid}/{act}", data, htmx=False)
    assert plain.status_code == 412
    assert words(plain, "h1") == "Claim 1"
    assert all_of(plain, "hx-partial") == []


WHO = [("ben", 200), ("cleo", 403), ("ada", 200), ("dan", 200)]


@pytest.mark.parametrize(("who", "status"), WHO)
@ON_ONE
def test_its_maker_or_a_lead_may_delete(new_client: Any, made: Annotation, who: str, status: int) -> None:
    uuid = made.uuid
    client = new_client(who)
    offered = all_of(client.get(f"/annotations/{uuid}", headers=PARTIAL), ".card-delete")
    assert bool(offered) == (status == 200)
    assert send(client, f"/annotations/{uuid}/deletion", {"row": "1"}).status_code == status
    db.session.rollback()
    assert (db.session.query(Annotation).one().deleted_at is not None) == (status == 200)


def test_what_is_deleted_is_gone_from_the_page_and_can_be_restored(
    ben: StrictClient, cast: Cast, made: Annotation
) -> None:
    make_note(cast.ben, made)
    uuid, article_id, row = made.uuid, made.article_id, made.row_version
    answer = send(ben, f"/annotations/{uuid}/deletion", {"row": str(row)})
    assert ("#card-1", "delete") in [(to, how) for to, how, _ in partials(answer)]
    assert "<mark" not in partial(answer, "#b0")
    assert "Nothing marked yet" in partial(answer, "#tally")
    page = ben.get(f"/articles/{article_id}")
    assert all_of(page, "#cards li") == []
    assert words(page, ".deleted summary") == "1 deleted"
    assert ben.get(f"/annotations/{uuid}").status_code == 404
    answer = send(ben, f"/annotations/{uuid}/restoration")
    assert answer.status_code == 200
    assert "Read the ledger." in partial(answer, "#cards")
    assert [event.verb for event in _history(uuid)] == [
        "annotation.created",
        "annotation.deleted",
        "annotation.restored",
    ]
    assert (newest().before, newest().after) == ({"deleted": True}, {"deleted": False})
    assert all_of(ben.get(f"/articles/{article_id}"), ".deleted") == []


def _history(uuid: str) -> list[Event]:
    db.session.rollback()
    return db.session.query(Event).filter_by(subject=uuid).order_by(Event.id).all()


def test_restoring_twice_and_deleting_twice(ben: StrictClient, made: Annotation) -> None:
    uuid = made.uuid
    assert send(ben, f"/annotations/{uuid}/restoration").status_code == 200
    assert send(ben, f"/annotations/{uuid}/deletion", {"row": "1"}).status_code == 200
    assert send(ben, f"/annotations/{uuid}/deletion", {"row": "2"}).status_code == 404
    assert len(_history(uuid)) == 2


def test_without_script_an_act_leads_back_to_the_article(ben: StrictClient, made: Annotation) -> None:
    uuid, home = made.uuid, f"/articles/{made.article_id}"
    assert send(ben, f"/annotations/{uuid}/kind", {"kind": "quote", "row": "1"}, htmx=False).location == home
    assert send(ben, f"/annotations/{uuid}/deletion", {"row": "2"}, htmx=False).location == home
    assert send(ben, f"/annotations/{uuid}/restoration", htmx=False).location == home


ACTS = ["", "/closed", "/place", "/kind", "/deletion", "/restoration", "/notes", "/party", "/denies"]


def ask(client: StrictClient, act: str) -> TestResponse:
    """Do this to an annotation that nobody has made."""
    path = f"/annotations/00000000-0000-4000-8000-000000000000{act}"
    if act in ("", "/closed"):
        return client.get(path)
    return (
        client.submit_json(path, place(MONEY)) if act == "/place" else send(client, path, {"row": "1", "kind": "claim"})
    )


@ON_ONE
def test_an_annotation_that_is_not_there(ben: StrictClient) -> None:
    assert {act: ask(ben, act).status_code for act in ACTS} == dict.fromkeys(ACTS, 404)
