"""Annotations from the review page: marked, moved, retagged, deleted, restored, and their cards."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote
from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, request, url_for

from annotator import wire
from annotator.access import READ
from annotator.db import unit_of_work
from annotator.errors import Stale
from annotator.models import Annotation
from annotator.queries import articles, records, review
from annotator.services import annotations as service
from annotator.services import loading
from annotator.services.anchoring import Place
from annotator.text.attribution import speaker
from annotator.web import cards, changes, fragments
from annotator.web.forms.annotation import KindForm, RowForm
from annotator.web.sections import Forms
from annotator.web.whoami import me, signed_in

pages = Blueprint("annotations", __name__)


@pages.post("/articles/<int:article_id>/annotations")
@signed_in(READ)
def create(article_id: int) -> Response:
    """Mark a span. 201 with the touched blocks and the new card; 200 when the same request came before."""
    body = wire.read_object(request.get_data())
    place, kind, uuid = place_from(body), wire.text(body, "kind"), wire.text(body, "id", "") or None
    with unit_of_work():
        article = loading.article(me(), article_id)
        since, language = article.revision, article.language
        made, new = service.create_annotation(me(), article, place, kind, uuid)
    if not new:
        return as_it_is(article_id, made.uuid, made.row_version)
    answer = since_then(article_id, since, made.uuid, made.row_version, status=201)
    if kind == "quote":
        answer.headers["X-Speaker"] = quote(_speaker(article_id, place, language))
    return answer


def _speaker(article_id: int, place: Place, language: str) -> str:
    """Who is likely to have said it, from the words around it; nobody is the empty string."""
    version_id, _ = articles.version_key(article_id, place.version)
    return speaker(articles.document(version_id).text, place.start, place.end, language) or ""


def place_from(body: dict[str, object]) -> Place:
    """Where a request says a span is. Raises Invalid by field."""
    return Place(
        wire.whole(body, "version"), wire.whole(body, "start"), wire.whole(body, "end"), wire.text(body, "exact")
    )


def since_then(article_id: int, since: int, uuid: str, row: int, status: int = 200) -> Response:
    """The pieces of the page that changed after event `since`, with the annotation's new row version."""
    pieces, headers = changes.since(article_id, since)
    return fragments.answer(pieces, status=status, headers=headers | {"X-Annotation": uuid, "X-Row": row})


def as_it_is(article_id: int, uuid: str, row: int) -> Response:
    """The pieces that show one annotation as it is now, for a request that had been answered before."""
    version_id = changes.shown(article_id)
    spans = tuple((mark.start, mark.end) for mark in review.marks_by(version_id, [uuid]))
    happened = review.Changes(articles.revision(article_id), frozenset([uuid]), frozenset(), spans, False, read=True)
    headers = {"X-Annotation": uuid, "X-Row": row}
    return fragments.answer(changes.pieces(article_id, version_id, happened), headers=headers)


@pages.get("/annotations/<uuid:key>")
@signed_in(READ)
def show(key: UUID) -> str | Response:
    """The open card: a fragment for the page's script, a page of its own for everybody else."""
    record = records.record(str(key))
    card = cards.opened(record, me())
    return card if fragments.wanted() else cards.alone(record, card)


@pages.get("/annotations/<uuid:key>/closed")
@signed_in(READ)
def closed(key: UUID) -> str:
    """The card as it lies in the list."""
    record = records.record(str(key))
    version_id = changes.shown(record.article)
    return render_template("review/_cards.html", marks=review.marks_by(version_id, [record.id]))


@pages.post("/annotations/<uuid:key>/place")
@signed_in(READ)
def move(key: UUID) -> Response:
    """Move the edges of a mark. 412 with the card as it is now when somebody else was first."""
    body = wire.read_object(request.get_data())
    place, row = place_from(body), wire.whole(body, "row")
    return change(key, lambda annotation: service.move_annotation(me(), annotation, place, row))


@pages.post("/annotations/<uuid:key>/kind")
@signed_in(READ)
def retag(key: UUID) -> Response:
    """Make it another kind."""
    form = KindForm()
    return change(key, lambda annotation: service.change_kind(me(), annotation, form.kind.data or "", form.seen()))


@pages.post("/annotations/<uuid:key>/deletion")
@signed_in(READ)
def delete(key: UUID) -> Response:
    """Delete it; it can be restored."""
    seen = RowForm().seen()
    return change(key, lambda annotation: service.delete_annotation(me(), annotation, seen))


@pages.post("/annotations/<uuid:key>/restoration")
@signed_in(READ)
def restore(key: UUID) -> Response:
    """Bring a deleted annotation back."""
    return change(key, lambda annotation: service.restore_annotation(me(), annotation), deleted=True)


def change(key: UUID, act: Callable[[Annotation], object], *, deleted: bool = False) -> Response:
    """Load the annotation, let `act` change it, commit, and answer with the pieces of the page that changed."""
    try:
        with unit_of_work():
            annotation = loading.annotation(me(), str(key), deleted=deleted)
            article_id, since = annotation.article_id, annotation.article.revision
            act(annotation)
        row = annotation.row_version
    except Stale as refusal:
        return overtaken(str(key), refusal)
    if not fragments.wanted():
        return redirect(url_for("review.show", article_id=article_id))  # type: ignore[return-value]
    return since_then(article_id, since, str(key), row)


def overtaken(uuid: str, refusal: Stale, forms: Forms | None = None) -> Response:
    """The current state beside what was wanted: 412, with the card and the text as they are now.

    `forms` hold what was typed; it stays in the card, above it stands what is stored.
    """
    record = records.record(uuid)
    version_id = changes.shown(record.article)
    span = record.anchor.start, record.anchor.end
    pieces = changes.repainted(record.article, version_id, [span])
    card = cards.opened(record, me(), forms, refusal.message)
    if not fragments.wanted():
        return cards.alone(record, card, 412)
    headers = {"X-Row": record.row_version}
    if forms is not None:
        return fragments.answer(pieces, main=card, status=412, headers=headers)
    pieces.append(fragments.Partial(f"#card-{record.ordinal}", card))
    return fragments.answer(pieces, status=412, headers=headers)
