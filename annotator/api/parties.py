"""Parties: looked for, read with all they said, edited, given aliases, and merged."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, request

from annotator import wire
from annotator.access import ANNOTATE, DECIDE, READ, Actor
from annotator.api import asked, body, etag, values
from annotator.api.area import area
from annotator.api.replies import nothing, page, reply
from annotator.api.whoami import needs
from annotator.db import unit_of_work
from annotator.errors import NotFound, Stale
from annotator.exports import shapes
from annotator.queries import parties as query
from annotator.services import loading
from annotator.services import party_records as service
from annotator.services.parties import tidy

routes = area("parties", __name__)

PARTY = "/parties/<uuid:key>"


@routes.get("/parties")
@needs(READ)
def index(actor: Actor) -> Response:
    """All parties in the order they were named first; with `q`, those whose name or alias contains it."""
    asked.only("q", "limit", "cursor")
    size = asked.limit()
    found = query.after(request.args.get("q", ""), asked.cursor(1), size + 1)
    more = asked.encoded([found[size - 1].number]) if len(found) > size else None
    return page([told(one) for one in found[:size]], more)


def told(value: query.Known) -> dict[str, Any]:
    """A party without what it said."""
    return {
        "id": value.id,
        "name": value.name,
        "role": value.role or None,
        "organisation": value.organisation or None,
        "aliases": list(value.aliases),
        "counts": {"claim": value.claim, "quote": value.quote, "denial": value.denial, "articles": value.articles},
        "row_version": value.row_version,
    }


@routes.get(PARTY)
@needs(READ)
def show(actor: Actor, key: UUID) -> Response:
    """One party with what it claimed, said and denied; one that was merged leads to what it became."""
    asked.only()
    return etag.unless_known(whole(str(key)))


def whole(key: str, status: int = 200) -> Response:
    """The party as it is now, with its ETag."""
    value = query.party(key)
    said = [_said(one) for one in query.said_by(value.number)]
    contacts = [_asked(one) for one in query.asked_of(value.number)]
    return reply(told(value) | {"said": said, "contacts": contacts}, status, row=value.row_version)


def _said(one: query.Said) -> dict[str, Any]:
    where = {"article": one.article, "title": one.title, "annotation": one.id, "number": one.ordinal}
    return where | {"kind": one.kind, "exact": one.exact, "state": one.state, "verdict": one.verdict}


def _asked(one: query.Asked) -> dict[str, Any]:
    where = {"article": one.article, "title": one.title, "annotation": one.annotation, "number": one.ordinal}
    return where | {"kind": one.kind, "contact": shapes.contact(one.contact)}


@routes.patch(PARTY)
@needs(ANNOTATE)
def change(actor: Actor, key: UUID) -> Response:
    """Change name, role or organisation everywhere; what is not mentioned stays, null takes one of the latter away."""
    sent = body.read("name", "role", "organisation")
    etag.require()
    given = {name: wire.text(sent, name, None if name == "name" else "") for name in sent}
    try:
        with unit_of_work():
            party = loading.party(actor, str(key))
            etag.check(party.row_version)
            service.edit_party(actor, party, given, None)
    except Stale as refusal:
        raise Stale(refusal.message, current=told(query.party(str(key)))) from None
    return whole(str(key))


@routes.post(f"{PARTY}/aliases")
@needs(ANNOTATE)
def add_alias(actor: Actor, key: UUID) -> Response:
    """Give it another name it is found by. 201; 200 when it has that already."""
    name = wire.text(body.read("name"), "name")
    with unit_of_work():
        new = service.add_alias(actor, loading.party(actor, str(key)), name)
    return whole(str(key), 201 if new else 200)


@routes.delete(f"{PARTY}/aliases")
@needs(ANNOTATE)
def remove_alias(actor: Actor, key: UUID) -> Response:
    """Take the alias `name` away."""
    asked.only("name")
    name = tidy(request.args.get("name", ""), "name")
    with unit_of_work():
        there = service.remove_alias(actor, loading.party(actor, str(key)), name)
    if not there:
        raise NotFound("This party has no such alias.")
    return nothing()


@routes.post(f"{PARTY}/merge")
@needs(DECIDE)
def merge(actor: Actor, key: UUID) -> Response:
    """Let another party be this one from now on: what it said, whom we asked, and its names. Leads; no way back."""
    sent = body.read("other")
    other = values.uuid(sent, "other")
    with unit_of_work():
        service.merge_parties(actor, *loading.parties(actor, str(key), other))
    return whole(str(key))
