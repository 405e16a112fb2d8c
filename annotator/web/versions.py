"""The versions of an article: the next draft added, what it changed, any two beside each other, the original file."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for

from annotator.access import IMPORT, READ, decides
from annotator.db import unit_of_work
from annotator.errors import Invalid, Stale
from annotator.queries import articles
from annotator.services import loading
from annotator.services import versions as service
from annotator.services.versions import Added, Prepared
from annotator.text import redline
from annotator.web import comparing, drafts
from annotator.web.addresses import asked
from annotator.web.articles import read
from annotator.web.drafts import Refused
from annotator.web.forms import show_refusal
from annotator.web.forms.version import DraftForm
from annotator.web.undoing import next_ones
from annotator.web.whoami import me, signed_in

pages = Blueprint("versions", __name__)

HERE = "/articles/<int:article_id>/versions"


@pages.get(f"{HERE}/new")
@signed_in(IMPORT)
def new(article_id: int) -> str:
    """The form for the next draft."""
    newest = articles.version_key(article_id)[1]
    return _form(article_id, DraftForm(formdata=None, data={"base": str(newest)}))


@pages.post(f"{HERE}/new")
@signed_in(IMPORT)
def create(article_id: int) -> Response:
    """Add the next draft and show what it changed. 422 with everything that was typed when something will not do; 412
    when another draft has come since the form was opened."""
    form = DraftForm()
    articles.revision(article_id)
    try:
        found, source, kept = read(form)
        prepared = service.prepare(article_id, found.drafts, source, form.change_note.data or "", kept)
        answer = added(article_id, replace(prepared, made_from=form.seen()))
    except Invalid as refusal:
        show_refusal(form, refusal)
        return make_response(_form(article_id, form), 422)
    except Stale:
        form.base.data = str(articles.version_key(article_id)[1])
        return make_response(_form(article_id, form, overtaken=True), 412)
    for remark in found.remarks:
        flash(remark)
    return answer


def _form(article_id: int, form: DraftForm, *, overtaken: bool = False) -> str:
    article, heads = articles.article(article_id), articles.heads(article_id)
    shown = {"newest": articles.newest_of(heads), "next": heads[-1].number + 1, "overtaken": overtaken}
    may_edit = decides(me(), article.led_by)
    return render_template("versions/new.html", form=form, article=article, may_edit=may_edit, **shown)


def added(article_id: int, prepared: Prepared) -> Response:
    """Make it the newest version, then show what it changed; the same text as the newest changes nothing."""
    with unit_of_work():
        made = service.add_version(me(), loading.article(me(), article_id, IMPORT), prepared)
    if not made.new:
        flash(f"This is the very text of version {made.number}. Nothing was changed.")
        return redirect(url_for("review.show", article_id=article_id), 303)  # type: ignore[return-value]
    return _to_changed(article_id, made)


def _to_changed(article_id: int, made: Added) -> Response:
    flash(f"Version {made.number} is added, and everything was carried to it.")
    return redirect(url_for("versions.changed", article_id=article_id, number=made.number), 303)  # type: ignore[return-value]


@pages.get(f"{HERE}/<int:number>/changed")
@signed_in(READ)
def changed(article_id: int, number: int) -> str:
    """What the draft that became this version left alone, what it touched, and what is new in it."""
    return what_changed(article_id, number)


def what_changed(article_id: int, number: int, refused: Refused | None = None) -> str:
    """The page, with what was refused at its row. What was taken back last can be done again, the draft itself too."""
    shown, ways = drafts.shown(article_id, number, me()), next_ones(me(), article_id)
    undo = ways["undo"] if shown.current else ""
    redo = ways["redo"] if shown.current or shown.withdrawn else ""
    given = {"shown": shown, "undo": undo, "redo": redo, "refused": refused}
    return render_template("versions/changed.html", runs=redline.runs, **given)


@pages.get(f"{HERE}/beside")
@signed_in(READ)
def choose(article_id: int) -> Response:
    """Two versions as chosen in the form."""
    newest = articles.version_key(article_id)[1]
    old, new = (max(1, asked(name, newest)) for name in ("old", "new"))
    where = url_for("versions.beside", article_id=article_id, old=old, new=new)
    return redirect(where)  # type: ignore[return-value]


@pages.get(f"{HERE}/<int:old>/beside/<int:new>")
@signed_in(READ)
def beside(article_id: int, old: int, new: int) -> str:
    """Two versions beside each other, with the marks on both sides."""
    return render_template("versions/beside.html", shown=comparing.shown(article_id, old, new))
