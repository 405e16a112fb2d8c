"""The newest text edited by hand, by whoever decides in the article: a correction goes straight into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, Response, make_response, render_template, request

from annotator.access import READ, decides
from annotator.errors import Forbidden, Invalid, Stale
from annotator.exports import snapshot
from annotator.queries import articles, corrections
from annotator.services import versions as service
from annotator.text import redline
from annotator.text.diffing import Run
from annotator.text.editing import Replacement, edited, replaced
from annotator.web.forms import show_refusal
from annotator.web.forms.version import EditForm
from annotator.web.versions import HERE, added
from annotator.web.whoami import me, signed_in

pages = Blueprint("editing", __name__)


@dataclass(frozen=True, slots=True)
class Accepted:
    """An accepted correction that the newest text does not have: whose, both wordings in one line, and whether it is
    left out because it overlaps another."""

    kind: str
    ordinal: int
    runs: list[Run]
    left_out: bool


@pages.get(f"{HERE}/edit")
@signed_in(READ)
def edit(article_id: int) -> str:
    """The form with the newest text; with `corrections`, those accepted are put into it."""
    article, newest = _mine(article_id), articles.version(article_id)
    found = corrections.accepted(article_id)
    text, left_out = replaced(newest.text, [Replacement(one.start, one.end, one.suggested) for one in found])
    put_in = "corrections" in request.args
    data = {"base": newest.number, "text": text if put_in else newest.text}
    form = EditForm(formdata=None, data=data | ({"change_note": "Accepted corrections put in"} if put_in else {}))
    return _page(article, form, _accepted(found, left_out), put_in=put_in)


@pages.post(f"{HERE}/edit")
@signed_in(READ)
def save(article_id: int) -> Response:
    """Make the edited text the next version. 412 with all that was typed when another version has come since."""
    article, form = _mine(article_id), EditForm()
    old = articles.document(articles.version_key(article_id, form.seen() or None)[0])
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
    found: Sequence[Accepted] = (),
    *,
    put_in: bool = False,
    overtaken: bool = False,
) -> str:
    heads, base = articles.heads(article.id), int(form.base.data or 0)
    given = {"corrections": found, "put_in": put_in, "overtaken": overtaken}
    following = heads[-1].number + 1
    return render_template("versions/edit.html", article=article, form=form, base=base, next=following, **given)


def _accepted(found: Sequence[corrections.Waiting], left_out: Sequence[Replacement]) -> list[Accepted]:
    overlapping = {(one.start, one.end, one.words) for one in left_out}
    return [
        Accepted(
            *(one.kind, one.ordinal, redline.runs(one.current, one.suggested)),
            (one.start, one.end, one.suggested) in overlapping,
        )
        for one in found
    ]
