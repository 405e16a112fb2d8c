"""Coming in and going out: sign-in, sign-out, and one-time links."""

from __future__ import annotations

import logging
import re
import time

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, session
from flask_limiter import RateLimitExceeded
from flask_limiter.util import get_remote_address

from annotator.db import unit_of_work
from annotator.errors import Invalid
from annotator.extensions import limiter
from annotator.models import User
from annotator.queries.people import anybody_can_sign_in
from annotator.services import passwords, people, sessions
from annotator.web.forms import show_refusal
from annotator.web.forms.signing import JoinForm, ResetForm, SignInForm
from annotator.web.whoami import current

pages = Blueprint("signing", __name__)
log = logging.getLogger("annotator.signing")

INSIDE = re.compile(r"/(?!/)[A-Za-z0-9_./?=&%+-]*")
WRONG = "The user name or the password is not right."
TOO_OFTEN = "That was tried too often. Wait {seconds} seconds, then try again."


def inside(address: str | None) -> str:
    """The address when it is certainly one of ours, else the front page.

    Only characters our own addresses are made of: a tab or a backslash after the first slash is dropped or turned by
    browsers and libraries, and what is left begins with two slashes and names another host.
    """
    known = address if address and INSIDE.fullmatch(address) else "/"
    return request.script_root + known


@pages.get("/sign-in")
def sign_in() -> Response:
    """The form; whoever is signed in already goes on at once."""
    if current():
        return redirect(inside(request.args.get("next")), 303)  # type: ignore[return-value]
    return _form(SignInForm(formdata=request.args), 200)


def _form(form: SignInForm, status: int) -> Response:
    return make_response(render_template("signing/sign_in.html", form=form, anybody=anybody_can_sign_in()), status)


def rate() -> str:
    """How often sign-in may fail, for one address and for one user name."""
    return str(current_app.config["SIGN_IN_LIMIT"])


def _username() -> str:
    return "user " + request.form.get("username", "")[:64].strip().lower()


def refused(response: Response) -> bool:
    """Whether an attempt counts against the limit: only those that failed."""
    return response.status_code == 422


@pages.post("/sign-in")
@limiter.limit(rate, key_func=get_remote_address, deduct_when=refused)
@limiter.limit(rate, key_func=_username, deduct_when=refused)
def begin() -> Response:
    """Sign in: a new session under a new key, whatever the browser held before."""
    form = SignInForm()
    user = _proved(form.username.data or "", form.password.data or "")
    if user is None:
        log.warning("sign-in refused for %r from %s", (form.username.data or "")[:64], request.remote_addr)
        form.form_errors = [WRONG]
        return _form(form, 422)
    begin_session(user)
    return redirect(inside(form.next.data), 303)  # type: ignore[return-value]


def _proved(username: str, password: str) -> User | None:
    """The person whose password this is. As slow for a name that nobody has."""
    user = people.find(username)
    stored = user.password_hash if user and user.active else ""
    if user is None or not passwords.matches(stored, password):
        return None
    if renewed := passwords.renewed(stored, password):
        with unit_of_work():
            people.renew_hash(people.person(username), stored, renewed)
    return user


def begin_session(user: User) -> None:
    """Sign this browser in as `user`; the session it had before ends."""
    username, before = user.username, session.get("sid")
    with unit_of_work():
        sessions.end(before)
        key = sessions.sign_in(people.person(username), request.user_agent.string)
    session.clear()
    session["sid"] = key


@pages.errorhandler(RateLimitExceeded)
def too_often(error: RateLimitExceeded) -> Response:
    """Say when to try again."""
    form, seconds = SignInForm(), seconds_to_wait()
    form.form_errors = [TOO_OFTEN.format(seconds=seconds)]
    log.warning("sign-in held back for %r from %s", (form.username.data or "")[:64], request.remote_addr)
    answer = _form(form, 429)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def seconds_to_wait() -> int:
    """How long until the limit that was just met lets another attempt through."""
    limit = limiter.current_limit
    return max(1, limit.reset_at - int(time.time())) if limit else 60


@pages.post("/sign-out")
def sign_out() -> Response:
    """End the session on the server.

    The script erases drafts and unsent work from the browser as the form is sent; keys that somebody chose stay.
    """
    with unit_of_work():
        sessions.end(session.get("sid"))
    session.clear()
    return redirect(request.script_root + "/sign-in", 303)  # type: ignore[return-value]


@pages.get("/setup/<key>")
def setup(key: str) -> Response:
    """What a one-time link is for, with its form. Looking does not use it up."""
    opened = people.open_link(key)
    return _setup(opened, _form_for(opened), 200)


def _form_for(opened: people.Opened) -> JoinForm | ResetForm:
    return ResetForm() if opened.purpose == "reset" else JoinForm()


def _setup(opened: people.Opened, form: JoinForm | ResetForm, status: int) -> Response:
    return make_response(render_template("signing/setup.html", opened=opened, form=form), status)


@pages.post("/setup/<key>")
def use_setup(key: str) -> Response:
    """Use the link up and sign in."""
    opened = people.open_link(key)
    form = _form_for(opened)
    try:
        user = _join(key, opened, form)
    except Invalid as refusal:
        show_refusal(form, refusal)
        return _setup(opened, form, 422)
    begin_session(user)
    return redirect(request.script_root + "/", 303)  # type: ignore[return-value]


def _join(key: str, opened: people.Opened, form: JoinForm | ResetForm) -> User:
    username = form.username.data or "" if isinstance(form, JoinForm) else opened.username
    name = form.name.data or "" if isinstance(form, JoinForm) else opened.name
    password = passwords.hashed(form.password.data or "", username)
    with unit_of_work():
        return people.use_link(key, username, name, password)
