"""Comments on a card and on the article's own page: said, answered, edited, resolved, taken back, refused."""

from __future__ import annotations

from uuid import uuid4

import pytest

from annotator.extensions import db
from annotator.models import Annotation, Comment
from tests.builders import make_annotation, make_article
from tests.cast import Cast
from tests.support.pages import StrictClient
from tests.web.reading import PARTIAL, all_of, described_error, one, send, targets, values, words

ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def claim(cast: Cast) -> Annotation:
    """A claim of Ada's."""
    return make_annotation(cast.ada, make_article(cast.ada), "4.2 million crowns")


def comment() -> Comment:
    """The newest comment."""
    db.session.rollback()
    return db.session.query(Comment).order_by(Comment.id.desc()).first()  # type: ignore[return-value]


def test_a_thread_on_a_card(ben: StrictClient, ada: StrictClient, claim: Annotation) -> None:
    uuid = claim.uuid
    said = send(ben, f"/annotations/{uuid}/comments", {"comment": "Is that with tax, @ada?", "uuid": str(uuid4())})
    assert said.status_code == 200
    assert words(said, ".note-body") == "Is that with tax, @ada?"
    assert words(said, ".note-body b") == "@ada"
    assert "#tally" in targets(said)
    first = comment().uuid
    answered = send(ada, f"/comments/{first}/answers", {"comment": "Without.", "uuid": str(uuid4())})
    assert [node.text() for node in all_of(answered, ".note-body")] == ["Is that with tax, @ada?", "Without."]
    assert comment().parent.uuid == first
    resolved = send(ben, f"/comments/{first}/resolution")
    assert words(resolved, ".resolved > summary") == "1 resolved thread"
    assert db.session.query(Annotation).one().open_comments == 0
    send(ada, f"/comments/{first}/reopening")
    db.session.rollback()
    assert db.session.query(Annotation).one().open_comments == 1


@ON_ONE
def test_an_edit_shows_the_form_and_keeps_what_another_has_done(ben: StrictClient, claim: Annotation) -> None:
    uuid = claim.uuid
    send(ben, f"/annotations/{uuid}/comments", {"comment": "Tax?"})
    path = f"/comments/{comment().uuid}"
    form = values(ben.get(f"{path}/edit", headers=PARTIAL), f"form[action='{path}']")
    assert form["comment"] == "Tax?"
    assert send(ben, path, form | {"comment": "With tax?"}).status_code == 200
    assert comment().body == "With tax?"
    stale = send(ben, path, form | {"comment": "Lost?"})
    assert stale.status_code == 412
    assert values(stale, f"form[action='{path}']")["comment"] == "Lost?"
    assert comment().body == "With tax?"


REFUSED = {"": "Write something", "x" * 5001: "at most 5,000 characters; this has 5,001"}


@pytest.mark.parametrize("typed", REFUSED, ids=["empty", "too long"])
@ON_ONE
def test_what_is_refused_stays_typed(ben: StrictClient, claim: Annotation, typed: str) -> None:
    article = claim.article_id
    for path in (f"/annotations/{claim.uuid}/comments", f"/articles/{article}/comments"):
        answer = send(ben, path, {"comment": typed}, htmx="annotations" in path)
        assert answer.status_code == 422
        assert values(answer, f"form[action='{path}']")["comment"] == typed
        assert REFUSED[typed] in described_error(answer, "comment")
    assert db.session.query(Comment).count() == 0


@ON_ONE
def test_without_script_on_the_page_of_the_article(ben: StrictClient, ada: StrictClient, claim: Annotation) -> None:
    path = f"/articles/{claim.article_id}/comments"
    assert send(ben, path, {"comment": "Ready by noon?"}, htmx=False).location == path
    key = comment().uuid
    send(ada, f"/comments/{key}/answers", {"comment": "By ten."}, htmx=False)
    page = ben.get(path)
    assert [node.text() for node in all_of(page, ".note-body")] == ["Ready by noon?", "By ten."]
    refused = send(ben, f"/comments/{key}/deletion", htmx=False)
    assert refused.status_code == 409
    assert "It has been answered" in words(refused, "main .refusal")
    assert "Comments (1)" in ben.get(f"/articles/{claim.article_id}").text
    send(ben, f"/comments/{key}/resolution", htmx=False)
    assert "Comments (1)" not in ben.get(f"/articles/{claim.article_id}").text


@ON_ONE
def test_taken_back_and_brought_back_from_history(ben: StrictClient, claim: Annotation) -> None:
    uuid = claim.uuid
    send(ben, f"/annotations/{uuid}/comments", {"comment": "Never mind."})
    key = comment().uuid
    assert not all_of(send(ben, f"/comments/{key}/deletion"), "#comment-" + key)
    page = ben.get(f"/annotations/{uuid}/history")
    assert "Comment on Claim 1, by Ben Lindqvist" in words(page, "section")
    form = one(page, "section form")
    assert send(ben, form.attributes["action"] or "", htmx=False).status_code == 302
    assert words(ben.get(f"/annotations/{uuid}", headers=PARTIAL), ".note-body") == "Never mind."


@ON_ONE
def test_only_the_author_edits_and_a_lead_may_take_back(
    ada: StrictClient, ben: StrictClient, claim: Annotation
) -> None:
    send(ben, f"/annotations/{claim.uuid}/comments", {"comment": "Tax?"})
    path = f"/comments/{comment().uuid}"
    assert ada.get(f"{path}/edit", headers=PARTIAL).status_code == 403
    assert send(ada, path, {"comment": "No."}).status_code == 403
    assert send(ada, f"{path}/deletion").status_code == 200


@ON_ONE
def test_people_are_offered_by_the_beginning_of_a_name(ben: StrictClient, cast: Cast) -> None:
    def offered(typed: str) -> list[str]:
        found = all_of(ben.get("/people/mentionable", query_string={"q": typed}, headers=PARTIAL), "li")
        return [item.attributes["data-username"] or "" for item in found]

    assert offered("") == ["ada", "ben", "cleo", "dan"]
    assert [offered(typed) for typed in ("A", "oka", "lind", "x", "%", "_")] == [["ada"], ["ada"], ["ben"], [], [], []]
