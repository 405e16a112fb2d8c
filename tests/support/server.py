"""A real server in a process of its own: started as users start it, with its own instance folder and a free port."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask

from annotator.config import ROOT
from tests import cast
from tests.support.database import make_app, migrated, running

LINK = re.compile(r"http://\S+/setup/\S+")
READY = re.compile(r"Annotator is ready at (http://\S+)")


class Server:
    """One instance folder and the process that serves it; the process may be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = ""
        self.process: subprocess.Popen[str] | None = None
        self._apps: dict[str, Flask] = {}

    def start(self, *options: str, **settings: str) -> None:
        """Start the process and wait until it says that it is ready. Settings are `ANNOTATOR_` variables."""
        command = [sys.executable, "-m", "annotator", "serve", "--port", "0", *options]
        environment = {**os.environ, "ANNOTATOR_INSTANCE": str(self.folder), "PYTHONUNBUFFERED": "1", **settings}
        with (self.folder / "errors.log").open("a") as errors:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=errors
            )
        self.url = self._address()

    def _address(self) -> str:
        assert self.process
        assert self.process.stdout
        said = []
        for line in self.process.stdout:
            said.append(line)
            if found := READY.search(line):
                return found.group(1)
        raise AssertionError(f"The server ended: {''.join(said)}{(self.folder / 'errors.log').read_text()}")

    def said_after_ready(self) -> str:
        """The link that the server printed for the first person, or nothing when somebody can sign in already."""
        assert self.process
        assert self.process.stdout
        line = self.process.stdout.readline()
        found = LINK.search(line)
        return found.group() if found else ""

    def stop(self) -> int:
        """Stop it as a supervisor does, by SIGTERM. Returns the exit status."""
        return self._end(signal.SIGTERM)

    def kill(self) -> int:
        """End it at once, as a power cut would."""
        return self._end(signal.SIGKILL)

    def _end(self, number: signal.Signals) -> int:
        if self.process is None:
            return 0
        process, self.process = self.process, None
        process.send_signal(number)
        status = process.wait(timeout=20)
        assert process.stdout
        process.stdout.close()
        return status

    @contextmanager
    def app(self) -> Iterator[Flask]:
        """An application of the test's own on the server's database, to make articles with and to look things up."""
        url = f"sqlite:///{self.folder / 'annotator.sqlite3'}"
        if url not in self._apps:
            key = (self.folder / "secret_key").read_text()
            self._apps[url] = make_app(url, self.folder, SECRET_KEY=key)
        with running(self._apps[url]) as application:
            yield application

    def bring_in_cast(self) -> None:
        """Add Ada, Ben, Cleo and Dan."""
        with self.app():
            cast.bring_in()

    def cookies_of(self, username: str) -> list[dict[str, Any]]:
        """The cookies of a browser that this person has just signed in with, as Playwright takes them."""
        with self.app() as application:
            client = cast.signed_in(application.test_client(), username)  # type: ignore[arg-type]
            cookie = client.get_cookie("session")
            assert cookie
        return [{"name": "session", "value": cookie.value, "url": self.url, "httpOnly": True, "sameSite": "Lax"}]


@contextmanager
def start(folder: Path, *options: str, **settings: str) -> Iterator[Server]:
    """A server on a new instance folder with a migrated database, ended when the test is done."""
    folder.mkdir(parents=True, exist_ok=True)
    migrated(f"sqlite:///{folder / 'annotator.sqlite3'}", folder)
    server = Server(folder)
    try:
        server.start(*options, **settings)
        yield server
    finally:
        server.kill()
