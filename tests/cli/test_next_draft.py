"""`import --new-version`: a file becomes the next draft of an article, and what was carried to it is said."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import select

from annotator.db import unit_of_work
from annotator.exports import native
from annotator.extensions import db
from annotator.models import Article, ArticleVersion, File
from annotator.queries.articles import snapshot_of
from annotator.services import loading, reading_through
from tests.builders import TEXT, make_annotation, make_article
from tests.cast import Cast
from tests.exports.making import broken, wrong
from tests.extract.wordfiles import paragraph, word
from tests.support.pages import StrictClient

SECOND = TEXT.replace("4.2 million", "4.6 million")


@pytest.fixture
def article(cast: Cast) -> Article:
    """An article with two marks, one sentence of which is clear."""
    made = make_article(cast.ada)
    make_annotation(cast.ben, made, "4.2 million crowns")
    make_annotation(cast.ben, made, "Ingrid Solheim")
    with unit_of_work():
        reading_through.clear_sentences(cast.ben, loading.article(cast.ben, made.id), 1, [2])
    return made


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """The second draft in a file."""
    path = tmp_path / "second draft.txt"
    path.write_text(SECOND, encoding="utf-8")
    return path


def add(runner: FlaskCliRunner, article: Article, *more: object) -> Any:
    """The command's answer."""
    return runner.invoke(args=["import", "--new-version", str(article.id), *map(str, more)])


def numbers(article: Article) -> list[int]:
    """The versions there are."""
    wanted = select(ArticleVersion.number).filter_by(article_id=article.id)
    return list(db.session.scalars(wanted.order_by(ArticleVersion.number)))


def exported(article: Article) -> Any:
    """The article as the export has it, which must be whole."""
    told = json.loads(native.to_bytes(snapshot_of(article.id)))
    assert (wrong(told), broken(told)) == ([], [])
    return told


def test_what_was_carried_is_said(article: Article, draft: Path, runner: FlaskCliRunner) -> None:
    answer = add(runner, article, draft, "--change-note", "Figure put right", "--as", "ben")
    newest = exported(article)["versions"][1]
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert answer.stdout.splitlines() == [
        f"Version 2 {newest['sha256']}",
        "Checks carried: 1 exact, 0 moved, 1 changed, 0 review, 0 orphan.",
        "Clear sentences that stayed clear: 1 of 1.",
        "Accepted corrections found applied: 0.",
        "Sentences covered: 3 of 4; 1 to read.",
    ]
    assert (newest["number"], newest["change_note"], newest["created_by"]) == (2, "Figure put right", "ben")


def test_the_file_is_kept_and_named(
    article: Article, draft: Path, runner: FlaskCliRunner, app: Flask, ben: StrictClient
) -> None:
    add(runner, article, draft)
    data = draft.read_bytes()
    key = sha256(data).hexdigest()
    first, second = exported(article)["versions"]
    assert first["file"] is None
    assert second["file"] == {"sha256": key, "name": "second draft.txt", "type": "text/plain", "size": len(data)}
    assert (Path(app.config["INSTANCE"]) / "uploads" / key[:2] / key).read_bytes() == data
    with ben.get(f"/api/v1/files/{key}") as answer:
        assert answer.data == data


def test_a_web_page_is_kept_as_mere_bytes(
    article: Article, tmp_path: Path, runner: FlaskCliRunner, ben: StrictClient
) -> None:
    path = tmp_path / "page.html"
    path.write_text("<h1>Cranes</h1><p>They never came.</p><script>alert(1)</script>", encoding="utf-8")
    assert add(runner, article, path).exit_code == 0
    told = exported(article)["version"]
    assert (told["source"], told["text"]) == ("html", "Cranes\n\nThey never came.")
    with ben.get(f"/api/v1/files/{told['file']['sha256']}") as answer:
        assert answer.mimetype == "application/octet-stream"
        assert answer.headers["Content-Disposition"] == "attachment; filename=page.html"
        assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_word_document(article: Article, tmp_path: Path, runner: FlaskCliRunner) -> None:
    path = tmp_path / "draft.docx"
    path.write_bytes(word("".join(paragraph(one) for one in SECOND.split("\n\n"))))
    answer = add(runner, article, path)
    assert answer.stdout.startswith("Version 2 ")
    told = exported(article)["version"]
    assert (told["source"], told["text"], told["file"]["name"]) == ("docx", SECOND, "draft.docx")
    assert told["file"]["type"].endswith("wordprocessingml.document")


def test_the_very_same_text(article: Article, draft: Path, runner: FlaskCliRunner) -> None:
    draft.write_text(TEXT + "\n", encoding="utf-8")
    answer = add(runner, article, draft)
    assert (answer.exit_code, answer.stdout) == (0, "This is the very text of version 1; nothing was changed.\n")
    assert numbers(article) == [1]
    assert db.session.query(File).count() == 0


def test_what_is_refused(article: Article, draft: Path, runner: FlaskCliRunner, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text(" \n", encoding="utf-8")
    (tmp_path / "notes.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 no document")
    refusals = {
        "empty.txt": "There is no text in it.",
        "missing.txt": "It cannot be read: No such file or directory.",
        "notes.pdf": "Choose a file that ends in",
        "broken.docx": "Word",
        "many.jsonl": "JSON Lines cannot be imported.",
    }
    for name, sentence in refusals.items():
        answer = add(runner, article, tmp_path / name)
        assert (answer.exit_code, answer.stdout) == (1, ""), name
        assert sentence in answer.stderr
    answer = add(runner, article, draft, "--change-note", "x" * 1001)
    assert "A change note may have at most 1,000 characters" in answer.stderr
    assert numbers(article) == [1]


def test_an_article_that_is_not_there(article: Article, draft: Path, runner: FlaskCliRunner) -> None:
    answer = runner.invoke(args=["import", "--new-version", "999", str(draft)])
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert answer.stderr == "Error: There is no such article.\n"
    assert runner.invoke(args=["import", "--new-version", "one", str(draft)]).exit_code == 2


@pytest.mark.parametrize("more", [("--title", "Mine"), ("other.txt",)])
def test_it_takes_one_file_and_no_title(
    article: Article, draft: Path, runner: FlaskCliRunner, more: tuple[str, ...]
) -> None:
    answer = add(runner, article, draft, *more)
    assert answer.exit_code == 2
    assert "--new-version takes one file, and no --title: the article has one." in answer.stderr
    assert numbers(article) == [1]


def test_a_change_note_is_of_a_next_draft(cast: Cast, draft: Path, runner: FlaskCliRunner) -> None:
    answer = runner.invoke(args=["import", str(draft), "--change-note", "Figures"])
    assert answer.exit_code == 2
    assert "give --new-version ARTICLE too" in answer.stderr
    assert db.session.query(Article).count() == 0
