"""Attached files: what they are is found from their bytes, and each is kept once."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from annotator.access import Actor
from annotator.db import unit_of_work
from annotator.errors import Forbidden, Invalid, TooLarge
from annotator.extensions import db
from annotator.models import File
from annotator.services.files import add_file, clean_name, keep_file, place_of
from annotator.services.filetypes import type_of
from tests.cast import Cast
from tests.support import samples

BEN = Actor(2, "ben", "Ben", "reviewer")

TAKEN = [
    (samples.PDF, "report.pdf", "application/pdf", "application/pdf"),
    (samples.PDF, "REPORT.PDF", "", "application/pdf"),
    (samples.PDF, "report", "application/octet-stream", "application/pdf"),
    (samples.PNG, "scan.png", "image/png", "image/png"),
    (samples.JPEG, "photo.jpg", "image/jpeg", "image/jpeg"),
    (samples.JPEG, "photo.jpeg", "image/jpg", "image/jpeg"),
    (samples.GIF, "chart.gif", "image/gif", "image/gif"),
    (samples.WEBP, "photo.webp", "image/webp", "image/webp"),
    (samples.MP3, "call.mp3", "audio/mpeg", "audio/mpeg"),
    (samples.TAGGED_MP3, "call.mp3", "audio/mp3", "audio/mpeg"),
    (samples.WAV, "call.wav", "audio/x-wav", "audio/wav"),
    (samples.OGG, "call.ogg", "audio/ogg", "audio/ogg"),
    (samples.OPUS, "call.opus", "audio/ogg; codecs=opus", "audio/ogg"),
    (samples.M4A, "call.m4a", "audio/x-m4a", "audio/mp4"),
    (samples.MP4_SOUND, "call.mp4", "video/mp4", "audio/mp4"),
    (samples.FLAC, "call.flac", "audio/flac", "audio/flac"),
    (samples.TEXT, "notes.txt", "text/plain; charset=utf-8", "text/plain"),
    (b"\xef\xbb\xbf" + samples.TEXT, "notes.txt", "text/plain", "text/plain"),
    (b"a;b\r\n1;2\r\n", "table.csv", "text/csv", "text/plain"),
    (b"x < 3 and y > 4", "sums.txt", "text/plain", "text/plain"),
]


@pytest.mark.parametrize(("data", "name", "claimed", "found"), TAKEN, ids=lambda value: str(value)[:30])
def test_the_type_is_found_from_the_bytes(data: bytes, name: str, claimed: str, found: str) -> None:
    assert type_of(data, name, claimed).media_type == found


REFUSED = [
    (b"", "empty.pdf", "application/pdf", "empty"),
    (samples.HTML, "page.html", "text/html", "none of"),
    (samples.HTML, "page.txt", "text/plain", "none of"),
    (samples.HTML, "report.pdf", "application/pdf", "none of"),
    (b"\n\n  <SVG onload=alert(1)>", "note.txt", "text/plain", "none of"),
    (samples.SVG, "picture.svg", "image/svg+xml", "none of"),
    (samples.SVG, "picture.png", "image/png", "none of"),
    (b"<?xml version='1.0'?><a/>", "a.txt", "text/plain", "none of"),
    (b"words first, then <script>alert(1)</script>", "a.txt", "text/plain", "none of"),
    (b"#!/bin/sh\nrm -r x\n", "run.txt", "text/plain", "none of"),
    (b"alert(1)", "run.js", "text/javascript", "ends in .js"),
    (samples.TEXT, "run.js", "text/plain", "ends in .js"),
    (samples.TEXT, "page.html", "", "ends in .html"),
    (samples.TEXT, "notes.txt", "text/html", "said to be text/html"),
    (samples.PDF, "report.png", "image/png", "ends in .png"),
    (samples.PDF, "report.pdf", "image/png", "said to be image/png"),
    (samples.PNG, "report.pdf", "application/pdf", "ends in .pdf"),
    (samples.PNG, "photo.jpg", "", "ends in .jpg"),
    (samples.GIF, "a.html", "", "ends in .html"),
    (samples.MP4_FILM, "film.mp4", "video/mp4", "none of"),
    (samples.PDF[:40], "cut.pdf", "application/pdf", "none of"),
    (samples.PNG[:20], "cut.png", "image/png", "none of"),
    (samples.FRAME[:100], "cut.mp3", "audio/mpeg", "none of"),
    (b"PK\3\4" + bytes(60), "a.docx", "", "none of"),
    (b"\x7fELF" + bytes(60), "a.txt", "", "none of"),
    ("Zoë".encode("latin-1"), "a.txt", "text/plain", "none of"),
    (b"a\0b", "a.txt", "text/plain", "none of"),
]


@pytest.mark.parametrize(("data", "name", "claimed", "says"), REFUSED, ids=lambda value: str(value)[:30])
def test_what_is_something_else_is_refused(data: bytes, name: str, claimed: str, says: str) -> None:
    with pytest.raises(Invalid) as refusal:
        type_of(data, name, claimed)
    assert says in refusal.value.fields["file"]


@given(st.binary(max_size=300), st.sampled_from([sample for sample, *_ in TAKEN]))
def test_no_bytes_break_the_check(tail: bytes, head: bytes) -> None:
    for data in (tail, head + tail, head[: len(tail)] + tail, tail + head):
        with suppress(Invalid):
            assert type_of(data, "", "").holds(data)


NAMES = [
    ("report.pdf", "report.pdf"),
    ("../../etc/passwd.txt", "passwd.txt"),
    ("C:\\Users\\ben\\report.pdf", "report.pdf"),
    ('a "quoted" name.pdf', 'a "quoted" name.pdf'),
    ("gpj.\u202egnp.pdf", "gpj.gnp.pdf"),
    ("two\r\nSet-Cookie: x=1.pdf", "twoSet-Cookie: x=1.pdf"),
    ("nul\0.pdf", "nul.pdf"),
    ("..", ""),
    (".hidden.txt", "hidden.txt"),
    ("  spaces   within  .txt ", "spaces within .txt"),
    ("x" * 300 + ".pdf", "x" * 117 + ".pdf"),
    ("\ud800.txt", "txt"),
    ("Äpfel.pdf", "Äpfel.pdf"),
]


@pytest.mark.parametrize(("given_name", "kept"), NAMES, ids=lambda value: repr(value)[:30])
def test_names_lose_what_misleads(given_name: str, kept: str) -> None:
    assert clean_name(given_name) == kept


def test_bytes_are_written_once_under_their_name(tmp_path: Path) -> None:
    first = keep_file(BEN, tmp_path, "a.pdf", samples.PDF, most_mb=1)
    path = place_of(tmp_path, first.sha256)
    written = path.stat()
    again = keep_file(BEN, tmp_path, "b.pdf", samples.PDF, most_mb=1)
    assert (first.sha256, first.size) == (sha256(samples.PDF).hexdigest(), len(samples.PDF))
    assert path.read_bytes() == samples.PDF
    assert path.relative_to(tmp_path).as_posix() == f"{first.sha256[:2]}/{first.sha256}"
    assert (again.sha256, path.stat().st_ino, path.stat().st_mtime_ns) == (
        first.sha256,
        written.st_ino,
        written.st_mtime_ns,
    )
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == [path]


def test_a_file_cut_short_is_mended(tmp_path: Path) -> None:
    kept = keep_file(BEN, tmp_path, "a.pdf", samples.PDF, most_mb=1)
    place_of(tmp_path, kept.sha256).write_bytes(samples.PDF[:9])
    keep_file(BEN, tmp_path, "a.pdf", samples.PDF, most_mb=1)
    assert place_of(tmp_path, kept.sha256).read_bytes() == samples.PDF


def test_what_is_refused_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(TooLarge) as refusal:
        keep_file(BEN, tmp_path, "a.txt", b"a" * (2**20 + 1), most_mb=1)
    assert "1 MB" in refusal.value.fields["file"]
    with pytest.raises(Invalid):
        keep_file(BEN, tmp_path, "a.svg", samples.SVG, most_mb=1)
    with pytest.raises(Forbidden):
        keep_file(Actor(1, "x", "X", "reviewer", frozenset({"read"})), tmp_path, "a.pdf", samples.PDF, most_mb=1)
    assert list(tmp_path.iterdir()) == []


def test_one_row_for_the_same_bytes(app: Flask, cast: Cast, tmp_path: Path) -> None:
    rows = []
    for actor, name in ((cast.ben, "ledger.pdf"), (cast.cleo, "copy of ledger.pdf")):
        kept = keep_file(actor, tmp_path, name, samples.PDF, "application/pdf", most_mb=1)
        with unit_of_work():
            rows.append(add_file(actor, kept)[1])
    [row] = db.session.query(File).all()
    assert rows == [True, False]
    assert (row.name, row.media_type, row.size, row.created_by_id) == (
        "ledger.pdf",
        "application/pdf",
        len(samples.PDF),
        cast.ben.id,
    )
