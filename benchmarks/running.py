"""The server as a process: its start, its memory, what fifty open pages cost, and how much has to be installed."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from itertools import cycle
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

from annotator.config import ROOT
from annotator.queries import articles
from benchmarks import desk, processes
from benchmarks.figures import median, several
from benchmarks.generator import Size
from benchmarks.tables import FIGURE, Table, row
from tests.support.server import Server

STARTS, PAGES, EVERY_S, FOR_S = 5, 50, 4, 20
PINNED = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^]]*\])?==")
MEGABYTE = 1024 * 1024
ABOUT = (
    "*Start*: from the command to the first answer of `/healthz`, on a made database. *Idle*: the memory the process "
    f"holds then. *{PAGES} open pages*: each asks every {EVERY_S} s whether something has happened, and nothing has, "
    f"for {FOR_S} s. *Installed*: the files of the packages in `requirements.txt`, compiled ones included."
)


def measure(folder: Path) -> list[Table]:
    """Start, memory, polling, installed size."""
    with desk.served(folder) as server:
        started = several(lambda: _restart(server), STARTS)
        idle = processes.memory(server) / MEGABYTE
        rows = [row("start", median(started) / 1000, "s", 1.5), row("memory, idle", idle, "MB", 80)]
        rows += [*_polling(server), *_installed()]
    return [Table("The process", ABOUT, FIGURE, rows)]


def _restart(server: Server) -> None:
    """The stop is counted too: it takes a few milliseconds."""
    server.kill()
    server.start()
    with urlopen(f"{server.url}/healthz") as answer:
        assert answer.status == 200


def _polling(server: Server) -> Iterator[list[str]]:
    with server.app():
        article = desk.articles([Size(5000, 1000)])[0]
        revision = articles.revision(article)
    cookie = server.cookies_of("ada")[0]["value"]
    path = f"/articles/{article}/changes?since={revision}&version=1"
    before = processes.computing(server)
    asked = _poll(server.url, path, {"Cookie": f"session={cookie}", "HX-Request": "true"})
    yield row(f"{PAGES} open pages, of one core", 100 * (processes.computing(server) - before) / FOR_S, "%", 6)
    yield row("answers in that time", asked, "")
    yield row("memory after it", processes.memory(server) / MEGABYTE, "MB")


def _poll(url: str, path: str, headers: dict[str, str]) -> int:
    """Ask evenly, each page over a connection of its own. Returns how often an answer came."""
    pages = [HTTPConnection(urlsplit(url).netloc, timeout=60) for _ in range(PAGES)]
    asked, ends = 0, time.monotonic() + FOR_S
    for page in cycle(pages):
        page.request("GET", path, headers=headers)
        answer = page.getresponse()
        answer.read()
        assert answer.status == 304, answer.status
        asked += 1
        time.sleep(max(0, ends - FOR_S + asked * EVERY_S / PAGES - time.monotonic()))
        if time.monotonic() >= ends:
            break
    for page in pages:
        page.close()
    return asked


def _installed() -> list[list[str]]:
    names = PINNED.findall((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    there = [found for name in names if (found := _found(name))]
    size = sum(map(_size, there)) / MEGABYTE
    return [row("installed", size, "MB", 150), row("installed, packages", len(there), "", 45)]


def _found(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _size(package: Distribution) -> int:
    files = (Path(str(package.locate_file(file))) for file in package.files or ())
    return sum(path.stat().st_size for path in files if path.is_file())
