"""Archiving: an article goes off the lists and the counts, keeps everything, and comes back."""

from __future__ import annotations

import pytest

from annotator.models import Article
from tests.builders import make_annotation, make_article
from tests.cast import Cast
from tests.support.pages import StrictClient
from tests.web.reading import all_of, send, words

ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def article(cast: Cast) -> Article:
    """An article of Ada's with one claim."""
    made = make_article(cast.ada, title="Twice pasted")
    make_annotation(cast.ada, made, "4.2 million crowns")
    return made


def listed(client: StrictClient, query: str = "") -> list[str]:
    """The titles on the list."""
    return [link.text() for link in all_of(client.get("/articles" + query), "th[scope=row] a")]


def test_an_archived_article_is_off_the_lists_and_comes_back(ada: StrictClient, article: Article) -> None:
    here = f"/articles/{article.id}"
    assert send(ada, f"{here}/archiving", htmx=False).status_code == 303
    assert (listed(ada), listed(ada, "?archived=1")) == ([], ["Twice pasted"])
    assert words(ada.get("/dashboard"), "p.lead").startswith("0 articles, 0 annotations")
    assert "This article is archived." in ada.get(here).text
    assert send(ada, f"{here}/return", htmx=False).status_code == 303
    assert (listed(ada), listed(ada, "?archived=1")) == (["Twice pasted"], [])


@ON_ONE
def test_it_is_told_once_in_history(ada: StrictClient, article: Article) -> None:
    for _ in range(2):
        send(ada, f"/articles/{article.id}/archiving", htmx=False)
    assert words(ada.get(f"/articles/{article.id}/history"), "ol.history").count("archived the article") == 1


@ON_ONE
def test_only_who_imported_it_or_a_lead_may(ben: StrictClient, article: Article) -> None:
    assert send(ben, f"/articles/{article.id}/archiving", htmx=False).status_code == 403
    assert listed(ben) == ["Twice pasted"]
