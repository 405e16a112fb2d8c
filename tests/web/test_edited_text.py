"""The text edited by a lead: a correction goes straight into it, and becomes a version."""

from __future__ import annotations

import pytest

from annotator.db import unit_of_work
from annotator.models import Article
from annotator.queries import articles, records
from annotator.services import loading
from annotator.services.corrections import Suggestion, decide_correction, propose_correction
from tests.builders import TEXT, make_annotation, make_article, next_draft, text_of
from tests.cast import Cast
from tests.support.pages import StrictClient
from tests.web.reading import described_error, one, send, values, words

ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def article(cast: Cast) -> Article:
    """An article in its first version."""
    return make_article(cast.ada)


def path(article: Article) -> str:
    """The address of the form."""
    return f"/articles/{article.id}/versions/edit"


def test_a_lead_edits_the_text(cast: Cast, article: Article, ada: StrictClient) -> None:
    claim = make_annotation(cast.ben, article, "Ingrid Solheim")
    form = values(ada.get(path(article)), ".import-form")
    assert form["text"].replace("\r", "") == text_of(article)
    answer = send(ada, path(article), form | {"text": form["text"].replace("4.2", "4.6")}, htmx=False)
    assert answer.location == f"/articles/{article.id}/versions/2/changed"
    assert text_of(article, 2) == TEXT.replace("4.2", "4.6")
    assert records.record(claim.uuid).anchor.status == "exact"


@ON_ONE
def test_reviewers_suggest_corrections_instead(article: Article, ben: StrictClient) -> None:
    answer = ben.get(path(article))
    assert answer.status_code == 403
    assert "Suggest a correction instead." in answer.text
    assert "Edit the text" not in ben.get(f"/articles/{article.id}/versions/new").text


def test_accepted_corrections_are_put_in_and_recognised(cast: Cast, article: Article, ada: StrictClient) -> None:
    claim = make_annotation(cast.ben, article, "4.2 million")
    with unit_of_work():
        made, _ = propose_correction(
            cast.ben, loading.annotation(cast.ben, claim.uuid), Suggestion("4.6 million", "Ledger", "fact")
        )
        decide_correction(cast.ada, made, "accepted", "Yes", None)
    page = ada.get(path(article))
    assert words(page, 'section[aria-labelledby="accepted"] del') == "4.2"
    typed = values(page, ".import-form") | {"corrections": "1"}
    typed["text"] = typed["text"].replace("until March", "until April")
    kept = values(send(ada, path(article), typed, htmx=False), ".import-form")["text"]
    assert ("4.6 million" in kept, "until April" in kept) == (True, True)
    form = values(ada.get(f"{path(article)}?corrections=1"), ".import-form")
    assert form["text"].replace("\r", "") == TEXT.replace("4.2", "4.6")
    assert form["change_note"] == "Accepted corrections put in"
    assert send(ada, path(article), form, htmx=False).status_code == 303
    now = records.record(claim.uuid)
    assert (now.corrections[0].state, now.corrections[0].applied_in) == ("applied", 2)


def test_an_edit_never_replaces_a_version_it_was_not_made_from(cast: Cast, article: Article, ada: StrictClient) -> None:
    form = values(ada.get(path(article)), ".import-form")
    next_draft(cast.ben, article, TEXT + " The board meets on Tuesday.")
    typed = form | {"text": form["text"].replace("4.2", "4.6"), "change_note": "Ledger"}
    answer = send(ada, path(article), typed, htmx=False)
    assert answer.status_code == 412
    assert "Version 2 is the newest now" in words(answer, ".refusal")
    again = values(answer, ".import-form")
    assert (again["base"], again["change_note"], "4.6" in again["text"]) == ("2", "Ledger", True)
    assert send(ada, path(article), again, htmx=False).status_code == 303
    assert articles.version(article.id).number == 3


@ON_ONE
def test_an_empty_text_is_refused_and_headings_stay(article: Article, ada: StrictClient) -> None:
    form = values(ada.get(path(article)), ".import-form")
    answer = send(ada, path(article), form | {"text": " "}, htmx=False)
    assert answer.status_code == 422
    assert "There is no text in it." in described_error(answer, "text")
    unchanged = send(ada, path(article), form, htmx=False)
    assert unchanged.location == f"/articles/{article.id}"
    assert one(ada.get(unchanged.location), ".flash").text().startswith("This is the very text of version 1")
