"""Tables in Markdown, with each figure's target beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """A heading, a sentence or two on how it was measured, and rows of cells under their titles."""

    heading: str
    about: str
    titles: Sequence[str]
    rows: Sequence[Sequence[str]]

    def markdown(self) -> str:
        """The table as Markdown; figures stand to the right."""
        rule = ["---", *["---:"] * (len(self.titles) - 1)]
        lines = [_line(row) for row in (self.titles, rule, *self.rows)]
        return "\n".join([f"## {self.heading}", "", self.about, "", *lines, ""])


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def cell(value: float, unit: str = "ms", most: float | None = None, least: float | None = None) -> str:
    """A figure, and, when there is a target (at most, or at least), the target and whether it was met."""
    said = f"{_number(value)} {unit}".strip()
    if most is not None:
        return f"{said} (≤ {_number(most)}: {_met(value <= most)})"
    if least is not None:
        return f"{said} (≥ {_number(least)}: {_met(value >= least)})"
    return said


def row(what: str, value: float, unit: str, most: float | None = None, least: float | None = None) -> list[str]:
    """A row of a table with the titles FIGURE."""
    target = f"≤ {_number(most)}" if most is not None else f"≥ {_number(least)}" if least is not None else "–"
    held = (most is None or value <= most) and (least is None or value >= least)
    return [what, f"{_number(value)} {unit}".strip(), target, "–" if target == "–" else _met(held)]


FIGURE = ("what", "measured", "target", "met")


def _number(value: float) -> str:
    return f"{value:,.1f}" if abs(value) < 100 and value != int(value) else f"{value:,.0f}"


def _met(held: bool) -> str:
    return "met" if held else "**missed**"
