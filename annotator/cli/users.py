"""`user`: bring people in, list them, give them a new password, shut them out."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from annotator.access import ROLES
from annotator.cli.speaking import Speaking
from annotator.db import unit_of_work
from annotator.queries.people import Person, everybody
from annotator.services import passwords, people

address = click.option("--address", help="Where people reach the desk; the link begins with it.")


@click.group(cls=Speaking)
def user() -> None:
    """People: add, list, reset-password, disable, enable."""


@user.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="reviewer", show_default=True)
@click.option("--display-name", help="The name others see; the user name when left away.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@address
@with_appcontext
def add(name: str, role: str, display_name: str | None, password_stdin: bool, address: str | None) -> None:
    """Add a person. Without --password-stdin, print a one-time link by which they choose a password."""
    password = passwords.hashed(_typed(), name) if password_stdin else people.NO_PASSWORD
    with unit_of_work():
        made = people.add_user(None, name, display_name or name, role, password)
        key = None if password else people.make_reset_link(None, made)
    _say_link(key, address) if key else click.echo(f"{name.lower()} can sign in.")


def _typed() -> str:
    return sys.stdin.readline().rstrip("\r\n")


def _say_link(key: str, address: str | None) -> None:
    """The link alone on standard output, so that a script can pass it on."""
    click.echo("This link works once, within 72 hours:", err=True)
    click.echo(people.link_address(address or _usual_address(), key))


def _usual_address() -> str:
    """Where the server of this folder was last started, or where it would be."""
    kept = Path(current_app.config["INSTANCE"]) / "address"
    if kept.exists():
        return kept.read_text(encoding="utf-8")
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    return f"http://{host}:{port}"


@user.command("list")
@with_appcontext
def show() -> None:
    """List everybody: user name, role, state, name (separated by tabs)."""
    for person in everybody():
        click.echo(f"{person.username}\t{person.role}\t{state(person)}\t{person.name}")


def state(person: Person) -> str:
    """Whether a person can sign in, in a word or two."""
    if not person.active:
        return "disabled"
    return "active" if person.has_password else "no password yet"


@user.command("reset-password")
@click.argument("name")
@click.option("--password-stdin", is_flag=True, help="Read the new password from standard input.")
@address
@with_appcontext
def reset_password(name: str, password_stdin: bool, address: str | None) -> None:
    """Print a one-time link by which NAME chooses a new password, or set one now. Setting it signs them out."""
    if not password_stdin:
        with unit_of_work():
            key = people.make_reset_link(None, people.person(name))
        _say_link(key, address)
        return
    password = passwords.hashed(_typed(), people.person(name).username)
    with unit_of_work():
        people.set_password(None, people.person(name), password)
    click.echo(f"{name.lower()} has a new password and is signed out everywhere.")


@user.command("disable")
@click.argument("name")
@with_appcontext
def disable(name: str) -> None:
    """Shut NAME out at once: sessions end, tokens and links stop working."""
    with unit_of_work():
        people.disable(None, people.person(name))
    click.echo(f"{name.lower()} is disabled.")


@user.command("enable")
@click.argument("name")
@with_appcontext
def enable(name: str) -> None:
    """Let NAME in again."""
    with unit_of_work():
        people.enable(None, people.person(name))
    click.echo(f"{name.lower()} is enabled.")
