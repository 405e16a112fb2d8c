"""What a server's process has used, as Linux tells it."""

from __future__ import annotations

import os
from pathlib import Path

from tests.support.server import Server


def _about(server: Server) -> Path:
    assert server.process
    return Path("/proc") / str(server.process.pid)


def memory(server: Server) -> int:
    """Bytes of the process that are in memory now."""
    pages = int((_about(server) / "statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def computing(server: Server) -> float:
    """Seconds of the processor so far, those spent in the kernel included."""
    fields = (_about(server) / "stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
