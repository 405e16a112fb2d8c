"""One contact or one correction, with the annotation it is on."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from annotator.errors import NotFound
from annotator.exports import snapshot
from annotator.extensions import db
from annotator.models import Annotation, Contact, Correction
from annotator.queries.records import record


def record_of_contact(uuid: str) -> tuple[snapshot.Annotation, snapshot.Contact]:
    """A contact, with the annotation it is on. NotFound."""
    annotation = record(_owner(Contact, uuid, "contact"))
    return annotation, _the_one(annotation.contacts, uuid, "contact")


def record_of_correction(uuid: str) -> tuple[snapshot.Annotation, snapshot.Correction]:
    """A correction, with the annotation it is on. NotFound."""
    annotation = record(_owner(Correction, uuid, "correction"))
    return annotation, _the_one(annotation.corrections, uuid, "correction")


def _owner(model: type[Contact] | type[Correction], uuid: str, called: str) -> str:
    owner = select(Annotation.uuid).join(model, model.annotation_id == Annotation.id).where(model.uuid == uuid)
    found = db.session.scalar(owner)
    if found is None:
        raise NotFound(f"There is no such {called}.")
    return found


def _the_one(among: tuple[Any, ...], uuid: str, called: str) -> Any:
    found = next((one for one in among if one.id == uuid), None)
    if found is None:
        raise NotFound(f"This {called} has been taken back.")
    return found
