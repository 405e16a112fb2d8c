"""The page, the API and the command hand out the same bytes, and the record behind them is whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from annotator.db import unit_of_work
from annotator.exports import native
from annotator.queries.articles import snapshot_of
from annotator.services import loading
from annotator.services.evidence import Piece
from annotator.services.example import load_example
from annotator.services.notes import Written, edit_note
from annotator.services.relations import link_denial
from annotator.text.prose import tidy_prose
from tests.builders import make_annotation, make_article, make_note
from tests.cast import Cast
from tests.exports.making import HOSTILE, broken, wrong
from tests.support.pages import StrictClient


@pytest.fixture
def example(cast: Cast) -> int:
    with unit_of_work():
        article_id, _ = load_example()
    return article_id


def document(article_id: int) -> Any:
    return json.loads(native.to_bytes(snapshot_of(article_id)))


def test_page_api_and_command_give_the_same_bytes(ada: StrictClient, example: int, runner: FlaskCliRunner) -> None:
    page = ada.get(f"/articles/{example}/export")
    api = ada.get(f"/api/v1/articles/{example}/export?format=json")
    command = runner.invoke(args=["export", "--article", str(example)])
    again = runner.invoke(args=["export", "--article", str(example)])
    assert page.data == api.data == command.stdout_bytes == again.stdout_bytes
    assert page.mimetype == "application/json"
    assert page.headers["Content-Disposition"] == f'attachment; filename="article-{example}.json"'


def test_the_example_is_valid(example: int) -> None:
    told = document(example)
    assert (wrong(told), broken(told)) == ([], [])
    assert len(told["annotations"]) == 20


def test_an_article_without_a_mark_is_valid(cast: Cast) -> None:
    told = document(make_article(cast.ada).id)
    assert (wrong(told), broken(told), told["annotations"]) == ([], [], [])


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_come_out_as_they_went_in(cast: Cast, hostile: str) -> None:
    article = make_article(cast.ada, text=f"{hostile}\n\nA claim with {hostile} in it.", title=hostile)
    annotation = make_annotation(cast.ada, article, "A claim with")
    piece = Piece(description=hostile, title=hostile, locator=hostile, excerpt=hostile)
    make_note(cast.ada, annotation, hostile, evidence=(piece,), verdict="accurate")
    told = document(article.id)
    assert (wrong(told), broken(told)) == ([], [])
    note = told["annotations"][0]["notes"][0]
    assert note["body"] == note["evidence"][0]["excerpt"] == tidy_prose(hostile)


def test_a_note_keeps_its_earlier_wordings(cast: Cast) -> None:
    article = make_article(cast.ada)
    first = Piece(url="https://example.org/ledger", locator="p. 4")
    note = make_note(
        cast.ben, make_annotation(cast.ada, article, "4.2 million crowns"), "Looks right.", evidence=(first,)
    )
    for body, verdict in (("Read it again.", "disputed"), ("It is 2.4 million.", "false")):
        with unit_of_work():
            edit_note(cast.ben, loading.note(cast.ben, note.uuid), Written(body, verdict), None)
    told = document(article.id)["annotations"][0]["notes"][0]
    assert (told["body"], told["verdict"], told["evidence"]) == ("It is 2.4 million.", "false", [])
    assert [(one["body"], one["verdict"]) for one in told["earlier"]] == [
        ("Looks right.", None),
        ("Read it again.", "disputed"),
    ]
    assert told["earlier"][0]["evidence"][0]["locator"] == "p. 4"
    assert wrong(document(article.id)) == []


def test_a_tie_to_a_deleted_annotation_is_left_out(cast: Cast) -> None:
    article = make_article(cast.ada)
    claim = make_annotation(cast.ada, article, "4.2 million crowns")
    denial = make_annotation(cast.ada, article, "any payment was made", kind="denial")
    with unit_of_work():
        link_denial(cast.ada, loading.annotation(cast.ada, denial.uuid), claim.uuid, None)
    assert document(article.id)["annotations"][1]["fields"]["denies"] == claim.uuid
    with unit_of_work():
        loading.annotation(cast.ada, claim.uuid).deleted_at = claim.created_at
    told = document(article.id)
    assert [one["fields"] for one in told["annotations"]] == [
        dict.fromkeys(("on_behalf_of", "form", "allegation", "denies"))
    ]
    assert (wrong(told), broken(told)) == ([], [])


def test_all_articles_make_an_array_or_lines(cast: Cast, runner: FlaskCliRunner) -> None:
    ids = [make_article(cast.ada, title=title).id for title in ("One", "Two")]
    wanted = [document(one) for one in ids]
    assert json.loads(runner.invoke(args=["export"]).stdout_bytes) == wanted
    lines = runner.invoke(args=["export", "--format", "jsonl"]).stdout_bytes.splitlines()
    assert [json.loads(line) for line in lines] == wanted


def test_an_empty_desk_exports_nothing(runner: FlaskCliRunner) -> None:
    assert runner.invoke(args=["export"]).stdout == "[]\n"
    assert runner.invoke(args=["export", "--format", "jsonl"]).stdout == ""


def test_a_file_is_written_whole_or_not_at_all(example: int, runner: FlaskCliRunner, tmp_path: Path) -> None:
    path = tmp_path / "desk.json"
    path.write_text("what stood there")
    assert runner.invoke(args=["export", "--article", "999", "-o", str(path)]).exit_code == 1
    assert path.read_text() == "what stood there"
    assert runner.invoke(args=["export", "--article", str(example), "-o", str(path)]).exit_code == 0
    assert path.read_bytes() == native.to_bytes(snapshot_of(example))
    assert not [other for other in tmp_path.iterdir() if "desk.json." in other.name]


@pytest.mark.parametrize(
    ("more", "status", "sentence"),
    [
        (["--article", "999"], 1, "Error: There is no such article.\n"),
        (
            ["-o", "no-such-folder/desk.json"],
            1,
            "no-such-folder/desk.json cannot be written: No such file or directory.",
        ),
        (["-o", "."], 1, ". cannot be written: Is a directory."),
        (["--format", "csv"], 2, "'csv' is not one of 'json', 'jsonl'."),
    ],
)
def test_refusals_are_sentences(runner: FlaskCliRunner, more: list[str], status: int, sentence: str) -> None:
    answer = runner.invoke(args=["export", *more])
    assert (answer.exit_code, answer.stdout) == (status, "")
    assert sentence in answer.stderr


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_reader_who_has_seen_enough_ends_it_without_a_word(cast: Cast, app: Flask) -> None:
    for number in range(3):
        make_article(cast.ada, text="Many words. " * 20_000, title=f"Long {number}")
    url = str(app.config["SQLALCHEMY_DATABASE_URI"])
    with subprocess.Popen(
        [sys.executable, "-m", "annotator", "export"],
        env=os.environ | {"ANNOTATOR_DATABASE_URL": url},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.read(10) == b'[\n{\n"forma'
        process.stdout.close()
        said = process.stderr.read()
    assert (said, process.returncode) == (b"", 1)
