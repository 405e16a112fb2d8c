"""Comments: said on a card or on the article's own page, answered, edited, resolved, taken back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from annotator.access import READ
from annotator.db import unit_of_work
from annotator.errors import Conflict, Forbidden, Invalid, Stale
from annotator.models import Comment
from annotator.queries import articles, commenting, mentions, records
from annotator.services import comments as service
from annotator.services import loading
from annotator.web import notes, refusing
from annotator.web.annotations import overtaken
from annotator.web.forms import show_refusal
from annotator.web.forms.annotation import RowForm
from annotator.web.forms.comment import NAMES, CommentForm
from annotator.web.sections import Forms
from annotator.web.sections.comments import FRESH, shown
from annotator.web.whoami import me, signed_in

pages = Blueprint("comments", __name__)


@pages.get("/people/mentionable")
@signed_in(READ)
def mentionable() -> str:
    """Active people whose name begins with `q`, as options."""
    return render_template("comments/_people.html", people=mentions.mentionable(request.args.get("q", "")[:64]))


@pages.get("/articles/<int:article_id>/comments")
@signed_in(READ)
def of_article(article_id: int) -> Response:
    """What people say about the article as a whole."""
    return _page(article_id, {})


def _page(article_id: int, forms: dict[str, CommentForm], refusal: str = "", status: int = 200) -> Response:
    article = articles.article(article_id)
    given = shown(commenting.on_article(article_id), me(), forms)
    page = render_template("comments/page.html", article=article, refusal=refusal, **given)
    return make_response(page, status)


@pages.post("/articles/<int:article_id>/comments")
@signed_in(READ)
def add_to_article(article_id: int) -> Response:
    """Say something about the article as a whole."""
    form = CommentForm()
    try:
        with unit_of_work():
            article = loading.article(me(), article_id)
            service.add_comment(me(), article, None, form.comment.data or "", uuid=form.uuid.data or None)
    except (Invalid, Conflict) as refusal:
        return _refused(article_id, None, FRESH, form, refusal)
    return _saved(article_id, None, 0)


@pages.post("/annotations/<uuid:key>/comments")
@signed_in(READ)
def add(key: UUID) -> Response:
    """Say something about an annotation."""
    record, form = records.record(str(key)), CommentForm()
    try:
        with unit_of_work():
            annotation = loading.annotation(me(), record.id)
            article, since = annotation.article, annotation.article.revision
            service.add_comment(me(), article, annotation, form.comment.data or "", uuid=form.uuid.data or None)
    except (Invalid, Conflict) as refusal:
        return _refused(record.article, record.id, FRESH, form, refusal)
    return _saved(record.article, record.id, since)


@pages.post("/comments/<uuid:key>/answers")
@signed_in(READ)
def answer(key: UUID) -> Response:
    """Answer the first comment of a thread."""
    form = CommentForm()

    def act(first: Comment) -> None:
        body, uuid = form.comment.data or "", form.uuid.data or None
        service.add_comment(me(), first.article, first.annotation, body, first.uuid, uuid)

    return _change(key, f"answer:{key}", form, act)


@pages.get("/comments/<uuid:key>/edit")
@signed_in(READ)
def edit(key: UUID) -> Response:
    """The card, or the page, with the form of one comment open, for its author."""
    article_id, annotation = commenting.place(str(key))
    comment = commenting.comment(str(key))
    if comment.author.username != me().username:
        raise Forbidden("Only its author may edit a comment. Answer it instead.")
    forms = {f"edit:{key}": CommentForm.of(comment.body)}
    if annotation is None:
        return _page(article_id, forms)
    return notes.refused(records.record(annotation), Forms(others=dict(forms)), 200)


@pages.post("/comments/<uuid:key>")
@signed_in(READ)
def change(key: UUID) -> Response:
    """Say it in other words. 412 with what is stored now when it was changed meanwhile."""
    form = CommentForm().called("Your comment")

    def act(comment: Comment) -> None:
        service.edit_comment(me(), comment, form.comment.data or "", form.seen())

    return _change(key, f"edit:{key}", form, act)


@pages.post("/comments/<uuid:key>/resolution")
@signed_in(READ)
def resolve(key: UUID) -> Response:
    """Note that a thread is settled."""
    return _change(key, "", RowForm(), lambda comment: service.resolve_thread(me(), comment))


@pages.post("/comments/<uuid:key>/reopening")
@signed_in(READ)
def unresolve(key: UUID) -> Response:
    """Take a thread up again."""
    return _change(key, "", RowForm(), lambda comment: service.unresolve_thread(me(), comment))


@pages.post("/comments/<uuid:key>/deletion")
@signed_in(READ)
def take_back(key: UUID) -> Response:
    """Take a comment away; it can be brought back."""
    return _change(key, "", RowForm(), lambda comment: service.take_back_comment(me(), comment))


@pages.post("/comments/<uuid:key>/restoration")
@signed_in(READ)
def bring_back(key: UUID) -> Response:
    """Bring a comment back."""
    return _change(key, "", RowForm(), lambda comment: service.bring_back_comment(me(), comment), taken_back=True)


def _change(
    key: UUID, where: str, form: RowForm, change: Callable[[Comment], object], *, taken_back: bool = False
) -> Response:
    """Load the comment, let `change` change it, commit, and answer with the card or the page it is on."""
    article_id, annotation = commenting.place(str(key))
    try:
        with unit_of_work():
            comment = loading.comment(me(), str(key), taken_back=taken_back)
            since = comment.article.revision
            change(comment)
    except (Invalid, Conflict) as refusal:
        return _refused(article_id, annotation, where, form, refusal)
    except Stale as stale:
        if annotation is None:
            return _page(article_id, {where: form}, stale.message, 412)  # type: ignore[dict-item]
        return overtaken(annotation, stale, Forms(others={where: form}))
    return _saved(article_id, annotation, since)


def _refused(
    article_id: int, annotation: str | None, where: str, form: RowForm, refusal: Invalid | Conflict
) -> Response:
    if annotation is not None:
        return refusing.refused(annotation, where, form, refusal, NAMES)
    if isinstance(refusal, Invalid):
        show_refusal(form, refusal, NAMES)
    sentence = "" if isinstance(refusal, Invalid) else refusal.message
    return _page(article_id, {where: form}, sentence, refusal.status)  # type: ignore[dict-item]


def _saved(article_id: int, annotation: str | None, since: int) -> Response:
    if annotation is not None:
        return notes.saved(annotation, since)
    return redirect(url_for("comments.of_article", article_id=article_id))  # type: ignore[return-value]
