"""The pages of parties."""

from __future__ import annotations

import pytest

from annotator.db import unit_of_work
from annotator.extensions import db
from annotator.models import Article, Party
from annotator.services import loading
from annotator.services.parties import Named, name_party
from tests.builders import make_annotation, make_article, make_note
from tests.cast import Cast
from tests.support.pages import StrictClient
from tests.web.reading import all_of, described_error, one, send, values, words

ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def keys(cast: Cast) -> dict[str, str]:
    """Ingrid in two articles and Jonas in one, as ids."""
    first, second = make_article(cast.ada), make_article(cast.ada, title="Cranes again")
    for article, words_, kind, name in (
        (first, "4.2 million crowns", "claim", "Ingrid Solheim"),
        (first, "told to sign", "quote", "Ingrid Solheim"),
        (second, "denies that any payment was made", "denial", "Ingrid Solheim"),
        (second, "cranes", "claim", "Jonas <b>Berg</b>"),
    ):
        made = make_annotation(cast.ben, article, words_, kind=kind)
        if kind == "quote":
            make_note(cast.ben, made, verdict="accurate")
        with unit_of_work():
            name_party(cast.ben, loading.annotation(cast.ben, made.uuid), Named(name, role="clerk"), None)
    return {party.name: party.uuid for party in db.session.query(Party)}


@ON_ONE
def test_all_are_listed_and_searched(ben: StrictClient, keys: dict[str, str]) -> None:
    page = ben.get("/parties")
    assert [row.text() for row in all_of(page, "tbody th a")] == ["Ingrid Solheim", "Jonas <b>Berg</b>"]
    assert [cell.text() for cell in all_of(page, "tbody tr:first-child td")] == ["1", "1", "1", "2"]
    assert [row.text() for row in all_of(ben.get("/parties?q=BERG&page=7"), "tbody th a")] == ["Jonas <b>Berg</b>"]
    assert "No party has this" in words(ben.get("/parties?q=nobody"), ".empty")
    assert ben.get("/parties?q=%00&page=x").status_code == 200


@ON_ONE
def test_one_party_with_all_it_said(ben: StrictClient, keys: dict[str, str]) -> None:
    page = ben.get(f"/parties/{keys['Ingrid Solheim']}")
    assert words(page, "h1") == "Ingrid Solheim"
    assert [link.text() for link in all_of(page, "section h2 a")] == ["Cranes again", "Cranes that never came"]
    found = [" ".join(one_.text().split()) for one_ in all_of(page, ".history > li > p")]
    assert found == ["D Denial 1 To do", "C Claim 1 To do", "Q Quote 2 ✓ Accurate: as recorded In progress"]
    links = [link.attributes["href"] for link in all_of(page, ".history p a")]
    article_id = db.session.query(Article.id).order_by(Article.id).first()[0]  # type: ignore[index]
    assert f"/articles/{article_id}#a2" in links
    assert ben.get("/parties/5f0c2c1e-8a55-4f0e-9d3e-0f6c2f3b7a10").status_code == 404


@ON_ONE
def test_a_verdict_read_once_in_a_blind_article_is_not_told(ben: StrictClient, keys: dict[str, str]) -> None:
    with unit_of_work():
        db.session.query(Article).update({"blind": True})
    page = ben.get(f"/parties/{keys['Ingrid Solheim']}")
    assert "Accurate" not in page.text
    assert "Quote 2" in page.text


def test_the_record_is_edited_with_aliases(ben: StrictClient, keys: dict[str, str]) -> None:
    path = f"/parties/{keys['Ingrid Solheim']}"
    form = values(ben.get(path), f'form[action="{path}"]')
    assert send(ben, path, form | {"name": "Ingrid S. Solheim"}, htmx=False).location == path
    stale = send(ben, path, form | {"name": "Somebody"}, htmx=False)
    assert stale.status_code == 412
    assert values(stale, f'form[action="{path}"]')["name"] == "Somebody"
    assert send(ben, f"{path}/aliases", {"alias": "Mrs Solheim"}, htmx=False).location == path
    taken = send(ben, f"{path}/aliases", {"alias": "jonas <b>berg</b>"}, htmx=False)
    assert (taken.status_code, words(taken, "#alias-error")) == (409, "Jonas <b>Berg</b> has this name already.")
    assert words(send(ben, f"{path}/aliases", {"alias": " "}, htmx=False), "#alias-error") == "Write a name."
    page = ben.get(path)
    assert (words(page, "h1"), words(page, "section li bdi")) == ("Ingrid S. Solheim", "Mrs Solheim")
    assert send(ben, f"{path}/aliases/removal", {"alias": "Mrs Solheim"}, htmx=False).location == path
    assert all_of(ben.get(path), "section li bdi") == []


def test_two_are_merged_by_a_lead(ada: StrictClient, ben: StrictClient, keys: dict[str, str]) -> None:
    path, other = f"/parties/{keys['Ingrid Solheim']}", f"/parties/{keys['Jonas <b>Berg</b>']}"
    assert all_of(ben.get(path), 'form[action$="/merge"]') == []
    assert send(ben, f"{path}/merge", {"other": "Jonas <b>Berg</b>"}, htmx=False).status_code == 403
    nobody = send(ada, f"{path}/merge", {"other": "Nobody"}, htmx=False)
    assert (nobody.status_code, described_error(nobody, "other")) == (422, "Write the name of a party on the list.")
    assert send(ada, f"{path}/merge", {"other": "jonas <B>berg</B>"}, htmx=False).location == path
    assert ada.get(other).location == path
    assert len(all_of(ada.get(path), ".history > li")) == 4
    assert one(ada.get("/parties/suggestions?party=jonas"), "option").attributes["value"] == "Ingrid Solheim"


@ON_ONE
def test_the_card_leads_to_the_party(ben: StrictClient, keys: dict[str, str]) -> None:
    page = ben.get(f"/parties/{keys['Ingrid Solheim']}")
    article = one(page, "section:first-of-type h2 a").attributes["href"]
    uuid = one(ben.get(article or ""), "article.card.denial").attributes["data-annotation"]
    card = ben.get(f"/annotations/{uuid}")
    assert one(card, f'a[href="/parties/{keys["Ingrid Solheim"]}"]').text() == "All of Ingrid Solheim"
