"""Whose words they are, what else is known of them, and who is offered as the speaker of a quote."""

from __future__ import annotations

from typing import Any

from annotator.access import Actor
from annotator.exports import snapshot
from annotator.queries import articles, parties
from annotator.text.attribution import speaker
from annotator.vocabulary import FIELDS
from annotator.web.forms.annotation import name_of, party_form
from annotator.web.sections import Forms


def section(record: snapshot.Annotation, actor: Actor, forms: Forms) -> dict[str, Any]:
    """The form for party and fields, what they were when the card was opened, and a speaker to be accepted."""
    stored = _stored(record)
    form = forms.party or party_form(record.kind, stored)
    folded = [form.role, form.organisation, *form.others]
    return {
        "party_form": form,
        "stored": stored,
        "more_open": any(one.errors or (one.data or "") != stored[one.name] for one in folded),
        "folded": [one.label.text.lower() for one in folded if one.data],
        "hints": {name_of(field): field.hint for field in FIELDS[record.kind]},
        "offered": offered(record) if record.party is None and not form.party.data else None,
        "party_page": parties.uuid_of(record.party.name) if record.party else None,
    }


def _stored(record: snapshot.Annotation) -> dict[str, str]:
    """What the fields show when the form is opened."""
    party = record.party or snapshot.Party("", "", "")
    told = {"party": party.name, "role": party.role, "organisation": party.organisation}
    return told | {name_of(field): _shown(record.fields.get(field.name)) for field in FIELDS[record.kind]}


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value or ""


def offered(record: snapshot.Annotation) -> str | None:
    """Who is likely to have said a quote, from the words around it."""
    if record.kind != "quote":
        return None
    version_id, _ = articles.version_key(record.article, record.anchor.version)
    language = articles.article(record.article).language
    return speaker(articles.document(version_id).text, record.anchor.start, record.anchor.end, language)
