"""The newest text edited by hand, by whoever decides in the article: a correction goes straight into it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from flask import Blueprint, Response, make_response, render_template, request

from annotator.access import READ, decides
from annotator.errors import Forbidden, Invalid, Stale
from annotator.exports import snapshot
from annotator.queries import articles, corrections
from annotator.services import versions as service
from annotator.text import redline
from annotator.text.canonical import canonical_text
from annotator.text.diffing import Run
from annotator.text.editing import Replacement, edited, placed, replaced
from annotator.web.forms import show_refusal
from annotator.web.forms.version import EditForm
from annotator.web.versions import HERE, added
from annotator.web.whoami import me, signed_in

pages = Blueprint("editing", __name__)


@dataclass(frozen=True, slots=True)
class Accepted:
    """An accepted correction that the newest text does not have: whose, both wordings in one line, and whether it was
    left out because it overlaps another, or its words were edited."""

    kind: str
    ordinal: int
    runs: list[Run]
    left_out: bool


@pages.get(f"{HERE}/edit")
@signed_in(READ)
def edit(article_id: int) -> str:
    """The form with the newest text; with `corrections`, those accepted are put into it."""
    article, newest = _mine(article_id), articles.version(article_id)
    form = EditForm(formdata=None, data={"base": str(newest.number), "text": newest.text})
    return _with_corrections(article, form, newest.text) if "corrections" in request.args else _page(article, form)


def _with_corrections(article: snapshot.Article, form: EditForm, old: str) -> str:
    """The form with the accepted corrections put into what has been typed so far, where their words still stand."""
    found = corrections.accepted(article.id)
    wanted = placed(old, form.text.data or "", [Replacement(one.start, one.end, one.suggested) for one in found])
    form.text.data, left_out = replaced(canonical_text(form.text.data or ""), wanted)
    form.change_note.data = form.change_note.data or "Accepted corrections put in"
    missed = {one.words for one in left_out} | {one.suggested for one in found} - {one.words for one in wanted}
    return _page(article, form, put_in=True, missed=missed)


@pages.post(f"{HERE}/edit")
@signed_in(READ)
def save(article_id: int) -> Response:
    """Make the edited text the next version. 412 with all that was typed when another version has come since."""
    article, form = _mine(article_id), EditForm()
    old = articles.document(articles.version_key(article_id, form.seen())[0])
    if "corrections" in request.form:
        return make_response(_with_corrections(article, form, old.text))
    try:
        drafts = edited(old, form.text.data or "")
        prepared = service.prepare(article_id, drafts, "edit", form.change_note.data or "")
        return added(article_id, replace(prepared, made_from=form.seen()))
    except Invalid as refusal:
        show_refusal(form, refusal)
        return make_response(_page(article, form), 422)
    except Stale:
        form.base.data = str(articles.version_key(article_id)[1])
        return make_response(_page(article, form, overtaken=True), 412)


def _mine(article_id: int) -> snapshot.Article:
    article = articles.article(article_id)
    if not decides(me(), article.led_by):
        raise Forbidden("Only a lead, or whoever leads this article, edits its text. Suggest a correction instead.")
    return article


def _page(
    article: snapshot.Article,
    form: EditForm,
    *,
    put_in: bool = False,
    missed: Collection[str] = (),
    overtaken: bool = False,
) -> str:
    heads, base = articles.heads(article.id), form.seen() or 0
    given = {"corrections": _accepted(article.id, missed), "put_in": put_in, "overtaken": overtaken}
    following = heads[-1].number + 1
    return render_template("versions/edit.html", article=article, form=form, base=base, next=following, **given)


def _accepted(article_id: int, missed: Collection[str]) -> list[Accepted]:
    return [
        Accepted(one.kind, one.ordinal, redline.runs(one.current, one.suggested), one.suggested in missed)
        for one in corrections.accepted(article_id)
    ]
