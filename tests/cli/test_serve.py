"""`serve` as users start it: a process of its own that says where it is, keeps what it said it saved, and stops."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from annotator.config import ROOT
from annotator.models import Article
from tests.builders import make_article
from tests.cast import bring_in
from tests.support import server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An instance folder of the test's own."""
    return tmp_path / "desk"


def serve(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run a server that is expected to end by itself."""
    command = [sys.executable, "-m", "annotator", "serve", *options]
    environment = {"ANNOTATOR_INSTANCE": str(folder), "PATH": "/usr/bin:/bin"}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_it_answers_says_how_the_database_is_kept_and_stops_when_told(folder: Path) -> None:
    with server.start(folder) as started:
        with urlopen(f"{started.url}/healthz") as answer:
            told = json.load(answer)
        assert told["status"] == "ok"
        assert told["database"]["synchronous"] == "FULL"
        assert started.stop() == 0


def test_it_listens_on_this_machine_only_unless_told(folder: Path) -> None:
    with server.start(folder) as started:
        assert urlsplit(started.url).hostname == "127.0.0.1"


def test_a_port_that_is_taken_is_said_in_a_sentence(folder: Path) -> None:
    with server.start(folder), socket.create_server(("127.0.0.1", 0)) as taken:
        ended = serve(folder, "--port", str(taken.getsockname()[1]))
    assert ended.returncode == 1
    assert "Address already in use" in ended.stderr
    assert "choose another port" in ended.stderr


def test_a_second_server_on_the_same_file_is_warned(folder: Path) -> None:
    with server.start(folder) as first:
        ended = serve(folder, "--port", first.url.rpartition(":")[2])
    assert "another server already uses this database" in ended.stderr


def test_the_first_start_prints_a_link_that_opens_and_later_starts_do_not(folder: Path) -> None:
    with server.start(folder) as started:
        link = started.said_after_ready()
        with urlopen(link) as page:
            assert page.status == 200
        started.stop()
        with started.app():
            bring_in()
        started.start()
        assert started.said_after_ready() == ""


def test_an_article_that_was_saved_is_there_after_a_kill(folder: Path) -> None:
    with server.start(folder) as started:
        with started.app():
            article = make_article(bring_in().ada)
            number = article.id
        started.kill()
        started.start()
        with started.app():
            assert Article.query.filter_by(id=number).count() == 1


def test_preparing_makes_the_database_and_loads_the_example_once(folder: Path) -> None:
    folder.mkdir()
    started = server.Server(folder)
    for _ in range(2):
        started.start("--prepare")
        with started.app():
            assert Article.query.count() == 1
        started.stop()


def test_a_body_far_over_the_limit_is_refused_by_the_server_itself(folder: Path) -> None:
    with server.start(folder, ANNOTATOR_MAX_UPLOAD_MB="1") as started:
        parts = urlsplit(started.url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
        connection.putrequest("POST", "/sign-in")
        connection.putheader("Content-Length", str(50 * 1024 * 1024))
        connection.endheaders()
        assert connection.getresponse().status == 413
        connection.close()
