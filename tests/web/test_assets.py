"""Scripts and style sheets on the wire: shorter than written, and the same program."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from annotator.config import ROOT
from annotator.web.assets import content
from tests.support.pages import StrictClient

STATIC = ROOT / "static"
SCRIPTS = sorted((STATIC / "js").rglob("*.js"))
NODE = shutil.which("node") or "node"


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.relative_to(STATIC).as_posix())
def test_a_script_is_sent_without_comments_and_still_a_program(path: Path) -> None:
    sent = content(path)
    assert b"\n//" not in sent
    assert b"/**" not in sent
    read = subprocess.run([NODE, "--input-type=module", "--check"], input=sent, capture_output=True, check=False)
    assert read.stderr.decode() == ""


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.relative_to(STATIC).as_posix())
def test_no_text_goes_over_several_lines(path: Path) -> None:
    """It would lose its indentation on the way."""
    assert [text for text in re.findall(r"`[^`]*`", path.read_text(encoding="utf-8")) if "\n" in text] == []


def test_only_whole_comments_are_taken_away(tmp_path: Path) -> None:
    sheet = tmp_path / "a.css"
    sheet.write_text("/* one */ a { top: 0 }\n  b { left: 0 } /* two */\n/* three\n * four */\n.c :is(d) { top: 1 }\n")
    assert content(sheet) == b"/* one */ a { top: 0 }\nb { left: 0 } /* two */\n.c :is(d) { top: 1 }\n"


def test_what_others_wrote_is_sent_as_it_is() -> None:
    [htmx] = (STATIC / "vendor").glob("*.js")
    assert content(htmx) == htmx.read_bytes()


def test_in_debug_everything_is_sent_as_it_is() -> None:
    assert content(SCRIPTS[0], debug=True) == SCRIPTS[0].read_bytes()


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_compressed_or_not_it_is_the_same(client: StrictClient) -> None:
    plain = client.get("/assets/old/css/base.css")
    squeezed = client.get("/assets/old/css/base.css", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(squeezed.data) == plain.data == content(STATIC / "css" / "base.css")
    assert plain.headers["Cache-Control"] == "no-cache"
