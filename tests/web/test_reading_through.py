"""Reading an article through on the page: sentences, the line that counts them, and the article's sign-off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotator.db import unit_of_work
from annotator.models import Article
from annotator.queries.coverage import coverage_of
from annotator.services import article_sign_offs, loading, reading_through
from annotator.services.corrections import Suggestion, decide_correction, propose_correction
from tests.builders import TEXT, make_annotation, make_article, next_draft
from tests.cast import Cast
from tests.support.pages import StrictClient
from tests.web.reading import PARTIAL, all_of, one, partial, send, targets, values, words

ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
New = Callable[[str], StrictClient]


@pytest.fixture
def article(cast: Cast) -> Article:
    """An article of four sentences with a claim in the first."""
    made = make_article(cast.ada)
    make_annotation(cast.ben, made, "4.2 million")
    return made


def mark(client: StrictClient, article: Article, *numbers: object, clear: str = "1", **more: Any) -> Any:
    """Mark sentences as the page's script does."""
    form = {"version": 1, "sentence": " ".join(map(str, numbers)), "clear": clear} | more
    return send(client, f"/articles/{article.id}/sentences", form)


def read_all(cast: Cast, article: Article) -> None:
    """Mark every sentence clear."""
    with unit_of_work():
        count = coverage_of(article.id).sentences
        reading_through.clear_sentences(cast.ben, loading.article(cast.ben, article.id), 1, range(count))


def test_sentences_are_unread_covered_or_clear(article: Article, ben: StrictClient) -> None:
    page = ben.get(f"/articles/{article.id}")
    assert [node.attributes["data-c"] for node in all_of(page, ".block")] == ["m", "u", "uu"]
    assert [node.attributes["data-k"] for node in all_of(page, ".block")] == ["0", "1", "2"]
    assert "1 of 4 sentences covered" in words(page, "#coverage")
    assert one(page, "#strip").attributes["aria-label"] == "3 unread, 0 clear, 1 covered"


def test_a_sentence_is_marked_clear_and_unread_again(article: Article, ben: StrictClient) -> None:
    answer = mark(ben, article, 1)
    assert targets(answer) == ["#b1", "#tally", "#coverage", "#strip"]
    assert 'data-c="c"' in partial(answer, "#b1")
    assert 'class="tick"' in partial(answer, "#b1")
    assert "2 of 4 sentences covered" in partial(answer, "#coverage")
    assert 'data-c="u"' in partial(mark(ben, article, 1, clear=""), "#b1")


def test_several_at_once_and_somebody_else_sees_it(article: Article, ben: StrictClient, new_client: New) -> None:
    before = ben.get(f"/articles/{article.id}")
    since = one(before, "body").attributes["data-revision"]
    mark(ben, article, 2, 3)
    answer = new_client("cleo").get(f"/articles/{article.id}/changes?since={since}&version=1", headers=PARTIAL)
    assert 'data-c="cc"' in partial(answer, "#b2")


@ON_ONE
@pytest.mark.parametrize(
    ("form", "status", "said"),
    [
        ({"sentence": ""}, 422, "Choose at least one sentence."),
        ({"sentence": "one"}, 422, "Choose between 1 and 1,000 sentences"),
        ({"sentence": "4"}, 404, "has 4 sentences, counted from 0"),
        ({"sentence": " ".join(["1"] * 1001)}, 422, "Choose between 1 and 1,000 sentences"),
        ({"sentence": "1", "version": ""}, 422, "Say which version was read"),
        ({"sentence": "1", "version": "7"}, 404, "no version 7"),
    ],
)
def test_what_cannot_be_marked(
    article: Article, ben: StrictClient, form: dict[str, str], status: int, said: str
) -> None:
    answer = send(ben, f"/articles/{article.id}/sentences", {"version": 1, "clear": "1"} | form)
    assert answer.status_code == status
    assert said in answer.text


@ON_ONE
def test_only_the_newest_version_is_read(cast: Cast, article: Article, ben: StrictClient) -> None:
    next_draft(cast.ada, article, TEXT + " The board meets on Tuesday.")
    answer = mark(ben, article, 1)
    assert answer.status_code == 409
    assert "Version 2 has come since" in answer.text


@ON_ONE
@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example", "/sign-out", "/articles/../x", "/articles//x"]
)
def test_a_form_leads_back_to_pages_of_articles_only(article: Article, ben: StrictClient, to: str) -> None:
    form = {"version": 1, "sentence": "1", "clear": "1", "to": to}
    answer = send(ben, f"/articles/{article.id}/sentences", form, htmx=False)
    assert answer.location == f"/articles/{article.id}"


def test_the_article_is_signed_off_once_everything_is_read(cast: Cast, article: Article, ada: StrictClient) -> None:
    path = f"/articles/{article.id}/sign-off"
    page = ada.get(path)
    assert words(page, "#reasons") == "3 of 4 sentences are unread."
    assert len(all_of(page, ".unread-list > li")) == 3
    none = values(page, "form[action$=sentences]") | {"sentence": ""}
    answer = send(ada, f"/articles/{article.id}/sentences", none, htmx=False)
    assert (answer.status_code, answer.location) == (303, path)
    assert words(ada.get(path), ".flash-error") == "Choose at least one sentence."
    answer = send(ada, path, values(page, "form[action$=sign-off]"), htmx=False)
    assert answer.status_code == 409
    assert "3 of 4 sentences are unread." in words(answer, ".errors")
    read_all(cast, article)
    page = ada.get(path)
    assert "1 check is not finished." in words(page, "main")
    [link] = [one for one in all_of(page, "main a") if one.text() == "Look at it"]
    assert link.attributes["href"] == f"/articles/{article.id}?state=to_do+in_progress+waiting+disagreed+reopened"
    answer = send(ada, path, values(page, "form[action$=sign-off]") | {"remark": "Runs on Friday."}, htmx=False)
    page = ada.get(answer.location)
    assert "Signed off by Ada" in words(page, ".remark")
    assert "Runs on Friday." in words(page, ".remark")
    assert "Signed off by Ada" in words(ada.get(f"/articles/{article.id}"), "#coverage")


def test_corrections_that_wait_are_named_before_the_article_is_signed_off(
    cast: Cast, article: Article, ada: StrictClient
) -> None:
    uuid = make_annotation(cast.ben, article, "Ingrid Solheim").uuid
    with unit_of_work():
        claim = loading.annotation(cast.ben, uuid)
        for words_ in ("Inga Solheim", "Ingrid Solhem"):
            made, _ = propose_correction(cast.ben, claim, Suggestion(words_, "The register", "fact"))
        decide_correction(cast.ada, made, "accepted", "Yes", None)
    page = ada.get(f"/articles/{article.id}/sign-off")
    told = "1 suggested correction is not decided, 1 accepted correction is not in the text."
    assert told in words(page, "main")


def test_a_sign_off_falls_with_the_next_draft_and_is_withdrawn(cast: Cast, article: Article, ada: StrictClient) -> None:
    read_all(cast, article)
    with unit_of_work():
        article_sign_offs.sign_off_article(cast.ada, loading.article(cast.ada, article.id))
    path = f"/articles/{article.id}/sign-off"
    assert send(ada, f"{path}/withdrawal", htmx=False).status_code == 303
    assert "Withdrawn by Ada" in words(ada.get(path), 'section[aria-labelledby="earlier"]')
    with unit_of_work():
        article_sign_offs.sign_off_article(cast.ada, loading.article(cast.ada, article.id))
    next_draft(cast.ben, article, TEXT + " The board meets on Tuesday.")
    assert "Version 2 was added." in words(ada.get(path), 'section[aria-labelledby="earlier"]')


@ON_ONE
def test_another_text_than_was_read_is_not_signed_off(cast: Cast, article: Article, ada: StrictClient) -> None:
    read_all(cast, article)
    form = values(ada.get(f"/articles/{article.id}/sign-off"), "form[action$=sign-off]")
    next_draft(cast.ben, article, TEXT.replace("4.2 million", "4.2 million"[::-1]))
    answer = send(ada, f"/articles/{article.id}/sign-off", form, htmx=False)
    assert answer.status_code == 409
    assert "version 2" in words(answer, ".errors")


@ON_ONE
def test_reviewers_read_what_is_missing_and_cannot_sign_it_off(article: Article, ben: StrictClient) -> None:
    page = ben.get(f"/articles/{article.id}/sign-off")
    assert "A lead, or whoever leads this article, signs it off." in words(page, "main")
    assert all_of(page, "form[action$=sign-off] button") == []
    assert send(ben, f"/articles/{article.id}/sign-off", htmx=False).status_code == 403
