"""Annotations: mark, list, read, change, delete, restore."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
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
from annotator.exports import snapshot
from annotator.queries import articles, lists, records, sealing
from annotator.services import annotations as service
from annotator.services import loading, marking
from annotator.services.marking import Changes
from annotator.vocabulary import KINDS, STATES

routes = area("annotations", __name__)


@routes.post(f"{ARTICLE}/annotations")
@needs(ANNOTATE)
def create(actor: Actor, article_id: int) -> Response:
    """Mark a span. 201; 200 when the same request came before."""
    sent = body.read("id", "kind", "party", "fields", *values.PLACE)
    uuid = values.uuid(sent, "id") if sent.get("id") is not None else None
    kind, place, party = service.checked_kind(wire.text(sent, "kind")), values.place(sent), values.party(sent)
    fields = values.fields(sent, kind)
    said = {"party": party, "denies": fields.pop("denies", None), "fields": fields}
    with body.called(denies="fields.denies"), unit_of_work():
        article = loading.article(actor, article_id)
        made, new = marking.mark(actor, article, place, kind, uuid, **said)
        key = made.uuid
    return told(records.just_made(key), 201, made=True) if new else whole(actor, key)


def whole(actor: Actor, key: str, status: int = 200, *, made: bool = False) -> Response:
    """The annotation as it is now and this person may read it, with its ETag."""
    return told(sealing.record(actor, key), status, made=made)


def told(value: snapshot.Annotation, status: int, *, made: bool) -> Response:
    """An annotation with its ETag, and with its address when it was made."""
    where = f"/annotations/{value.id}" if made else None
    return reply(present.annotation(value), status, row=value.row_version, location=where)


@routes.get(f"{ARTICLE}/annotations")
@needs(READ)
def index(actor: Actor, article_id: int) -> Response:
    """The annotations of a version, in the order of the text: start, then the longer first, then the older."""
    asked.only("limit", "cursor", "kind", "state", "version")
    size, chosen = asked.limit(), {"kind": asked.choice("kind", KINDS), "state": asked.choice("state", STATES)}
    after, number = asked.cursor(3), asked.whole("version", 0, 1)
    articles.revision(article_id)
    version_id, _ = articles.version_key(article_id, number or None)
    found = lists.annotations_after(version_id, after, size + 1, **chosen)
    more = asked.encoded(_place(found[size - 1])) if len(found) > size else None
    return page([present.annotation(sealing.sealed(one, actor)) for one in found[:size]], more)


def _place(value: snapshot.Annotation) -> tuple[int, int, int]:
    return value.anchor.start, value.anchor.end, value.ordinal


@routes.get(ANNOTATION)
@needs(READ)
def show(actor: Actor, key: UUID) -> Response:
    """One annotation; 304 when `If-None-Match` names its ETag."""
    asked.only()
    return etag.unless_known(whole(actor, str(key)))


@routes.patch(ANNOTATION)
@needs(ANNOTATE)
def change(actor: Actor, key: UUID) -> Response:
    """Change the kind, the party, the fields or the place, all in one step."""
    sent = body.read("kind", "party", "fields", *values.PLACE)
    etag.require()
    with overtaken(actor, str(key)), body.called(denies="fields.denies"), unit_of_work():
        annotation = loading.annotation(actor, str(key))
        etag.check(annotation.row_version)
        marking.amend(actor, annotation, _changes(sent, annotation.kind))
    return whole(actor, str(key))


@contextmanager
def overtaken(actor: Actor, key: str) -> Iterator[None]:
    """Say what is stored now when somebody else was first."""
    try:
        yield
    except Stale as refusal:
        raise Stale(refusal.message, current=present.annotation(sealing.record(actor, key))) from None


def _changes(sent: dict[str, Any], kind: str) -> Changes:
    wanted: dict[str, Any] = {}
    if "kind" in sent:
        wanted["kind"] = kind = service.checked_kind(wire.text(sent, "kind"))
    if any(name in sent for name in values.PLACE):
        wanted["place"] = values.place(sent)
    if "party" in sent:
        wanted["party"] = values.party(sent)
    fields = values.fields(sent, kind)
    if "denies" in fields:
        wanted["denies"] = fields.pop("denies")
    return Changes(**wanted, fields=fields)


@routes.delete(ANNOTATION)
@needs(ANNOTATE)
def delete(actor: Actor, key: UUID) -> Response:
    """Delete it; nothing of it is lost, and it can be restored."""
    etag.require()
    with overtaken(actor, str(key)), unit_of_work():
        annotation = loading.annotation(actor, str(key))
        etag.check(annotation.row_version)
        service.delete_annotation(actor, annotation, None)
    return nothing()


@routes.post(f"{ANNOTATION}/restoration")
@needs(ANNOTATE)
def restore(actor: Actor, key: UUID) -> Response:
    """Bring a deleted annotation back. 201; 200 when it was there already."""
    body.read_if_any()
    with unit_of_work():
        annotation = loading.annotation(actor, str(key), deleted=True)
        gone = annotation.deleted_at is not None
        service.restore_annotation(actor, annotation)
    return whole(actor, str(key), 201 if gone else 200, made=gone)
