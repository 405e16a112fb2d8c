"""Pages of parties: the list of all, and all that one of them claimed, said and denied."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from uuid import UUID

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_wtf import FlaskForm

from annotator.access import DECIDE, READ
from annotator.db import unit_of_work
from annotator.errors import Conflict, Forbidden, Invalid, Stale
from annotator.queries import parties as query
from annotator.services import loading
from annotator.services import party_records as service
from annotator.web.addresses import asked
from annotator.web.forms import show_refusal
from annotator.web.forms.party import AliasForm, MergeForm, RecordForm
from annotator.web.whoami import me, signed_in

pages = Blueprint("party_pages", __name__)

SIZE = 50
PAGE = "/parties/<uuid:key>"


@pages.get("/parties")
@signed_in(READ)
def index() -> str:
    """All parties by name, searched by `q`, page by page."""
    search = request.args.get("q", "").strip()[:200]
    return render_template("parties/index.html", found=query.page(search, asked("page", 1), SIZE), search=search)


@pages.get(PAGE)
@signed_in(READ)
def show(key: UUID) -> Response:
    """One party with all that it claimed, said and denied; one that was merged leads to what it became."""
    party = query.party(str(key))
    if party.id != str(key):
        return redirect(url_for("party_pages.show", key=UUID(party.id)))  # type: ignore[return-value]
    return _page(party)


def _page(party: query.Known, status: int = 200, **forms: FlaskForm) -> Response:
    said = query.said_by(party.number)
    by_article = [(group[0], group) for _, rows in groupby(said, key=lambda one: one.article) if (group := list(rows))]
    stored = {"name": party.name, "role": party.role, "organisation": party.organisation, "row": party.row_version}
    shown = {
        "record_form": forms.get("record") or RecordForm(formdata=None, data=stored),
        "alias_form": forms.get("alias") or AliasForm(formdata=None),
        "merge_form": forms.get("merge") or MergeForm(formdata=None),
        "may_merge": me().may(DECIDE),
    }
    asked_of = query.asked_of(party.number)
    page = render_template("parties/page.html", party=party, articles=by_article, said=said, asked=asked_of, **shown)
    return make_response(page, status)


@pages.post(PAGE)
@signed_in(READ)
def edit(key: UUID) -> Response:
    """Change name, role and organisation everywhere."""
    form = RecordForm()

    def act() -> None:
        service.edit_party(me(), loading.party(me(), str(key)), form.values(), form.seen())

    return _act(key, "record", form, act)


@pages.post(f"{PAGE}/aliases")
@signed_in(READ)
def add_alias(key: UUID) -> Response:
    """Give the party another name it is found by."""
    form = AliasForm()

    def act() -> None:
        service.add_alias(me(), loading.party(me(), str(key)), form.alias.data or "")

    return _act(key, "alias", form, act)


@pages.post(f"{PAGE}/aliases/removal")
@signed_in(READ)
def remove_alias(key: UUID) -> Response:
    """Take an alias away."""
    form = AliasForm()

    def act() -> None:
        service.remove_alias(me(), loading.party(me(), str(key)), form.alias.data or "")

    return _act(key, "alias", form, act)


@pages.post(f"{PAGE}/merge")
@signed_in(READ)
def merge(key: UUID) -> Response:
    """Let another party, given by its name, be this one from now on."""
    form = MergeForm()

    def act() -> None:
        other = query.uuid_of(form.other.data or "")
        if other is None:
            raise Invalid({"other": "Write the name of a party on the list."})
        service.merge_parties(me(), *loading.parties(me(), str(key), other))

    return _act(key, "merge", form, act)


def _act(key: UUID, which: str, form: FlaskForm, act: Callable[[], None]) -> Response:
    """Do it and come back to the page; refused, the page with the form as it was sent."""
    party = query.party(str(key))
    try:
        with unit_of_work():
            act()
    except (Invalid, Conflict, Stale, Forbidden) as refusal:
        named = refusal.fields or {"": refusal.message}
        show_refusal(form, Invalid(named), {"name": "alias"} if which == "alias" else None)
        return _page(party, refusal.status, **{which: form})
    flash("Saved.")
    return redirect(url_for("party_pages.show", key=key))  # type: ignore[return-value]
