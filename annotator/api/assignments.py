"""Assignments: who is to check and who to second-read; how an article is arranged; and what somebody has to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Response

from annotator import wire
from annotator.access import ANNOTATE, ASSIGN, READ, Actor
from annotator.api import asked, body, etag, present, values
from annotator.api.area import ARTICLE, area
from annotator.api.replies import nothing, reply
from annotator.api.whoami import needs
from annotator.db import unit_of_work
from annotator.errors import Invalid, NotFound, Stale
from annotator.exports import shapes
from annotator.models import Annotation, Article, Assignment, User
from annotator.queries import beneath, lists
from annotator.queries.queue import Queue, Row, queue
from annotator.services import arranging, loading
from annotator.services import assigning as service
from annotator.services.moments import moment
from annotator.services.second_reading import ask_second_reading
from annotator.vocabulary import PURPOSES

routes = area("assignments", __name__)

ASSIGNMENT = "/assignments/<uuid:key>"


@routes.post(f"{ARTICLE}/assignments")
@needs(ANNOTATE)
def create(actor: Actor, article_id: int) -> Response:
    """Give an article, or one annotation of it, to somebody. 201; 200 when it was assigned and is theirs now.

    A second reading is of one annotation; without `username` it is offered to anybody.
    """
    sent = body.read("username", "due_at", "annotation", "purpose")
    purpose, due_at = _purpose(sent), moment(wire.text(sent, "due_at", ""), "due_at")
    key = values.uuid(sent, "annotation") if sent.get("annotation") is not None else None
    with unit_of_work():
        article = loading.article(actor, article_id)
        annotation, person = _annotation(actor, article, key), _person(sent)
        made, new = _assign(actor, article, annotation, purpose, person, due_at)
        uuid = made.uuid
    return whole(uuid, 201 if new else 200)


def _purpose(sent: dict[str, Any]) -> str:
    purpose = wire.text(sent, "purpose", "check")
    if purpose not in PURPOSES:
        raise Invalid({"purpose": f"The purpose must be one of {', '.join(PURPOSES)}."})
    return purpose


def _annotation(actor: Actor, article: Article, key: str | None) -> Annotation | None:
    try:
        found = loading.annotation(actor, key) if key else None
    except NotFound as missing:
        raise Invalid({"annotation": missing.message}) from None
    if found and found.article_id != article.id:
        raise Invalid({"annotation": "This annotation is of another article."})
    return found


def _person(sent: dict[str, Any]) -> User | None:
    return service.person_named(wire.text(sent, "username")) if sent.get("username") is not None else None


def _assign(
    actor: Actor,
    article: Article,
    annotation: Annotation | None,
    purpose: str,
    person: User | None,
    due_at: datetime | None,
) -> tuple[Assignment, bool]:
    if purpose == "second_reading":
        if annotation is None:
            raise Invalid({"annotation": "A second reading is of one annotation; name it."})
        return ask_second_reading(actor, annotation, person, due_at)
    if person is None:
        raise Invalid({"username": "Say who is to check it."})
    return service.assign(actor, article, annotation, person, due_at)


def whole(key: str, status: int = 200) -> Response:
    """The assignment as it is now, with its ETag."""
    value = beneath.assignment(key)
    return reply(present.assignment(value), status, row=value.row_version)


@routes.patch(ASSIGNMENT)
@needs(ANNOTATE)
def change(actor: Actor, key: UUID) -> Response:
    """Give it to somebody else, or until another time; what is not mentioned stays."""
    sent = body.read("username", "due_at")
    etag.require()
    due_at = moment(wire.text(sent, "due_at", ""), "due_at")
    with overtaken(str(key)), unit_of_work():
        stored = _seen(actor, key)
        person = _person(sent) if "username" in sent else stored.person
        service.change_assignment(actor, stored, person, due_at if "due_at" in sent else stored.due_at)
    return whole(str(key))


@contextmanager
def overtaken(key: str) -> Iterator[None]:
    """Say what is stored now when somebody else was first."""
    try:
        yield
    except Stale as refusal:
        raise Stale(refusal.message, current=present.assignment(beneath.assignment(key))) from None


def _seen(actor: Actor, key: UUID) -> Assignment:
    stored = loading.assignment(actor, str(key))
    etag.check(stored.row_version)
    return stored


@routes.delete(ASSIGNMENT)
@needs(ANNOTATE)
def end(actor: Actor, key: UUID) -> Response:
    """End it."""
    etag.require()
    with overtaken(str(key)), unit_of_work():
        service.end_assignment(actor, _seen(actor, key))
    return nothing()


@routes.patch(ARTICLE)
@needs(ASSIGN)
def arrange(actor: Actor, article_id: int) -> Response:
    """Say who leads an article, until when it is due, and whether it is read blind; what is not mentioned stays."""
    sent = body.read("lead", "due_at", "blind")
    etag.require()
    try:
        with unit_of_work():
            article = loading.article(actor, article_id)
            etag.check(article.row_version)
            arranging.arrange_article(actor, article, _arrangement(sent, arranging.arrangement_of(article)), None)
    except Stale as refusal:
        raise Stale(refusal.message, current=present.article(lists.article(article_id))) from None
    listed = lists.article(article_id)
    return reply(present.article(listed), row=listed.article.row_version)


def _arrangement(sent: dict[str, Any], now: arranging.Arrangement) -> arranging.Arrangement:
    wanted = now
    if "lead" in sent:
        wanted = replace(wanted, lead=wire.text(sent, "lead", "") or None)
    if "due_at" in sent:
        wanted = replace(wanted, due_at=moment(wire.text(sent, "due_at", ""), "due_at"))
    if "blind" in sent:
        if not isinstance(sent["blind"], bool):
            raise Invalid({"blind": "blind must be true or false."})
        wanted = replace(wanted, blind=sent["blind"])
    return wanted


@routes.get("/queue")
@needs(READ)
def mine(actor: Actor) -> Response:
    """What this person has to do next; each section has at most 50 rows and tells how many there are."""
    asked.only()
    return reply(_queue(queue(actor)))


def _queue(told: Queue) -> dict[str, Any]:
    names = "mine", "waiting", "second_reading", "to_settle", "unclaimed"
    sections = {name: getattr(told, name) for name in names}
    return {
        "articles": [
            {"id": one.id, "title": one.title, "due_at": shapes.moment(one.due), "done": one.done, "total": one.total}
            for one in told.articles
        ]
    } | {name: {"items": [_row(row) for row in one.rows], "total": one.total} for name, one in sections.items()}


def _row(row: Row) -> dict[str, Any]:
    return {
        "annotation": row.uuid,
        "article": row.article,
        "title": row.title,
        "number": row.ordinal,
        "kind": row.kind,
        "state": row.state,
        "exact": row.exact,
        "due_at": shapes.moment(row.due),
        "since": shapes.moment(row.since),
        "by": row.by.username if row.by else None,
    }
