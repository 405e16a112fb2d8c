"""A source and all that rests on it: its page, withdrawing and reinstating it, and offers for the URL of evidence."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for

from annotator.access import DECIDE, READ
from annotator.db import unit_of_work
from annotator.errors import Conflict, Invalid, Stale
from annotator.models import Source
from annotator.queries import sources as query
from annotator.services import loading
from annotator.services import sources as service
from annotator.web.forms import show_refusal
from annotator.web.forms.source import WithdrawalForm
from annotator.web.whoami import me, signed_in

pages = Blueprint("sources", __name__)


@pages.get("/sources")
@signed_in(READ)
def suggest() -> str:
    """Sources that fit what was typed as a URL, as options; whatever the field is called."""
    typed = next(iter(request.args.values()), "")
    return render_template("sources/_offers.html", offers=query.offers(typed, me()))


@pages.get("/sources/<uuid:key>")
@signed_in(READ)
def show(key: UUID) -> Response:
    """What it is, and every check that rests on it."""
    return page(str(key))


@pages.post("/sources/<uuid:key>/withdrawal")
@signed_in(READ)
def withdraw(key: UUID) -> Response:
    """Say that it is no good: what rests on it is reopened. 422 without a reason, 412 when somebody else was first."""
    form = WithdrawalForm()
    return act(key, form, lambda source: service.withdraw_source(me(), source, form.reason.data or "", form.seen()))


@pages.post("/sources/<uuid:key>/reinstatement")
@signed_in(READ)
def reinstate(key: UUID) -> Response:
    """Let it stand again. What was reopened stays so."""
    form = WithdrawalForm()
    return act(key, form, lambda source: service.reinstate_source(me(), source, form.seen()))


def act(key: UUID, form: WithdrawalForm, change: Callable[[Source], None]) -> Response:
    """Load the source with all it concerns, change it, and go back to its page."""
    try:
        with unit_of_work():
            source = loading.source(me(), str(key))
            change(source)
            said = "Withdrawn." if source.withdrawn_at else "Reinstated."
    except Invalid as refusal:
        show_refusal(form, refusal)
        return page(str(key), form, 422)
    except (Stale, Conflict) as refusal:
        form.form_errors.append(refusal.message)
        return page(str(key), form, refusal.status)
    flash(said, "success")
    return redirect(url_for("sources.show", key=key))  # type: ignore[return-value]


def page(uuid: str, form: WithdrawalForm | None = None, status: int = 200) -> Response:
    """The page of a source, with the form as it was sent; it then knows the newer state."""
    source = query.source(uuid)
    form = form or WithdrawalForm(formdata=None)
    form.row.data = str(source.row_version)
    shown = {"source": source, "files": query.files_of(source.key), "uses": query.uses(source.key, me())}
    may = source.withdrawn_by == me().id or me().may(DECIDE)
    return make_response(render_template("sources/page.html", form=form, may_reinstate=may, **shown), status)
