"""`token`: ways in for programs."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from annotator import clock
from annotator.access import SCOPES
from annotator.cli.speaking import Speaking
from annotator.db import unit_of_work
from annotator.queries.people import Token, tokens
from annotator.services import people
from annotator.services import tokens as service


@click.group(cls=Speaking)
def token() -> None:
    """API tokens: add, list, revoke."""


@token.command("add")
@click.argument("user")
@click.argument("name")
@click.option("--scope", "scopes", type=click.Choice(SCOPES), multiple=True, default=("read",), show_default=True)
@click.option("--expires", "days", type=click.IntRange(1, service.LONGEST_DAYS), help="Days until it expires.")
@with_appcontext
def add(user: str, name: str, scopes: tuple[str, ...], days: int | None) -> None:
    """Make a token that acts as USER and print its secret, this once. NAME says what it is for."""
    with unit_of_work():
        secret = service.make_token(None, people.person(user), name, scopes, days)
    click.echo(secret)


@token.command("list")
@click.argument("user", required=False)
@with_appcontext
def show(user: str | None) -> None:
    """List tokens: number, user name, scopes, when it expires, what it is for (separated by tabs)."""
    owner = people.person(user).username if user else None
    for one in tokens(owner):
        click.echo(f"{one.id}\t{one.owner}\t{','.join(one.scopes)}\t{_end(one)}\t{one.name}")


def _end(one: Token) -> str:
    if one.expires_at is None:
        return "never expires"
    return f"{'expired' if one.expired else 'expires'} {clock.iso(one.expires_at)}"


@token.command("revoke")
@click.argument("number", type=int)
@with_appcontext
def revoke(number: int) -> None:
    """Make the token with this NUMBER (see `token list`) worthless."""
    with unit_of_work():
        service.revoke(None, number)
    click.echo(f"Token {number} is revoked.")
