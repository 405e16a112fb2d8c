"""How much of an article is read, and where the rest is: the line and the strip of the review page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from flask import render_template
from markupsafe import Markup

from annotator.queries import articles, coverage
from annotator.services import article_sign_offs
from annotator.text.coverage import Coverage, State, count
from annotator.web.fragments import Partial


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of a version is read, the strip that shows where, and who has signed the article off."""

    coverage: Coverage
    strip: dict[State, str]
    signed_by: str
    article_id: int


@lru_cache(maxsize=64)
def progress(article_id: int, version_id: int, revision: int) -> Progress:
    """What line and strip show of a version. Four queries; `revision` grows with everything that changes them, so the
    answer is kept."""
    spans = articles.sentences_of(version_id, articles.language(article_id))
    found = coverage.states_of(version_id, spans)
    signed = article_sign_offs.standing(article_id)
    return Progress(count(found), strip(found), signed.by.name if signed else "", article_id)


def strip(states: Sequence[State]) -> dict[State, str]:
    """For each state a path that fills its sentences in a drawing ten wide and as high as there are sentences."""
    paths: dict[State, list[str]] = {"clear": [], "covered": [], "unread": []}
    at = 0
    for state, group in groupby(states):
        height = len(list(group))
        paths[state].append(f"M0 {at}h10v{height}h-10z")
        at += height
    return {state: "".join(path) for state, path in paths.items()}


def pieces(article_id: int, version_id: int, revision: int) -> list[Partial]:
    """The line and the strip of an open page."""
    shown = progress(article_id, version_id, revision)
    parts = ("#coverage", "review/_coverage.html"), ("#strip", "review/_strip.html")
    return [Partial(target, Markup(render_template(template, progress=shown))) for target, template in parts]
