"""The people of the tests: Ada leads, Ben and Cleo review, and Dan is the admin."""

from __future__ import annotations

from contextvars import Context
from dataclasses import dataclass, fields
from functools import cache

from flask import Flask, session
from flask_wtf.csrf import generate_csrf

from annotator import clock
from annotator.access import Actor
from annotator.db import unit_of_work
from annotator.extensions import db
from annotator.models import User
from annotator.services import sessions
from annotator.services.passwords import hashed
from tests.support.pages import StrictClient

PASSWORD = "seven quiet herons wade"


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody, as actors for services and queries."""

    ada: Actor
    ben: Actor
    cleo: Actor
    dan: Actor


ROLES = {"ada": "lead", "ben": "reviewer", "cleo": "reviewer", "dan": "admin"}
NAMES = {"ada": "Ada Okafor", "ben": "Ben Lindqvist", "cleo": "Cleo Marchetti", "dan": "Dan Whitlock"}


@cache
def _hash() -> str:
    return hashed(PASSWORD, "")


def bring_in() -> Cast:
    """Write everybody into the database of the current application. All have the same PASSWORD."""
    with unit_of_work():
        users = [_user(field.name) for field in fields(Cast)]
        db.session.add_all(users)
        db.session.flush()
        return Cast(*(user.actor() for user in users))


def _user(username: str) -> User:
    user = User(username=username, name=NAMES[username], role=ROLES[username], password_hash=_hash(), active=True)
    user.created_at = clock.now()
    return user


def signed_in(client: StrictClient, username: str) -> StrictClient:
    """The client with a living session of this person, made directly. `client.token` is what its forms carry."""
    user = db.session.query(User).filter_by(username=username).one()
    with unit_of_work():
        key = sessions.sign_in(user, "tests")
    with client.session_transaction() as cookie:
        cookie.clear()
        cookie["sid"] = key
    client.token = csrf_token(client)
    return client


def csrf_token(client: StrictClient) -> str:
    """A token that fits the client's session, as a page would carry it."""
    secret, token = Context().run(_make_token, client.application)
    with client.session_transaction() as cookie:
        cookie["csrf_token"] = secret
    return token


def _make_token(app: Flask) -> tuple[str, str]:
    with app.test_request_context():
        token: str = generate_csrf()
        return session["csrf_token"], token
