"""Files, sources and notes taken back, through the API."""

from __future__ import annotations

import io
from collections.abc import Callable
from hashlib import sha256
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from annotator.extensions import db
from annotator.models import File
from tests.api import described
from tests.api.program import Program, refused, told
from tests.support import samples

ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
KEY = sha256(samples.PDF).hexdigest()
PIECE = {
    "url": "https://registry.example/ledger",
    "title": "Ledger",
    "publisher": "Registry",
    "accessed_at": "2026-11-24",
    "archive_url": "https://archive.example/1",
    "source_type": "primary",
    "stance": "supports",
    "locator": "p. 4",
    "excerpt": "4.2 m paid",
    "independence_group": "harbour",
    "description": "The ledger of the harbour",
}


@pytest.fixture
def claim(reviewer: Program, mark: Callable[..., dict[str, Any]]) -> str:
    """The id of a claim of Ben's."""
    uuid: str = mark(reviewer, "4.2 million crowns")["id"]
    return uuid


def upload(program: Program, data: bytes, claimed: str = "application/octet-stream", name: str = "") -> TestResponse:
    """Send a file as the body."""
    headers = {"Authorization": f"Bearer {program.token}", "Content-Type": claimed}
    if name:
        headers["X-File-Name"] = quote(name)
    answer = program.client.open("/api/v1/files", method="POST", data=data, headers=headers)
    described.check(answer)
    return answer


def fetch(program: Program, key: str, **headers: str) -> TestResponse:
    """A file, read and closed."""
    named = {"Authorization": f"Bearer {program.token}"} | {k.replace("_", "-"): v for k, v in headers.items()}
    answer = program.client.get(f"/api/v1/files/{key}", headers=named, buffered=True)
    described.check(answer)
    return answer


def note(program: Program, claim: str, **more: Any) -> dict[str, Any]:
    """A note with a verdict."""
    made: dict[str, Any] = told(program.post(f"/annotations/{claim}/notes", {"verdict": "accurate", **more}), 201)
    return made


def test_a_file_is_sent_once_and_read_back(reviewer: Program, lead: Program) -> None:
    first = upload(reviewer, samples.PDF, "application/pdf", "Hafenbücher 2026.pdf")
    value = {"sha256": KEY, "name": "Hafenbücher 2026.pdf", "type": "application/pdf", "size": len(samples.PDF)}
    assert told(first, 201) == value
    assert first.headers["Location"] == f"/api/v1/files/{KEY}"
    assert told(upload(lead, samples.PDF, name="other.pdf")) == value
    got = fetch(lead, KEY)
    assert (got.data, got.mimetype) == (samples.PDF, "application/pdf")
    assert "sandbox" in got.headers["Content-Security-Policy"]
    assert fetch(lead, KEY, Range="bytes=0-3").data == b"%PDF"
    assert fetch(lead, KEY, Range="bytes=99999-").status_code == 416
    assert fetch(lead, KEY, If_None_Match=got.headers["ETag"]).status_code == 304
    assert db.session.query(File).count() == 1


@ON_ONE
def test_a_file_as_a_form(reviewer: Program) -> None:
    headers = {"Authorization": f"Bearer {reviewer.token}"}

    def send(**fields: Any) -> TestResponse:
        answer: TestResponse = reviewer.client.post(
            "/api/v1/files", data=fields, headers=headers, content_type="multipart/form-data"
        )
        described.check(answer)
        return answer

    assert told(send(file=(io.BytesIO(samples.WAV), "call.wav")), 201)["type"] == "audio/wav"
    refused(send(), 422, "file")
    refused(send(file="words"), 422, "file")
    refused(send(file=(io.BytesIO(samples.WAV), "call.wav"), more="x"), 422, "more")


WRONG = [
    (b"", "application/pdf", "", 422, "file"),
    (samples.SVG, "image/svg+xml", "x.svg", 422, "file"),
    (samples.HTML, "text/plain", "x.txt", 422, "file"),
    (samples.PDF, "image/png", "", 422, "file"),
    (samples.PDF, "application/pdf", "x.png", 422, "file"),
]


@ON_ONE
def test_files_that_will_not_do(reviewer: Program, reader: Program) -> None:
    for data, claimed, name, status, field in WRONG:
        refused(upload(reviewer, data, claimed, name), status, field)
    refused(upload(reader, samples.PDF), 403)
    reviewer.client.application.config["MAX_UPLOAD_MB"] = 1
    refused(upload(reviewer, b"a" * (2**20 + 1), "text/plain"), 413, "file")
    headers = {"Authorization": f"Bearer {reviewer.token}", "X-File-Name": "%ff.pdf"}
    refused(reviewer.client.post("/api/v1/files", data=samples.PDF, headers=headers), 422, "X-File-Name")
    for key in ("0" * 64, "x", ".."):
        refused(fetch(reviewer, key), 404)
    assert db.session.query(File).count() == 0


def test_evidence_takes_and_gives_all_it_has(reviewer: Program, claim: str) -> None:
    told(upload(reviewer, samples.PDF, name="ledger.pdf"), 201)
    [piece] = note(reviewer, claim, evidence=[{**PIECE, "file": KEY}])["evidence"]
    assert {name: piece[name] for name in PIECE} == PIECE
    assert (piece["file"]["name"], piece["withdrawn"]) == ("ledger.pdf", None)
    [alone] = note(reviewer, claim, evidence=[{"file": KEY}])["evidence"]
    assert alone["source"] != piece["source"]
    known = told(reviewer.get(f"/sources/{alone['source']}"))
    assert (known["label"], known["files"][0]["sha256"], len(known["uses"])) == ("ledger.pdf", KEY, 1)


WRONG_PIECES = [
    ({"file": "0" * 64}, "file"),
    ({"file": {"sha256": KEY}}, "file"),
    ({**PIECE, "stance": "maybe"}, "stance"),
    ({**PIECE, "archive_url": "ftp://x.example/"}, "archive_url"),
    ({**PIECE, "accessed_at": "12 March 2026"}, "accessed_at"),
    ({**PIECE, "publisher": "x" * 201}, "publisher"),
    ({**PIECE, "independence_group": "x" * 201}, "independence_group"),
    ({"locator": "p. 4"}, "url"),
]


@ON_ONE
def test_evidence_that_will_not_do(reviewer: Program, claim: str) -> None:
    for piece, field in WRONG_PIECES:
        answer = reviewer.post(f"/annotations/{claim}/notes", {"body": "B", "evidence": [piece]})
        refused(answer, 422, f"evidence.0.{field}")
    assert told(reviewer.get(f"/annotations/{claim}"))["notes"] == []


def test_sources_are_listed_withdrawn_and_reinstated(reviewer: Program, lead: Program, claim: str) -> None:
    for number in range(3):
        note(reviewer, claim, evidence=[{"url": f"https://court.example/{number}", "source_type": "primary"}])
    first = told(reviewer.get("/sources?limit=2"))
    rest = told(reviewer.get(f"/sources?limit=2&cursor={first['next']}"))
    assert [one["label"][-1] for one in first["items"] + rest["items"]] == ["0", "1", "2"]
    [found] = told(reviewer.get("/sources?q=COURT.example/1"))["items"]
    path = f"/sources/{found['id']}"
    told(reviewer.post(f"/annotations/{claim}/notes", {"verdict": "false"}), 201)
    response = reviewer.get(path)
    assert told(response)["uses"][0] | {"author": ""} == {
        "article": 1,
        "title": "Cranes that never came",
        "annotation": claim,
        "number": 1,
        "kind": "claim",
        "state": "in_progress",
        "exact": "4.2 million crowns",
        "sealed": False,
        "verdict": "false",
        "author": "",
        "source_type": "primary",
        "stance": None,
        "locator": None,
        "excerpt": None,
    }
    refused(reviewer.post(f"{path}/withdrawal", {}), 422, "reason")
    refused(reviewer.post(f"{path}/withdrawal", {"reason": " "}), 422, "reason")
    refused(reviewer.post(f"{path}/withdrawal", {"reason": "x", "why": "y"}), 422, "why")
    refused(reviewer.post(f"{path}/withdrawal", {"reason": "x"}, If_Match='"9"'), 412)
    gone = told(reviewer.post(f"{path}/withdrawal", {"reason": "Forged."}, If_Match=response.headers["ETag"]), 201)
    assert (gone["withdrawn"]["by"], gone["withdrawn"]["reason"]) == ("ben", "Forged.")
    assert told(reviewer.get(f"/annotations/{claim}"))["reopened"].endswith("was withdrawn: Forged")
    refused(lead.post(f"{path}/withdrawal", {"reason": "Again."}), 409)
    refused(lead.delete(f"{path}/withdrawal"), 428)
    refused(lead.delete(f"{path}/withdrawal", If_Match='"1"'), 412)
    assert lead.delete(f"{path}/withdrawal", If_Match='"2"').status_code == 204
    refused(lead.delete(f"{path}/withdrawal", If_Match="*"), 409)
    refused(reviewer.get(f"/sources/{uuid4()}"), 404)
    refused(reviewer.get("/sources?query=x"), 422, "query")


def test_a_note_is_taken_back(reviewer: Program, lead: Program, program: Callable[..., Program], claim: str) -> None:
    made = note(reviewer, claim, body="Read it.", evidence=[PIECE])
    path = f"/notes/{made['id']}"
    refused(reviewer.delete(path), 428)
    refused(reviewer.delete(path, If_Match='"9"'), 412)
    refused(program("cleo").delete(path, If_Match="*"), 403)
    assert reviewer.delete(path, If_Match='"1"').status_code == 204
    refused(reviewer.get(path), 404)
    refused(reviewer.delete(path, If_Match="*"), 404)
    assert told(reviewer.get(f"/annotations/{claim}"))["state"] == "to_do"
    back = reviewer.post(f"{path}/restoration")
    assert told(back, 201)["body"] == "Read it."
    assert told(reviewer.post(f"{path}/restoration"))["id"] == made["id"]
    assert told(reviewer.get(f"/annotations/{claim}"))["state"] == "checked"
    assert lead.delete(path, If_Match="*").status_code == 204
    verbs = [line["verb"] for line in told(reviewer.get(f"/annotations/{claim}/history"))["items"]]
    assert verbs[1:] == ["note.added", "note.taken_back", "note.brought_back", "note.taken_back"]
