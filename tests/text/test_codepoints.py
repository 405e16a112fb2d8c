from __future__ import annotations

import pytest

from annotator.errors import Invalid
from annotator.text.codepoints import refuse_unstorable, storable


@pytest.mark.parametrize(
    "text", ["", "plain", "tab\tline\nreturn\r", "e\u0301 \u00ad\u200b\u200d\ufeff", "😀\U0010ffff", "\x20~\xa0"]
)
def test_text_that_can_be_stored_comes_back_unchanged(text: str) -> None:
    assert storable(text, "body") == text


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("ab\x00", "NUL character (U+0000) at offset 2"),
        ("\x07", "control character (U+0007) at offset 0"),
        ("😀\x1b[2J", "control character (U+001B) at offset 1"),
        ("a\x0b", "control character (U+000B) at offset 1"),
        ("a\x7f", "control character (U+007F) at offset 1"),
        ("a\x85", "control character (U+0085) at offset 1"),
        ("a\ud83d", "half of a surrogate pair (U+D83D) at offset 1"),
        ("\udfff", "half of a surrogate pair (U+DFFF) at offset 0"),
    ],
)
def test_text_that_cannot_be_stored_is_refused_by_name_and_place(text: str, named: str) -> None:
    with pytest.raises(Invalid) as refusal:
        refuse_unstorable(text, "title")
    assert refusal.value.fields == {"title": f"Remove the {named}; it cannot be stored."}
