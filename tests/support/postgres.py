"""A PostgreSQL server for one run of the tests: made in a temporary folder, reached by a socket there, then gone."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "max_connections=60")
PLACES = ("/usr/lib/postgresql", "/usr/local/opt", "/opt/homebrew/opt", "/usr/pgsql")
START_LIMIT_S = 60


def programs() -> Path | None:
    """The folder with `initdb` and `postgres`, the newest that is installed, or None."""
    on_path = shutil.which("initdb")
    if on_path and (Path(on_path).resolve().parent / "postgres").exists():
        return Path(on_path).resolve().parent
    found = [folder for place in PLACES for folder in Path(place).glob("*/bin") if (folder / "initdb").exists()]
    return max(found, key=_release, default=None)


def _release(folder: Path) -> int:
    digits = "".join(sign for sign in folder.parent.name if sign.isdigit())
    return int(digits or 0)


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """A running server without any care for power cuts. Yields the folder of its socket; stops it by its process id."""
    home = Path(tempfile.mkdtemp(prefix="annotator-pg-", dir="/tmp"))
    user = _user(home)
    data = home / "data"
    making = [folder / "initdb", "-D", data, "-U", "tests", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    try:
        subprocess.run(making, check=True, user=user, cwd=home, stdout=subprocess.DEVNULL)
        with _running(folder, data, home, user):
            yield str(home)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _user(home: Path) -> str | None:
    """PostgreSQL refuses root, so root hands the folder to somebody else."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    name = "postgres" if "postgres" in known else "nobody"
    shutil.chown(home, user=name)
    return name


@contextmanager
def _running(folder: Path, data: Path, home: Path, user: str | None) -> Iterator[None]:
    options = [word for option in QUICK for word in ("-c", option)]
    starting = [folder / "postgres", "-D", data, "-k", home, "-c", "listen_addresses=", *options]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(starting, user=user, cwd=home, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    try:
        _wait_until_ready(process, home)
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_ready(process: subprocess.Popen[bytes], home: Path) -> None:
    deadline = time.monotonic() + START_LIMIT_S
    while process.poll() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(host=str(home), user="tests", dbname="postgres", connect_timeout=5).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.02)
    raise RuntimeError(f"PostgreSQL did not start: {(home / 'log').read_text()}")
