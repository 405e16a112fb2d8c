from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from annotator.text.blocks import Block
from annotator.text.segments import Painted, Segment, by_block, segments
from tests.text.vectors import cases

edges = st.integers(0, 30)
spans = st.lists(st.tuples(edges, edges), max_size=12).map(
    lambda pairs: [(min(pair), max(pair), ordinal) for ordinal, pair in enumerate(pairs, start=1)]
)


@cases("segments")
def test_segments(case: dict[str, Any]) -> None:
    found = segments(*case["block"], [tuple(span) for span in case["spans"]])
    assert found == [Segment(start, end, tuple(ordinals)) for start, end, ordinals in case["segments"]]


@given(edges, edges, spans)
def test_segments_are_disjoint_ordered_and_cover_the_block(one: int, other: int, painted: list[Painted]) -> None:
    start, end = sorted((one, other))
    found = segments(start, end, painted)
    assert [place for piece in found for place in range(piece.start, piece.end)] == list(range(start, end))
    assert all(piece.start < piece.end for piece in found)


@given(edges, edges, spans)
def test_the_segments_of_an_ordinal_are_its_span_inside_the_block(one: int, other: int, painted: list[Painted]) -> None:
    start, end = sorted((one, other))
    found = segments(start, end, painted)
    for left, right, ordinal in painted:
        places = [at for piece in found if ordinal in piece.ordinals for at in range(piece.start, piece.end)]
        assert places == list(range(max(left, start), min(right, end)))


@given(edges, edges, spans, st.randoms())
def test_segments_do_not_depend_on_the_order_of_the_spans(
    one: int, other: int, painted: list[Painted], random: Any
) -> None:
    start, end = sorted((one, other))
    shuffled = random.sample(painted, len(painted))
    assert segments(start, end, shuffled) == segments(start, end, painted)
    assert all(list(piece.ordinals) == sorted(piece.ordinals) for piece in segments(start, end, painted))


@given(st.lists(st.integers(1, 6), max_size=6), spans)
@example([5, 5], [(2, 2, 1), (5, 7, 2), (0, 12, 3), (5, 8, 4)])
def test_each_block_gets_the_spans_that_touch_it(lengths: list[int], painted: list[Painted]) -> None:
    starts = [sum(lengths[:i]) + 2 * i for i in range(len(lengths))]
    blocks = [Block(start, start + length, "paragraph") for start, length in zip(starts, lengths, strict=True)]
    for block, touching in zip(blocks, by_block(blocks, painted), strict=True):
        assert touching == [span for span in painted if max(span[0], block.start) < min(span[1], block.end)]


def test_segments_change_only_where_the_ordinals_do() -> None:
    found = segments(0, 20, [(2, 9, 1), (5, 9, 2), (9, 12, 3)])
    assert all(left.ordinals != right.ordinals for left, right in pairwise(found))
