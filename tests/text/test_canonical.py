from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Any

import pytest
from hypothesis import given

from annotator.text.canonical import canonical_line, canonical_text, carry, sha256
from tests.text.strategies import raw_texts
from tests.text.vectors import cases


@cases("canonical")
def test_canonical_text(case: dict[str, Any]) -> None:
    assert canonical_text(case["raw"]) == case["text"]


@given(raw_texts)
def test_canonical_text_is_its_own_canonical_form(raw: str) -> None:
    text = canonical_text(raw)
    assert canonical_text(text) == text


@given(raw_texts)
def test_canonical_text_keeps_every_promise(raw: str) -> None:
    text = canonical_text(raw)
    assert unicodedata.is_normalized("NFC", text)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]", text)
    assert "\n\n\n" not in text
    assert all(line == line.rstrip() for line in text.split("\n"))
    assert all(block == block.strip() for block in text.split("\n\n"))
    assert text == "" or "" not in text.split("\n\n")


@given(raw_texts)
def test_following_offsets_does_not_change_the_text(raw: str) -> None:
    text, places = carry(raw, [(at, at) for at in range(len(raw) + 1)])
    assert text == canonical_text(raw)
    assert all(0 <= start <= end <= len(text) for start, end in places)
    assert [start for start, _ in places] == sorted(start for start, _ in places)


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("", ""),
        ("  A  title\r\n in two lines\n\n", "A title in two lines"),
        ("cafe\u0301\u00a0bar\x00", "café bar"),
        ("\n", ""),
    ],
)
def test_a_line_is_one_line(raw: str, line: str) -> None:
    assert canonical_line(raw) == line


@given(raw_texts)
def test_a_line_is_its_own_canonical_form(raw: str) -> None:
    line = canonical_line(raw)
    assert "\n" not in line
    assert canonical_line(line) == line


def test_a_text_is_named_by_the_hash_of_its_utf8_bytes() -> None:
    assert sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert sha256("é 😀") == hashlib.sha256(b"\xc3\xa9 \xf0\x9f\x98\x80").hexdigest()
