"""The native format: valid, true to the text, and the same bytes for the same record."""

from __future__ import annotations

import copy
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.exports import native, snapshot
from annotator.exports.formats import FORMATS
from tests.exports.making import broken, snapshots, wrong


@given(snapshots())
def test_every_record_makes_a_valid_document_that_keeps_its_promises(record: snapshot.Snapshot) -> None:
    document = json.loads(native.to_bytes(record))
    assert wrong(document) == []
    assert broken(document) == []


@settings(max_examples=30)
@given(snapshots())
def test_the_same_record_makes_the_same_bytes(record: snapshot.Snapshot) -> None:
    assert native.to_bytes(record) == native.to_bytes(copy.deepcopy(record))


@settings(max_examples=30)
@given(snapshots())
def test_nothing_that_was_written_is_lost_on_the_way(record: snapshot.Snapshot) -> None:
    document = json.loads(native.to_bytes(record))
    for told, kept in zip(document["annotations"], record.annotations, strict=True):
        assert [note["body"] for note in told["notes"]] == [note.body for note in kept.notes]
        assert [len(note["earlier"]) for note in told["notes"]] == [note.row_version - 1 for note in kept.notes]
        assert (told["party"] or {}).get("name") == (kept.party.name if kept.party else None)


@settings(max_examples=30)
@given(snapshots())
def test_each_annotation_stands_on_a_line_of_its_own(record: snapshot.Snapshot) -> None:
    lines = native.to_bytes(record).decode().split("\n")
    found = [json.loads(line.rstrip(",")) for line in lines if line.startswith('{"id"') and '"anchor"' in line]
    assert found == json.loads(native.to_bytes(record))["annotations"]


@settings(max_examples=20)
@given(st.lists(snapshots(), max_size=3))
def test_many_records_make_an_array_or_a_line_each(records: list[snapshot.Snapshot]) -> None:
    wanted = [native.document(record) for record in records]
    assert json.loads(b"".join(FORMATS["json"].many(records))) == wanted
    lines = b"".join(FORMATS["jsonl"].many(records)).split(b"\n")
    assert lines.pop() == b""
    assert [json.loads(line) for line in lines] == wanted


def test_many_records_are_taken_one_after_the_other() -> None:
    def endless() -> object:
        raise AssertionError("read before it was asked for")
        yield

    for name in FORMATS:
        FORMATS[name].many(endless())  # type: ignore[arg-type]
