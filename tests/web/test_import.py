"""A new article: pasted or from a file, described by hand or by what the text tells of itself."""

from __future__ import annotations

import io
import re

import pytest
from werkzeug.test import TestResponse

from annotator.extensions import db
from annotator.models import Article, ArticleVersion, Event
from annotator.services.articles import LIMIT
from tests.builders import TEXT, make_article, text_of
from tests.cast import Cast
from tests.extract.wordfiles import core, paragraph, word
from tests.support.pages import StrictClient
from tests.web.reading import described_error, one, parsed, send, values, words

FORM = "form.import-form"
HEADLINE = "Harbour authority paid for cranes that never came"
PASTED = f"{HEADLINE}\n\nNORDHAVN, 19 February 2026 (Gull Wire) – Documents show it.\n\n{TEXT}"
HTML = """<!doctype html><html lang="nn"><head><title>Cranes | The Gull</title>
<meta property="og:title" content="Cranes that never came"><meta name="author" content="Ida Moe">
<meta property="article:published_time" content="2026-02-19T06:30:00+01:00"></head>
<body><article><h1>Cranes that never came</h1><p>The harbour <a href="https://harbour.example/pay">paid</a> for cranes
that never arrived, documents show, and nobody has asked for the money back.</p>
<p>“We were told to sign,” said Ingrid Solheim, who kept the accounts until March of last year.</p></article></body></html>"""
FILES = [
    ("story.txt", PASTED.encode(), "txt", HEADLINE),
    ("Story.MD", f"# {HEADLINE}\n\nIt *paid* for cranes.\n\n- one\n- two".encode(), "md", HEADLINE),
    ("story.html", HTML.encode(), "html", "Cranes that never came"),
    (
        "story.docx",
        word(paragraph("A headline", "Titel") + paragraph("It paid for cranes."), core(title="Cranes, in Word")),
        "docx",
        None,
    ),
]
ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


def bring(client: StrictClient, **fields: object) -> TestResponse:
    """Send the form of the page *New article*."""
    return client.submit("/articles/new", fields, content_type="multipart/form-data")


def upload(data: bytes, name: str) -> tuple[io.BytesIO, str]:
    """A file as a form carries it."""
    return io.BytesIO(data), name


def events() -> list[Event]:
    """What history tells of articles."""
    return db.session.query(Event).filter(Event.verb.startswith("article.")).order_by(Event.id).all()


def only_article() -> Article:
    """The one article that is there."""
    found: Article = db.session.query(Article).one()
    return found


def test_pasted_text_becomes_an_article_with_what_it_tells_of_itself(ben: StrictClient) -> None:
    answer = bring(ben, text=PASTED)
    article = only_article()
    assert answer.location == f"/articles/{article.id}"
    assert (article.title, article.published_at) == (HEADLINE, "2026-02-19")
    assert text_of(article).startswith(f"{HEADLINE}\n\nNORDHAVN")
    page = ben.get(answer.location)
    assert "Taken from the text: title and date" in words(page, ".flashes")
    assert words(page, "h1.review-title") == HEADLINE


@pytest.mark.parametrize(("name", "data", "source", "title"), FILES, ids=lambda value: str(value)[:12])
@ON_ONE
def test_each_kind_of_file(ben: StrictClient, name: str, data: bytes, source: str, title: str | None) -> None:
    assert bring(ben, file=upload(data, name)).status_code == 302
    article, version = only_article(), db.session.query(ArticleVersion).one()
    assert version.source == source
    assert article.title == (title or article.title)
    assert article.title
    assert "cranes" in version.text


@ON_ONE
def test_a_web_page_keeps_its_links_and_nothing_of_its_markup(ben: StrictClient) -> None:
    bring(ben, file=upload(HTML.encode(), "story.html"))
    article = only_article()
    assert (article.byline, article.language) == ("Ida Moe", "nn")
    assert article.published_at.startswith("2026-02-19T06:30")
    link = one(ben.get(f"/articles/{article.id}"), "#article-text a.ref")
    assert (link.attributes["href"], link.text()) == ("https://harbour.example/pay", "paid")
    assert "<" not in text_of(article)


TYPED = {
    "title": "My own title",
    "byline": "By me",
    "outlet": "The Gull",
    "published_at": "2026-03-01",
    "language": "en",
    "source_url": "https://gull.example/cranes",
}


@ON_ONE
def test_what_is_typed_wins_over_what_is_found(ben: StrictClient) -> None:
    bring(ben, text=PASTED, **TYPED)
    article = only_article()
    assert {name: getattr(article, name) for name in TYPED} == TYPED


WRONG = [
    ("title", "T" * 501, "at most 500"),
    ("title", "A\x00B", "NUL"),
    ("byline", "B" * 301, "at most 300"),
    ("outlet", "O" * 201, "at most 200"),
    ("source_url", "javascript:alert(1)", "https://"),
    ("source_url", "ftp://gull.example/a", "https://"),
    ("source_url", "https://", "https://"),
    ("source_url", "https://a b.example/", "https://"),
    ("language", "English", "code such as"),
    ("language", "<b>", "code such as"),
    ("published_at", "yesterday", "2026-11-23"),
    ("published_at", "2026-02-30", "2026-11-23"),
]


@ON_ONE
def test_a_refused_form_keeps_everything_that_was_typed(ben: StrictClient) -> None:
    for name, value, says in WRONG:
        sent = {**TYPED, name: value, "text": PASTED}
        answer = bring(ben, **sent)
        assert (answer.status_code, says in described_error(answer, name)) == (422, True), (name, value[:40])
        assert says in words(answer, ".errors")
        kept = values(answer, FORM)
        shown = {field: kept[field].replace("\r\n", "\n") for field in sent}
        assert shown == {field: text.replace("\x00", "�") for field, text in sent.items()}
    assert db.session.query(Article).count() == 0
    assert events() == []


NO_TEXT = [
    ({}, "text", "Paste the article's text"),
    ({"text": " \n\t\u200b "}, "text", "no text"),
    ({"file": upload(b"", "empty.txt")}, "file", "no text"),
    ({"file": upload(b"%PDF-1.7 \x00\x01", "story.pdf")}, "file", "Choose a file that ends in"),
    ({"file": upload(b"\x89PNG\r\n\x1a\n\x00\x00", "story.txt")}, "file", ""),
    ({"file": upload(b"PK\x03\x04 not really", "story.docx")}, "file", ""),
]


@ON_ONE
def test_what_cannot_be_read_is_said_at_its_field(ben: StrictClient) -> None:
    for given, field, says in NO_TEXT:
        answer = bring(ben, title="Kept", **given)
        assert answer.status_code == 422
        sentence = described_error(answer, field)
        assert sentence.endswith(".")
        assert says in sentence
        assert values(answer, FORM)["title"] == "Kept"


@ON_ONE
def test_a_text_that_is_too_long_is_refused(ben: StrictClient) -> None:
    answer = send(ben, "/articles/new", {"text": "Words and words. " * 60_000}, htmx=False)
    assert answer.status_code == 422
    assert "1,000,000" in described_error(answer, "text")


@ON_ONE
def test_more_than_the_limit_is_refused_in_a_sentence_that_names_it(ben: StrictClient) -> None:
    ben.application.config["MAX_CONTENT_LENGTH"] = 5000
    answer = bring(ben, file=upload(b"x" * 5001, "story.txt"))
    assert answer.status_code == 413
    assert "16 MB" in words(answer, "[role=alert]")
    assert db.session.query(Article).count() == 0


@ON_ONE
def test_the_same_text_twice_is_pointed_out_and_imported(cast: Cast, ben: StrictClient) -> None:
    first = make_article(cast.ada, title="The first <b>one</b>")
    answer = bring(ben, text=TEXT, title="The second")
    assert db.session.query(Article).count() == 2
    told = one(ben.get(answer.location or ""), ".flash-warning")
    assert told.text() == f"The very same text is already on the desk: “The first <b>one</b>”, article {first.id}."


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@ON_ONE
def test_hostile_metadata_in_a_file_is_shown_and_never_run(ben: StrictClient) -> None:
    escaped = HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    page = HTML.replace("Cranes that never came", escaped).replace("Ida Moe", escaped)
    answer = bring(ben, file=upload(page.encode(), "story.html"))
    shown = ben.get(answer.location or "")
    assert HOSTILE in parsed(shown).css_first("h1.review-title").text()
    assert not parsed(shown).css("img, script:not([src])")


BARE = [
    "\x07Bell first\n\nThen the rest of it, which is a sentence.",
    "One line only\x00",
    "\ufeffWith a mark",
    "‮Turned\n\nRest.",
]


@pytest.mark.parametrize("text", BARE)
@ON_ONE
def test_text_with_characters_that_are_not_kept_still_gets_a_title(ben: StrictClient, text: str) -> None:
    assert bring(ben, text=text).status_code == 302
    assert re.search(r"Bell first|One line only|With a mark|Turned", only_article().title)


@ON_ONE
def test_the_page_offers_what_it_finds_before_anything_is_imported(ben: StrictClient) -> None:
    answer = send(ben, "/articles/new/reading", {"text": PASTED, "byline": "By me"})
    found = values(answer, "#details")
    assert (found["title"], found["published_at"], found["byline"]) == (HEADLINE, "2026-02-19", "By me")
    assert db.session.query(Article).count() == 0


@ON_ONE
def test_the_offer_points_out_a_twin_and_says_why_a_file_cannot_be_read(cast: Cast, ben: StrictClient) -> None:
    make_article(cast.ada)
    assert "very same text" in words(send(ben, "/articles/new/reading", {"text": TEXT}), ".remark")
    again = send(ben, "/articles/new/reading", {"text": f"Cranes that never came\n\n{TEXT}"})
    assert "has this title. If this is its next draft" in words(again, ".remark")
    sent = {"csrf_token": ben.token, "file": upload(b"", "empty.txt")}
    answer = ben.post("/articles/new/reading", data=sent, content_type="multipart/form-data")
    assert "no text" in words(answer, ".remark")


def test_importing_is_one_line_of_history(cast: Cast, ben: StrictClient) -> None:
    bring(ben, text=TEXT, title="Cranes")
    [event], article = events(), only_article()
    assert (event.verb, event.actor_id, event.article_id) == ("article.imported", cast.ben.id, article.id)
    assert event.subject == article.uuid
    assert (event.after["title"], event.after["version"]) == ("Cranes", 1)
    assert event.after["sha256"] == db.session.query(ArticleVersion).one().sha256
    assert article.revision == event.id


@ON_ONE
def test_the_form_says_how_much_it_takes(ada: StrictClient) -> None:
    assert f"up to 16 MB and {LIMIT:,} characters" in words(ada.get("/articles/new"), FORM)
