"""Signing off a whole article: what is missing until then, and who answers for it."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for

from annotator.access import DECIDE, READ, decides
from annotator.db import unit_of_work
from annotator.errors import Conflict, Invalid
from annotator.queries import articles, coverage
from annotator.queries.beneath import article_sign_offs
from annotator.services import article_sign_offs as service
from annotator.services import loading
from annotator.text.coverage import count
from annotator.web.drafts import unread
from annotator.web.forms import show_refusal
from annotator.web.forms.reading import ArticleSignOffForm
from annotator.web.whoami import me, signed_in

pages = Blueprint("article_sign_offs", __name__)

HERE = "/articles/<int:article_id>/sign-off"


@pages.get(HERE)
@signed_in(READ)
def show(article_id: int) -> str:
    """How far the article is, what is missing, and who has signed it off."""
    return _page(article_id, ArticleSignOffForm(formdata=None))


@pages.post(HERE)
@signed_in(READ)
def give(article_id: int) -> Response:
    """Sign the article off. 409 with every reason that is in the way."""
    form = ArticleSignOffForm()
    try:
        with unit_of_work():
            article = loading.article(me(), article_id)
            service.sign_off_article(me(), article, form.remark.data or "", form.sha256.data or None)
    except (Invalid, Conflict) as refusal:
        if isinstance(refusal, Invalid):
            show_refusal(form, refusal)
        else:
            form.form_errors.append(refusal.message)
        return make_response(_page(article_id, form), refusal.status)
    flash("The article is signed off.")
    return _back(article_id)


@pages.post(f"{HERE}/withdrawal")
@signed_in(READ)
def withdraw(article_id: int) -> Response:
    """Take the sign-off back."""
    with unit_of_work():
        service.withdraw(me(), loading.article(me(), article_id))
    flash("The sign-off is withdrawn.")
    return _back(article_id)


def _back(article_id: int) -> Response:
    return redirect(url_for("article_sign_offs.show", article_id=article_id), 303)  # type: ignore[return-value]


def _page(article_id: int, form: ArticleSignOffForm) -> str:
    article, version = articles.article(article_id), articles.version(article_id)
    form.sha256.data = version.sha256
    version_id, _ = articles.version_key(article_id, version.number)
    spans = articles.sentences_of(version_id, article.language)
    states = coverage.states_of(version_id, spans)
    signed = article_sign_offs(article_id)
    standing = next((one for one in signed if one.fallen_at is None), None)
    return render_template(
        "sign_off/page.html",
        article=article,
        version=version,
        form=form,
        read=count(states),
        missing=unread(version.text, spans, states),
        touched=coverage.unattended_ones(article_id),
        open_checks=service.open_checks(article_id),
        open_corrections=service.open_corrections(article_id),
        reasons=service.why_not(article_id),
        standing=standing,
        fallen=[one for one in signed if one.fallen_at],
        may_sign=decides(me(), article.led_by),
        may_withdraw=standing is not None and (standing.by.username == me().username or me().may(DECIDE)),
    )
