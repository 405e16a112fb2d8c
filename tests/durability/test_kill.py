"""What was acknowledged is there after the server was killed, and sending it again makes no double."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from annotator.config import ROOT
from annotator.extensions import db
from annotator.models import Anchor, Annotation, Event, User
from tests.builders import TEXT, make_article
from tests.cast import csrf_token, signed_in
from tests.support.server import READY, Server

ENOUGH = 24


class Browser:
    """One person's connection to the server, with their cookie and their page's token."""

    def __init__(self, server: Server, username: str) -> None:
        with server.app() as app:
            client = signed_in(app.test_client(), username)  # type: ignore[arg-type]
            self.token = csrf_token(client)
            cookie = client.get_cookie("session")
        assert cookie
        self.cookie = f"session={cookie.value}"

    def send(self, url: str, path: str, body: dict[str, Any], form: bool = False) -> int:
        """Post it, as JSON unless it is a form. Returns the status; raises when the connection breaks."""
        kind = "application/x-www-form-urlencoded" if form else "application/json"
        headers = {"Cookie": self.cookie, "X-CSRFToken": self.token, "HX-Request": "true", "Content-Type": kind}
        said = "&".join(f"{name}={value}" for name, value in body.items()) if form else json.dumps(body)
        connection = HTTPConnection(urlsplit(url).netloc, timeout=30)
        try:
            connection.request("POST", path, said, headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        finally:
            connection.close()


def request_for(number: int) -> dict[str, Any]:
    """A request to mark some words; the number chooses them."""
    start = number % 40
    return {
        "id": str(uuid4()),
        "version": 1,
        "kind": "claim",
        "start": start,
        "end": start + 20,
        "exact": TEXT[start : start + 20],
    }


def article_on(server: Server) -> int:
    """An article on this server."""
    with server.app():
        ada = db.session.query(User).filter_by(username="ada").one().actor()
        return int(make_article(ada).id)


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(own_server: Server) -> None:
    article, url = article_on(own_server), own_server.url
    path = f"/articles/{article}/annotations"
    browsers = [Browser(own_server, name) for name in ("ada", "ben", "cleo", "dan")]
    acknowledged: list[dict[str, Any]] = []
    unsure: list[dict[str, Any]] = []
    reached = threading.Event()

    def work(browser: Browser, first: int) -> None:
        for number in range(first, first + 10_000):
            body = request_for(number)
            try:
                assert browser.send(url, path, body) == 201
            except (OSError, HTTPException):
                unsure.append(body)
                return
            acknowledged.append(body)
            if len(acknowledged) >= ENOUGH:
                reached.set()

    threads = [threading.Thread(target=work, args=(browser, at * 7)) for at, browser in enumerate(browsers)]
    for thread in threads:
        thread.start()
    assert reached.wait(60)
    own_server.kill()
    for thread in threads:
        thread.join(60)
    own_server.start()
    with own_server.app():
        there = {row.uuid for row in db.session.query(Annotation)}
        assert {body["id"] for body in acknowledged} <= there <= {body["id"] for body in acknowledged + unsure}
        assert db.session.query(Anchor).count() == db.session.query(Event).filter_by(verb="annotation.created").count()
    answers = [browsers[0].send(own_server.url, path, body) for body in acknowledged + unsure]
    assert set(answers[: len(acknowledged)]) == {200}
    assert set(answers[len(acknowledged) :]) <= {200, 201}
    with own_server.app():
        assert db.session.query(Annotation).count() == len(acknowledged) + len(unsure)
        assert db.session.query(Event).filter_by(verb="annotation.created").count() == len(acknowledged) + len(unsure)


@pytest.fixture
def second(own_server: Server) -> Iterator[str]:
    """The address of a second server on the same instance folder."""
    environment = {**os.environ, "ANNOTATOR_INSTANCE": str(own_server.folder), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "annotator", "serve", "--port", "0"]
    with (own_server.folder / "second.log").open("w") as errors:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=errors)
    assert process.stdout
    found = next((match for line in process.stdout if (match := READY.search(line))), None)
    try:
        assert found, (own_server.folder / "second.log").read_text()
        yield found.group(1)
    finally:
        process.kill()
        process.wait(20)
        process.stdout.close()


def together(sends: list[Any]) -> list[int]:
    """The answers to requests that all set out together."""
    found, start = [0] * len(sends), threading.Barrier(len(sends))

    def work(number: int) -> None:
        start.wait(30)
        found[number] = sends[number]()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(sends))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def test_two_servers_on_one_file_keep_one_truth(own_server: Server, second: str) -> None:
    article, urls = article_on(own_server), [own_server.url, second]
    browsers = [Browser(own_server, name) for name in ("ada", "ben")]
    body = request_for(1)
    path = f"/articles/{article}/annotations"
    creates = [lambda at=at: browsers[at % 2].send(urls[at % 2], path, body) for at in range(12)]
    assert sorted(together(creates)) == [200] * 11 + [201]
    kinds = [
        lambda at=at: browsers[at % 2].send(
            urls[at % 2], f"/annotations/{body['id']}/party", {"party": f"P{at}", "row": "1"}, form=True
        )
        for at in range(12)
    ]
    assert sorted(together(kinds)) == [200] + [412] * 11
    with own_server.app():
        made = db.session.query(Annotation).one()
        assert (made.row_version, db.session.query(Event).filter_by(verb="annotation.party_named").count()) == (2, 1)
