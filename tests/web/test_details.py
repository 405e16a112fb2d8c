"""The details of an article: changed, refused, and overtaken by somebody else."""

from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from annotator.extensions import db
from annotator.models import Article, Event
from tests.builders import make_article
from tests.cast import Cast
from tests.support.pages import StrictClient
from tests.web.reading import described_error, send, values, words

FORM = "form[action$='/details']"
DETAILS = {
    "title": "Another title",
    "byline": "Ida Moe",
    "outlet": "The Gull",
    "published_at": "2026-02-19T06:30",
    "language": "nn-NO",
    "source_url": "https://gull.example/a?b=c&d=e",
}


def details_of(article_id: int) -> dict[str, str]:
    """What is stored."""
    db.session.rollback()
    stored = db.session.get_one(Article, article_id)
    return {name: getattr(stored, name) for name in DETAILS}


def change(client: StrictClient, article_id: int, values: dict[str, str], row: str) -> TestResponse:
    """Send the form as it was opened at a row version."""
    return send(client, f"/articles/{article_id}/details", {**values, "row": row}, htmx=False)


def test_details_are_changed_found_again_and_told(cast: Cast, ben: StrictClient) -> None:
    article_id = make_article(cast.ada).id
    shown = values(ben.get(f"/articles/{article_id}/details"), FORM)
    answer = change(ben, article_id, DETAILS, shown["row"])
    assert answer.location == f"/articles/{article_id}"
    assert details_of(article_id) == DETAILS
    assert "The details are saved." in ben.get(answer.location).text
    assert "Another title" in ben.get("/articles?q=another").text
    event = db.session.query(Event).order_by(Event.id.desc()).first()
    assert (event.verb, event.before["byline"], event.after["byline"]) == ("article.described", "", "Ida Moe")


def test_the_second_writer_sees_both_versions_and_may_save(cast: Cast, ada: StrictClient, ben: StrictClient) -> None:
    article_id = make_article(cast.ada).id
    opened = values(ben.get(f"/articles/{article_id}/details"), FORM)
    assert change(ada, article_id, {**DETAILS, "title": "What Ada wrote"}, opened["row"]).status_code == 302
    answer = change(ben, article_id, {**DETAILS, "title": "What Ben wrote"}, opened["row"])
    assert answer.status_code == 412
    assert "What Ada wrote" in words(answer, ".stored")
    typed = values(answer, FORM)
    assert typed["title"] == "What Ben wrote"
    assert details_of(article_id)["title"] == "What Ada wrote"
    again = {name: typed[name] for name in DETAILS}
    assert change(ben, article_id, again, typed["row"]).status_code == 302
    assert details_of(article_id)["title"] == "What Ben wrote"


ROWS = ["", "0", "-1", "x", "²", "9" * 5000]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_form_that_does_not_say_what_it_saw_changes_nothing(cast: Cast, ben: StrictClient) -> None:
    article_id = make_article(cast.ada).id
    assert [change(ben, article_id, DETAILS, row).status_code for row in ROWS] == [412] * len(ROWS)
    assert details_of(article_id)["title"] == "Cranes that never came"


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_what_will_not_do_is_said_at_its_field_and_kept(cast: Cast, ben: StrictClient) -> None:
    article_id = make_article(cast.ada).id
    sent = {**DETAILS, "title": " ", "source_url": "gull.example"}
    answer = change(ben, article_id, sent, "1")
    assert answer.status_code == 422
    assert described_error(answer, "title") == "Give the article a title."
    assert "https://" in described_error(answer, "source_url")
    assert {name: values(answer, FORM)[name] for name in DETAILS} == sent


def test_saving_without_a_change_writes_no_history(cast: Cast, ben: StrictClient) -> None:
    article_id = make_article(cast.ada).id
    before = db.session.query(Event).count()
    assert change(ben, article_id, details_of(article_id), "1").status_code == 302
    assert db.session.query(Event).count() == before


def test_an_article_that_is_not_there(ben: StrictClient) -> None:
    for number in ("0", "999", "2147483647", "2147483648", "9" * 30):
        for path in ("", "/details", "/export", "/changes?since=0", "/versions/1"):
            assert ben.get(f"/articles/{number}{path}").status_code == 404, (number, path)
        assert words(ben.get(f"/articles/{number}"), "h1") == "Not found"
