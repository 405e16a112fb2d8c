"""Undo and redo from the page: by key as pieces, and by the buttons of the history page."""

from __future__ import annotations

import pytest

from annotator.extensions import db
from annotator.models import Annotation
from tests.builders import make_annotation, make_article, make_note
from tests.cast import Cast
from tests.support.pages import StrictClient
from tests.web.reading import PARTIAL, all_of, send, targets, words

ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def claim(cast: Cast) -> Annotation:
    """A claim that Ben marked."""
    return make_annotation(cast.ben, make_article(cast.ada), "4.2 million crowns")


def alive() -> list[str]:
    """The kinds of the annotations there are."""
    db.session.rollback()
    return [it.kind for it in db.session.query(Annotation).filter_by(deleted_at=None)]


def test_undo_and_redo_say_what_and_what_next(ben: StrictClient, claim: Annotation) -> None:
    article, uuid = claim.article_id, claim.uuid
    send(ben, f"/annotations/{uuid}/kind", {"kind": "quote"})
    undone = send(ben, f"/articles/{article}/undo")
    assert (undone.headers["X-Done"], undone.headers["X-Next"]) == ("Claim 1 changed", "Claim 1 marked")
    assert set(targets(undone)) >= {"#b0", "#cards", "#tally"}
    assert int(undone.headers["X-Since"]) < int(undone.headers["X-Revision"])
    undone = send(ben, f"/articles/{article}/undo")
    assert undone.headers["X-Done"] == "Claim 1 marked"
    assert "X-Next" not in undone.headers
    assert alive() == []
    nothing = send(ben, f"/articles/{article}/undo")
    assert nothing.status_code == 200
    assert "X-Done" not in nothing.headers
    redone = send(ben, f"/articles/{article}/redo")
    assert (redone.headers["X-Done"], redone.headers["X-Next"]) == ("Claim 1 marked", "Claim 1 changed")
    send(ben, f"/articles/{article}/redo")
    assert alive() == ["quote"]


def test_what_another_changed_is_refused_in_a_sentence(ben: StrictClient, ada: StrictClient, claim: Annotation) -> None:
    article, uuid = claim.article_id, claim.uuid
    for client, kind in ((ben, "quote"), (ada, "denial")):
        send(client, f"/annotations/{uuid}/kind", {"kind": kind})
    refused = send(ben, f"/articles/{article}/undo")
    assert refused.status_code == 409
    assert words(refused, ".refusal") == "Denial 1 has been changed since by Ada Okafor. Nothing was undone."
    assert alive() == ["denial"]


@ON_ONE
def test_without_script_by_the_buttons_of_the_history(ben: StrictClient, cast: Cast, claim: Annotation) -> None:
    article, uuid = claim.article_id, claim.uuid
    make_note(cast.ben, claim, "Seen.", verdict="accurate")
    page = ben.get(f"/articles/{article}/history")
    [button] = all_of(page, "main .row button")
    assert button.text() == "Undo: Note on Claim 1 written"
    assert send(ben, f"/articles/{article}/undo", htmx=False).location == f"/articles/{article}/history"
    page = ben.get(f"/articles/{article}/history")
    assert words(page, ".flash") == "Undone: Note on Claim 1 written."
    assert [node.text() for node in all_of(page, "main .row button")] == [
        "Undo: Claim 1 marked",
        "Redo: Note on Claim 1 written",
    ]
    assert words(page, "ol.history li:first-child p:first-child").startswith(
        "Ben Lindqvist took back a note on Claim 1, by undo"
    )
    send(ben, f"/articles/{article}/redo", htmx=False)
    assert "Seen." in ben.get(f"/annotations/{uuid}", headers=PARTIAL).text
