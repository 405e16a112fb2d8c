"""Verification notes on a card: written, refused with everything kept, edited, and overtaken."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from annotator.extensions import db
from annotator.models import Annotation, Event, Evidence, Note
from annotator.services.evidence import Piece
from annotator.vocabulary import METHODS, VERDICTS
from tests.builders import make_annotation, make_article, make_note
from tests.cast import Cast
from tests.support.pages import StrictClient
from tests.web.reading import PARTIAL, all_of, described_error, one, partial, send, targets, values, words

FORM = "form.note-form"
URL = "https://court.example/ledger?page=3&row=7"
FULL = {
    "body": "Asked the clerk.\r\nShe read out line 7.",
    "verdict": "false",
    "method": "person",
    "evidence-0-url": URL,
    "evidence-0-title": "Ledger",
    "evidence-0-source_type": "primary",
    "evidence-0-locator": "p. 3",
    "evidence-0-excerpt": "Paid: 4.2 million",
    "evidence-1-description": "Phone call with the clerk",
}
ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def claim(cast: Cast) -> Annotation:
    """A claim that nobody has checked."""
    return make_annotation(cast.ada, make_article(cast.ada), "4.2 million crowns")


def write(client: StrictClient, annotation: str, /, htmx: bool = True, **fields: Any) -> TestResponse:
    """Save a note with these fields; `__` in a name stands for the dashes of the form."""
    sent = {name.replace("__", "-"): value for name, value in fields.items()}
    return send(client, f"/annotations/{annotation}/notes", sent, htmx=htmx)


def claim_now() -> Annotation:
    """The one annotation as it is stored."""
    db.session.rollback()
    found: Annotation = db.session.query(Annotation).one()
    return found


def notes() -> list[Note]:
    """All notes, oldest first."""
    db.session.rollback()
    return db.session.query(Note).order_by(Note.id).all()


def test_a_full_note_is_kept_shown_and_told(ben: StrictClient, cast: Cast, claim: Annotation) -> None:
    uuid = claim.uuid
    answer = write(ben, uuid, **FULL)
    assert answer.status_code == 200
    [note], now = notes(), claim_now()
    assert (note.body, note.verdict, note.method) == ("Asked the clerk.\nShe read out line 7.", "false", "person")
    assert [(piece.url, piece.description, piece.excerpt) for piece in note.evidence] == [
        (URL, "", "Paid: 4.2 million"),
        ("", "Phone call with the clerk", ""),
    ]
    assert (now.state, now.verdict, now.verdict_by_id) == ("checked", "false", cast.ben.id)
    assert now.row_version > 1
    assert one(answer, ".evidence a[rel]").attributes["href"] == URL
    assert "Primary source" in words(answer, ".note")
    assert "Ben Lindqvist" in words(answer, ".note-top")
    assert "1 of 1 checked" in partial(answer, "#tally")
    assert "v-false" in partial(answer, "#b0")
    event = db.session.query(Event).order_by(Event.id.desc()).first()
    assert (event.verb, event.subject, event.before) == ("note.added", note.uuid, None)
    assert (event.after["verdict"], len(event.after["evidence"])) == ("false", 2)


STATES = [
    ([{}], "to_do", None),
    ([{"body": "Asked."}], "in_progress", None),
    ([{"verdict": "false"}], "in_progress", "false"),
    ([{"body": "Asked.", "verdict": "false"}], "in_progress", "false"),
    ([{"evidence__0__url": URL}], "in_progress", None),
    ([{"verdict": "false", "evidence__0__url": URL}], "in_progress", "false"),
    ([{"body": "Asked.", "verdict": "false", "evidence__0__url": URL}], "checked", "false"),
    ([{"body": "Asked."}, {"verdict": "disputed"}, {"evidence__0__description": "The film"}], "checked", "disputed"),
    ([{"body": "An opinion.", "verdict": "not_checkable"}], "checked", "not_checkable"),
    ([{"verdict": "not_checkable"}], "in_progress", "not_checkable"),
    ([{"body": "A", "verdict": "not_checkable"}, {"verdict": "unproven"}], "in_progress", "unproven"),
    ([{"body": "A", "verdict": "false"}, {"body": "B"}], "in_progress", "false"),
]


@ON_ONE
def test_the_state_follows_from_the_notes(ben: StrictClient, cast: Cast) -> None:
    article = make_article(cast.ada)
    for written, state, verdict in STATES:
        uuid = make_annotation(cast.ada, article, "cranes").uuid
        for fields in written:
            write(ben, uuid, **fields)
        now = db.session.query(Annotation).filter_by(uuid=uuid).one()
        assert (now.state, now.verdict) == (state, verdict), written


@pytest.mark.parametrize("kind", ["claim", "quote", "denial"])
@ON_ONE
def test_verdicts_are_called_what_they_mean_for_the_kind(ben: StrictClient, cast: Cast, kind: str) -> None:
    made = make_annotation(cast.ada, make_article(cast.ada), "cranes", kind=kind)
    card = ben.get(f"/annotations/{made.uuid}", headers=PARTIAL)
    offered = {node.attributes["value"]: node.text() for node in all_of(card, "select[name=verdict] option")}
    assert offered == {"": "No verdict yet"} | {one.value: f"{one.key}  {one.label(kind)}" for one in VERDICTS.values()}
    methods = {node.attributes["value"]: node.text() for node in all_of(card, "select[name=method] option")}
    assert methods == {"": "Not said"} | METHODS
    saved = write(ben, made.uuid, verdict="misleading")
    assert VERDICTS["misleading"].label(kind) in words(saved, ".note-top")


WRONG = [
    ("evidence-0-url", "javascript:alert(1)", "https://"),
    ("evidence-0-url", "ftp://court.example/a", "https://"),
    ("evidence-0-url", "https://", "https://"),
    ("evidence-0-url", "https://a b.example/", "https://"),
    ("evidence-0-url", "http://[::1", "https://"),
    ("evidence-0-url", "data:text/html,<script>alert(1)</script>", "https://"),
    ("evidence-0-url", "https://x.example/" + "y" * 2000, "At most 2,000"),
    ("evidence-0-title", "T" * 501, "At most 500"),
    ("evidence-0-locator", "L" * 201, "At most 200"),
    ("evidence-0-excerpt", "E" * 10_001, "At most 10,000"),
    ("evidence-0-excerpt", "a\x00b", "NUL"),
    ("evidence-0-source_type", "gossip", "primary, secondary, tertiary"),
    ("body", "B" * 20_001, "at most 20,000"),
    ("body", "a\x07b", "control character"),
    ("verdict", "true", "must be one of"),
    ("verdict", "false\x00", "must be one of"),
    ("method", "guess", "must be one of"),
]


@ON_ONE
def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(ben: StrictClient, claim: Annotation) -> None:
    uuid = claim.uuid
    for name, value, says in WRONG:
        sent = {**FULL, "uuid": str(uuid4()), name: value}
        answer = send(ben, f"/annotations/{uuid}/notes", sent)
        assert (answer.status_code, says in described_error(answer, name)) == (422, True), (name, value[:40])
        keeps(answer, sent, name)
    assert (notes(), claim_now().state) == ([], "to_do")


def keeps(answer: TestResponse, sent: dict[str, str], name: str) -> None:
    """The form shows what was sent; only a choice that is none cannot be shown."""
    kept = values(answer, FORM)
    chosen = name in ("verdict", "method", "evidence-0-source_type")
    shown = {field: kept[field].replace("\r\n", "\n") for field in sent if not (chosen and field == name)}
    wanted = {field: sent[field].replace("\r\n", "\n").replace("\x00", "�") for field in shown}
    assert shown == wanted


@ON_ONE
def test_evidence_that_names_no_source(ben: StrictClient, claim: Annotation) -> None:
    answer = write(ben, claim.uuid, body="Looked.", evidence__0__locator="p. 3", evidence__1__url="")
    assert answer.status_code == 422
    assert described_error(answer, "evidence-0-url") == "Give a URL, attach a file, or describe the source."
    assert values(answer, FORM)["evidence-0-locator"] == "p. 3"


@ON_ONE
def test_a_note_with_nothing_in_it(ben: StrictClient, claim: Annotation) -> None:
    answer = write(ben, claim.uuid, body=" \n ", evidence__0__url="")
    assert answer.status_code == 422
    assert "Write a note" in described_error(answer, "body")


@ON_ONE
def test_one_more_piece_of_evidence_keeps_what_was_typed(ben: StrictClient, claim: Annotation) -> None:
    sent = {**FULL, "uuid": str(uuid4()), "more": "evidence"}
    answer = send(ben, f"/annotations/{claim.uuid}/notes", sent)
    kept = values(answer, FORM)
    assert answer.status_code == 200
    assert kept["evidence-2-url"] == ""
    assert {name: kept[name] for name in FULL} == {**FULL, "body": FULL["body"].replace("\r\n", "\n")}
    assert kept["uuid"] == sent["uuid"]
    assert one(answer, "article").attributes["data-focus"] == "evidence"
    assert notes() == []


@pytest.mark.parametrize(("pieces", "status"), [(49, 200), (50, 422), (75, 422)])
@ON_ONE
def test_there_is_an_end_to_evidence(ben: StrictClient, claim: Annotation, pieces: int, status: int) -> None:
    typed = {f"evidence-{number}-url": f"{URL}&n={number}" for number in range(pieces)}
    answer = send(ben, f"/annotations/{claim.uuid}/notes", {**typed, "more": "evidence"})
    assert answer.status_code == status
    if status == 422:
        assert "at most 50" in words(answer, ".errors")
    saved = send(ben, f"/annotations/{claim.uuid}/notes", {"body": "Looked.", **typed})
    assert saved.status_code == (200 if pieces <= 50 else 422)
    assert db.session.query(Evidence).count() == (pieces if pieces <= 50 else 0)


def test_the_same_note_sent_twice_is_one(ben: StrictClient, claim: Annotation) -> None:
    uuid, key = claim.uuid, str(uuid4())
    answers = [send(ben, f"/annotations/{uuid}/notes", {**FULL, "uuid": key}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert len(notes()) == 1
    assert db.session.query(Event).filter_by(verb="note.added").count() == 1
    assert [len(all_of(answer, "li.note")) for answer in answers] == [1, 1]


def test_other_words_after_a_lost_answer_are_not_lost(ben: StrictClient, claim: Annotation) -> None:
    uuid, key = claim.uuid, str(uuid4())
    write(ben, uuid, body="First words.", uuid=key)
    answer = write(ben, uuid, body="Better words.", uuid=key)
    assert answer.status_code == 409
    assert "saved before with other words" in words(answer, ".errors")
    kept = values(answer, FORM)
    assert (kept["body"], words(answer, ".note-body")) == ("Better words.", "First words.")
    assert write(ben, uuid, body=kept["body"], uuid=kept["uuid"]).status_code == 200
    assert [note.body for note in notes()] == ["First words.", "Better words."]


@ON_ONE
def test_somebody_else_s_id_for_a_note(ada: StrictClient, ben: StrictClient, claim: Annotation) -> None:
    uuid, key = claim.uuid, str(uuid4())
    write(ada, uuid, body="Ada's.", uuid=key)
    assert write(ben, uuid, body="Ben's.", uuid=key).status_code == 409
    assert write(ben, uuid, body="Ben's.", uuid="x").status_code == 422
    assert [note.body for note in notes()] == ["Ada's."]


@pytest.fixture
def note(cast: Cast, claim: Annotation) -> Note:
    """Ben's note with one piece of evidence."""
    return make_note(cast.ben, claim, "First words.", verdict="false", evidence=(Piece(url=URL),))


def test_an_edit_keeps_the_old_wording(ben: StrictClient, note: Note) -> None:
    uuid, annotation = note.uuid, note.annotation.uuid
    form = values(ben.get(f"/notes/{uuid}/edit", headers=PARTIAL), FORM)
    assert (form["body"], form["verdict"], form["evidence-0-url"]) == ("First words.", "false", URL)
    answer = send(ben, f"/notes/{uuid}", {**form, "body": "Second words.", "verdict": "", "evidence-0-url": ""})
    assert answer.status_code == 200
    assert words(answer, ".note-body") == "Second words."
    [now], state = notes(), claim_now()
    assert (now.uuid, now.body, now.verdict, now.evidence) == (uuid, "Second words.", None, [])
    assert (state.state, state.verdict, state.verdict_by_id) == ("in_progress", None, None)
    assert db.session.query(Evidence).one().deleted_at is not None
    shown = ben.get(f"/notes/{uuid}/history", headers=PARTIAL)
    assert words(shown, "blockquote") == "First words."
    assert "False" in words(shown, "p")
    assert URL in words(shown, "li li")
    page = ben.get(f"/notes/{uuid}/history")
    assert words(page, "h1") == "Earlier wordings"
    assert ben.get(f"/annotations/{annotation}", headers=PARTIAL).text.count("Edited: earlier wordings") == 1


@ON_ONE
def test_an_edit_that_changes_nothing_leaves_no_trace(ben: StrictClient, note: Note) -> None:
    uuid = note.uuid
    before = db.session.query(Event).count()
    form = values(ben.get(f"/notes/{uuid}/edit", headers=PARTIAL), FORM)
    assert send(ben, f"/notes/{uuid}", form).status_code == 200
    assert (db.session.query(Event).count(), notes()[0].row_version) == (before, 1)


@ON_ONE
def test_only_the_author_edits(ada: StrictClient, note: Note) -> None:
    uuid = note.uuid
    assert "Edit note" not in ada.get(f"/annotations/{note.annotation.uuid}", headers=PARTIAL).text
    for answer in (ada.get(f"/notes/{uuid}/edit"), send(ada, f"/notes/{uuid}", {"body": "Mine", "row": "1"})):
        assert answer.status_code == 403
        assert "Only the author" in answer.text
    assert notes()[0].body == "First words."


def test_the_second_window_sees_both_wordings(ben: StrictClient, note: Note) -> None:
    uuid = note.uuid
    form = values(ben.get(f"/notes/{uuid}/edit", headers=PARTIAL), FORM)
    assert send(ben, f"/notes/{uuid}", {**form, "body": "From one window."}).status_code == 200
    for htmx in (True, False):
        answer = send(ben, f"/notes/{uuid}", {**form, "body": "From the other."}, htmx=htmx)
        assert answer.status_code == 412
        stored = words(answer, ".note.stored")
        assert "Stored now" in stored
        assert "From one window." in stored
        assert URL in stored
        assert "changed since you opened it" in words(answer, ".refusal")
    typed = values(answer, FORM)
    assert (typed["body"], typed["evidence-0-url"]) == ("From the other.", URL)
    assert send(ben, f"/notes/{uuid}", typed).status_code == 200
    assert notes()[0].body == "From the other."
    assert len(all_of(ben.get(f"/notes/{uuid}/history"), ".wording-list > li")) == 2


@ON_ONE
def test_without_script_saving_leads_to_the_card(ben: StrictClient, claim: Annotation) -> None:
    uuid = claim.uuid
    answer = write(ben, uuid, htmx=False, **FULL)
    assert answer.location == f"/annotations/{uuid}"
    page = ben.get(answer.location)
    assert words(page, "h1") == "Claim 1"
    refused = write(ben, uuid, htmx=False, evidence__0__url="x", body="Kept")
    assert refused.status_code == 422
    assert values(refused, FORM)["body"] == "Kept"


@ON_ONE
def test_a_note_on_what_has_been_deleted(ben: StrictClient, ada: StrictClient, note: Note) -> None:
    uuid, annotation = note.uuid, note.annotation.uuid
    send(ada, f"/annotations/{annotation}/deletion")
    assert write(ben, annotation, body="Late").status_code == 404
    for path in (f"/notes/{uuid}/edit", f"/notes/{uuid}/history", f"/notes/{uuid4()}/history"):
        assert ben.get(path).status_code == 404
    assert send(ben, f"/notes/{uuid}", {"body": "Late"}).status_code == 404


@ON_ONE
def test_the_answer_says_which_events_are_its_own(ben: StrictClient, claim: Annotation) -> None:
    uuid, since = claim.uuid, claim.article.revision
    answer = write(ben, uuid, body="Looked.")
    now = claim_now()
    trigger = answer.headers["HX-Trigger"]
    assert f'"since": {since}' in trigger
    assert f'"revision": {now.article.revision}' in trigger
    assert f'"row": {now.row_version}' in trigger
    assert targets(answer) == ["#b0", "#tally"]
