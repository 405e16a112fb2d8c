"""A new draft of a marked article, as a program sends it: one request that carries everything, to a real server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

from annotator.db import unit_of_work
from annotator.extensions import db
from annotator.models import Annotation, User
from annotator.services import loading, signing_off
from annotator.services.tokens import make_token
from benchmarks import desk, generator, processes
from benchmarks.figures import median, timed
from benchmarks.generator import Size
from benchmarks.tables import FIGURE, Table, row
from tests.support.server import Server

SIZE, TIMES, TOUCHED, TARGET = Size(5000, 1000), 5, 0.12, 1000
ABOUT = (
    f"`POST /api/v1/articles/<id>/versions` on {TIMES} articles of {SIZE.words:,} words with {SIZE.marks:,} "
    f"annotations each, a third of them checked and half of these signed off, {TOUCHED:.0%} of the sentences touched; "
    "SQLite with `synchronous=FULL`. Aligning, carrying, reopening, history and answer included. *Computing* is the "
    "server's own."
)


def measure(folder: Path) -> list[Table]:
    """Add one draft to each of several articles."""
    with desk.served(folder) as server:
        with server.app():
            token, articles = _token(), desk.articles([SIZE] * TIMES)
            for article in articles:
                _sign_off(article)
        return [Table("API: adding a draft", ABOUT, FIGURE, list(_rows(server, token, articles)))]


def _token() -> str:
    with unit_of_work():
        owner = db.session.query(User).filter_by(username="ada").one()
        return make_token(None, owner, "benchmarks", ["read", "annotate", "manage"])


def _sign_off(article: int) -> None:
    """Sign off every second annotation that was checked, by somebody who did not check it."""
    other = db.session.query(User).filter_by(username="ben").one().actor()
    with unit_of_work():
        loading.article(other, article)
        checked = db.session.query(Annotation.uuid).filter_by(article_id=article, state="checked")
        for (uuid,) in checked.order_by(Annotation.id).all()[::2]:
            signing_off.sign_off(other, loading.annotation(other, uuid))


def _rows(server: Server, token: str, articles: list[int]) -> Iterator[list[str]]:
    before = processes.computing(server)
    times = [timed(lambda at=at, article=article: _send(server, token, at, article))  # type: ignore[misc]
             for at, article in enumerate(articles)]  # fmt: skip
    each = 1000 * (processes.computing(server) - before) / len(articles)
    yield row("one draft, median", median(times), "ms", TARGET)
    yield row("one draft, slowest", max(times), "ms")
    yield row("one draft, computing each", each, "ms")


def _send(server: Server, token: str, at: int, article: int) -> None:
    connection = HTTPConnection(urlsplit(server.url).netloc, timeout=60)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    body = json.dumps({"text": touched(generator.article(SIZE, at).text)})
    connection.request("POST", f"/api/v1/articles/{article}/versions", body, headers)
    answer = connection.getresponse()
    said = answer.read()
    assert answer.status == 201, said
    connection.close()


def touched(text: str) -> str:
    """The text with a word put into the given share of its sentences."""
    random = Random(len(text))
    return ". ".join(one if random.random() > TOUCHED else f"{one} again" for one in text.split(". "))
