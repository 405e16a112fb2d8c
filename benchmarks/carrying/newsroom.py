"""A second source of articles: reports, interviews, results, court lists and fourteen more languages, invented.

It shares no sentence and no code with `prose.py`, so that what was learnt there cannot help here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.carrying import strands
from benchmarks.carrying.strands import Text

STOCK: dict[str, Any] = json.loads((Path(__file__).parent / "newsroom.json").read_text(encoding="utf-8"))
OFTEN = 0.05
TENS = ("second", "third", "fifth", "ninth")


@dataclass(slots=True)
class Part:
    """A paragraph: its sentences, what stands between them, what kind it is, and whether words stand apart."""

    sentences: list[Text]
    joint: str = " "
    kind: str = "plain"
    spaced: bool = True


@dataclass(slots=True)
class Story:
    """An article, with its people and places, and what was done to its old characters (by name, as spans)."""

    parts: list[Part]
    random: Random
    reporter: Reporter
    done: list[tuple[str, int, int]] = field(default_factory=list)

    def text(self) -> Text:
        """The whole article."""
        out: Text = []
        for number, part in enumerate(self.parts):
            out += strands.new("\n\n") if number else []
            for at, sentence in enumerate(part.sentences):
                out += [*(strands.new(part.joint) if at else []), *sentence]
        return out

    def note(self, name: str, text: Text) -> None:
        """Remember what was done to these characters."""
        self.done += [(name, *strand.of) for strand in text if strand.of]


class Reporter:
    """Fills sentence shapes; people, places and bodies recur, as they do in a report."""

    def __init__(self, random: Random) -> None:
        self.random = random
        people = [f"{random.choice(STOCK['given'])} {name}" for name in random.sample(STOCK["family"], 5)]
        self.people, self.towns = people, random.sample(STOCK["town"], 3)
        self.shapes = random.sample(STOCK["plain"], len(STOCK["plain"]))
        self.bodies, self.things = random.sample(STOCK["body"], 3), random.sample(STOCK["thing"], 5)

    def fill(self, shape: str) -> str:
        """A shape with its slots filled."""
        pick, number = self.random.choice, self.random.randint
        body, moment = pick(self.bodies), pick(STOCK["time"])
        millions = f"{number(2, 90)}.{number(1, 9)}"
        words = {
            "body": body, "Body": body[0].upper() + body[1:], "body2": pick(self.bodies), "thing": pick(self.things),
            "name": pick(self.people), "surname": pick(self.people).split(" ", 1)[1], "town": pick(self.towns),
            "surname2": pick(self.people).split(" ", 1)[1], "town2": pick(self.towns), "time": moment,
            "time2": pick(STOCK["time"]), "Time": moment[0].upper() + moment[1:], "n": millions,
            "year": number(1998, 2026), "age": number(19, 88), "k": number(101, 999), "m": number(11, 97),
            "z": number(100, 999), "z2": number(10, 59), "z3": number(10, 99), "nth": pick(TENS), "d": number(1, 9),
            "d2": number(1, 9), "d3": number(1, 9),
        }  # fmt: skip
        return shape.format(**words)

    def sentence(self) -> str:
        """A sentence of a report; seldom one much like another, for there are more shapes than a report needs."""
        if not self.shapes or self.random.random() < OFTEN:
            return self.fill(self.random.choice(STOCK["plain"]))
        return self.fill(self.shapes.pop())

    def part(self) -> tuple[list[str], str, str, bool]:
        """The sentences of a paragraph, their joint, its kind, and whether its words stand apart."""
        kind = self.random.choices(
            ("plain", "kicker", "rows", "talk", "tongue", "emoji"), (60, 9, 10, 7, 12, 2)
        )[0]  # fmt: skip
        made: tuple[list[str], str, str, bool] = getattr(self, f"_{kind}")()
        return made

    def _plain(self) -> tuple[list[str], str, str, bool]:
        return [self.sentence() for _ in range(self.random.randint(1, 5))], " ", "plain", True

    def _kicker(self) -> tuple[list[str], str, str, bool]:
        mark = self.random.choice(("", "", "### "))
        return [mark + self.fill(self.random.choice(STOCK["kicker"]))], " ", "kicker", True

    def _rows(self) -> tuple[list[str], str, str, bool]:
        shapes = self.random.choice(list(STOCK["rows"].values()))
        shape = self.random.choice((*shapes, None))
        rows = [self.fill(shape or self.random.choice(shapes)) for _ in range(self.random.randint(3, 9))]
        return list(dict.fromkeys(rows)), "\n", "rows", True

    def _talk(self) -> tuple[list[str], str, str, bool]:
        lines = []
        for _ in range(self.random.randint(1, 3)):
            lines += [self.fill(self.random.choice(STOCK[who])) for who in ("questions", "answers")]
        return lines, self.random.choice(("\n", "\n\n")), "talk", True

    def _tongue(self) -> tuple[list[str], str, str, bool]:
        tongue = STOCK["tongues"][self.random.choice(list(STOCK["tongues"]))]
        lines = self.random.sample(tongue["lines"], self.random.randint(2, len(tongue["lines"])))
        return [self.fill(one) for one in lines], " " if tongue["spaced"] else "", "tongue", tongue["spaced"]

    def _emoji(self) -> tuple[list[str], str, str, bool]:
        lines, joint, _, spaced = self._plain()
        lines[0] = f"{self.random.choice(STOCK['emoji'])} {lines[0]} {self.random.choice(STOCK['emoji'])}"
        return lines, joint, "emoji", spaced


def report(random: Random) -> Story:
    """An article of five to twenty-two paragraphs, its characters numbered."""
    reporter = Reporter(random)
    made = [reporter.part() for _ in range(random.randint(5, 22))]
    if random.random() < 0.35:
        _repeat(random, made)
    parts = [Part([], joint, kind, spaced) for _, joint, kind, spaced in made]
    at = 0
    for part, (lines, joint, _, _) in zip(parts, made, strict=True):
        for line in lines:
            part.sentences.append(strands.old(line, at))
            at += len(line) + len(joint)
        at += 2 - len(joint)
    return Story(parts, random, reporter)


def _repeat(random: Random, made: list[tuple[list[str], str, str, bool]]) -> None:
    """Let a sentence recur, word for word or with one figure changed, near or far."""
    plain = [lines for lines, _, kind, _ in made if kind == "plain"]
    for _ in range(random.randint(1, 2) if plain else 0):
        sentence = random.choice(random.choice(plain))
        if random.random() < 0.5:
            sentence = "".join(str(random.randint(1, 9)) if one.isdigit() else one for one in sentence)
        home = random.choice(plain)
        if sentence not in home:
            home.insert(random.randint(0, len(home)), sentence)
