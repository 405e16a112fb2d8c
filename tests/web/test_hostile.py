"""Whatever anybody types is shown as words and never becomes markup, on every page and in every fragment."""

from __future__ import annotations

from html import escape

import pytest
from werkzeug.test import TestResponse

from annotator.db import unit_of_work
from annotator.extensions import db
from annotator.models import Note, User
from annotator.services.evidence import Piece
from annotator.services.notes import Written, edit_note
from annotator.services.parties import Named, name_party
from annotator.services.relations import link_denial
from tests.builders import make_annotation, make_article, make_note
from tests.cast import Cast
from tests.support.pages import StrictClient
from tests.web.reading import PARTIAL, address, all_of, parsed, send, words

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

PAYLOADS = [
    "<script>alert(1)</script>",
    "</title></textarea></select></bdi><img src=x onerror=alert(1)>",
    '"\' onfocus=alert(1) autofocus x="',
    "{{ 7 * 7 }}{% raw %}${7*7}",
    "</hx-partial><hx-partial hx-target=body>x</hx-partial>",
    "&lt;b&gt; &amp; <!-- -->",
]


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_stored_words_stay_words(ada: StrictClient, cast: Cast, payload: str) -> None:
    shown = 0
    for answer in answers(ada, cast, payload):
        tree = parsed(answer)
        made = tree.css("img, b, [onfocus], [onerror], script:not([src]), hx-partial[hx-target=body]")
        assert [node.html for node in made] == []
        assert [node.tag for node in tree.css("[autofocus]") if "errors" not in (node.attributes["class"] or "")] == []
        shown += payload in answer.text or str(escape(payload, quote=False)) in _unquoted(answer)
    assert shown >= 10


def _unquoted(answer: TestResponse) -> str:
    return answer.text.replace("&#34;", '"').replace("&#39;", "'").replace("&quot;", '"')


def answers(client: StrictClient, cast: Cast, payload: str) -> list[TestResponse]:
    """Every page and fragment that shows something somebody wrote, with the payload in every field."""
    with unit_of_work():
        db.session.query(User).filter_by(username="ada").one().name = payload[:100]
    text = f"{payload}\n\nSaid and denied: {payload}"
    article = make_article(cast.ada, text=text, title=payload, byline=payload, outlet=payload)
    claim = make_annotation(cast.ada, article, "Said")
    denial = make_annotation(cast.ada, article, payload, kind="denial", nth=1)
    piece = Piece(
        f"https://a.example/{escape(payload).replace(' ', '')}", payload, payload, "primary", payload, payload
    )
    note = make_note(cast.ada, claim, payload, verdict="false", evidence=(piece, Piece(description=payload)))
    with unit_of_work():
        edit_note(cast.ada, db.session.get_one(Note, note.id), Written(f"Later: {payload}", None, None, (piece,)), None)
        name_party(cast.ada, claim, Named(payload, payload, payload), None)
        link_denial(cast.ada, denial, claim.uuid, None)
    home, card, other = f"/articles/{article.id}", f"/annotations/{claim.uuid}", f"/annotations/{denial.uuid}"
    got = [
        client.get(path, headers=headers)
        for path in (home, f"{home}/details", f"{home}/changes?since=0", card, f"{card}/closed", other)
        for headers in ({}, PARTIAL)
    ]
    got += [
        client.get(f"/notes/{note.uuid}/{page}", headers=headers)
        for page in ("edit", "history")
        for headers in ({}, PARTIAL)
    ]
    got += [client.get(path) for path in ("/articles", "/dashboard", "/parties", address("/articles", q=payload))]
    fields = ("title", "byline", "outlet", "published_at", "language", "source_url", "text")
    got.append(send(client, "/articles/new", dict.fromkeys(fields, payload), htmx=False))
    got.append(send(client, "/articles/new/reading", {"text": text}))
    got.append(send(client, f"{home}/details", dict.fromkeys(fields, payload), htmx=False))
    wrong = {
        "body": payload,
        "evidence-0-url": payload,
        "evidence-0-title": payload,
        "method": payload,
        "verdict": payload,
    }
    got.append(send(client, f"{card}/notes", wrong))
    got.append(send(client, f"{card}/party", {"party": payload, "role": "R" * 201}))
    got.append(send(client, f"{other}/denies", {"denies": payload}))
    got.append(send(client, "/articles/new", {"title": payload, "text": text}, htmx=False))
    got.append(client.get(got[-1].location or ""))
    assert "flash" in got[-1].text
    assert {answer.status_code for answer in got} <= {200, 302, 412, 422}
    return got


def test_an_address_of_evidence_is_a_link_and_nothing_more(ada: StrictClient, cast: Cast) -> None:
    claim = make_annotation(cast.ada, make_article(cast.ada), "cranes")
    make_note(cast.ada, claim, evidence=(Piece(url="https://a.example/\"onclick='x'&b=<c>"),))
    [link] = all_of(ada.get(f"/annotations/{claim.uuid}", headers=PARTIAL), ".evidence a[rel]")
    assert link.attributes["href"] == "https://a.example/\"onclick='x'&b=<c>"
    assert link.attributes["rel"] == "nofollow noopener noreferrer"
    assert sorted(link.attributes) == ["href", "rel", "target"]


def test_a_path_nobody_has_is_not_repeated(ada: StrictClient) -> None:
    answer = ada.get("/<script>alert(1)</script>")
    assert answer.status_code == 404
    assert words(answer, "h1") == "Not found"
    assert "alert(1)" not in answer.text
