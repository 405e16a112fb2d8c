"""Everything that must hold before a change is done, as one list. `make test` runs all of it, or the steps named.

Every step runs, whatever the one before said; the last lines say how many tests ran on what, and what failed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.support import browser, postgres
from tests.support.report import PLACES, missing

ROOT = Path(__file__).resolve().parent.parent
COUNTS = ROOT / "build" / "tests.json"
BIN = Path(sys.executable).parent
NO_NODE = "Node is not installed, so the tests of the page's script did not run there. Install it (Debian: nodejs)."


@dataclass
class Gate:
    """What has been seen so far: numbers of tests by place, the steps that failed, remarks for the end."""

    ran: dict[str, int] = field(default_factory=dict)
    passed: int = 0
    failed: int = 0
    broken: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def count(self, place: str, passed: int, failed: int) -> None:
        """Add to the numbers of a place."""
        self.ran[place] = self.ran.get(place, 0) + passed + failed
        self.passed += passed
        self.failed += failed


def _call(*command: str | Path, quiet: bool = False) -> bool:
    """Run a command, showing what it says; a quiet one is shown only when it fails."""
    done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=quiet, text=True, check=False)
    if quiet and done.returncode:
        print(done.stdout, done.stderr, sep="\n")
    return done.returncode == 0


def lint(gate: Gate) -> bool:
    """ruff: what is written, and how it is laid out."""
    ruff = BIN / "ruff"
    return _call(ruff, "check", "--quiet", ".") & _call(ruff, "format", "--check", "--quiet", ".")


def types(gate: Gate) -> bool:
    """mypy, strict on the core, services and queries."""
    return _call(BIN / "mypy", quiet=True)


def layers(gate: Gate) -> bool:
    """import-linter: top may import lower, never the reverse."""
    return _call(BIN / "lint-imports", "--no-cache", quiet=True)


def node(gate: Gate) -> bool:
    """The page's script, by node's own test runner on the same cases as Python's."""
    files = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests" / "js").glob("**/*.test.*js"))
    program = shutil.which("node")
    if not program or not files:
        gate.remarks.append(NO_NODE if files else "There are no tests for node.")
        return True
    command = [program, "--test", "--test-reporter=tap", *files]
    done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    numbers = {name: int(number) for name, number in re.findall(r"(?m)^# (pass|fail) (\d+)$", done.stdout)}
    gate.count("node", numbers.get("pass", 0), numbers.get("fail", 0))
    if done.returncode:
        print(done.stdout, done.stderr, sep="\n")
    return done.returncode == 0


def python(gate: Gate) -> bool:
    """pytest, without the browser, on SQLite and on PostgreSQL when it is installed."""
    gate.remarks += missing(postgres.programs() is not None)
    return _pytest(gate, "not browser", *ABREAST)


def in_browser(gate: Gate) -> bool:
    """pytest with Chromium, installed first when there is none."""
    if not browser.ensure():
        gate.remarks.append(browser.ADVICE)
        return False
    return _pytest(gate, "browser", *ABREAST)


ABREAST = ("-n", str(min(4, os.cpu_count() or 1)))
"""In as many processes as there are cores, up to four; each has databases, a server and a browser of its own."""


def _pytest(gate: Gate, chosen: str, *options: str) -> bool:
    COUNTS.unlink(missing_ok=True)
    passed = _call(sys.executable, "-m", "pytest", "-q", "-m", chosen, *options, "--counts", str(COUNTS))
    if COUNTS.exists():
        for place, numbers in json.loads(COUNTS.read_text(encoding="utf-8")).items():
            gate.count(PLACES[place], numbers["passed"], numbers["failed"])
    return passed


STEPS: dict[str, Callable[[Gate], bool]] = {
    "lint": lint,
    "types": types,
    "layers": layers,
    "node": node,
    "python": python,
    "browser": in_browser,
}


WHOLE = [name for name in STEPS if name != "layers"]
"""Everything; the layers are among pytest's tests of the house."""


def main(names: list[str]) -> int:
    """Run the steps named, or all; 0 when every one held."""
    gate = Gate()
    for name in names or WHOLE:
        started = time.monotonic()
        held = STEPS[name](gate)
        print(f"{name}: {'ok' if held else 'FAILED'} ({time.monotonic() - started:.1f} s)", flush=True)
        if not held:
            gate.broken.append(name)
    return _conclude(gate, whole=not names)


def _conclude(gate: Gate, *, whole: bool) -> int:
    for remark in gate.remarks:
        print(remark)
    if gate.broken:
        print(f"Failed: {', '.join(gate.broken)}.")
    if gate.ran:
        print("Tests: " + ", ".join(f"{number} {_where(place)}" for place, number in gate.ran.items() if number) + ".")
    if whole:
        print(f"{gate.passed} passed, {max(gate.failed, len(gate.broken))} failed")
    return 1 if gate.broken else 0


def _where(place: str) -> str:
    return "in node" if place == "node" else place


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    sys.exit(main(sys.argv[1:]))
