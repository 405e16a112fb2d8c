"""How well, and how fast, spans are carried to the next version of a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from annotator.text.reanchoring import align, carry
from benchmarks.carrying.cases import Pair, pairs
from benchmarks.carrying.hostile import HOSTILE, touched
from benchmarks.carrying.methods import METHODS
from benchmarks.carrying.scoring import OUTCOMES, Score, score
from benchmarks.carrying.stories import story_pairs
from benchmarks.carrying.weighing import MILLION, spread, weighed
from benchmarks.carrying.weighing import SPANS as HOSTILE_SPANS
from benchmarks.figures import took
from benchmarks.tables import Table, cell

DEV, HELD_OUT = range(500), range(100_000, 100_500)
STORIES = range(100_000, 100_500)
FEW = 60
SIZES = (1_000, 10_000, 30_000, 100_000, 1_000_000)
SPANS = (10, 1_000, 10_000)
TARGETS = {"correct": 99.5, "wrong": 0.2, "false orphan": 0.3}

ABOUT_QUALITY = (
    "Generated drafts, one to twenty acts of an editor each, 40 spans a draft; what became of every word is known. A "
    "place is correct when it shares 0.8 of all code points with the right one, wrong below 0.5 or where the words are "
    "gone; *for review* are other places shown with the state `review`, never silently wrong. In per cent."
)
ABOUT_STORIES = (
    "The second source: reports, interviews, results, court lists, fourteen more languages; one to thirteen acts, 40 "
    "spans a draft of one word to several paragraphs; every character remembers where it comes from. The method was "
    "mended on seeds from 0; of these only the totals were seen. Marked as above."
)
ABOUT_METHODS = (
    f"The first {FEW} pairs of the held-out bank, for all methods. In per cent; computing in ms a pair of 40 spans."
)
ABOUT_COST = (
    "Generated prose with one sentence in eight touched; alignment included. Computing in this process, best of three."
)
ABOUT_HOSTILE = (
    f"{MILLION:,} characters a side, {HOSTILE_SPANS:,} spans, each pair in a process of its own. Memory is the most "
    "that the process held above the two texts."
)


def measure(folder: Path) -> list[Table]:
    """Quality on each source, the other methods, cost by size, hostile texts. `folder` is not used."""
    scores = {"dev": _scored("dev", DEV), "held-out": _scored("held-out", HELD_OUT)}
    tables = [quality(name, one, ABOUT_QUALITY) for name, one in scores.items()]
    stories = score(METHODS["one alignment (ours)"], story_pairs(STORIES))
    return [*tables, quality("second source", stories, ABOUT_STORIES), _methods(), _cost(), _hostile()]


def _scored(bank: str, seeds: range) -> Score:
    return score(METHODS["one alignment (ours)"], pairs(bank, seeds))


def quality(bank: str, result: Score, about: str) -> Table:
    """How the cases of one source came out, a row a class."""
    kinds = sorted(result.counts)
    total = _shares("all", result.total())
    total[2] = cell(100 * result.total()["correct"] / sum(result.total().values()), "", least=TARGETS["correct"])
    rows = [_shares(kind, result.counts[kind]) for kind in kinds]
    rows += [total, ["called exact with other letters", str(result.not_exact), *[""] * len(OUTCOMES)]]
    return Table(f"Carrying: {bank}", about, ("class", "cases", *OUTCOMES), rows)


def _shares(kind: str, counts: Counter[str]) -> list[str]:
    cases = sum(counts.values())
    return [kind, f"{cases:,}", *(f"{100 * counts[outcome] / cases:.2f}" for outcome in OUTCOMES)]


def _methods() -> Table:
    few = list(pairs("held-out", HELD_OUT[:FEW]))
    rows = [_method(name, few) for name in METHODS]
    return Table("Carrying: other methods", ABOUT_METHODS, ("method", "cases", *OUTCOMES, "ms"), rows)


def _method(name: str, few: Sequence[Pair]) -> list[str]:
    results: list[Score] = []
    spent = took(lambda: results.append(score(METHODS[name], few)))
    return [*_shares(name, results[0].total()), f"{spent.computing / len(few):.1f}"]


def _cost() -> Table:
    rows = []
    for size in SIZES:
        old, new = touched(size)
        times = 1 if size == MILLION else 3
        figures = [_best(lambda old=old, new=new: align(old, new), times)]  # type: ignore[misc]
        figures += [_carrying(old, new, count, times) for count in SPANS]
        most = [None, None, {30_000: 150.0, MILLION: 3000.0}.get(size), None]
        rows.append([f"{size:,}", *(cell(ms, "ms", most=limit) for ms, limit in zip(figures, most, strict=True))])
    return Table("Carrying: cost", ABOUT_COST, ("characters", "align", *(f"{n:,} spans" for n in SPANS)), rows)


def _carrying(old: str, new: str, count: int, times: int) -> float:
    spans = spread(old, count)
    return _best(lambda: carry(old, new, spans), times)


def _best(run: Callable[[], object], times: int) -> float:
    return min(took(run).computing for _ in range(times))


def _hostile() -> Table:
    rows = []
    for name in HOSTILE:
        computing, memory = weighed(name)
        rows.append([name, cell(computing, "ms", most=3000), cell(memory, "MB", most=300)])
    return Table("Carrying: hostile texts", ABOUT_HOSTILE, ("text", "computing", "memory"), rows)
