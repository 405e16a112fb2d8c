"""What a request says, as the services read it."""

from __future__ import annotations

from typing import Any

from annotator import wire
from annotator.api import body as bodies
from annotator.errors import Invalid
from annotator.services.anchoring import Place
from annotator.services.annotations import checked_uuid
from annotator.services.evidence import LENGTHS, Piece
from annotator.services.fields import checked
from annotator.services.notes import Written
from annotator.services.parties import Named
from annotator.vocabulary import FIELDS

PLACE = ("version", "start", "end", "exact")
PARTY = ("name", "role", "organisation")
NOTE = ("body", "verdict", "method", "evidence")


def place(body: dict[str, Any]) -> Place:
    """Where a span is said to be. Raises Invalid by field."""
    version, start, end = (wire.whole(body, name) for name in PLACE[:3])
    return Place(version, start, end, wire.text(body, "exact"))


def party(body: dict[str, Any]) -> Named | None:
    """The party: a plain name, an object with a name, or null. Raises Invalid."""
    given = body.get("party")
    if given is None:
        return None
    if isinstance(given, str):
        given, where = {"name": given}, "party"
    else:
        given, where = bodies.inner(body, "party", *PARTY), "party.name"
    with bodies.beneath("party"):
        name, role, organisation = (wire.text(given, part, "") for part in PARTY)
    if not name.strip():
        raise Invalid({where: "Write a name, or send null for nobody."})
    return Named(name, role, organisation)


def fields(body: dict[str, Any], kind: str) -> dict[str, Any]:
    """What `fields` says of an annotation of this kind, for a denial `denies` as well; null is None.

    Raises Invalid on `fields.…` for what will not do. `checked` by the service: a refusal of its has the same names.
    """
    given = dict(bodies.inner(body, "fields", *_names(kind)))
    with bodies.beneath("fields"):
        if given.get("denies") is not None:
            given["denies"] = uuid(given, "denies")
        denied = {name: given.pop(name) for name in ("denies",) if name in given}
        return checked(kind, given) | denied


def _names(kind: str) -> list[str]:
    """Every field there is; those of other kinds are refused with a reason. `denies` is a denial's only."""
    return [field.name for known in FIELDS.values() for field in known] + (["denies"] if kind == "denial" else [])


def uuid(body: dict[str, Any], name: str) -> str:
    """A required UUID, in its usual spelling. Raises Invalid on `name`."""
    with bodies.called(id=name):
        return checked_uuid(wire.text(body, name))


def written(body: dict[str, Any], before: Written | None = None) -> Written:
    """A note; what is not mentioned stays as it was `before`. Raises Invalid by field."""
    before = before or Written()
    return Written(
        wire.text(body, "body", "") if "body" in body else before.body,
        _optional(body, "verdict") if "verdict" in body else before.verdict,
        _optional(body, "method") if "method" in body else before.method,
        pieces(body) if "evidence" in body else before.evidence,
    )


def _optional(body: dict[str, Any], name: str) -> str | None:
    return wire.text(body, name) if body.get(name) is not None else None


def pieces(body: dict[str, Any]) -> tuple[Piece, ...]:
    """The evidence: a list of objects. Raises Invalid on `evidence`, `evidence.0.url` and so on."""
    given = body.get("evidence")
    if given is None:
        return ()
    if not isinstance(given, list):
        raise Invalid({"evidence": "evidence must be a list of objects."})
    return tuple(_piece(one, f"evidence.{number}") for number, one in enumerate(given))


def _piece(given: Any, where: str) -> Piece:
    if not isinstance(given, dict):
        raise Invalid({where: f"{where} must be an object."})
    with bodies.beneath(where):
        wire.only(given, LENGTHS)
        return Piece(**{name: wire.text(given, name, "") for name in LENGTHS})
