"""Files on a card: attached with a note or ahead of it, refused at their field, and handed out harmlessly."""

from __future__ import annotations

import io
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from annotator.db import unit_of_work
from annotator.extensions import db
from annotator.models import Annotation, Evidence, File, Note
from annotator.services.files import add_file, keep_file
from tests.builders import make_annotation, make_article
from tests.cast import Cast
from tests.support import samples
from tests.support.pages import StrictClient
from tests.web.reading import PARTIAL, all_of, described_error, one, send, values, words

ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
FORM = "form.note-form"
KEY = sha256(samples.PDF).hexdigest()


@pytest.fixture
def claim(cast: Cast) -> str:
    """The uuid of a claim that nobody has checked."""
    made: Annotation = make_annotation(cast.ada, make_article(cast.ada), "4.2 million crowns")
    return made.uuid


def part(data: bytes, name: str, claimed: str = "") -> tuple[io.BytesIO, str, str]:
    """A file as a form sends it."""
    return io.BytesIO(data), name, claimed or "application/octet-stream"


def write(client: StrictClient, claim: str, data: bytes = samples.PDF, name: str = "ledger.pdf", **more: Any) -> Any:
    """Save a note with a file."""
    return send(client, f"/annotations/{claim}/notes", {"evidence-0-upload": part(data, name), **more})


def fetch(client: StrictClient, path: str, **headers: str) -> TestResponse:
    """A file, read and closed."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get(path, headers=named, buffered=True)


def keep(app: Flask, cast: Cast, data: bytes, name: str) -> str:
    """The address of a kept file."""
    kept = keep_file(cast.ben, Path(app.config["INSTANCE"]) / "uploads", name, data, most_mb=16)
    with unit_of_work():
        add_file(cast.ben, kept)
    return f"/files/{kept.sha256}/any-name"


def test_a_file_goes_with_the_note(ben: StrictClient, app: Flask, claim: str) -> None:
    answer = write(ben, claim, body="Read it.", verdict="accurate")
    assert answer.status_code == 200
    db.session.rollback()
    [piece] = db.session.query(Evidence).all()
    assert (piece.file.sha256, piece.file.name, piece.source.label) == (KEY, "ledger.pdf", "ledger.pdf")
    link = one(answer, ".evidence a.file")
    assert link.attributes["href"] == f"/files/{KEY}/ledger.pdf"
    assert "bytes" in words(answer, ".evidence li")
    assert one(answer, "article").attributes["data-state"] == "checked"
    got = fetch(ben, link.attributes["href"] or "")
    assert (got.data, got.mimetype) == (samples.PDF, "application/pdf")
    assert (Path(app.config["INSTANCE"]) / "uploads" / KEY[:2] / KEY).read_bytes() == samples.PDF


@ON_ONE
def test_a_refused_note_keeps_the_file(ben: StrictClient, claim: str) -> None:
    answer = write(ben, claim, body="Read it.", verdict="nonsense")
    assert answer.status_code == 422
    kept = values(answer, FORM)
    assert kept["evidence-0-file"] == KEY
    assert "ledger.pdf" in words(answer, ".attached")
    assert "open" in one(answer, ".evidence-form details").attributes
    del kept["evidence-0-upload"]
    assert send(ben, f"/annotations/{claim}/notes", {**kept, "verdict": "accurate"}).status_code == 200
    assert db.session.query(Evidence).one().file.sha256 == KEY


@ON_ONE
def test_more_room_and_less_of_it_keep_what_is_there(ben: StrictClient, claim: str) -> None:
    more = write(ben, claim, body="Read it.", more="evidence")
    assert values(more, FORM)["evidence-0-file"] == KEY
    sent = {"body": "B", "evidence-0-url": "https://a.example/", "evidence-1-url": "https://b.example/", "less": "0"}
    less = send(ben, f"/annotations/{claim}/notes", sent)
    left = values(less, FORM)
    assert (left["evidence-0-url"], left["body"], "evidence-1-url" in left) == ("https://b.example/", "B", False)
    none = send(ben, f"/annotations/{claim}/notes", {"evidence-0-url": "https://a.example/", "less": "0"})
    assert values(none, FORM)["evidence-0-url"] == ""
    odd = send(ben, f"/annotations/{claim}/notes", {"evidence-0-url": "https://a.example/", "less": "99999999999"})
    assert values(odd, FORM)["evidence-0-url"] == "https://a.example/"
    gone = send(ben, f"/annotations/{claim}/notes", {**values(more, FORM), "evidence-0-upload": "", "detach": "0"})
    assert values(gone, FORM)["evidence-0-file"] == ""
    assert db.session.query(Note).count() == 0


REFUSED = [
    (samples.SVG, "x.svg", "none of"),
    (samples.HTML, "x.pdf", "none of"),
    (samples.PNG, "x.pdf", "ends in .pdf"),
    (b"", "x.pdf", "empty"),
]


@ON_ONE
def test_a_refusal_stands_at_the_file(ben: StrictClient, claim: str) -> None:
    for data, name, says in REFUSED:
        answer = write(ben, claim, data, name, body="Kept words")
        assert answer.status_code == 422
        assert says in described_error(answer, "evidence-0-upload")
        assert values(answer, FORM)["body"] == "Kept words"
    assert (db.session.query(File).count(), db.session.query(Note).count()) == (0, 0)


def large(client: StrictClient, path: str, field: str, size: int, **fields: str) -> TestResponse:
    """Send a text file of this size as a browser would; the body is put together here."""
    parts = [(f'name="{name}"', value.encode()) for name, value in {"csrf_token": client.token, **fields}.items()]
    parts.append((f'name="{field}"; filename="long.txt"', b"a" * size))
    body = b"".join(b"--x\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n" % (n.encode(), v) for n, v in parts)
    return client.post(path, data=body + b"--x--\r\n", content_type="multipart/form-data; boundary=x", headers=PARTIAL)


@ON_ONE
def test_a_file_that_is_too_large(ben: StrictClient, app: Flask, claim: str) -> None:
    app.config.update(MAX_UPLOAD_MB=1, MAX_CONTENT_LENGTH=3 * 2**20)
    answer = large(ben, f"/annotations/{claim}/notes", "evidence-0-upload", 2**20 + 1, body="Kept words")
    assert (answer.status_code, values(answer, FORM)["body"]) == (413, "Kept words")
    assert "larger than 1 MB" in described_error(answer, "evidence-0-upload")
    beyond = large(ben, "/files", "file", 4 * 2**20)
    assert (beyond.status_code, "1 MB" in beyond.text) == (413, True)


def test_a_file_goes_ahead_of_the_note(ben: StrictClient, claim: str) -> None:
    answer = ben.submit("/files", {"file": part(samples.PDF, "ledger.pdf", "application/pdf")}, headers=PARTIAL)
    assert answer.status_code == 201
    key = one(answer, "p").attributes["data-sha256"]
    assert (key, words(answer, "a")) == (KEY, "ledger.pdf")
    assert ben.get(f"/files/{key}", headers=PARTIAL).text == answer.text
    fields = {"body": "Read it.", "evidence-0-file": key, "evidence-0-locator": "p. 4"}
    assert send(ben, f"/annotations/{claim}/notes", fields).status_code == 200
    assert db.session.query(Evidence).one().file.name == "ledger.pdf"


@ON_ONE
def test_ahead_of_the_note_a_file_is_refused_in_a_sentence(ben: StrictClient) -> None:
    answer = ben.submit("/files", {"file": part(samples.SVG, "x.svg")}, headers=PARTIAL)
    assert (answer.status_code, "none of" in answer.text) == (422, True)
    assert ben.submit("/files", {}, headers=PARTIAL).status_code == 422
    forged = ben.post("/files", data={"file": part(samples.PDF, "x.pdf")})
    assert forged.status_code == 400
    assert db.session.query(File).count() == 0


@ON_ONE
def test_a_file_nobody_kept(ben: StrictClient, claim: str) -> None:
    for key in ("0" * 64, "x", "../../secret_key", "0" * 63 + "\0"):
        answer = send(ben, f"/annotations/{claim}/notes", {"body": "B", "evidence-0-file": key})
        assert (answer.status_code, described_error(answer, "evidence-0-file")) == (422, ""), key
        assert "no such file" in answer.text or "control character" in answer.text or "NUL" in answer.text
    assert [fetch(ben, f"/files/{key}/a").status_code for key in ("0" * 64, "x", "%2e%2e")] == [404] * 3


SHOWN = [
    (samples.PDF, "a.pdf", "application/pdf", "inline"),
    (samples.PNG, "a.png", "image/png", "inline"),
    (samples.JPEG, "a.jpg", "image/jpeg", "inline"),
    (samples.GIF, "a.gif", "image/gif", "inline"),
    (samples.WEBP, "a.webp", "image/webp", "inline"),
    (samples.MP3, "a.mp3", "audio/mpeg", "inline"),
    (samples.WAV, "a.wav", "audio/wav", "inline"),
    (samples.TEXT, "a.txt", "text/plain", "attachment"),
]


@ON_ONE
def test_files_are_handed_out_harmlessly(ben: StrictClient, app: Flask, cast: Cast) -> None:
    for data, name, media_type, shown in SHOWN:
        answer = fetch(ben, keep(app, cast, data, name))
        assert (answer.data, answer.mimetype) == (data, media_type)
        assert answer.headers["Content-Disposition"].partition(";")[0] == shown
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        policy = answer.headers["Content-Security-Policy"]
        assert ("default-src 'none'" in policy, "sandbox" in policy, "script" in policy) == (True, True, False)
        assert ("allow-same-origin" in policy) == media_type.startswith("audio/")
        assert answer.headers["Cache-Control"].startswith("private, max-age=")


HOSTILE = [
    ('"; filename="x.html', "filename"),
    ("gpj.\u202e\u2066exe.pdf", "gpj.exe.pdf"),
    ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie: x=1.pdf"),
    ("../../../etc/cron.d/x.pdf", "x.pdf"),
    ("<img src=x onerror=alert(1)>.pdf", "<img src=x onerror=alert(1)>.pdf"),
    ("Bücher “alt”.pdf", "Bücher “alt”.pdf"),
]


@ON_ONE
@pytest.mark.parametrize(("name", "kept"), HOSTILE, ids=lambda value: ascii(value)[:20])
def test_hostile_names(ben: StrictClient, app: Flask, cast: Cast, claim: str, name: str, kept: str) -> None:
    address = keep(app, cast, samples.PDF, name if name.endswith(".pdf") else f"{name}.pdf")
    stored = db.session.query(File).one().name
    assert kept in stored
    answer = fetch(ben, address)
    told = answer.headers["Content-Disposition"]
    assert "Set-Cookie" not in answer.headers
    assert not {"\r", "\n", "\u202e", "/"} & set(told.partition("filename*=")[0])
    sent = {"body": "B", "evidence-0-file": KEY, "evidence-0-title": ""}
    card = send(ben, f"/annotations/{claim}/notes", sent)
    link = one(card, ".evidence a.file")
    assert link.text() == stored
    assert fetch(ben, link.attributes["href"] or "").status_code == 200
    assert not all_of(card, "img")


@ON_ONE
def test_parts_of_a_file(ben: StrictClient, app: Flask, cast: Cast) -> None:
    address = keep(app, cast, samples.WAV, "call.wav")
    got: TestResponse = fetch(ben, address, Range="bytes=0-3")
    assert (got.status_code, got.data, got.headers["Content-Range"]) == (206, b"RIFF", f"bytes 0-3/{len(samples.WAV)}")
    assert fetch(ben, address, Range="bytes=999999-").status_code == 416
    assert fetch(ben, address, If_None_Match=got.headers["ETag"]).status_code == 304
    whole = ben.head(address, buffered=True)
    assert (whole.data, whole.content_length) == (b"", len(samples.WAV))


@ON_ONE
def test_files_are_for_who_is_signed_in(client: StrictClient, app: Flask, cast: Cast) -> None:
    address = keep(app, cast, samples.PDF, "a.pdf")
    assert (client.get(address).location or "").startswith("/sign-in")


@ON_ONE
def test_bytes_that_are_gone_are_told(ben: StrictClient, app: Flask, cast: Cast) -> None:
    address = keep(app, cast, samples.PDF, "a.pdf")
    (Path(app.config["INSTANCE"]) / "uploads" / KEY[:2] / KEY).unlink()
    answer = fetch(ben, address)
    assert (answer.status_code, "backup" in answer.text) == (404, True)
