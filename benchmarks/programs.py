"""The JSON API as programs use it: one client, then eight at once, over real connections to a real server."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

from annotator.db import unit_of_work
from annotator.extensions import db
from annotator.models import User
from annotator.services.tokens import make_token
from benchmarks import desk, generator, processes
from benchmarks.figures import percentile, timed
from benchmarks.generator import Size
from benchmarks.tables import FIGURE, Table, row

SIZE = Size(5000, 1000)
ALONE, CLIENTS, EACH = 200, 8, 60
ABOUT = (
    f"`POST /api/v1/articles/<id>/annotations` on an article of {SIZE.words:,} words with {SIZE.marks:,} annotations, "
    f"SQLite with `synchronous=FULL`. {ALONE} from one client, then {EACH} from each of {CLIENTS}; the clients share "
    "the machine with the server. *Computing* is the server's own, whatever else the machine does."
)


class Program:
    """One client that keeps its connection, and marks one word after another."""

    def __init__(self, url: str, token: str, article: int, first: int) -> None:
        self.connection = HTTPConnection(urlsplit(url).netloc, timeout=60)
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.path = f"/api/v1/articles/{article}/annotations"
        self.generated, self.at = generator.article(SIZE, 0), first

    def create(self) -> None:
        """Create one annotation."""
        mark = self.generated.marks[self.at % len(self.generated.marks)]
        self.at += 1
        body = {"id": str(uuid4()), "version": 1, "kind": mark.kind, "start": mark.start, "end": mark.end}
        body["exact"] = self.generated.text[mark.start : mark.end]
        self.connection.request("POST", self.path, json.dumps(body), self.headers)
        answer = self.connection.getresponse()
        said = answer.read()
        assert answer.status == 201, said

    def run(self, times: int) -> list[float]:
        """Create this many; milliseconds of each."""
        return [timed(self.create) for _ in range(times)]


def measure(folder: Path) -> list[Table]:
    """One client, then eight."""
    with desk.served(folder) as server:
        with server.app():
            article, token = desk.articles([SIZE])[0], _token()
        before = processes.computing(server)
        alone = Program(server.url, token, article, 0).run(ALONE)
        each = 1000 * (processes.computing(server) - before) / ALONE
        many = [Program(server.url, token, article, number * EACH) for number in range(CLIENTS)]
        took, together = _together(many)
    return [Table("API: creating annotations", ABOUT, FIGURE, [*_alone(alone, each), *_many(took, together)])]


def _token() -> str:
    with unit_of_work():
        owner = db.session.query(User).filter_by(username="ada").one()
        return make_token(None, owner, "benchmarks", ["read", "annotate"])


def _together(programs: Sequence[Program]) -> tuple[float, list[float]]:
    started = time.perf_counter()
    with ThreadPoolExecutor(len(programs)) as pool:
        runs = list(pool.map(lambda program: program.run(EACH), programs))
    return time.perf_counter() - started, [one for run in runs for one in run]


def _alone(times: Sequence[float], computing: float) -> list[list[str]]:
    middle, tail = row("one client, p50", percentile(times, 50), "ms", 8), percentile(times, 95)
    return [middle, row("one client, p95", tail, "ms"), row("one client, computing each", computing, "ms")]


def _many(took: float, times: Sequence[float]) -> list[list[str]]:
    rate = row("eight clients, created a second", len(times) / took, "/s", least=140)
    return [rate, row("eight clients, p99", percentile(times, 99), "ms", 150)]
