"""JSON from outside, read strictly."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import wire
from annotator.errors import Invalid, Malformed

MALFORMED = [
    (b"", "not valid JSON"),
    (b"{", "not valid JSON"),
    (b'{"a": 1,}', "not valid JSON"),
    (b"[1]", "must be a JSON object"),
    (b"1", "must be a JSON object"),
    (b"null", "must be a JSON object"),
    (b'{"a": NaN}', "NaN is not JSON"),
    (b'{"a": -Infinity}', "-Infinity is not JSON"),
    (b'{"a": 1, "a": 1}', "stands in it twice"),
    (b'{"a": {"b": 1, "b": 2}}', "stands in it twice"),
    (b'{"a": "\xff"}', "not UTF-8 (byte 7)"),
    (b'\xef\xbb\xbf{"a": 1}', "not valid JSON"),
    (b'{"a":' * 21 + b"1" + b"}" * 21, "too deeply"),
    (b"[" * 200_000, "too deeply"),
    (b'{"a": ' + b"9" * 5000 + b"}", "not valid JSON"),
]


@pytest.mark.parametrize(("data", "says"), MALFORMED, ids=range(len(MALFORMED)))
def test_what_cannot_be_read(data: bytes, says: str) -> None:
    with pytest.raises(Malformed) as caught:
        wire.read_object(data)
    assert says in caught.value.message
    assert caught.value.message.endswith(".")


def test_what_can_be_read() -> None:
    deep = b'{"a":' * 20 + b"1" + b"}" * 20
    assert wire.read_object(b' {"a": [1, "\\u00e9"]} ') == {"a": [1, "é"]}
    assert wire.read_object(deep)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=5), inside, max_size=3),
    max_leaves=8,
)


@given(JSON)
def test_any_json_is_read_or_refused(value: Any) -> None:
    written = json.dumps({"v": value}).encode()
    try:
        read = wire.read_object(written)
    except Malformed:
        read = None
    assert read == {"v": value} or b"NaN" in written or b"Infinity" in written


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        read = wire.read_object(data)
    except Malformed:
        read = {}
    assert isinstance(read, dict)


WHOLE = [0, -1, 2**31 - 1, 1 - 2**31]
NOT_WHOLE = [True, False, 1.0, 1.5, "1", None, [], {}, 2**31, -(2**31), 10**40]


@pytest.mark.parametrize("value", WHOLE)
def test_whole_numbers(value: int) -> None:
    assert wire.whole({"n": value}, "n") == value


@pytest.mark.parametrize("value", NOT_WHOLE)
def test_what_is_no_whole_number(value: Any) -> None:
    with pytest.raises(Invalid) as caught:
        wire.whole({"n": value}, "n")
    assert list(caught.value.fields) == ["n"]


def test_texts() -> None:
    assert wire.text({"t": "é\n"}, "t") == "é\n"
    assert wire.text({}, "t", "kept") == wire.text({"t": None}, "t", "kept") == "kept"
    assert wire.text({"t": ""}, "t", "kept") == ""


@pytest.mark.parametrize("value", [None, 1, True, ["a"], {}, "a\x00", "\ud800", "\x85"])
def test_what_is_no_text(value: Any) -> None:
    with pytest.raises(Invalid) as caught:
        wire.text({"t": value}, "t")
    assert list(caught.value.fields) == ["t"]


def test_names_that_nobody_reads() -> None:
    wire.only({"a": 1}, ("a", "b"))
    with pytest.raises(Invalid) as caught:
        wire.only({"a": 1, "z": 2, "y" * 200: 3}, ("a",))
    assert list(caught.value.fields) == ["y" * 80, "z"]
    with pytest.raises(Invalid) as many:
        wire.only(dict.fromkeys(map(str, range(500))), ())
    assert len(many.value.fields) == 20
