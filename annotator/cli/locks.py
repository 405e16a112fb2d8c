"""A lock that lives as long as its process: a file in the instance folder, held by SQLite, which works everywhere."""

from __future__ import annotations

import sqlite3
from pathlib import Path


def hold(path: Path, *, wait: float = 0) -> sqlite3.Connection | None:
    """Take the lock at `path`, waiting at most `wait` seconds. None when somebody else keeps it.

    Close the connection to give it back; the end of the process does that too, however it ends.
    """
    connection = sqlite3.connect(path, timeout=wait, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        connection.close()
        return None
    return connection
