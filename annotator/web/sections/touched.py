"""What a draft did to the words of a card, and what may be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from annotator.access import Actor
from annotator.exports import snapshot
from annotator.queries import articles, drafts
from annotator.queries.drafts import Was
from annotator.services.confirming import LOOKED_AT
from annotator.services.places import why_not_still
from annotator.services.touching import BECAUSE
from annotator.text import redline
from annotator.text.diffing import Run
from annotator.vocabulary import UNTOUCHED
from annotator.web.drafts import Context, context
from annotator.web.forms.touched import ClosureForm, WordsForm
from annotator.web.sections import Forms


@dataclass(frozen=True, slots=True)
class Told:
    """The version that touched it, both wordings in one line, where it stood when its words are gone; whether somebody
    may say that it still stands, or that these are other words; and whether its words are back."""

    version: int
    was: int
    runs: list[Run]
    old: Context | None
    may_stand: bool
    may_detach: bool
    back: bool
    words_form: WordsForm
    closure_form: ClosureForm


def section(record: snapshot.Annotation, actor: Actor, forms: Forms) -> dict[str, Any]:
    """None for what no draft has touched, or somebody has looked at since."""
    newest = articles.version_key(record.article)[1]
    found = _told(record, forms) if record.unsure or record.closed or _reopened(record) else None
    return {"touched": found, "newest": newest}


def _reopened(record: snapshot.Annotation) -> bool:
    """Whether a draft reopened it; then its words may have come back since."""
    return record.state == "reopened" and record.reopened_why.startswith(BECAUSE)


def _told(record: snapshot.Annotation, forms: Forms) -> Told:
    was = drafts.was([record.id], record.anchor.version).get(record.id)
    old = _context(record, was) if was and record.anchor.orphan else None
    return Told(
        record.anchor.version,
        was.version if was else 0,
        redline.runs(was.exact, record.anchor.exact) if was and not old else [],
        old,
        why_not_still(record) is None and not record.sealed,
        record.anchor.status in LOOKED_AT and record.anchor.carried_from is not None,
        record.anchor.carried_as in UNTOUCHED and not record.unsure,
        forms.others.get("words") or WordsForm(formdata=None),  # type: ignore[arg-type]
        forms.others.get("closure") or ClosureForm(formdata=None),  # type: ignore[arg-type]
    )


def _context(record: snapshot.Annotation, was: Was) -> Context:
    version_id, _ = articles.version_key(record.article, was.version)
    return context(articles.document(version_id), was)
