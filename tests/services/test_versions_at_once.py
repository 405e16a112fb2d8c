"""A draft comes while people are at work, on both databases: nothing is lost, and nothing lands on other words."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from flask import Flask

from annotator.access import Actor
from annotator.db import unit_of_work
from annotator.errors import Conflict, Superseded
from annotator.exports import snapshot
from annotator.extensions import db
from annotator.extract import from_paste
from annotator.models import Anchor, Annotation, Article, ArticleVersion, Note
from annotator.queries import records
from annotator.services import loading, signing_off, undoing, versions
from annotator.services.anchoring import Place
from annotator.services.annotations import create_annotation
from annotator.services.evidence import Piece
from annotator.services.notes import Written, add_note
from annotator.services.versions import Added
from tests.builders import make_annotation, make_article, make_note, next_draft
from tests.cast import Cast

FIRST = """The ferry company cancelled 31 crossings in January.

Its captain said the engine had failed twice. A deckhand remembers it otherwise. Nobody was refunded.

“We were told to keep quiet,” the deckhand said. The company disputes that."""
SECOND = FIRST.replace("31 crossings", "37 crossings").replace(" Nobody was refunded.", "")
THIRD = FIRST.replace("The company disputes that.", "The company did not answer.")
KEPT = "A deckhand remembers it otherwise."
WORDS = (KEPT, "31 crossings", "Nobody was refunded.", "“We were told to keep quiet,” the deckhand said.")
LOG = Piece(url="https://example.org/log", title="Ship's log", source_type="primary")
TURNS = range(6)

Act = Callable[[], Any]


@pytest.fixture
def article(cast: Cast) -> int:
    """The id of an article nobody has marked."""
    made: Article = make_article(cast.ada, text=FIRST, title="Crossings")
    return made.id


def at_once(app: Flask, acts: Sequence[Act], turn: int) -> list[Any]:
    """What each act gave or raised. They begin together, on connections of their own, in another order each turn."""
    db.session.remove()
    found: list[Any] = [None] * len(acts)
    start = threading.Barrier(len(acts))
    order = [(at + turn) % len(acts) for at in range(len(acts))]
    threads = [threading.Thread(target=_run, args=(app, acts, at, start, found)) for at in order]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def _run(app: Flask, acts: Sequence[Act], at: int, start: threading.Barrier, found: list[Any]) -> None:
    with app.app_context():
        start.wait(30)
        try:
            found[at] = acts[at]()
        except Exception as error:
            found[at] = error
        finally:
            db.session.remove()


def drafting(actor: Actor, article_id: int, text: str) -> Act:
    """Add a draft as an edge does: aligned first, written in one unit of work."""

    def act() -> Added:
        prepared = versions.prepare(article_id, from_paste(text).drafts, "paste")
        with unit_of_work():
            return versions.add_version(actor, loading.article(actor, article_id), prepared)

    return act


def marking(actor: Actor, article_id: int, words: str, text: str = FIRST, number: int = 1) -> Act:
    """Mark words of the version that one is reading."""
    place = Place(number, text.index(words), text.index(words) + len(words), words)

    def act() -> str:
        with unit_of_work():
            return create_annotation(actor, loading.article(actor, article_id), place, "claim")[0].uuid

    return act


def newest(article_id: int) -> ArticleVersion:
    """The version people work on."""
    standing = db.session.query(ArticleVersion).filter_by(article_id=article_id, withdrawn_at=None)
    return standing.order_by(ArticleVersion.number.desc()).first()  # type: ignore[no-any-return]


def assert_sits(it: snapshot.Annotation, version: ArticleVersion, words: str) -> None:
    """It is on the newest version: on its very words, on what became of them, or an orphan that keeps them."""
    anchor = it.anchor
    assert anchor.version == version.number
    if anchor.status == "orphan":
        assert anchor.exact == words
    else:
        assert anchor.exact == version.text[anchor.start : anchor.end]
    if anchor.status in ("exact", "moved"):
        assert anchor.exact == words


@pytest.mark.parametrize("turn", TURNS)
def test_what_is_marked_while_a_draft_comes_is_on_it_or_refused(
    app: Flask, cast: Cast, article: int, turn: int
) -> None:
    marks = [marking(cast.ben, article, words) for words in WORDS]
    draft, *made = at_once(app, [drafting(cast.ada, article, SECOND), *marks], turn)
    assert (draft.number, draft.new) == (2, True)
    saved = {one: words for one, words in zip(made, WORDS, strict=True) if isinstance(one, str)}
    assert all(isinstance(one, str | Superseded) for one in made)
    assert db.session.query(Annotation).count() == len(saved)
    assert made[0] in saved
    assert made[3] in saved
    for uuid, words in saved.items():
        assert_sits(records.record(uuid), newest(article), words)


@pytest.mark.parametrize("turn", TURNS)
def test_two_drafts_at_once_are_two_versions_and_everything_goes_through_both(
    app: Flask, cast: Cast, article: int, turn: int
) -> None:
    there = db.session.get_one(Article, article)
    made = {make_annotation(cast.ben, there, words).uuid: words for words in WORDS}
    found = at_once(app, [drafting(cast.ada, article, SECOND), drafting(cast.cleo, article, THIRD)], turn)
    assert sorted(one.number for one in found) == [2, 3]
    assert all(one.new and sum(one.carried.values()) == len(WORDS) for one in found)
    assert db.session.query(Anchor).count() == 3 * len(WORDS)
    for uuid, words in made.items():
        it = records.record(uuid)
        assert it.anchor.version == 3
        assert it.anchor.status != "exact" or it.anchor.exact in (words, words.replace("31", "37"))
    kept = next(uuid for uuid, words in made.items() if words == KEPT)
    assert records.record(kept).anchor.status == "exact"


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("words", [KEPT, "31 crossings"])
def test_a_note_saved_while_a_draft_comes_is_kept_and_read_by_the_rules(
    app: Flask, cast: Cast, article: int, words: str, turn: int
) -> None:
    uuid = make_annotation(cast.ben, db.session.get_one(Article, article), words).uuid

    def noting() -> str:
        with unit_of_work():
            written = Written("Counted them.", "accurate", None, (LOG,))
            return add_note(cast.ben, loading.annotation(cast.ben, uuid), written)[0].uuid

    draft, note = at_once(app, [drafting(cast.ada, article, SECOND), noting], turn)
    assert (draft.number, isinstance(note, str)) == (2, True)
    it = records.record(uuid)
    assert [one.id for one in it.notes] == [note]
    earlier = it.notes[0].version == 1
    assert it.state == ("reopened" if earlier and words != KEPT else "checked")
    assert db.session.query(Note).count() == 1


@pytest.mark.parametrize("turn", TURNS)
def test_of_an_undone_draft_and_a_mark_on_it_neither_is_half(app: Flask, cast: Cast, article: int, turn: int) -> None:
    carried = make_annotation(cast.ben, db.session.get_one(Article, article), KEPT).uuid
    next_draft(cast.ada, db.session.get_one(Article, article), SECOND)

    def taking_back() -> undoing.Undone:
        with unit_of_work():
            return undoing.undo(cast.ada, loading.article(cast.ada, article))

    mark = marking(cast.ben, article, "37 crossings", SECOND, 2)
    undone, made = at_once(app, [taking_back, mark], turn)
    version = newest(article)
    if isinstance(undone, Conflict):
        assert (version.number, records.record(made).anchor.exact) == (2, "37 crossings")
    else:
        assert (version.number, isinstance(made, Superseded)) == (1, True)
        assert db.session.query(Annotation).count() == 1
    assert_sits(records.record(carried), version, KEPT)


@pytest.mark.parametrize("turn", TURNS)
def test_a_sign_off_and_a_draft_at_once_leave_no_sign_off_on_other_words(
    app: Flask, cast: Cast, article: int, turn: int
) -> None:
    annotation = make_annotation(cast.ben, db.session.get_one(Article, article), "31 crossings")
    uuid = annotation.uuid
    make_note(cast.ben, annotation, verdict="accurate", evidence=(LOG,))

    def signing() -> bool:
        with unit_of_work():
            return signing_off.sign_off(cast.cleo, loading.annotation(cast.cleo, uuid))[1]

    draft, signed = at_once(app, [drafting(cast.ada, article, SECOND), signing], turn)
    it = records.record(uuid)
    assert (draft.number, it.state, it.signed_off) == (2, "reopened", None)
    assert signed is True or isinstance(signed, Conflict)
    assert [one.fallen_at is not None for one in it.sign_offs] == ([True] if signed is True else [])
