"""The words suggested instead of the marked ones, and the forms to suggest and to decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from annotator.access import DECIDE, Actor, decides
from annotator.exports import snapshot
from annotator.queries import articles
from annotator.text import redline
from annotator.text.diffing import Run
from annotator.web.forms.correction import CorrectionForm, DecisionForm
from annotator.web.sections import Forms


@dataclass(frozen=True, slots=True)
class Shown:
    """One correction as a redline with its forms; `moved` when other words are marked now than it was made for,
    `missed` when it was accepted before the newest version came, which does not have it."""

    correction: snapshot.Correction
    runs: list[Run]
    moved: bool
    missed: bool
    changing: CorrectionForm | None
    decision_form: DecisionForm | None
    deciding: bool
    may_change: bool
    may_take_back: bool


def section(record: snapshot.Annotation, actor: Actor, forms: Forms) -> dict[str, Any]:
    """The corrections there are, and the form for another; it is open when it was sent and refused."""
    may_decide = _may_decide(record, actor)
    return {
        "corrections": [_shown(one, record, actor, forms, may_decide) for one in record.corrections],
        "decides": may_decide,
        "correction_form": forms.others.get("correct") or CorrectionForm.blank(record.anchor.exact),
        "correcting": "correct" in forms.others,
    }


def _may_decide(record: snapshot.Annotation, actor: Actor) -> bool:
    if not any(one.state in ("proposed", "accepted") for one in record.corrections):
        return False
    return decides(actor, articles.article(record.article).led_by)


def _shown(one: snapshot.Correction, record: snapshot.Annotation, actor: Actor, forms: Forms, decides: bool) -> Shown:
    proposed, own = one.state == "proposed", one.created_by.username == actor.username
    sent = forms.others.get(f"decide:{one.id}")
    return Shown(
        correction=one,
        runs=redline.runs(one.current, one.suggested),
        moved=one.current != record.anchor.exact,
        missed=_missed(one, record),
        changing=forms.others.get(f"correct:{one.id}"),
        decision_form=(sent or DecisionForm(formdata=None)) if proposed and decides else None,
        deciding=sent is not None,
        may_change=proposed and own,
        may_take_back=proposed and (own or actor.may(DECIDE)),
    )


def _missed(one: snapshot.Correction, record: snapshot.Annotation) -> bool:
    if one.state != "accepted" or one.decided is None:
        return False
    newest = articles.newest_of(articles.heads(record.article))
    return newest.number > 1 and one.decided.at < newest.created_at
