"""Sources: what is known of each, what rests on it, and whether it was withdrawn."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, request

from annotator import wire
from annotator.access import ANNOTATE, READ, Actor
from annotator.api import asked, body, etag, present
from annotator.api.area import area
from annotator.api.replies import nothing, page, reply
from annotator.api.whoami import needs
from annotator.clock import iso
from annotator.db import unit_of_work
from annotator.exports import shapes
from annotator.queries import sources as query
from annotator.services import loading
from annotator.services import sources as service

routes = area("sources", __name__)

SOURCE = "/sources/<uuid:key>"


@routes.get("/sources")
@needs(READ)
def index(actor: Actor) -> Response:
    """All sources by the order they were first used; with `q`, those whose label or URL contains it."""
    asked.only("q", "limit", "cursor")
    size, (after,) = asked.limit(), asked.cursor(1) or (0,)
    found = query.after(request.args.get("q", ""), after, size + 1, actor)
    more = asked.encoded([found[size - 1].key]) if len(found) > size else None
    return page([told(one) for one in found[:size]], more)


@routes.get(SOURCE)
@needs(READ)
def show(actor: Actor, key: UUID) -> Response:
    """One source with its files and what rests on it."""
    asked.only()
    return whole(actor, str(key))


@routes.post(f"{SOURCE}/withdrawal")
@needs(ANNOTATE)
def withdraw(actor: Actor, key: UUID) -> Response:
    """Say that it is no good: what rests on it is reopened. Stands on `If-Match` when that is sent."""
    sent = body.read("reason")
    reason = wire.text(sent, "reason")
    with unit_of_work():
        source = loading.source(actor, str(key))
        etag.check_if_sent(source.row_version)
        service.withdraw_source(actor, source, reason)
    return whole(actor, str(key), 201)


@routes.delete(f"{SOURCE}/withdrawal")
@needs(ANNOTATE)
def reinstate(actor: Actor, key: UUID) -> Response:
    """Let it stand again. What was reopened stays so."""
    etag.require()
    with unit_of_work():
        source = loading.source(actor, str(key))
        etag.check(source.row_version)
        service.reinstate_source(actor, source)
    return nothing()


def whole(actor: Actor, key: str, status: int = 200) -> Response:
    """The source with its files and uses, and its ETag."""
    source = query.source(key)
    files = [present.file(one) for one in query.files_of(source.key)]
    uses = [_use(one) for one in query.uses(source.key, actor)]
    return reply(told(source) | {"files": files, "uses": uses}, status, row=source.row_version)


def told(source: query.Known) -> dict[str, Any]:
    """A source; `used` counts the notes that rest on it."""
    return {
        "id": source.id,
        "label": source.label,
        "url": source.url or None,
        "created_at": iso(source.created_at),
        "used": source.used,
        "withdrawn": shapes.withdrawn(source.withdrawn),
        "row_version": source.row_version,
    }


def _use(use: query.Use) -> dict[str, Any]:
    return {
        "article": use.article,
        "title": use.title,
        "annotation": use.annotation,
        "number": use.ordinal,
        "kind": use.kind,
        "state": use.state,
        "exact": use.exact,
        "sealed": use.sealed,
        "verdict": use.verdict,
        "author": use.author.username,
        "source_type": use.source_type or None,
        "stance": use.stance or None,
        "locator": use.locator or None,
        "excerpt": use.excerpt or None,
    }
