"""The fields of a kind: what is known of a claim, a quote or a denial besides its words.

`vocabulary.FIELDS` says which there are; each type of field has one rule here, for pages and programs alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from annotator.access import Actor
from annotator.errors import Invalid
from annotator.models import Annotation
from annotator.services import events
from annotator.services.annotations import check_version, touch
from annotator.services.articles import is_moment, is_web_address
from annotator.services.states import fall
from annotator.text.canonical import canonical_line
from annotator.text.codepoints import storable
from annotator.text.prose import tidy_prose
from annotator.vocabulary import FIELDS, Field


def set_fields(
    actor: Actor, annotation: Annotation, values: Mapping[str, Any], expected: int | None, *, undoes: int | None = None
) -> Annotation:
    """Set these fields; None or empty text takes a value away, what is not mentioned stays.

    Text is a string, a moment is ISO 8601 as text, a flag is a bool. Values of a kind it had before stay stored and
    come back with that kind. A sign-off falls with a change. Raises Stale, Invalid by the names of the fields.
    """
    check_version(annotation, expected)
    wanted = checked(annotation.kind, values)
    before = {name: annotation.fields.get(name) for name in wanted}
    changed = [name for name in wanted if wanted[name] != before[name]]
    if changed:
        stored = annotation.fields | {name: wanted[name] for name in changed}
        annotation.fields = {name: value for name, value in stored.items() if value is not None}
        touch(annotation)
        where: dict[str, Any] = {"article": annotation.article, "annotation": annotation, "undoes": undoes}
        pick = [{name: told[name] for name in changed} for told in (before, wanted)]
        events.record(actor, "annotation.fields_changed", annotation.uuid, **where, before=pick[0], after=pick[1])
        labels = ", ".join(field.label for field in FIELDS[annotation.kind] if field.name in changed)
        fall(actor, annotation, f"What is said about it was changed: {labels}.")
    return annotation


def checked(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The same values put right, or Invalid with a sentence for each field that will not do."""
    known = {field.name: field for field in FIELDS[kind]}
    wrong: dict[str, str] = {}
    right: dict[str, Any] = {}
    for name, value in values.items():
        try:
            right[name] = _value(known.get(name) or _foreign(kind, name), value)
        except Invalid as refusal:
            wrong |= refusal.fields
    if wrong:
        raise Invalid(wrong)
    return right


def _foreign(kind: str, name: str) -> Field:
    owner = next((other for other, fields in FIELDS.items() if any(name == field.name for field in fields)), None)
    if owner is None:
        raise Invalid({name[:80]: f"There is no field {name[:80]!r} here."})
    raise Invalid({name: f"Only a {owner} has this field; this is a {kind}."})


def _value(field: Field, value: Any) -> Any:
    if value is None or value == "":
        return None
    if field.type == "flag":
        return _flag(field, value)
    if not isinstance(value, str):
        raise Invalid({field.name: f"{field.name} must be a string or null."})
    text = (tidy_prose if field.type == "text" else canonical_line)(storable(value, field.name))
    if len(text) > field.most:
        raise Invalid({field.name: f"At most {field.most:,} characters; this has {len(text):,}."})
    return _RULES.get(field.type, _any)(field, text) if text else None


def _flag(field: Field, value: Any) -> bool:
    if not isinstance(value, bool):
        raise Invalid({field.name: f"{field.name} must be true, false or null."})
    return value


def _any(field: Field, text: str) -> str:
    return text


def _choice(field: Field, text: str) -> str:
    if text not in field.choices:
        raise Invalid({field.name: f"{field.label} must be one of {', '.join(field.choices)}."})
    return text


def _url(field: Field, text: str) -> str:
    if not is_web_address(text):
        raise Invalid({field.name: f"Write the {field.label} in full, beginning with https:// or http://."})
    return text


def _moment(field: Field, text: str) -> str:
    if not is_moment(text):
        raise Invalid({field.name: "Write the date as 2026-11-23, or with a time as 2026-11-23T18:30."})
    return text


_RULES: dict[str, Callable[[Field, str], str]] = {"choice": _choice, "url": _url, "moment": _moment}
