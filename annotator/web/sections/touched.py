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
    """The version that touched it and the one before that is told, both wordings in one line, where it stood when its
    words are gone; whether somebody may say that it still stands, or that these are other words; and whether its words
    are back, or read as before."""

    version: int
    was: int
    runs: list[Run]
    old: Context | None
    may_stand: bool
    may_detach: bool
    back: bool
    restored: bool
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
    earlier = drafts.earlier([record.id], record.anchor.version).get(record.id)
    was = earlier.against(record) if earlier else None
    old = _context(record, was) if was and record.anchor.orphan else None
    return Told(
        version=earlier.since if earlier else record.anchor.version,
        was=was.version if was else 0,
        runs=redline.runs(was.exact, record.anchor.exact) if was and not old else [],
        old=old,
        may_stand=why_not_still(record) is None and not record.sealed,
        may_detach=record.anchor.status in LOOKED_AT and record.anchor.carried_from is not None,
        back=record.anchor.carried_as in UNTOUCHED and not record.unsure,
        restored=record.unsure and earlier is not None and earlier.reads_again(record),
        words_form=forms.others.get("words") or WordsForm(formdata=None),  # type: ignore[arg-type]
        closure_form=forms.others.get("closure") or ClosureForm(formdata=None),  # type: ignore[arg-type]
    )


def _context(record: snapshot.Annotation, was: Was) -> Context:
    version_id, _ = articles.version_key(record.article, was.version)
    return context(articles.document(version_id), was)
