"""One hostile pair, carried in a process of its own, whose memory can be told apart: `python -m … NAME` prints both.

The memory is what the process held at most while carrying, above what it held with the texts made (Linux tells it).
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from random import Random

from annotator.config import ROOT
from annotator.text.reanchoring import carry
from benchmarks.carrying.cases import Spot
from benchmarks.carrying.hostile import HOSTILE
from benchmarks.figures import took

MILLION, SPANS = 1_000_000, 1_000
PEAK = "VmHWM:"


def weighed(name: str) -> tuple[float, float]:
    """Milliseconds of computing and megabytes for one hostile pair of a million characters a side."""
    command = [sys.executable, "-m", __name__, name]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    return float(told[0]), float(told[1])


def spread(text: str, count: int) -> list[Spot]:
    """Spans of 5 to 300 code points, anywhere."""
    random = Random(count)
    starts = (random.randrange(max(1, len(text) - 5)) for _ in range(count))
    return [(start, min(len(text), start + random.randint(5, 300))) for start in starts]


def _carried(name: str) -> tuple[float, float]:
    old, new = HOSTILE[name](MILLION)
    spans = spread(old, SPANS)
    carry("One two three.", "One three.", [(0, 3)])
    held = _forget_the_peak()
    spent = took(lambda: carry(old, new, spans))
    return spent.computing, _peak() - held


def _forget_the_peak() -> float:
    """Begin measuring anew. Returns what is held now."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _peak() -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith(PEAK))


if __name__ == "__main__":
    print(*_carried(sys.argv[1]))
