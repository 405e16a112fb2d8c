"""`serve`: one process that answers, until it is told to stop.

Waitress reads a request whole before a thread has to deal with it, so slow clients do not hold threads; and with one
process the lock round SQLite's writers and the count of sign-in attempts are exact (docs/decisions/0003-sqlite.md).
"""

from __future__ import annotations

import logging
import signal
import sqlite3
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from waitress import create_server

from annotator.cli import database, load
from annotator.cli.locks import hold
from annotator.db import is_sqlite, unit_of_work
from annotator.extensions import db
from annotator.services import people

ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}
BODY_FACTOR = 4


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--prepare", is_flag=True, help="First create or migrate the database; load the example into a new one.")
@click.pass_context
@with_appcontext
def serve(context: click.Context, host: str, port: int, prepare: bool) -> None:
    """Serve the desk until Ctrl+C or SIGTERM."""
    _make_ready(context, prepare)
    lock = _claim()
    server = _listen(current_app._get_current_object(), host, port)  # type: ignore[attr-defined]
    address = _address(server, host, port)
    (Path(current_app.config["INSTANCE"]) / "address").write_text(address, encoding="utf-8")
    _greet(address)
    signal.signal(signal.SIGTERM, _stop)
    server.run()
    server.close()
    if lock:
        lock.close()
    click.echo("Stopped.")


def _make_ready(context: click.Context, prepare: bool) -> None:
    if not prepare:
        database.check_ready()
    elif database.prepare() == "made":
        context.invoke(load("demo"))


def _claim() -> sqlite3.Connection | None:
    """Keep this folder for this server, or say that another one has it."""
    if not is_sqlite():
        return None
    lock = hold(Path(current_app.config["INSTANCE"]) / "server.lock")
    if lock is None:
        click.echo("Warning: another server already uses this database. Run one server for an SQLite file.", err=True)
    return lock


def _listen(app: Flask, host: str, port: int) -> Any:
    """A server bound to the address. The body limit is above the application's own, which answers with a page."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    limit = app.config["MAX_CONTENT_LENGTH"] * BODY_FACTOR
    threads = app.config["THREADS"]
    try:
        return create_server(app, host=host, port=port, threads=threads, ident=None, max_request_body_size=limit)
    except OSError as error:
        raise click.ClickException(
            f"Nothing can listen on {host}:{port} ({error.strerror}). Stop what is there, or choose another port: "
            "PORT=8001 make run, or serve --port 8001."
        ) from None


def _address(server: Any, host: str, port: int) -> str:
    name = ANYWHERE.get(host, host)
    name = f"[{name}]" if ":" in name else name
    return f"http://{name}:{getattr(server, 'effective_port', port)}"


def _greet(address: str) -> None:
    """Say where the desk is, and how the first person gets in."""
    with unit_of_work():
        link = people.first_link(address)
    db.session.remove()
    click.echo(f"Annotator is ready at {address}")
    if link:
        click.echo(f"To make the first account, open this link (it works once): {link}")
    click.echo("Stop it with Ctrl+C.")


def _stop(number: int, frame: Any) -> None:
    raise SystemExit(0)
