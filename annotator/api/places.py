"""What a draft has touched, looked at: it still stands, or its words are gone and it is closed, or taken up again.

A new place for it is a PATCH of the annotation. All of these stand on `If-Match` when that is sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from flask import Response

from annotator import wire
from annotator.access import ANNOTATE, Actor
from annotator.api import annotations as marks
from annotator.api import body, etag
from annotator.api.area import ANNOTATION, area
from annotator.api.replies import nothing
from annotator.api.whoami import needs
from annotator.db import unit_of_work
from annotator.models import Annotation
from annotator.services import loading
from annotator.services import places as service

routes = area("places", __name__)


@contextmanager
def seen(actor: Actor, key: UUID) -> Iterator[Annotation]:
    """The annotation in a unit of work; Stale, with what is stored, when it is another than was seen."""
    with marks.overtaken(actor, str(key)), unit_of_work():
        annotation = loading.annotation(actor, str(key))
        etag.check_if_sent(annotation.row_version)
        yield annotation


@routes.post(f"{ANNOTATION}/confirmation")
@needs(ANNOTATE)
def confirm(actor: Actor, key: UUID) -> Response:
    """Say that it still stands on the new wording, and its verdict with it. 201; 200 when the same person has said so.

    The annotation comes back.
    """
    body.read_if_any()
    with seen(actor, key) as annotation:
        new = service.still_stands(actor, annotation)
    return marks.whole(actor, str(key), 201 if new else 200)


@routes.post(f"{ANNOTATION}/detachment")
@needs(ANNOTATE)
def detach(actor: Actor, key: UUID) -> Response:
    """Say that the words a draft may have taken it to are not its own. The annotation comes back, an orphan."""
    body.read_if_any()
    with seen(actor, key) as annotation:
        service.detach(actor, annotation)
    return marks.whole(actor, str(key), 201)


@routes.post(f"{ANNOTATION}/closure")
@needs(ANNOTATE)
def close(actor: Actor, key: UUID) -> Response:
    """Close one whose words are gone. 201; 200 when it was closed. The annotation comes back."""
    reason = wire.text(body.read("reason"), "reason")
    with seen(actor, key) as annotation:
        open_before = annotation.closed_at is None
        service.close_annotation(actor, annotation, reason)
    return marks.whole(actor, str(key), 201 if open_before else 200)


@routes.delete(f"{ANNOTATION}/closure")
@needs(ANNOTATE)
def take_up(actor: Actor, key: UUID) -> Response:
    """Open it again; also when it was open."""
    with seen(actor, key) as annotation:
        service.take_up(actor, annotation)
    return nothing()
