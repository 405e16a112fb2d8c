"""Every pair of colours the pages put on each other is readable, in light and in dark, on paper and on stacked marks."""

from __future__ import annotations

import re
from itertools import combinations_with_replacement
from pathlib import Path
from typing import NamedTuple

import pytest

CSS = Path(__file__).parents[2] / "static" / "css"
TOKEN = re.compile(r"--([\w-]+): light-dark\((#\w+), (#\w+)\);")
KINDS = ("claim", "quote", "denial")
TEXT, LINE = 4.5, 3.0


class Colour(NamedTuple):
    """Red, green, blue and how much of what lies beneath is covered, each from 0 to 1."""

    red: float
    green: float
    blue: float
    cover: float

    def over(self, ground: Colour) -> Colour:
        """This colour laid over an opaque one."""
        mixed = [a * self.cover + b * (1 - self.cover) for a, b in zip(self[:3], ground[:3], strict=True)]
        return Colour(mixed[0], mixed[1], mixed[2], 1)


def colour(code: str) -> Colour:
    digits = code[1:] if len(code) > 5 else "".join(digit * 2 for digit in code[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in range(0, len(digits), 2)]
    return Colour(parts[0], parts[1], parts[2], parts[3] if len(parts) == 4 else 1)


def tokens(scheme: str) -> dict[str, Colour]:
    found = TOKEN.findall((CSS / "tokens.css").read_text(encoding="utf-8"))
    return {name: colour(light if scheme == "light" else dark) for name, light, dark in found}


def luminance(shown: Colour) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in shown[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    """The ratio of WCAG 2.2, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def stacks(found: dict[str, Colour]) -> dict[str, Colour]:
    """Paper under up to three marks of any kinds, and the same under what is painted for a moment."""
    grounds = {"paper": found["paper"]}
    for count in (1, 2, 3):
        for kinds in combinations_with_replacement(KINDS, count):
            ground = found["paper"]
            for kind in kinds:
                ground = found[f"{kind}-tint"].over(ground)
            grounds["+".join(kinds)] = ground
    hover = found["active"]._replace(cover=0.55)
    hovered = {f"hover over {name}": hover.over(ground) for name, ground in grounds.items()}
    return grounds | hovered | {name: found[name] for name in ("active", "cursor", "selected")}


SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])
PLAIN = [
    *[(ink, ground, TEXT) for ink in ("ink", "quiet", "accent") for ground in ("paper", "raised", "sunken")],
    *[(kind, ground, TEXT) for kind in KINDS for ground in ("paper", "raised", "sunken")],
    *[(verdict, ground, TEXT) for verdict in ("good", "fair", "bad") for ground in ("paper", "raised", "sunken")],
    *[("edge", ground, LINE) for ground in ("paper", "raised")],
    ("on-accent", "accent", TEXT),
    ("paper", "ink", TEXT),
    ("bad", "bad-tint", TEXT),
    ("ink", "bad-tint", TEXT),
]


@SCHEMES
@pytest.mark.parametrize(("front", "ground", "least"), PLAIN, ids=lambda part: str(part))
def test_a_plain_pair_is_readable(scheme: str, front: str, ground: str, least: float) -> None:
    found = tokens(scheme)
    assert contrast(found[front], found[ground]) >= least


@SCHEMES
def test_text_is_readable_on_every_mix_of_marks(scheme: str) -> None:
    found = tokens(scheme)
    faint = {name: contrast(found["ink"], ground) for name, ground in stacks(found).items()}
    assert {name: ratio for name, ratio in faint.items() if ratio < TEXT} == {}


@SCHEMES
@pytest.mark.parametrize("kind", KINDS)
def test_a_line_is_seen_on_every_mix_of_marks(scheme: str, kind: str) -> None:
    found = tokens(scheme)
    faint = {name: contrast(found[kind], ground) for name, ground in stacks(found).items()}
    assert {name: ratio for name, ratio in faint.items() if ratio < LINE} == {}
