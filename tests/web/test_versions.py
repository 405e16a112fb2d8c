"""The next draft on the page: added by paste or file, what it changed, and two versions beside each other."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from werkzeug.test import TestResponse

from annotator.extensions import db
from annotator.models import Annotation, Article, ArticleVersion
from annotator.services.evidence import Piece
from tests.builders import TEXT, make_annotation, make_article, next_draft, text_of
from tests.cast import Cast
from tests.extract.wordfiles import core, paragraph, word
from tests.support.pages import StrictClient
from tests.web.reading import all_of, described_error, values, words

SECOND = TEXT.replace("4.2 million", "4.6 million") + " The board meets on Tuesday."
LEDGER = (Piece(url="https://court.example/ledger", source_type="primary"),)
ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
New = Callable[[str], StrictClient]


@pytest.fixture
def article(cast: Cast) -> Article:
    """An article in its first version."""
    return make_article(cast.ada)


def add(client: StrictClient, article: Article, **fields: object) -> TestResponse:
    """Send the form of the page *New draft*."""
    path = f"/articles/{article.id}/versions/new"
    return client.submit(path, fields, content_type="multipart/form-data")


def changed(client: StrictClient, article: Article, number: int = 2) -> TestResponse:
    """The page that says what a draft changed."""
    return client.get(f"/articles/{article.id}/versions/{number}/changed")


def numbers(article: Article) -> list[int]:
    """The versions there are."""
    wanted = db.session.query(ArticleVersion.number).filter_by(article_id=article.id)
    return [row[0] for row in wanted.order_by(ArticleVersion.number)]


def test_a_pasted_draft_becomes_the_next_version(cast: Cast, article: Article, ben: StrictClient) -> None:
    make_annotation(cast.ben, article, "4.2 million crowns")
    make_annotation(cast.ben, article, "Ingrid Solheim")
    answer = add(ben, article, text=SECOND, change_note="The board")
    assert answer.location == f"/articles/{article.id}/versions/2/changed"
    page = ben.get(answer.location)
    assert words(page, ".lead") == "1 check carried untouched, 1 touched (1 to look at), 1 new sentence unread."
    assert "The board" in words(page, "main")
    assert text_of(article, 2).endswith("The board meets on Tuesday.")
    assert "Version 2 of 2" in words(ben.get(f"/articles/{article.id}"), ".versions > summary")


@ON_ONE
@pytest.mark.parametrize(
    ("data", "name"),
    [
        (SECOND.encode(), "draft.txt"),
        (f"# Cranes\n\n{SECOND}".encode(), "draft.md"),
        (word(paragraph("It paid for cranes."), core(title="Cranes")), "draft.docx"),
    ],
)
def test_a_file_becomes_the_next_version_and_is_kept(
    article: Article, ben: StrictClient, data: bytes, name: str
) -> None:
    assert add(ben, article, file=(io.BytesIO(data), name)).status_code == 303
    [link] = all_of(ben.get(f"/articles/{article.id}"), '.versions a[href^="/files/"]')
    assert name in link.text()
    assert ben.get(link.attributes["href"] or "", buffered=True).data == data


def test_the_very_same_text_changes_nothing(article: Article, ben: StrictClient) -> None:
    answer = add(ben, article, text=text_of(article))
    assert answer.location == f"/articles/{article.id}"
    assert "This is the very text of version 1. Nothing was changed." in words(ben.get(answer.location), ".flashes")
    assert numbers(article) == [1]


@ON_ONE
def test_what_will_not_do_is_said_at_its_field_and_nothing_is_lost(article: Article, ben: StrictClient) -> None:
    answer = add(ben, article, text=" ", change_note="The board")
    assert answer.status_code == 422
    assert described_error(answer, "text") == "Paste the article's text here, or choose a file."
    assert values(answer, ".import-form")["change_note"] == "The board"
    answer = add(ben, article, text=SECOND, change_note="n" * 1001)
    assert "at most 1,000 characters" in described_error(answer, "change_note")
    assert values(answer, ".import-form")["text"].replace("\r", "") == SECOND
    assert add(ben, article, file=(io.BytesIO(b"%PDF"), "draft.pdf")).status_code == 422
    assert numbers(article) == [1]


@pytest.fixture
def drafted(cast: Cast, article: Article) -> Annotation:
    """A claim whose words the second draft has changed."""
    claim = make_annotation(cast.ben, article, "paid 4.2 million crowns")
    next_draft(cast.ada, article, SECOND)
    return claim


def test_two_versions_beside_each_other_with_the_marks_of_both(
    cast: Cast, article: Article, drafted: Annotation, ben: StrictClient
) -> None:
    page = ben.get(f"/articles/{article.id}/versions/1/beside/2")
    assert words(page, ".beside del") == "4.2"
    assert words(page, ".beside ins:first-of-type mark") == "4.6"
    assert len(all_of(page, ".beside a.chip")) == 2
    assert {chip.attributes["href"] for chip in all_of(page, ".beside a.chip")} == {f"/articles/{article.id}#a1"}
    assert "2 paragraphs differ." in words(page, ".lead")
    answer = ben.get(f"/articles/{article.id}/versions/beside?old=2&new=1")
    assert answer.location == f"/articles/{article.id}/versions/2/beside/1"
    assert words(ben.get(answer.location), "h1") == "Versions 1 and 2"
    assert ben.get(f"/articles/{article.id}/versions/1/beside/9").status_code == 404


def test_a_paragraph_that_moved_leads_to_its_other_place(cast: Cast, article: Article, ben: StrictClient) -> None:
    first, *rest = TEXT.split("\n\n")
    next_draft(cast.ada, article, "\n\n".join([*rest, first]))
    page = ben.get(f"/articles/{article.id}/versions/1/beside/2")
    assert words(page, ".lead") == "No paragraphs differ; 1 moved."
    there, here = all_of(page, ".beside .moved a")
    assert (there.text(), here.text()) == ("Moved further down ↓", "Moved here, from further up ↑")
    assert [link.attributes["href"] for link in (there, here)] == [f"#new-{len(rest)}", "#old-0"]
    assert {place.attributes["id"] for place in all_of(page, ".beside .moved")} == {f"new-{len(rest)}", "old-0"}
    assert not all_of(page, ".beside :is(del, ins)")


def test_an_earlier_version_says_so(article: Article, drafted: Annotation, ben: StrictClient) -> None:
    page = ben.get(f"/articles/{article.id}/versions/1")
    assert "This is version 1; version 2 has come." in words(page, "#newer")
    assert "4.2 million" in words(page, "#article-text")
    assert words(ben.get(f"/articles/{article.id}"), "#newer") == ""


def test_an_open_page_hears_of_a_draft(cast: Cast, article: Article, ben: StrictClient) -> None:
    since = db.session.get_one(Article, article.id).revision
    next_draft(cast.ada, article, SECOND)
    answer = ben.get(f"/articles/{article.id}/changes?since={since}&version=1")
    assert "version 2 has come" in answer.text


def test_marks_from_a_page_of_an_earlier_version_come_back_in_its_place(
    cast: Cast, article: Article, ben: StrictClient
) -> None:
    next_draft(cast.ada, article, f"It began in March.\n\n{SECOND}")
    start = TEXT.index("Ingrid Solheim")
    body = {"version": 1, "start": start, "end": start + 14, "exact": "Ingrid Solheim", "kind": "claim"}
    path, headers = f"/articles/{article.id}/annotations", {"HX-Request": "true", "X-Version": "1"}
    answer = ben.submit_json(path, body, **headers)
    assert answer.status_code == 201
    assert f'data-start="{start}"' in answer.text
    assert 'hx-target="#b1"' in answer.text
    refused = ben.submit_json(
        path, {"version": 1, "start": 27, "end": 38, "exact": TEXT[27:38], "kind": "claim"}, **headers
    )
    assert refused.status_code == 409
    assert "Nothing was saved; open version 2" in refused.text


def test_a_draft_never_replaces_another_unseen(cast: Cast, article: Article, ben: StrictClient) -> None:
    form = values(ben.get(f"/articles/{article.id}/versions/new"), ".import-form")
    next_draft(cast.ada, article, SECOND)
    mine = {"base": form["base"], "text": f"{TEXT} It rained.", "change_note": "Rain"}
    answer = add(ben, article, **mine)
    assert answer.status_code == 412
    assert "Ada Okafor has added version 2 since you opened this page" in words(answer, ".refusal")
    again = values(answer, ".import-form")
    assert (again["base"], again["change_note"]) == ("2", "Rain")
    assert add(ben, article, **mine | {"base": again["base"]}).status_code == 303
    assert numbers(article) == [1, 2, 3]


@ON_ONE
def test_a_text_and_a_file_at_once_are_refused(article: Article, ben: StrictClient) -> None:
    answer = add(ben, article, text=SECOND, file=(io.BytesIO(TEXT.encode()), "draft.txt"))
    assert answer.status_code == 422
    assert "not both" in described_error(answer, "file")
    assert values(answer, ".import-form")["text"].replace("\r", "") == SECOND
