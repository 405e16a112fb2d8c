"""Read blind: a first verdict, and what was noted with it, is told by no door until one has given one's own."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from annotator.access import Actor
from annotator.db import unit_of_work
from annotator.extensions import db
from annotator.models import Annotation, Article, Note, Source
from annotator.services import arranging, loading, relations
from annotator.services.arranging import Arrangement
from annotator.services.evidence import Piece
from annotator.services.notes import Written, edit_note
from annotator.services.parties import Named, name_party
from tests.api.program import Program, refused, token_of, told
from tests.builders import make_annotation, make_article, make_note
from tests.cast import Cast
from tests.support.pages import StrictClient
from tests.web.reading import PARTIAL, all_of, one, send, words

SECRETS = ("Zyxgloss", "Not said", "Quxledger", "misleading", "Misleading", "≁")
FIRST, SECOND = "Zyxgloss in the first wording", "Zyxgloss in the second wording"
LEDGER = Piece(url="https://quxledger.example/page", title="Quxledger", source_type="primary")


@pytest.fixture
def article(cast: Cast) -> Article:
    """An article that is read blind."""
    made = make_article(cast.ada)
    arrange(cast.ada, made, blind=True)
    return made


def arrange(actor: Actor, article: Article, *, blind: bool) -> None:
    """Read blind, or openly."""
    with unit_of_work():
        arranging.arrange_article(actor, loading.article(actor, article.id), Arrangement(blind=blind), None)


@pytest.fixture
def claim(cast: Cast, article: Article) -> Annotation:
    """A claim of Ben's with a verdict, a party, and a note written twice; another claim repeats it."""
    made = make_annotation(cast.ben, article, "cranes")
    note = make_note(cast.ben, made, FIRST, verdict="misleading", evidence=(LEDGER,))
    key = note.uuid
    with unit_of_work():
        written = Written(SECOND, "misleading", None, (LEDGER,))
        edit_note(cast.ben, loading.note(cast.ben, key), written, None)
    with unit_of_work():
        name_party(cast.ben, loading.annotation(cast.ben, made.uuid), Named("Ingrid Solheim"), None)
    again = make_annotation(cast.ben, article, "never arrived")
    with unit_of_work():
        relations.relate(cast.ben, loading.annotation(cast.ben, again.uuid), "repeats", made.uuid)
    return made


def pages(claim: Annotation) -> list[str]:
    """Every page and fragment that tells of the claim."""
    article, uuid = claim.article_id, claim.uuid
    note = claim_note(claim)
    other = db.session.query(Annotation).filter(Annotation.id != claim.id).one().uuid
    source = db.session.query(Source).one().uuid
    return [
        f"/articles/{article}",
        f"/articles/{article}/versions/1",
        f"/articles/{article}/history",
        f"/articles/{article}/changes?since=0",
        f"/articles/{article}/right-of-reply",
        *(f"/annotations/{key}{end}" for key in (uuid, other) for end in ("", "/closed", "/history")),
        f"/notes/{note}/history",
        f"/notes/{note}/edit",
        f"/sources/{source}",
        "/sources",
        f"/parties/{claim.party.uuid}",
        "/queue",
        "/sources?url=quxl",
        "/inbox",
        "/articles",
    ]


def claim_note(claim: Annotation) -> str:
    """The id of the note on it."""
    found: str = db.session.query(Note).filter_by(annotation_id=claim.id).one().uuid
    return found


def addresses(claim: Annotation) -> list[str]:
    """The same in the API."""
    article, uuid = claim.article_id, claim.uuid
    other = db.session.query(Annotation).filter(Annotation.id != claim.id).one().uuid
    source = db.session.query(Source).one().uuid
    return [
        f"/articles/{article}/annotations",
        *(f"/articles/{article}/annotations?state={state}" for state in ("checked", "to_do", "signed_off")),
        f"/annotations/{uuid}",
        f"/annotations/{other}",
        f"/annotations/{uuid}/history",
        f"/notes/{claim_note(claim)}",
        "/events",
        f"/articles/{article}/export",
        f"/articles/{article}/right-of-reply",
        f"/sources/{source}",
        "/sources",
        f"/parties/{claim.party.uuid}",
        "/queue",
    ]


SOURCE_PAGES = ("/sources/",)
"""A source is shared by all articles: its own name is told there, not who rests what on it."""


def tells(text: str, path: str) -> list[str]:
    """Which secrets an answer tells, besides offering every verdict there is."""
    own = "Quxledger" if path.startswith(SOURCE_PAGES) else ""
    said = re.sub(r"(?s)<select.*?</select>", "", text)
    return [secret for secret in SECRETS if secret in said and secret != own]


@pytest.mark.parametrize("who", ["cleo", "ada"])
def test_no_page_tells(claim: Annotation, new_client: Callable[[str], StrictClient], who: str) -> None:
    client = new_client(who)
    for path in pages(claim):
        for headers in ({}, PARTIAL):
            answer = client.get(path, headers=headers)
            assert answer.status_code in (200, 403), path
            assert tells(answer.text, path) == [], path


def test_no_address_of_the_api_tells(app: Flask, cast: Cast, claim: Annotation) -> None:
    program = Program(app.test_client(), token_of(cast.cleo))
    for path in addresses(claim):
        answer = program.get(path)
        assert answer.status_code in (200, 403), path
        assert tells(answer.text, path) == [], path


def test_a_change_that_comes_too_late_tells_nothing(app: Flask, cast: Cast, claim: Annotation) -> None:
    program, note = Program(app.test_client(), token_of(cast.cleo)), claim_note(claim)
    for path, sent in ((f"/annotations/{claim.uuid}", {"kind": "quote"}), (f"/notes/{note}", {"body": "No."})):
        answer = program.patch(path, sent, If_Match='"99"')
        assert answer.status_code in (403, 412)
        assert tells(answer.text, path) == []


def test_the_card_and_the_api_say_that_something_is_hidden(
    app: Flask, cast: Cast, claim: Annotation, new_client: Callable[[str], StrictClient]
) -> None:
    card = new_client("cleo").get(f"/annotations/{claim.uuid}")
    assert "A verdict was given; it is hidden until you give yours." in words(card, ".deciding")
    now = told(Program(app.test_client(), token_of(cast.cleo)).get(f"/annotations/{claim.uuid}"))
    assert (now["sealed"], now["verdict"], now["notes"], now["state"]) == (True, None, [], "checked")


def test_who_gave_it_reads_it(claim: Annotation, ben: StrictClient, app: Flask, cast: Cast) -> None:
    card = ben.get(f"/annotations/{claim.uuid}")
    assert SECOND in card.text
    assert all_of(card, ".deciding .remark") == []
    now = told(Program(app.test_client(), token_of(cast.ben)).get(f"/annotations/{claim.uuid}"))
    assert (now["sealed"], now["verdict"]["value"]) == (False, "misleading")
    assert FIRST in ben.get(f"/notes/{claim_note(claim)}/history").text
    assert ben.get(f"/articles/{claim.article_id}/export").status_code == 200


def test_a_note_without_a_verdict_opens_nothing(claim: Annotation, new_client: Callable[[str], StrictClient]) -> None:
    cleo = new_client("cleo")
    answer = send(cleo, f"/annotations/{claim.uuid}/notes", {"body": "What is it?"})
    assert answer.status_code == 200
    assert tells(answer.text, "") == []
    assert "What is it?" in answer.text


def test_a_verdict_of_ones_own_opens_all(
    claim: Annotation, new_client: Callable[[str], StrictClient], ada: StrictClient
) -> None:
    cleo = new_client("cleo")
    said = {"body": "So it is.", "verdict": "misleading"}
    answer = send(cleo, f"/annotations/{claim.uuid}/notes", said)
    assert SECOND in answer.text
    for client in (cleo, ada):
        assert SECOND in client.get(f"/annotations/{claim.uuid}").text
        assert tells(client.get(f"/articles/{claim.article_id}").text, "") != []
        assert "Zyxgloss" in client.get(f"/annotations/{claim.uuid}/history").text


def test_leads_may_export(ada: StrictClient, claim: Annotation, new_client: Callable[[str], StrictClient]) -> None:
    path = f"/articles/{claim.article_id}/export"
    assert SECOND in ada.get(path).text
    answer = new_client("cleo").get(path)
    assert answer.status_code == 403
    assert "only a lead can export it" in answer.text


@pytest.mark.parametrize("blind", [True, False])
def test_an_open_page_is_told_when_it_begins_or_ends(
    cast: Cast, claim: Annotation, new_client: Callable[[str], StrictClient], blind: bool
) -> None:
    article = db.session.get_one(Article, claim.article_id)
    arrange(cast.ada, article, blind=not blind)
    cleo = new_client("cleo")
    assert bool(tells(cleo.get(f"/articles/{article.id}").text, "")) == blind
    since = article.revision
    arrange(cast.ada, article, blind=blind)
    news = cleo.get(f"/articles/{article.id}/changes?since={since}", headers=PARTIAL)
    assert f'data-annotation="{claim.uuid}"' in news.text
    assert bool(tells(news.text, "")) != blind


def test_nobody_can_ask_the_api_for_a_verdict(app: Flask, cast: Cast, claim: Annotation) -> None:
    program = Program(app.test_client(), token_of(cast.cleo))
    refused(program.get(f"/articles/{claim.article_id}/annotations?verdict=misleading"), 422, "verdict")


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_lead_arranges_on_the_details_page(cast: Cast, ada: StrictClient, ben: StrictClient) -> None:
    article = make_article(cast.ada)
    path = f"/articles/{article.id}"
    page = ada.get(f"{path}/details")
    form: dict[str, Any] = {"row": one(page, "#arrangement-row").attributes["value"]}
    said = form | {"lead": "ben", "due_at": "2026-12-01T17:30", "blind": "y"}
    assert ada.submit(f"{path}/arrangement", said).status_code == 303
    shown = words(ben.get(f"{path}/details"), "section[aria-labelledby=arrangement-title]")
    assert "Led by Ben Lindqvist" in shown
    assert "Read blind" in shown
    late = ada.submit(f"{path}/arrangement", form | {"lead": "cleo"})
    assert late.status_code == 412
    assert "Stored now: lead ben" in words(late, "section .stored")
    wrong = ada.submit(f"{path}/arrangement", said | {"due_at": "soon"})
    assert wrong.status_code == 422
    assert "2026-11-24T18:30" in words(wrong, "#due_at-error")
    assert ben.submit(f"{path}/arrangement", said).status_code == 403
