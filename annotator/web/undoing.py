"""Undo and redo from the page: by key, and by the buttons of the history page without script."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, flash, redirect, url_for

from annotator.access import READ, Actor
from annotator.db import unit_of_work
from annotator.errors import Conflict
from annotator.models import Article
from annotator.queries import events
from annotator.queries.undoing import Act
from annotator.services import loading
from annotator.services import undoing as service
from annotator.services.undoing import Undone
from annotator.web import changes, fragments, telling
from annotator.web.forms.reading import BackForm
from annotator.web.whoami import me, signed_in

pages = Blueprint("undoing", __name__)


@pages.post("/articles/<int:article_id>/undo")
@signed_in(READ)
def undo(article_id: int) -> Response:
    """Take back what I did last here. The pieces that changed; `X-Done` and `X-Next` say what it was and what is next.

    Nothing to undo: no pieces and no `X-Done`. 409 when it was changed since.
    """
    return _answer(article_id, "undo", service.undo, "Undone")


@pages.post("/articles/<int:article_id>/redo")
@signed_in(READ)
def redo(article_id: int) -> Response:
    """Do again what I took back last. As `undo`."""
    return _answer(article_id, "redo", service.redo, "Done again")


def _answer(article_id: int, way: str, act: Callable[[Actor, Article], Undone], said: str) -> Response:
    try:
        with unit_of_work():
            article = loading.article(me(), article_id)
            since = article.revision
            done = act(me(), article)
    except Conflict as refusal:
        if fragments.wanted():
            raise
        flash(refusal.message, "error")
        return _back(article_id)
    told = telling.briefly(events.lines(done.root))
    if not fragments.wanted():
        flash(f"{said}: {told}." if told else "There was nothing to take back.", "message")
        return _back(article_id)
    return _pieces(article_id, since, told, next_ones(me(), article_id)[way])


def _back(article_id: int) -> Response:
    """To the page on which the button stands: the history, if it does not say another."""
    where = BackForm().back(url_for("history.of_article", article_id=article_id))
    return redirect(where)  # type: ignore[return-value]


def _pieces(article_id: int, since: int, told: str, following: str) -> Response:
    pieces, headers = changes.since(article_id, since)
    headers |= {name: value for name, value in (("X-Done", told), ("X-Next", following)) if value}
    return fragments.answer(pieces, headers=headers)


def next_ones(actor: Actor, article_id: int) -> dict[str, str]:
    """What undo and redo would take back and do again, in words; empty when there is nothing. Five queries at most."""
    now = service.outlook(actor, article_id)
    return {"undo": _brief(now.undo), "redo": _brief(now.redo)}


def _brief(acts: tuple[Act, ...]) -> str:
    return telling.briefly(events.lines(acts[0].root)) if acts else ""
