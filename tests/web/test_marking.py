"""Marking words on the review page: what is stored, what is refused, and what may be repeated."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from annotator.extensions import db
from annotator.models import Anchor, Annotation, Article, Event
from tests.builders import TEXT, make_article, text_of
from tests.cast import Cast
from tests.support.pages import StrictClient
from tests.web.reading import PARTIAL, mark, partial, targets

UUID = "5f0c2c1e-8a55-4f0e-9d3e-0f6c2f3b7a10"
WORDS = "4.2 million crowns"
ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def article(cast: Cast) -> Article:
    """An article without marks."""
    return make_article(cast.ada)


def body(words: str = WORDS, **more: Any) -> dict[str, Any]:
    """A request to mark these words of the usual text."""
    start = TEXT.index(words)
    place = {"version": 1, "start": start, "end": start + len(words), "exact": words}
    return {"id": UUID, "kind": "claim", **place, **more}


def stored() -> list[Annotation]:
    """All annotations, oldest first."""
    db.session.rollback()
    return db.session.query(Annotation).order_by(Annotation.id).all()


def history() -> list[Event]:
    """What was told of annotations, oldest first."""
    return db.session.query(Event).filter(Event.annotation_id.is_not(None)).order_by(Event.id).all()


def refusal(answer: TestResponse) -> str:
    """The sentence of a refused request."""
    assert answer.text.startswith('<p class="refusal"')
    return answer.text


@pytest.mark.parametrize("kind", ["claim", "quote", "denial"])
def test_words_are_marked(ben: StrictClient, cast: Cast, article: Article, kind: str) -> None:
    since = article.revision
    answer = mark(ben, article.id, body(kind=kind))
    [made], [event] = stored(), history()
    anchor = db.session.query(Anchor).one()
    assert answer.status_code == 201
    assert (made.uuid, made.kind, made.state, made.ordinal) == (UUID, kind, "to_do", 1)
    assert (anchor.start, anchor.end, anchor.exact) == (body()["start"], body()["end"], WORDS)
    assert (TEXT[: anchor.start][-32:], TEXT[anchor.end :][:32]) == (anchor.prefix, anchor.suffix)
    assert (event.verb, event.actor_id, event.subject) == ("annotation.created", cast.ben.id, UUID)
    told = {"kind": kind, "version": 1, "start": anchor.start, "end": anchor.end, "exact": WORDS}
    assert (event.before, event.after) == (None, told)
    headers = {name: answer.headers[name] for name in ("X-Since", "X-Revision", "X-Annotation", "X-Row")}
    assert headers == {"X-Since": str(since), "X-Revision": str(event.id), "X-Annotation": UUID, "X-Row": "1"}
    assert targets(answer) == ["#b0", "#cards", "#tally", "#coverage", "#strip"]
    assert f'data-annotation="{UUID}"' in partial(answer, "#cards")


SHAPES = [
    ("start", None, 422, "start is missing"),
    ("start", True, 422, "whole number"),
    ("start", 1.0, 422, "whole number"),
    ("start", "3", 422, "whole number"),
    ("start", 2**31, 422, "whole number"),
    ("start", 10**40, 422, "whole number"),
    ("start", -1, 422, "whole number"),
    ("start", [], 422, "whole number"),
    ("start", 100_000, 422, "past the end"),
    ("end", None, 422, "end is missing"),
    ("end", 1, 422, "greater than start"),
    ("end", 100_000, 422, "past the end"),
    ("version", None, 422, "version is missing"),
    ("version", 2, 404, "no version 2"),
    ("version", 0, 404, "no version 0"),
    ("version", False, 422, "whole number"),
    ("kind", None, 422, "kind is missing"),
    ("kind", "Claim", 422, "claim, quote, denial"),
    ("kind", "rumour", 422, "claim, quote, denial"),
    ("kind", 1, 422, "string"),
    ("kind", "claim\x00", 422, "NUL"),
    ("id", "not-a-uuid", 422, "UUID"),
    ("id", 7, 422, "string"),
    ("id", "x" * 100_000, 422, "UUID"),
    ("exact", None, 422, "exact is missing"),
    ("exact", 42, 422, "string"),
    ("exact", "4.2 \x00million", 422, "NUL"),
    ("exact", "\ud800", 422, "surrogate"),
    ("exact", "4.3 million crowns", 409, "not what was sent"),
    ("exact", "", 409, "not what was sent"),
    ("exact", "4.2\xa0million crowns", 409, "not what was sent"),
]


@ON_ONE
def test_what_will_not_do_is_refused_and_leaves_nothing(ben: StrictClient, article: Article) -> None:
    article_id = article.id
    for name, value, status, says in SHAPES:
        answer = mark(ben, article_id, body(**{name: value}))
        assert (answer.status_code, says in refusal(answer)) == (status, True), (name, value, answer.text)
    assert (stored(), history()) == ([], [])


MALFORMED = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'"words"',
    b"\xff\xfe",
    b'{"start": NaN}',
    b'{"start": 1, "start": 2}',
    b'{"start": ' + b"9" * 5000 + b"}",
    b"[" * 100_000,
    b'{"a":' * 30 + b"1" + b"}" * 30,
    b"start=1&end=2",
]


@ON_ONE
def test_a_body_that_cannot_be_read(ben: StrictClient, article: Article) -> None:
    headers = {"X-CSRFToken": ben.token, "Content-Type": "application/json", **PARTIAL}
    path = f"/articles/{article.id}/annotations"
    for data in MALFORMED:
        answer = ben.post(path, data=data, headers=headers)
        assert (answer.status_code, bool(refusal(answer))) == (400, True), data[:40]
    assert (stored(), history()) == ([], [])


def test_the_same_request_again_makes_nothing_new(ben: StrictClient, article: Article) -> None:
    first, again = mark(ben, article.id, body()), mark(ben, article.id, body())
    assert (first.status_code, again.status_code) == (201, 200)
    assert (len(stored()), len(history())) == (1, 1)
    assert again.headers["X-Annotation"] == UUID
    assert partial(again, "#cards") == partial(first, "#cards")
    assert partial(again, "#b0") == partial(first, "#b0")


OTHERS = [{"kind": "quote"}, {"words": "4.2 million"}, {"words": "cranes"}]


@pytest.mark.parametrize("other", OTHERS)
@ON_ONE
def test_an_id_that_belongs_to_something_else(ben: StrictClient, article: Article, other: dict[str, Any]) -> None:
    mark(ben, article.id, body())
    answer = mark(ben, article.id, body(other.pop("words", WORDS), **other))
    assert (answer.status_code, len(stored()), len(history())) == (409, 1, 1)
    assert "already belongs" in refusal(answer)


@ON_ONE
def test_an_id_of_another_article_or_of_a_deleted_one(ben: StrictClient, cast: Cast, article: Article) -> None:
    other = make_article(cast.ben).id
    mark(ben, article.id, body())
    assert mark(ben, other, body()).status_code == 409
    ben.submit(f"/annotations/{UUID}/deletion", {"row": "1"}, headers=PARTIAL)
    assert "deleted" in refusal(mark(ben, article.id, body()))


def test_spans_may_overlap_nest_repeat_and_cross_paragraphs(ben: StrictClient, article: Article) -> None:
    text = text_of(article)
    crossing = text[text.index("documents") : text.index("sign and")]
    for words in (WORDS, WORDS, "paid 4.2 million", "million crowns for", crossing, text):
        assert mark(ben, article.id, body(words, id=str(uuid4()))).status_code == 201
    assert [made.ordinal for made in stored()] == [1, 2, 3, 4, 5, 6]
    answer = ben.get(f"/articles/{article.id}/changes?since=0")
    assert targets(answer)[:3] == ["#b0", "#b1", "#b2"]


FAMILY, FLAG, NAME = "👩‍👩‍👧‍👦", "🇳🇴", "Zo\u0308e\u0301"
ODD = f"A {FAMILY} went to {FLAG} with q\u0323\u0307 and שלום.\n\nThe end 😀😀 comes."
SETTLED = [
    (f"  {FAMILY[0]}", FAMILY, "one person of a family"),
    (" went ", "went", "white space around"),
    (FLAG[0], FLAG, "half a flag"),
    ("q", "q\u0323\u0307", "a letter without its dots"),
    ("\u0307", "q\u0323\u0307", "the dots without their letter"),
    ("שלום", "שלום", "from right to left"),
    (".\n\nThe", ".\n\nThe", "across the gap"),
    ("\n\nThe", "The", "from the gap on"),
    ("😀", "😀", "one of two"),
]


@pytest.mark.parametrize(("sent", "kept", "why"), SETTLED, ids=[case[2] for case in SETTLED])
@ON_ONE
def test_spans_are_trimmed_and_keep_characters_whole(
    ben: StrictClient, cast: Cast, sent: str, kept: str, why: str
) -> None:
    article = make_article(cast.ada, text=ODD)
    text = text_of(article)
    words = sent.strip(" ") if sent not in text else sent
    start = text.index(words)
    answer = mark(ben, article.id, {**body(), "start": start, "end": start + len(words), "exact": words})
    assert answer.status_code == 201
    anchor = db.session.query(Anchor).one()
    assert (anchor.exact, text[anchor.start : anchor.end]) == (kept, kept)


LIMITS = [(10_000, 201, ""), (10_001, 422, "at most 10,000")]


@pytest.mark.parametrize(("length", "status", "says"), LIMITS)
@ON_ONE
def test_how_long_a_span_may_be(ben: StrictClient, cast: Cast, length: int, status: int, says: str) -> None:
    article = make_article(cast.ada, text="x" * 10_010)
    answer = mark(ben, article.id, {**body(), "start": 0, "end": length, "exact": "x" * length})
    assert answer.status_code == status
    assert says in answer.text


@pytest.mark.parametrize("text", ["Only white \n\n space"])
@ON_ONE
def test_white_space_alone_is_nothing_to_mark(ben: StrictClient, cast: Cast, text: str) -> None:
    article = make_article(cast.ada, text=text)
    gap = text_of(article).index("\n\n")
    answer = mark(ben, article.id, {**body(), "start": gap, "end": gap + 2, "exact": "\n\n"})
    assert answer.status_code == 422
    assert "only white space" in refusal(answer)


def send_raw(client: StrictClient, article_id: int, **headers: str) -> TestResponse:
    """A creation with headers of the test's own."""
    return client.post(f"/articles/{article_id}/annotations", data=json.dumps(body()), headers=headers)


def test_without_the_page_s_token_nothing_happens(ben: StrictClient, article: Article) -> None:
    for token in ({}, {"X-CSRFToken": "made up"}):
        assert send_raw(ben, article.id, **PARTIAL, **token).status_code == 400
    assert (stored(), history()) == ([], [])


@ON_ONE
def test_nobody_marks_without_signing_in(client: StrictClient, ben: StrictClient, article: Article) -> None:
    ben.delete_cookie("session")
    assert send_raw(ben, article.id, **PARTIAL).status_code in (400, 401)
    assert stored() == []


@ON_ONE
def test_an_article_that_is_not_there(ben: StrictClient, article: Article) -> None:
    answer = mark(ben, article.id + 1, body())
    assert answer.status_code == 404
    assert "no such article" in refusal(answer)
