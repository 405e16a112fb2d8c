"""Spans in the articles of the second source, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from rapidfuzz import fuzz

from benchmarks.carrying.cases import Case, Pair
from benchmarks.carrying.deskwork import rework
from benchmarks.carrying.newsroom import Story, report
from benchmarks.carrying.strands import Spot, Text, Trace, trace, wording

TWIN, MOSTLY, WIDE = 80, 0.5, 0.6


def story_pairs(seeds: range, spans: int = 40) -> Iterator[Pair]:
    """Pairs of drafts, one for each seed."""
    for seed in seeds:
        random = Random(f"stories:{seed}")
        old = report(random)
        work = rework(old, random.choice((1, 2, 3, 5, 8, 13)))
        yield _pair(old, work, random, spans)


def _pair(old: Story, work: Story, random: Random, spans: int) -> Pair:
    before, after = wording(old.text()), work.text()
    bounds = [(sentence[0].of[0], sentence[-1].of[1]) for part in old.parts for sentence in part.sentences
              if sentence[0].of and sentence[-1].of]  # fmt: skip
    chosen = [_span(before, bounds, random) for _ in range(spans)]
    found = (_case(before, after, work, bounds, one) for one in chosen)
    return Pair(before, wording(after), tuple(case for case in found if case))


def _span(text: str, bounds: list[Spot], random: Random) -> tuple[Spot, str]:
    """A sentence, some words, one word, several sentences or paragraphs, or from amid one to amid another."""
    at = random.randrange(len(bounds))
    start, end = bounds[at]
    shape = random.choices(("sentence", "words", "word", "several", "ragged"), (40, 25, 8, 15, 12))[0]
    if shape in ("several", "ragged"):
        end = bounds[min(at + random.randint(1, 6), len(bounds) - 1)][1]
    if shape in ("words", "word", "ragged"):
        spaces = [one for one in range(start, end) if text[one].isspace()]
        edges = sorted({start, *(one + 1 for one in spaces)})
        first = random.randrange(len(edges))
        count = {"word": 1, "words": random.randint(2, 10)}.get(
            shape, max(2, len(edges) - first - random.randint(1, 5))
        )
        start = edges[first]
        stops = sorted({*(one for one in spaces if one > start), end})
        end = stops[min(count, len(stops)) - 1]
    return (start, end), "sentence" if (start, end) in bounds else shape


def _case(old: str, after: Text, work: Story, bounds: list[Spot], chosen: tuple[Spot, str]) -> Case | None:
    """The case of a span; None where nobody could say what is right."""
    span, shape = chosen
    if not old[slice(*span)].strip():
        return None
    path, new = trace(after, span), wording(after)
    if not path.places:
        copied = any(old[slice(*span)] in strand.letters for strand in after if strand.of is None)
        return None if copied and len(old[slice(*span)]) > 1 else Case(span, (), _gone(old, new, work, span, bounds))
    place = path.places[0][0], max(one[1] for one in path.places)
    size = sum(high - low for low, high in path.places)
    if path.torn or not path.ordered or size < WIDE * (place[1] - min(one[0] for one in path.places)):
        return None
    done = {name for name, low, high in work.done if max(low, span[0]) < min(high, span[1])}
    if "copied" in done and path.kept < MOSTLY * (span[1] - span[0]):
        return None
    kind = _kind(old, new, span, place, path, work)
    return Case(span, tuple(_accepted(after, place, shape)), kind, kind == "mostly cut")


def _accepted(after: Text, place: Spot, shape: str) -> Iterator[Spot]:
    """The place; for whole sentences also with the new words that were put in beside them."""
    yield place
    at = 0
    edges = [place[0], place[1]]
    for strand in after:
        end = at + len(strand.letters)
        if strand.of is None and strand.letters.strip() and shape != "words" and "\n" not in strand.letters:
            edges[0] = at if end == edges[0] else edges[0]
            edges[1] = end if at == edges[1] else edges[1]
        at = end
    yield edges[0], edges[1]
    yield place[0], edges[1]


def _gone(old: str, new: str, work: Story, span: Spot, bounds: list[Spot]) -> str:
    if fuzz.partial_ratio(old[slice(*span)], new) >= TWIN:
        whole = any(low == span[0] or high == span[1] for low, high in bounds)
        return "deleted, look-alike left" if whole else "phrase in deleted text"
    return "deleted"


def _kind(old: str, new: str, span: Spot, place: Spot, path: Trace, work: Story) -> str:
    quote, now = old[slice(*span)], new[slice(*place)]
    done = {name for name, low, high in work.done if max(low, span[0]) < min(high, span[1])}
    if path.kept < MOSTLY * (span[1] - span[0]):
        return "mostly cut"
    if quote == now:
        return _kind_of_same(old, new, quote, done, span == place)
    if "".join(quote.split()) == "".join(now.split()):
        return "moved" if "moved" in done else "only line ends and paragraphs"
    if done <= {"typeset", "moved"} and path.kept == span[1] - span[0] and len(path.places) >= len(quote):
        return "glyphs"
    if "moved" in done:
        return "moved and edited"
    return "edited"


def _kind_of_same(old: str, new: str, quote: str, done: set[str], there: bool) -> str:
    if "moved" in done:
        return "moved"
    if old.count(quote) > 1 or new.count(quote) > 1:
        return "repeated, context decides"
    if done:
        return "kept in an edited sentence"
    return "verbatim" if there else "shifted"
