"""People, for those who lead: who works here, invitations, new passwords, roles, and leaving."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for

from annotator.access import INVITE, MANAGE, ROLES
from annotator.db import unit_of_work
from annotator.queries.people import everybody, open_invitations
from annotator.services import people
from annotator.web.forms.people import ROLE_LABELS, RoleForm
from annotator.web.whoami import me, signed_in

pages = Blueprint("people", __name__, url_prefix="/people")


@pages.get("")
@signed_in(INVITE)
def show() -> str:
    """Everybody, with what this person may do for each."""
    form = RoleForm(formdata=None, data={"role": "reviewer"})
    form.role.choices = {role: ROLE_LABELS[role] for role in ROLES if people.may_invite(me(), role)}
    told = {"people": everybody(), "invitations": open_invitations(), "labels": ROLE_LABELS}
    rules = {"may_invite": people.may_invite, "may_manage": people.may_manage}
    return render_template("people/page.html", form=form, **told, **rules)


def _back(sentence: str) -> Response:
    flash(sentence, "done")
    return redirect(url_for("people.show"), 303)  # type: ignore[return-value]


def _link(key: str, **about: str) -> Response:
    address = url_for("signing.setup", key=key, _external=True)
    return make_response(render_template("people/link.html", address=address, **about), 201)


@pages.post("/invitations")
@signed_in(INVITE)
def invite() -> Response:
    """Make an invitation and show its link, this once."""
    role = RoleForm().role.data or ""
    with unit_of_work():
        key = people.invite(me(), role)
    return _link(key, purpose="invitation", role=ROLE_LABELS[role])


@pages.post("/invitations/<int:link_id>/withdraw")
@signed_in(INVITE)
def withdraw(link_id: int) -> Response:
    """Make an invitation worthless."""
    with unit_of_work():
        people.withdraw_invitation(me(), link_id)
    return _back("The invitation is withdrawn.")


@pages.post("/<username>/reset-link")
@signed_in(INVITE)
def reset(username: str) -> Response:
    """Make a link by which somebody chooses another password, and show it, this once."""
    with unit_of_work():
        user = people.person(username)
        name, key = user.name, people.make_reset_link(me(), user)
    return _link(key, purpose="reset", name=name)


@pages.post("/<username>/disable")
@signed_in(MANAGE)
def disable(username: str) -> Response:
    """Shut somebody out at once."""
    with unit_of_work():
        people.disable(me(), people.person(username))
    return _back(f"{username} is disabled: signed out everywhere, tokens and links dead.")


@pages.post("/<username>/enable")
@signed_in(MANAGE)
def enable(username: str) -> Response:
    """Let somebody in again."""
    with unit_of_work():
        people.enable(me(), people.person(username))
    return _back(f"{username} can sign in again.")


@pages.post("/<username>/role")
@signed_in(MANAGE)
def change_role(username: str) -> Response:
    """Give somebody another role."""
    role = RoleForm().role.data or ""
    with unit_of_work():
        people.change_role(me(), people.person(username), role)
    return _back(f"{username} is now: {ROLE_LABELS[role]}.")
