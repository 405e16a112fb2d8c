"""New drafts: everything is carried, what is touched is reopened, what is not stays, and all of it can be taken back."""

from __future__ import annotations

from typing import Any

import pytest

from annotator.access import Actor
from annotator.db import unit_of_work
from annotator.errors import Conflict, Superseded
from annotator.exports import snapshot
from annotator.extensions import db
from annotator.models import Annotation, Article
from annotator.queries import records
from annotator.queries.coverage import coverage_of
from annotator.services import (
    annotations,
    article_sign_offs,
    loading,
    places,
    reading_through,
    signing_off,
    undoing,
)
from annotator.services.anchoring import Place
from annotator.services.corrections import Suggestion, decide_correction, propose_correction
from annotator.services.evidence import Piece
from tests.builders import make_annotation, make_article, make_note, next_draft
from tests.cast import Cast

FIRST = """The harbour board met on Monday.

The port lost three cranes in the storm. Nobody was hurt, the mayor said. Repairs will cost two million euros.

“We will reopen by spring,” said the harbour master. The unions doubt that."""
SECOND = FIRST.replace("two million", "four million").replace(
    "The harbour board met on Monday.", "It was a rough week."
)
LEDGER = Piece(url="https://example.org/ledger", title="Ledger", source_type="primary")


@pytest.fixture
def article(cast: Cast) -> Article:
    """An article whose first draft has been marked."""
    return make_article(cast.ada, text=FIRST)


def undo(actor: Actor, article_id: int) -> undoing.Undone:
    """Take back what this person did last."""
    with unit_of_work():
        return undoing.undo(actor, loading.article(actor, article_id))


def redo(actor: Actor, article_id: int) -> undoing.Undone:
    """And do it again."""
    with unit_of_work():
        return undoing.redo(actor, loading.article(actor, article_id))


def signed(cast: Cast, annotation: Annotation) -> str:
    """An annotation that Ben has checked and Ada signed off; its uuid."""
    make_note(cast.ben, annotation, verdict="accurate", evidence=(LEDGER,))
    with unit_of_work():
        signing_off.sign_off(cast.ada, loading.annotation(cast.ada, annotation.uuid))
    return annotation.uuid


def test_what_is_not_touched_stays_signed_off(cast: Cast, article: Article) -> None:
    uuid = signed(cast, make_annotation(cast.ben, article, "three cranes"))
    before = records.record(uuid)
    added = next_draft(cast.ada, article, SECOND, "Figures from the board")
    now = records.record(uuid)
    assert (added.number, added.new, added.carried["exact"]) == (2, True, 1)
    assert (now.state, now.row_version, now.anchor.status, now.anchor.version) == (
        "signed_off",
        before.row_version,
        "exact",
        2,
    )
    assert SECOND[now.anchor.start : now.anchor.end] == "three cranes"


def test_what_is_touched_is_reopened_and_its_sign_off_falls(cast: Cast, article: Article) -> None:
    uuid = signed(cast, make_annotation(cast.ben, article, "Repairs will cost two million euros."))
    next_draft(cast.ada, article, SECOND)
    now = records.record(uuid)
    assert (now.state, now.anchor.status, now.anchor.exact) == (
        "reopened",
        "changed",
        "Repairs will cost four million euros.",
    )
    assert now.sign_offs[0].fallen_why == "Its words were changed in version 2."
    assert now.reopened_why == "its words were changed in version 2"


def test_what_is_gone_is_an_orphan_with_its_old_words(cast: Cast, article: Article) -> None:
    uuid = make_annotation(cast.ben, article, "The harbour board met on Monday.").uuid
    added = next_draft(cast.ada, article, SECOND.replace("It was a rough week.\n\n", ""))
    now = records.record(uuid)
    assert added.carried["orphan"] == 1
    assert (now.anchor.status, now.anchor.exact) == ("orphan", "The harbour board met on Monday.")
    assert now.anchor.start == now.anchor.end == 0


def test_the_same_text_is_noticed(cast: Cast, article: Article) -> None:
    make_annotation(cast.ben, article, "three cranes")
    revision = db.session.get(Article, article.id).revision
    added = next_draft(cast.ada, article, FIRST)
    assert (added.number, added.new, added.carried["exact"]) == (1, False, 1)
    assert db.session.get(Article, article.id).revision == revision


def test_the_whole_draft_is_taken_back_and_brought_back(cast: Cast, article: Article) -> None:
    touched = signed(cast, make_annotation(cast.ben, article, "Repairs will cost two million euros."))
    gone = make_annotation(cast.ben, article, "The harbour board met on Monday.").uuid
    before = {uuid: records.record(uuid) for uuid in (touched, gone)}
    next_draft(cast.ada, article, SECOND)
    with_draft = {uuid: records.record(uuid) for uuid in (touched, gone)}
    undo(cast.ada, article.id)
    assert {uuid: told(records.record(uuid)) for uuid in before} == {uuid: told(one) for uuid, one in before.items()}
    redo(cast.ada, article.id)
    assert {uuid: told(records.record(uuid)) for uuid in before} == {
        uuid: told(one) for uuid, one in with_draft.items()
    }
    undo(cast.ada, article.id)
    assert records.record(touched).state == "signed_off"
    assert next_draft(cast.ada, article, SECOND).number == 3


def told(it: snapshot.Annotation) -> Any:
    """What is to be as it was."""
    return it.state, it.anchor, it.verdict, it.reopened_why, it.signed_off and it.signed_off.id


def test_a_draft_that_somebody_has_worked_on_stays(cast: Cast, article: Article) -> None:
    make_annotation(cast.ben, article, "three cranes")
    next_draft(cast.ada, article, SECOND)
    make_annotation(cast.ben, article, "four million", version=2)
    with pytest.raises(Conflict, match="has worked on this version since"):
        undo(cast.ada, article.id)


def test_marked_on_the_old_version_lands_on_the_new_one_or_is_refused(cast: Cast, article: Article) -> None:
    next_draft(cast.ada, article, SECOND)
    made = make_annotation(cast.ben, article, "three cranes")
    now = records.record(made.uuid)
    assert (now.anchor.version, now.anchor.exact, now.anchor.carried_from) == (2, "three cranes", 1)
    assert records.record(made.uuid, version=1).anchor.exact == "three cranes"
    with pytest.raises(Superseded, match="Version 2 has come since"):
        make_annotation(cast.ben, article, "two million")


def test_an_accepted_correction_is_recognised(cast: Cast, article: Article) -> None:
    uuid = make_annotation(cast.ben, article, "two million").uuid
    with unit_of_work():
        made, _ = propose_correction(
            cast.ben, loading.annotation(cast.ben, uuid), Suggestion("four million", "Ledger", "fact")
        )
        decide_correction(cast.ada, made, "accepted", "Yes", None)
    assert next_draft(cast.ada, article, SECOND).applied == 1
    correction = records.record(uuid).corrections[0]
    assert (correction.state, correction.applied_in) == ("applied", 2)
    assert next_draft(cast.ada, article, f"{SECOND} So it goes.").applied == 0
    assert records.record(uuid).corrections[0].state == "applied"
    next_draft(cast.ada, article, FIRST)
    correction = records.record(uuid).corrections[0]
    assert (correction.state, correction.applied_in) == ("accepted", None)
    undo(cast.ada, article.id)
    correction = records.record(uuid).corrections[0]
    assert (correction.state, correction.applied_in) == ("applied", 2)
    for _ in range(2):
        undo(cast.ada, article.id)
    assert records.record(uuid).corrections[0].state == "accepted"
    assert next_draft(cast.ada, article, FIRST + " So it goes.").applied == 0
    assert records.record(uuid).corrections[0].state == "accepted"


def test_clear_sentences_stay_clear_where_their_words_stay(cast: Cast, article: Article) -> None:
    with unit_of_work():
        reading_through.clear_sentences(cast.ben, loading.article(cast.ben, article.id), 1, range(6))
    assert coverage_of(article.id).complete
    added = next_draft(cast.ada, article, SECOND)
    assert (added.clear, added.clear_before, coverage_of(article.id).unread) == (4, 6, 2)


def test_an_article_is_signed_off_once_it_is_read(cast: Cast, article: Article) -> None:
    with pytest.raises(Conflict, match="6 of 6 sentences are unread"), unit_of_work():
        article_sign_offs.sign_off_article(cast.ada, loading.article(cast.ada, article.id))
    with unit_of_work():
        reading_through.clear_sentences(cast.ben, loading.article(cast.ben, article.id), 1, range(6))
        article_sign_offs.sign_off_article(cast.ada, loading.article(cast.ada, article.id))
    next_draft(cast.ada, article, SECOND)
    assert article_sign_offs.standing(article.id) is None
    undo(cast.ada, article.id)
    assert article_sign_offs.standing(article.id) is not None


def test_still_stands_gives_the_same_verdict_anew(cast: Cast, article: Article) -> None:
    uuid = signed(cast, make_annotation(cast.ben, article, "Repairs will cost two million euros."))
    next_draft(cast.ada, article, SECOND)
    with unit_of_work():
        places.still_stands(cast.cleo, loading.annotation(cast.cleo, uuid))
    now = records.record(uuid)
    assert (now.state, now.anchor.status, now.anchor.confirmed_by.username) == ("checked", "confirmed", "cleo")
    assert now.notes[-1].version == 2
    undo(cast.cleo, article.id)
    assert (records.record(uuid).state, records.record(uuid).anchor.status) == ("reopened", "changed")


def test_an_orphan_is_put_on_other_words_or_closed(cast: Cast, article: Article) -> None:
    uuid = make_annotation(cast.ben, article, "The harbour board met on Monday.").uuid
    next_draft(cast.ada, article, SECOND)
    state = records.record(uuid).anchor.status
    assert state in ("orphan", "review", "changed")
    with unit_of_work():
        place = Place(2, 0, 20, SECOND[:20])
        annotations.move_annotation(cast.ben, loading.annotation(cast.ben, uuid), place, None)
    assert records.record(uuid).anchor.status == "confirmed"
    undo(cast.ben, article.id)
    assert records.record(uuid).anchor.status == state
