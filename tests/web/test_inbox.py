"""The inbox: who is told of what, how it is read, and what the site bar says of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotator.db import unit_of_work
from annotator.extensions import db
from annotator.models import Annotation, Notice, User
from annotator.services import comments, loading
from tests.builders import make_annotation, make_article, make_note
from tests.cast import Cast
from tests.support.pages import StrictClient
from tests.web.reading import all_of, one, send, words

ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def claim(cast: Cast) -> Annotation:
    """A claim that Ada marked and Cleo wrote about."""
    made = make_annotation(cast.ada, make_article(cast.ada), "4.2 million crowns")
    make_note(cast.cleo, made)
    return made


def say(cast: Cast, claim: Annotation, body: str, who: str = "ben", on: str = "annotation") -> comments.Comment:
    """Comment as somebody of the cast."""
    actor = getattr(cast, who)
    with unit_of_work():
        annotation = loading.annotation(actor, claim.uuid)
        about = annotation if on == "annotation" else None
        return comments.add_comment(actor, annotation.article, about, body)[0]


def told() -> list[tuple[str, str]]:
    """Who was told why, in the order of the lines."""
    db.session.rollback()
    rows = db.session.query(User.username, Notice.why).join(Notice, Notice.person_id == User.id)
    return [(username, why) for username, why in rows.order_by(User.username, Notice.id)]


CASES: list[tuple[str, str, str, list[tuple[str, str]]]] = [
    ("who has worked on it", "Is that so?", "annotation", [("ada", "comment"), ("cleo", "comment")]),
    ("who is mentioned, once", "@cleo, @cleo?", "annotation", [("ada", "comment"), ("cleo", "mention")]),
    ("anybody who is mentioned", "@dan", "annotation", [("ada", "comment"), ("cleo", "comment"), ("dan", "mention")]),
    ("not oneself, and nobody unknown", "@ben @zed", "article", []),
    ("who is mentioned on the article", "@ada.", "article", [("ada", "mention")]),
]


@pytest.mark.parametrize(("name", "body", "on", "expected"), CASES, ids=[case[0] for case in CASES])
def test_who_is_told_of_a_comment(cast: Cast, claim: Annotation, name: str, body: str, on: str, expected: Any) -> None:
    say(cast, claim, body, on=on)
    assert told() == expected


@ON_ONE
def test_only_active_people_are_mentioned(cast: Cast, claim: Annotation) -> None:
    with unit_of_work():
        db.session.query(User).filter_by(username="dan").one().active = False
    say(cast, claim, "@dan", on="article")
    assert told() == []


@ON_ONE
def test_an_edit_tells_those_who_are_new_in_it(cast: Cast, claim: Annotation) -> None:
    said = say(cast, claim, "@dan", on="article")
    with unit_of_work():
        comments.edit_comment(cast.ben, loading.comment(cast.ben, said.uuid), "@dan and @ada", None)
    assert told() == [("ada", "mention"), ("dan", "mention")]


def test_it_is_read_line_by_line_or_at_once(ada: StrictClient, cast: Cast, claim: Annotation) -> None:
    article = claim.article_id
    for body in ("Is <b>that</b> so?", "@ada look", "And this?"):
        say(cast, claim, body)
    page = ada.get("/inbox")
    assert words(page, ".bar a[href='/inbox']") == "Inbox 3 unread"
    lines = [" ".join(item.text().split()) for item in all_of(page, "ol.history > li")]
    assert lines[0].startswith("New Ben Lindqvist commented on a check of yours: Claim 1 in Cranes that never came")
    assert "Ben Lindqvist mentioned you" in lines[1]
    assert "Is <b>that</b> so?" in lines[2]
    link = all_of(page, "ol.history a")[0].attributes["href"] or ""
    assert ada.get(link).location == f"/articles/{article}#a1"
    assert words(ada.get("/inbox"), ".bar a[href='/inbox']") == "Inbox 2 unread"
    newest = one(page, "input[name=newest]").attributes["value"]
    say(cast, claim, "Came while I was reading")
    send(ada, "/inbox/read", {"newest": newest}, htmx=False)
    assert words(ada.get("/inbox"), ".bar a[href='/inbox']") == "Inbox 1 unread"


@ON_ONE
def test_another_persons_line_is_nobodys_business(ben: StrictClient, cast: Cast, claim: Annotation) -> None:
    say(cast, claim, "Is that so?")
    line = db.session.query(Notice).filter_by(person_id=cast.ada.id).one().id
    assert ben.get(f"/inbox/{line}").status_code == 404
    send(ben, "/inbox/read", {"newest": str(line)}, htmx=False)
    assert db.session.query(Notice).filter(Notice.read_at.is_not(None)).count() == 0


@ON_ONE
def test_what_was_taken_back_is_told_without_its_words(ada: StrictClient, cast: Cast, claim: Annotation) -> None:
    said = say(cast, claim, "A slip of the tongue")
    with unit_of_work():
        comments.take_back_comment(cast.ben, loading.comment(cast.ben, said.uuid))
    page = ada.get("/inbox")
    assert "A slip" not in page.text
    assert "taken away since" in words(page, "ol.history")


@ON_ONE
def test_fifty_a_page_and_no_more_queries_for_more(
    ada: StrictClient, cast: Cast, claim: Annotation, queries: Callable[[], Any]
) -> None:
    def sent() -> int:
        with queries() as statements:
            ada.get("/inbox")
        return len(statements)

    say(cast, claim, "One")
    sent()
    first = sent()
    for number in range(54):
        say(cast, claim, f"Again {number}")
    assert sent() == first
    page = ada.get("/inbox")
    assert len(all_of(page, "ol.history > li")) == 50
    earlier = all_of(page, "a[href*='below=']")[0].attributes["href"] or ""
    assert len(all_of(ada.get(earlier), "ol.history > li")) == 5
