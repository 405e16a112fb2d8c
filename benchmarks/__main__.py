"""`python -m benchmarks [-o FILE] [SUBJECT …]`: measure, and print tables in Markdown."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from annotator.cli import collect_less_often
from benchmarks import batches, drafting, machine, programs, rendering, reviewing, running, sizes
from benchmarks.carrying import measuring as carrying
from benchmarks.tables import Table

SUBJECTS: dict[str, Callable[[Path], list[Table]]] = {
    "rendering": rendering.measure,
    "reviewing": reviewing.measure,
    "sizes": sizes.measure,
    "programs": programs.measure,
    "drafting": drafting.measure,
    "batches": batches.measure,
    "running": running.measure,
    "carrying": carrying.measure,
}


def main(arguments: list[str]) -> int:
    """Measure the subjects named, or all of them."""
    asked = _asked(arguments)
    collect_less_often()
    output = asked.output.open("w", encoding="utf-8") if asked.output else sys.stdout
    with output:
        print("# Measurements", "", machine.sentence(), "", sep="\n", file=output, flush=True)
        for name in asked.subjects or SUBJECTS:
            with tempfile.TemporaryDirectory(prefix="annotator-bench-") as folder:
                for table in SUBJECTS[name](Path(folder)):
                    print(table.markdown(), file=output, flush=True)
    return 0


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure speed and size.")
    parser.add_argument("subjects", nargs="*", choices=[*SUBJECTS, []], metavar="SUBJECT", help=", ".join(SUBJECTS))
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write the tables here, not to the screen")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
