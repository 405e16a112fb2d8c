"""The threads on an annotation, or on an article as a whole, and the forms to say something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_wtf import FlaskForm

from annotator.access import DECIDE, Actor
from annotator.exports import snapshot
from annotator.queries import mentions
from annotator.text.mentions import Run, runs
from annotator.web.forms.comment import CommentForm
from annotator.web.sections import Forms

FRESH = "comment"


@dataclass(frozen=True, slots=True)
class Said:
    """One comment: its words in pieces, what may be done with it, and the form that edits it when it is open."""

    comment: snapshot.Comment
    runs: list[Run]
    may_edit: bool
    may_take_back: bool
    editing: CommentForm | None


@dataclass(frozen=True, slots=True)
class Thread:
    """A first comment, its answers and the form for another; `answering` when that was sent and refused."""

    first: Said
    answers: list[Said]
    form: CommentForm
    answering: bool

    @property
    def resolved(self) -> bool:
        """Whether it is settled."""
        return self.first.comment.resolved_at is not None


def section(record: snapshot.Annotation, actor: Actor, forms: Forms) -> dict[str, Any]:
    """The threads on the annotation."""
    return shown(record.comments, actor, forms.others)


def shown(said: Sequence[snapshot.Comment], actor: Actor, forms: Mapping[str, FlaskForm]) -> dict[str, Any]:
    """The threads that are open, those that are resolved, and the form for a new one. One query at most.

    `forms` are those that were sent: FRESH, `answer:<id of the first>`, `edit:<id>`.
    """
    known = mentions.known(one.body for one in said)
    found = [_thread(one, said, actor, forms, known) for one in said if one.parent is None]
    return {
        "threads": [one for one in found if not one.resolved],
        "resolved_threads": [one for one in found if one.resolved],
        "comment_form": forms.get(FRESH) or CommentForm.blank(),
        "commenting": FRESH in forms,
    }


def _thread(
    first: snapshot.Comment,
    said: Sequence[snapshot.Comment],
    actor: Actor,
    forms: Mapping[str, FlaskForm],
    known: set[str],
) -> Thread:
    answers = [one for one in said if one.parent == first.id]
    sent = forms.get(f"answer:{first.id}")
    form = (sent or CommentForm.blank()).called(f"Reply to {first.author.name}")  # type: ignore[union-attr]
    return Thread(
        _said(first, actor, forms, known, answered=bool(answers)),
        [_said(one, actor, forms, known) for one in answers],
        form,
        sent is not None,
    )


def _said(
    comment: snapshot.Comment, actor: Actor, forms: Mapping[str, FlaskForm], known: set[str], answered: bool = False
) -> Said:
    own = comment.author.username == actor.username
    editing: Any = forms.get(f"edit:{comment.id}")
    pieces = runs(comment.body, known)
    return Said(comment, pieces, own, (own or actor.may(DECIDE)) and not answered, editing)
