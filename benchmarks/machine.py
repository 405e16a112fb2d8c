"""What it was measured on."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime

from annotator import __version__


def sentence() -> str:
    """The release, the day, and the machine, without anything that names it."""
    day = datetime.now(UTC).date().isoformat()
    busy = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "not known"
    return (
        f"Annotator {__version__}, {day}: {platform.system()}, {platform.machine()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, SQLite {_sqlite()}; load when it began: {busy}. Others may have been at work on "
        "the machine, so single figures may be off by a third or more; compare runs, not digits."
    )


def _sqlite() -> str:
    try:
        from pysqlite3 import dbapi2
    except ImportError:
        import sqlite3 as dbapi2  # type: ignore[no-redef]
    version: str = dbapi2.sqlite_version
    return version
