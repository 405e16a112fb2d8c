"""What says the same, and what is most likely spoken of."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.likeness import bare, plausibility, says_same
from tests.text.vectors import cases


@cases("sayings")
def test_what_says_the_same(case: dict[str, Any]) -> None:
    one, other, language = case["one"], case["other"], case.get("language", "")
    assert says_same(one, other, language) == says_same(other, one, language) == case["same"]


MEANT = [
    ("nearer is likelier", (1000, "denies everything"), (900, "paid in crowns"), (100, "paid in crowns")),
    ("what was said before is likelier", (1000, "denies everything"), (800, "paid"), (1100, "paid")),
    (
        "common words outweigh some distance",
        (2000, "denies it paid for cranes"),
        (100, "cranes never came"),
        (1700, "a ferry"),
    ),
    ("chance words do not", (1000, "denies that any payment was made"), (900, "4.2 million"), (100, "that was it")),
]


@pytest.mark.parametrize(("name", "here", "likelier", "other"), MEANT, ids=[case[0] for case in MEANT])
def test_what_is_meant(name: str, here: tuple[int, str], likelier: tuple[int, str], other: tuple[int, str]) -> None:
    assert plausibility(here, likelier) > plausibility(here, other)


@given(st.text(), st.text())
def test_figures_stay_within_bounds(one: str, other: str) -> None:
    assert says_same(one, one) == says_same(one, one + " …")
    assert 0 < plausibility((0, bare(one)), (5, bare(other))) <= 2
    assert bare(bare(one)) == bare(one)
