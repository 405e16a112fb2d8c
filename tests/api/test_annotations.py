"""Annotations through the API: marked, read, changed, deleted, restored."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from annotator.extensions import db
from annotator.models import Annotation, Article, Event, Relation
from tests.api.program import Program, refused, told
from tests.builders import make_article, text_of
from tests.cast import Cast

Mark = Callable[..., dict[str, Any]]
Span = Callable[..., dict[str, Any]]

MONEY = "4.2 million crowns"
QUOTE = "We were told to sign and not to ask,"
DENIAL = "The authority denies that any payment was made."
UNSAID = dict.fromkeys(("on_behalf_of", "form", "allegation", "denies"))


def test_an_annotation_reads_as_the_map_says(reviewer: Program, article: Article, mark: Mark) -> None:
    """Every field there, nothing else, and GET answers what POST answered."""
    made = mark(reviewer, MONEY)
    text = text_of(article)
    start = text.index(MONEY)
    assert made | {"created_at": "", "updated_at": ""} == {
        "id": made["id"],
        "article": article.id,
        "number": 1,
        "kind": "claim",
        "state": "to_do",
        "verdict": None,
        "anchor": {
            "version": 1,
            "start": start,
            "end": start + len(MONEY),
            "exact": MONEY,
            "prefix": text[max(0, start - 32) : start],
            "suffix": text[start + len(MONEY) :][:32],
            "status": "exact",
            "score": 1.0,
            "point": start,
            **dict.fromkeys(("reason", "carried_as", "carried_from", "confirmed_by", "confirmed_at")),
        },
        "party": None,
        "fields": dict.fromkeys(("wording", "harm", "about", "rests_on", "said_at", "appearance_url")),
        "relations": [],
        "notes": [],
        "sourcing": None,
        "contacts": [],
        "corrections": [],
        "comments": [],
        "assignments": [],
        "reopened": None,
        "closed": None,
        "created_by": "ben",
        "created_at": "",
        "updated_at": "",
        "row_version": 1,
        "sealed": False,
        "signed_off": None,
    }
    response = reviewer.get(f"/annotations/{made['id']}")
    assert told(response) == made
    assert response.headers["ETag"] == '"1"'
    assert reviewer.get(f"/annotations/{made['id'].upper()}").get_json() == made


def test_the_same_request_may_be_repeated(reviewer: Program, lead: Program, article: Article, span: Span) -> None:
    """201 with its address, then 200 with the same; one row."""
    path, sent = f"/articles/{article.id}/annotations", span(MONEY) | {"id": str(uuid4()), "kind": "claim"}
    first = reviewer.post(path, sent)
    made = told(first, 201)
    assert first.headers["Location"] == f"/api/v1/annotations/{sent['id']}"
    assert first.headers["ETag"] == '"1"'
    assert told(reviewer.post(path, sent | {"id": sent["id"].upper()}), 200) == made
    assert told(lead.post(path, sent | {"party": None, "fields": {}}), 200) == made
    assert db.session.query(Annotation).count() == 1


@pytest.mark.parametrize("other", [{"kind": "quote"}, {"party": "Ingrid Solheim"}, {"words": "cranes"}])
def test_an_id_is_good_for_one_annotation(
    reviewer: Program, article: Article, span: Span, other: dict[str, Any]
) -> None:
    """Another request with the same id is a conflict."""
    path, sent = f"/articles/{article.id}/annotations", span(MONEY) | {"id": str(uuid4()), "kind": "claim"}
    told(reviewer.post(path, sent), 201)
    changed = other if "words" not in other else span(other["words"])
    refused(reviewer.post(path, sent | changed), 409, "id")


def test_an_id_of_another_article_or_of_a_deleted_one(
    reviewer: Program, cast: Cast, article: Article, mark: Mark
) -> None:
    """Neither is made again."""
    made, other = mark(reviewer, MONEY), make_article(cast.ada)
    sent = {name: made["anchor"][name] for name in ("version", "start", "end", "exact")} | {"kind": "claim"}
    refused(reviewer.post(f"/articles/{other.id}/annotations", sent | {"id": made["id"]}), 409, "id")
    assert reviewer.delete(f"/annotations/{made['id']}", If_Match='"1"').status_code == 204
    refused(reviewer.post(f"/articles/{article.id}/annotations", sent | {"id": made["id"]}), 409, "id")


def test_words_that_differ(reviewer: Program, article: Article, span: Span) -> None:
    """409, naming what stands there; nothing is stored."""
    events = db.session.query(Event).count()
    sent = span(MONEY) | {"kind": "claim", "party": "Nobody", "exact": "4.3 million crowns"}
    error = refused(reviewer.post(f"/articles/{article.id}/annotations", sent), 409, "exact")
    assert error["code"] == "words_differ"
    assert MONEY in error["fields"]["exact"]
    assert db.session.query(Annotation).count() == 0
    assert db.session.query(Event).count() == events


REFUSALS: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    ({"kind": "rumour"}, ("kind",)),
    ({"kind": None}, ("kind",)),
    ({"kind": ["claim"]}, ("kind",)),
    ({"start": -1}, ("start",)),
    ({"start": True}, ("start",)),
    ({"start": 1.0}, ("start",)),
    ({"start": "1"}, ("start",)),
    ({"start": None}, ("start",)),
    ({"start": 10**30}, ("start",)),
    ({"end": 100_000}, ("end",)),
    ({"end": 1}, ("end",)),
    ({"exact": 5}, ("exact",)),
    ({"exact": "a\x00"}, ("exact",)),
    ({"exact": "\ud83d"}, ("exact",)),
    ({"id": "not-a-uuid"}, ("id",)),
    ({"id": 7}, ("id",)),
    ({"party": 7}, ("party",)),
    ({"party": " "}, ("party",)),
    ({"party": {}}, ("party.name",)),
    ({"party": {"name": "A", "rôle": "x"}}, ("party.rôle",)),
    ({"party": {"name": "A", "role": 7}}, ("party.role",)),
    ({"party": "x" * 201}, ("party",)),
    ({"party": "a\x00"}, ("party.name",)),
    ({"fields": []}, ("fields",)),
    ({"fields": {"denies": None}}, ("fields.denies",)),
    ({"kind": "denial", "fields": {"denies": "x"}}, ("fields.denies",)),
    ({"kind": "denial", "fields": {"denies": "6f1d7c52-0b1e-4f7a-9c55-2f3f0a0d9e11"}}, ("fields.denies",)),
    ({"kind": "denial", "fields": {"denied": None}}, ("fields.denied",)),
    ({"knid": "claim"}, ("knid",)),
    ({"\ud800\x00": 1}, ("\ud800\x00",)),
]


@pytest.mark.parametrize(("change", "fields"), REFUSALS, ids=str)
def test_values_that_will_not_do(
    reviewer: Program, article: Article, span: Span, change: dict[str, Any], fields: tuple[str, ...]
) -> None:
    """422, the field named, nothing stored."""
    sent = span(MONEY) | {"kind": "claim"} | change
    refused(reviewer.post(f"/articles/{article.id}/annotations", sent), 422, *fields)
    assert db.session.query(Annotation).count() == 0


@pytest.mark.parametrize("missing", ["version", "start", "end", "exact", "kind"])
def test_nothing_is_guessed(reviewer: Program, article: Article, span: Span, missing: str) -> None:
    """A field that is not there is named."""
    sent = span(MONEY) | {"kind": "claim"}
    del sent[missing]
    refused(reviewer.post(f"/articles/{article.id}/annotations", sent), 422, missing)


def test_there_is_no_such_version(reviewer: Program, article: Article, span: Span) -> None:
    """404 for a version or an article that is not there."""
    sent = span(MONEY) | {"kind": "claim"}
    refused(reviewer.post(f"/articles/{article.id}/annotations", sent | {"version": 9}), 404)
    refused(reviewer.post("/articles/999/annotations", sent), 404)


def test_a_denial_with_all_that_belongs_to_it(reviewer: Program, mark: Mark) -> None:
    """Party and link are made in the same step; the claim tells of it too."""
    claim = mark(reviewer, MONEY, party={"name": " Ingrid  Solheim ", "role": "accountant"})
    denial = mark(reviewer, DENIAL, "denial", party="Harbour authority", fields={"denies": claim["id"]})
    assert claim["party"] == {"name": "Ingrid Solheim", "role": "accountant", "organisation": None}
    assert denial["party"]["name"] == "Harbour authority"
    assert denial["fields"] == UNSAID | {"denies": claim["id"]}
    assert denial["relations"] == [{"type": "denies", "to": claim["id"]}]
    now = told(reviewer.get(f"/annotations/{claim['id']}"))
    assert now["relations"] == [{"type": "denies", "from": denial["id"]}]


def test_everything_changes_in_one_step(reviewer: Program, span: Span, mark: Mark) -> None:
    """Kind, party, place and fields together: one row version, notes and id untouched."""
    claim, made = mark(reviewer, MONEY), mark(reviewer, "The authority", "quote")
    told(reviewer.post(f"/annotations/{made['id']}/notes", {"body": "Asked."}), 201)
    path = f"/annotations/{made['id']}"
    seen = told(reviewer.get(path))
    sent = span(DENIAL) | {"kind": "denial", "party": "Harbour authority", "fields": {"denies": claim["id"]}}
    response = reviewer.patch(path, sent, If_Match=f'"{seen["row_version"]}"')
    now = told(response)
    assert now["row_version"] == seen["row_version"] + 1
    assert response.headers["ETag"] == f'"{now["row_version"]}"'
    assert (now["id"], now["notes"], now["kind"]) == (seen["id"], seen["notes"], "denial")
    assert now["anchor"]["exact"] == DENIAL
    assert now["party"]["name"] == "Harbour authority"
    assert now["fields"] == UNSAID | {"denies": claim["id"]}
    assert told(reviewer.get(path)) == now


def test_what_is_not_mentioned_stays(reviewer: Program, mark: Mark) -> None:
    """Null takes a party or a link away; nothing at all changes nothing."""
    claim = mark(reviewer, MONEY)
    made = mark(reviewer, DENIAL, "denial", party="Harbour authority", fields={"denies": claim["id"]})
    path = f"/annotations/{made['id']}"
    for nothing in ({}, {"fields": {}}, {"kind": "denial"}):
        assert told(reviewer.patch(path, nothing, If_Match="*")) == made
    now = told(reviewer.patch(path, {"party": None}, If_Match="*"))
    assert (now["party"], now["fields"]) == (None, UNSAID | {"denies": claim["id"]})
    assert told(reviewer.patch(path, {"fields": {"denies": None}}, If_Match="*"))["fields"] == UNSAID
    assert db.session.query(Relation).count() == 0


def test_a_refused_change_changes_nothing(reviewer: Program, span: Span, mark: Mark) -> None:
    """The whole request is one transaction."""
    made = mark(reviewer, MONEY)
    path = f"/annotations/{made['id']}"
    sent = {"kind": "quote", "party": "Somebody"} | span("cranes") | {"exact": "trains"}
    refused(reviewer.patch(path, sent, If_Match="*"), 409, "exact")
    refused(reviewer.patch(path, {"kind": "quote", "fields": {"denies": None}}, If_Match="*"), 422, "fields.denies")
    refused(reviewer.patch(path, {"start": 3}, If_Match="*"), 422, "version")
    assert told(reviewer.get(path)) == made


@pytest.mark.parametrize(
    ("tags", "status"),
    [
        ('"1"', 200),
        ("*", 200),
        ('"7", "1"', 200),
        ('"2"', 412),
        ('W/"1"', 412),
        ('"*"', 412),
        ("", 428),
        (None, 428),
    ],
)
def test_if_match(reviewer: Program, mark: Mark, tags: str | None, status: int) -> None:
    """A change says which state it was made on; a weak tag is none."""
    made = mark(reviewer, MONEY)
    headers = {} if tags is None else {"If_Match": tags}
    response = reviewer.patch(f"/annotations/{made['id']}", {"kind": "quote"}, **headers)
    if status == 200:
        assert told(response)["kind"] == "quote"
        return
    error = refused(response, status)
    assert error.get("current") == (made if status == 412 else None)
    assert told(reviewer.get(f"/annotations/{made['id']}")) == made


def test_a_reader_that_has_it_already(reviewer: Program, mark: Mark) -> None:
    """304 without a body while nothing changed."""
    path = f"/annotations/{mark(reviewer, MONEY)['id']}"
    for tag in ('"1"', 'W/"1"', '"9", "1"', "*"):
        response = reviewer.get(path, If_None_Match=tag)
        assert (response.status_code, response.data) == (304, b"")
        assert response.headers["ETag"] == '"1"'
        assert "Content-Type" not in response.headers
    reviewer.patch(path, {"kind": "quote"}, If_Match="*")
    assert told(reviewer.get(path, If_None_Match='"1"'))["kind"] == "quote"


def test_deleted_and_restored(reviewer: Program, article: Article, mark: Mark) -> None:
    """A deleted annotation is gone for everything but its history and its restoration."""
    made = mark(reviewer, MONEY)
    path = f"/annotations/{made['id']}"
    refused(reviewer.delete(path), 428)
    assert refused(reviewer.delete(path, If_Match='"4"'), 412)["current"] == made
    response = reviewer.delete(path, If_Match='"1"')
    assert (response.status_code, response.data) == (204, b"")
    for again in (reviewer.delete(path, If_Match="*"), reviewer.get(path), reviewer.patch(path, {}, If_Match="*")):
        refused(again, 404)
    assert told(reviewer.get(f"/articles/{article.id}/annotations"))["items"] == []
    verbs = [line["verb"] for line in told(reviewer.get(f"{path}/history"))["items"]]
    assert verbs == ["annotation.created", "annotation.deleted"]
    now = told(reviewer.post(f"{path}/restoration"), 201)
    assert now["anchor"] == made["anchor"]
    assert told(reviewer.send("POST", f"{path}/restoration"), 200) == now


def test_who_may_delete(reviewer: Program, lead: Program, program: Callable[..., Program], mark: Mark) -> None:
    """Its maker and a lead; not another reviewer."""
    made = [mark(reviewer, MONEY), mark(reviewer, "cranes")]
    refused(program("cleo").delete(f"/annotations/{made[0]['id']}", If_Match="*"), 403)
    assert reviewer.delete(f"/annotations/{made[0]['id']}", If_Match="*").status_code == 204
    assert lead.delete(f"/annotations/{made[1]['id']}", If_Match="*").status_code == 204


def test_the_list_stands_in_the_order_of_the_text(reviewer: Program, article: Article, mark: Mark) -> None:
    """Start, then the longer first, then the older; walked by cursor; chosen by kind and state."""
    mark(reviewer, "cranes")
    mark(reviewer, QUOTE, "quote")
    mark(reviewer, "We were told", "quote")
    mark(reviewer, "We were told")
    mark(reviewer, "The harbour authority")
    path = f"/articles/{article.id}/annotations"
    whole = told(reviewer.get(path))
    words = [(one["anchor"]["exact"], one["kind"]) for one in whole["items"]]
    assert words == [
        ("The harbour authority", "claim"),
        ("cranes", "claim"),
        (QUOTE, "quote"),
        ("We were told", "quote"),
        ("We were told", "claim"),
    ]
    walked, cursor = [], ""
    while cursor is not None:
        page = told(reviewer.get(f"{path}?limit=1{'&cursor=' + cursor if cursor else ''}"))
        walked, cursor = walked + page["items"], page["next"]
    assert walked == whole["items"]
    assert {one["kind"] for one in told(reviewer.get(f"{path}?kind=quote"))["items"]} == {"quote"}
    assert told(reviewer.get(f"{path}?state=checked"))["items"] == []
    assert told(reviewer.get(f"{path}?version=1"))["items"] == whole["items"]
    refused(reviewer.get(f"{path}?version=2"), 404)
    refused(reviewer.get(f"{path}?kind=rumour&state=to_do"), 422, "kind")
    refused(reviewer.get(f"{path}?state=nowhere"), 422, "state")
    refused(reviewer.get(f"{path}?cursor=WzFd"), 422, "cursor")


def test_queries_do_not_grow_with_annotations(
    reviewer: Program, article: Article, mark: Mark, queries: Callable[[], Any]
) -> None:
    """Ten annotations with notes, evidence, parties and links take as many statements as two."""
    path, counts = f"/articles/{article.id}/annotations", []
    for pairs in (1, 4):
        for _ in range(pairs):
            claim = mark(reviewer, MONEY, party="Ingrid Solheim")
            mark(reviewer, DENIAL, "denial", fields={"denies": claim["id"]})
            note = {"body": "Seen.", "evidence": [{"url": "https://a.example/"}]}
            told(reviewer.post(f"/annotations/{claim['id']}/notes", note), 201)
        with queries() as sent:
            assert len(told(reviewer.get(path))["items"]) in (2, 10)
        counts.append(len(sent))
    assert counts[0] == counts[1]
