"""One's own account: name, password, signed-in browsers, API tokens."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, session, url_for
from flask_limiter import RateLimitExceeded

from annotator.access import READ
from annotator.db import unit_of_work
from annotator.errors import Invalid
from annotator.extensions import limiter
from annotator.queries.people import browsers_of
from annotator.queries.people import tokens as tokens_of
from annotator.services import passwords, people, sessions, tokens
from annotator.web import signing
from annotator.web.browsers import browser_name
from annotator.web.forms import show_refusal
from annotator.web.forms.account import NameForm, PasswordForm, TokenForm
from annotator.web.whoami import me, signed_in, visit

pages = Blueprint("account", __name__, url_prefix="/account")

WRONG = "This is not your current password."


@pages.get("")
@signed_in(READ)
def show() -> Response:
    """Everything of one's own on one page."""
    return _page()


def _page(
    *,
    name: NameForm | None = None,
    password: PasswordForm | None = None,
    token: TokenForm | None = None,
    status: int = 200,
) -> Response:
    forms = {
        "name_form": name or NameForm(formdata=None, data={"name": me().name}),
        "password_form": password or PasswordForm(formdata=None),
        "token_form": token or TokenForm(formdata=None, data={"scopes": ["read"], "days": "90"}).for_role(me().role),
    }
    own = {"browsers": browsers_of(me().id), "tokens": tokens_of(me().username), "visit": visit()}
    page = render_template("account/page.html", browser_name=browser_name, **forms, **own)
    return make_response(page, status)


def _back(sentence: str) -> Response:
    flash(sentence, "done")
    return redirect(url_for("account.show"), 303)  # type: ignore[return-value]


@pages.post("/name")
@signed_in(READ)
def rename() -> Response:
    """Change the name others see."""
    form = NameForm()
    try:
        with unit_of_work():
            people.rename(me(), people.person(me().username), form.name.data or "")
    except Invalid as refusal:
        show_refusal(form, refusal)
        return _page(name=form, status=422)
    return _back("Your name is changed.")


@pages.post("/password")
@limiter.limit(signing.rate, key_func=lambda: f"password {me().id}", deduct_when=signing.refused)
@signed_in(READ)
def change_password() -> Response:
    """Choose another password. Every other browser is signed out; this one gets a new session."""
    form = PasswordForm()
    try:
        password = _new_password(form)
    except Invalid as refusal:
        show_refusal(form, refusal)
        return _page(password=form, status=422)
    actor = me()
    with unit_of_work():
        user = people.person(actor.username)
        people.set_password(actor, user, password)
    signing.begin_session(user)
    return _back("Your password is changed. All other browsers are signed out.")


@pages.errorhandler(RateLimitExceeded)
def too_often(error: RateLimitExceeded) -> Response:
    """Say when to try the current password again."""
    form, seconds = PasswordForm(), signing.seconds_to_wait()
    form.form_errors = [signing.TOO_OFTEN.format(seconds=seconds)]
    answer = _page(password=form, status=429)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _new_password(form: PasswordForm) -> passwords.Hashed:
    user = people.person(me().username)
    if not passwords.matches(user.password_hash, form.current.data or ""):
        raise Invalid({"current": WRONG})
    return passwords.hashed(form.new.data or "", user.username, "new")


@pages.post("/other-sessions/end")
@signed_in(READ)
def end_others() -> Response:
    """Sign out every browser but this one."""
    with unit_of_work():
        sessions.end_all(me(), people.person(me().username), keep=session["sid"])
    return _back("All other browsers are signed out.")


@pages.post("/tokens")
@signed_in(READ)
def make_token() -> Response:
    """Make a token and show its secret, this once."""
    form = TokenForm().for_role(me().role)
    try:
        with unit_of_work():
            owner = people.person(me().username)
            chosen = form.name.data or "", form.scopes.data or []
            secret = tokens.make_token(me(), owner, *chosen, form.lifetime())
    except Invalid as refusal:
        show_refusal(form, refusal)
        return _page(token=form, status=422)
    return make_response(render_template("account/token.html", secret=secret, name=form.name.data), 201)


@pages.post("/tokens/<int:token_id>/revoke")
@signed_in(READ)
def revoke_token(token_id: int) -> Response:
    """Make a token worthless."""
    with unit_of_work():
        tokens.revoke(me(), token_id)
    return _back("The token is revoked.")
