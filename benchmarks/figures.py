"""Taking times, and saying what they come to."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


def timed(run: Callable[[], object]) -> float:
    """How long one call takes, in milliseconds of the clock on the wall."""
    started = time.perf_counter()
    run()
    return (time.perf_counter() - started) * 1000


@dataclass(frozen=True, slots=True)
class Took:
    """What one call took, in milliseconds: on the wall, and of the processor in this process."""

    wall: float
    computing: float


def took(run: Callable[[], object]) -> Took:
    """Measure one call both ways."""
    began = time.process_time()
    wall = timed(run)
    return Took(wall, (time.process_time() - began) * 1000)


def several(run: Callable[[], object], times: int) -> list[float]:
    """How long each of several calls takes, in milliseconds."""
    return [timed(run) for _ in range(times)]


def percentile(values: Sequence[float], share: int) -> float:
    """The value that `share` of a hundred values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * share / 100) - 1)]


def median(values: Sequence[float]) -> float:
    """The value in the middle."""
    return percentile(values, 50)
