"""Comments: said about an annotation or an article, answered, edited, resolved, taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response

from annotator import wire
from annotator.access import ANNOTATE, READ, Actor
from annotator.api import asked, body, etag, present, values
from annotator.api.area import ANNOTATION, ARTICLE, area
from annotator.api.replies import nothing, page, reply
from annotator.api.whoami import needs
from annotator.db import unit_of_work
from annotator.errors import Stale
from annotator.models import Annotation, Article, Comment
from annotator.queries import commenting
from annotator.services import comments as service
from annotator.services import loading

routes = area("comments", __name__)

COMMENT = "/comments/<uuid:key>"


@routes.post(f"{ANNOTATION}/comments")
@needs(ANNOTATE)
def create(actor: Actor, key: UUID) -> Response:
    """Say something about an annotation. 201; 200 when the same request, with the same id, came before."""
    sent = _sent()
    with unit_of_work():
        annotation = loading.annotation(actor, str(key))
        made, new = _add(actor, annotation.article, annotation, sent)
    return whole(made, 201 if new else 200, made=new)


@routes.post(f"{ARTICLE}/comments")
@needs(ANNOTATE)
def create_on_article(actor: Actor, article_id: int) -> Response:
    """Say something about the article as a whole. As `create`."""
    sent = _sent()
    with unit_of_work():
        made, new = _add(actor, loading.article(actor, article_id), None, sent)
    return whole(made, 201 if new else 200, made=new)


def _sent() -> dict[str, Any]:
    sent = body.read("id", "body", "parent")
    for name in ("id", "parent"):
        if sent.get(name) is not None:
            sent[name] = values.uuid(sent, name)
    return sent | {"body": wire.text(sent, "body")}


def _add(actor: Actor, article: Article, annotation: Annotation | None, sent: dict[str, Any]) -> tuple[str, bool]:
    said = sent["body"], sent.get("parent"), sent.get("id")
    comment, new = service.add_comment(actor, article, annotation, *said)
    return comment.uuid, new


def whole(key: str, status: int = 200, *, made: bool = False) -> Response:
    """The comment as it is now, with its ETag."""
    value = commenting.comment(key)
    where = f"/comments/{key}" if made else None
    return reply(present.comment(value), status, row=value.row_version, location=where)


@routes.get(f"{ARTICLE}/comments")
@needs(READ)
def index(actor: Actor, article_id: int) -> Response:
    """What is said about the article as a whole, oldest first, all of it. Annotations carry theirs."""
    asked.only()
    return page([present.comment(one) for one in commenting.on_article(article_id)], None)


@routes.get(COMMENT)
@needs(READ)
def show(actor: Actor, key: UUID) -> Response:
    """One comment; 304 when `If-None-Match` names its ETag."""
    asked.only()
    return etag.unless_known(whole(str(key)))


@routes.patch(COMMENT)
@needs(ANNOTATE)
def change(actor: Actor, key: UUID) -> Response:
    """Say it in other words, as its author."""
    sent = body.read("body")
    said = wire.text(sent, "body")
    etag.require()
    try:
        with unit_of_work():
            service.edit_comment(actor, _seen(actor, key), said, None)
    except Stale as refusal:
        raise _overtaken(refusal, key) from None
    return whole(str(key))


@routes.delete(COMMENT)
@needs(ANNOTATE)
def take_back(actor: Actor, key: UUID) -> Response:
    """Take it back; nothing of it is lost."""
    etag.require()
    try:
        with unit_of_work():
            service.take_back_comment(actor, _seen(actor, key))
    except Stale as refusal:
        raise _overtaken(refusal, key) from None
    return nothing()


def _seen(actor: Actor, key: UUID) -> Comment:
    comment = loading.comment(actor, str(key))
    etag.check(comment.row_version)
    return comment


def _overtaken(refusal: Stale, key: UUID) -> Stale:
    return Stale(refusal.message, current=present.comment(commenting.comment(str(key))))


@routes.post(f"{COMMENT}/restoration")
@needs(ANNOTATE)
def bring_back(actor: Actor, key: UUID) -> Response:
    """Bring it back. 201; 200 when it was there already."""
    body.read_if_any()
    with unit_of_work():
        comment = loading.comment(actor, str(key), taken_back=True)
        gone = comment.deleted_at is not None
        service.bring_back_comment(actor, comment)
    return whole(str(key), 201 if gone else 200, made=gone)


@routes.post(f"{COMMENT}/resolution")
@needs(ANNOTATE)
def resolve(actor: Actor, key: UUID) -> Response:
    """Note that a thread is settled. 201; 200 when it was already."""
    body.read_if_any()
    with unit_of_work():
        comment = loading.comment(actor, str(key))
        new = comment.resolved_at is None
        service.resolve_thread(actor, comment)
    return whole(str(key), 201 if new else 200)


@routes.delete(f"{COMMENT}/resolution")
@needs(ANNOTATE)
def unresolve(actor: Actor, key: UUID) -> Response:
    """Take a thread up again."""
    with unit_of_work():
        service.unresolve_thread(actor, loading.comment(actor, str(key)))
    return nothing()
