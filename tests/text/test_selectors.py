from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.text.selectors import CONTEXT, Quote, quote_selector
from annotator.text.spans import Span


def test_a_quote_has_its_words_and_32_code_points_on_either_side() -> None:
    text = "a" * 40 + "😀" + "b" * 40
    assert quote_selector(text, Span(40, 41)) == Quote("😀", "a" * 32, "b" * 32)


def test_at_the_edges_the_context_is_shorter() -> None:
    assert quote_selector("one two", Span(0, 7)) == Quote("one two", "", "")
    assert quote_selector("one two three", Span(4, 7)) == Quote("two", "one ", " three")


@given(st.text(min_size=1), st.data())
def test_prefix_words_and_suffix_stand_together_in_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = quote_selector(text, Span(start, end))
    assert text[max(0, start - CONTEXT) : end + CONTEXT] == quote.prefix + quote.exact + quote.suffix
    assert len(quote.prefix) == min(start, CONTEXT)
