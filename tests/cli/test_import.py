"""`import`: files become articles, a bad one does not stop the others, and it is told who imported."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import select

from annotator.db import unit_of_work
from annotator.extensions import db
from annotator.models import Article, ArticleVersion, Event
from annotator.services import people
from annotator.services.example import load_example
from tests.cast import Cast


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_text("One Headline\n\nA first paragraph, long enough.", encoding="utf-8")
    (tmp_path / "two.md").write_text("# Two\n\nBy Ada Writer\n\nText with **stress**.", encoding="utf-8")
    (tmp_path / "page.html").write_text("<html><body><h1>Three</h1><p>Words.</p></body></html>", encoding="utf-8")
    (tmp_path / "empty.txt").write_text("  \n", encoding="utf-8")
    (tmp_path / "notes.pdf").write_bytes(b"%PDF-1.7")
    return tmp_path


def titles() -> list[str]:
    return list(db.session.scalars(select(Article.title).order_by(Article.id)))


def test_each_file_becomes_an_article(cast: Cast, files: Path, runner: FlaskCliRunner) -> None:
    answer = runner.invoke(args=["import", *(str(files / name) for name in ("one.txt", "two.md", "page.html"))])
    assert (answer.exit_code, answer.stdout) == (0, "1\tOne Headline\n2\tTwo\n3\tThree\n")
    assert "Imported 3 of 3 as ada." in answer.stderr
    assert db.session.scalars(select(ArticleVersion.source).order_by(ArticleVersion.id)).all() == ["txt", "md", "html"]
    events = {event.subject: event.id for event in db.session.scalars(select(Event).filter_by(verb="article.imported"))}
    assert {one.uuid: one.revision for one in db.session.scalars(select(Article))} == events


def test_the_files_are_kept(cast: Cast, app: Flask, files: Path, runner: FlaskCliRunner) -> None:
    (files / "again.txt").write_bytes((files / "one.txt").read_bytes())
    runner.invoke(args=["import", *(str(files / name) for name in ("one.txt", "empty.txt", "page.html", "again.txt"))])
    versions = db.session.scalars(select(ArticleVersion).order_by(ArticleVersion.id)).all()
    assert [one.file and (one.file.name, one.file.media_type) for one in versions] == [
        ("one.txt", "text/plain"),
        ("page.html", "text/html"),
        ("one.txt", "text/plain"),
    ]
    kept = sorted(path.read_bytes() for path in Path(app.config["INSTANCE"], "uploads").rglob("*") if path.is_file())
    assert kept == sorted((files / name).read_bytes() for name in ("one.txt", "page.html"))


def test_a_bad_file_does_not_stop_the_others(cast: Cast, files: Path, runner: FlaskCliRunner) -> None:
    names = ["empty.txt", "one.txt", "missing.txt", "notes.pdf", ".", "two.md"]
    answer = runner.invoke(args=["import", *(str(files / name) for name in names)])
    assert answer.exit_code == 1
    assert titles() == ["One Headline", "Two"]
    assert f"{files / 'empty.txt'}: There is no text in it." in answer.stderr
    assert f"{files / 'missing.txt'}: It cannot be read: No such file or directory." in answer.stderr
    assert f"{files / 'notes.pdf'}: Choose a file that ends in" in answer.stderr
    assert "Imported 2 of 6 as ada." in answer.stderr
    assert "Traceback" not in answer.output


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("https://example.org/story", "This is a web address. Save the page as .html"),
        ("many.jsonl", "JSON Lines cannot be imported."),
    ],
)
def test_what_it_does_not_read_is_said(cast: Cast, runner: FlaskCliRunner, path: str, sentence: str) -> None:
    answer = runner.invoke(args=["import", path])
    assert answer.exit_code == 1
    assert f"{path}: {sentence}" in answer.stderr


def test_a_title_names_a_single_file(cast: Cast, files: Path, runner: FlaskCliRunner) -> None:
    assert runner.invoke(args=["import", str(files / "two.md"), "--title", "Mine"]).stdout == "1\tMine\n"
    answer = runner.invoke(args=["import", str(files / "one.txt"), str(files / "two.md"), "--title", "Mine"])
    assert answer.exit_code == 2
    assert titles() == ["Mine"]


def test_a_file_larger_than_an_upload_may_be(cast: Cast, app: Flask, files: Path, runner: FlaskCliRunner) -> None:
    app.config.update(MAX_CONTENT_LENGTH=10, MAX_UPLOAD_MB=1)
    answer = runner.invoke(args=["import", str(files / "one.txt")])
    assert "It is larger than 1 MB. ANNOTATOR_MAX_UPLOAD_MB allows more." in answer.stderr


def test_the_same_text_twice_is_pointed_out(cast: Cast, files: Path, runner: FlaskCliRunner) -> None:
    answer = runner.invoke(args=["import", str(files / "one.txt"), str(files / "one.txt")])
    assert answer.exit_code == 0
    assert answer.stderr.count("The very same text is already on the desk: article 1.") == 1


def test_one_may_say_who_imports(cast: Cast, files: Path, runner: FlaskCliRunner) -> None:
    assert "as ben." in runner.invoke(args=["import", str(files / "one.txt"), "--as", "Ben"]).stderr
    assert db.session.scalars(select(Article)).one().created_by.username == "ben"


def test_who_cannot_import(cast: Cast, files: Path, runner: FlaskCliRunner) -> None:
    with unit_of_work():
        people.disable(None, people.person("cleo"))
    for name, sentence in (("nobody", "There is nobody with this user name."), ("cleo", "cleo is disabled.")):
        answer = runner.invoke(args=["import", str(files / "one.txt"), "--as", name])
        assert answer.exit_code == 1
        assert sentence in answer.stderr


def test_without_anybody_it_says_what_to_do(app: Flask, files: Path, runner: FlaskCliRunner) -> None:
    answer = runner.invoke(args=["import", str(files / "one.txt")])
    assert answer.exit_code == 1
    assert "Nobody leads this desk yet." in answer.stderr


def test_somebody_who_can_sign_in_comes_before_the_people_of_the_example(
    app: Flask, files: Path, runner: FlaskCliRunner
) -> None:
    with unit_of_work():
        load_example()
    runner.invoke(args=["user", "add", "zoe", "--role", "lead", "--password-stdin"], input="seven quiet herons wade\n")
    assert "as zoe." in runner.invoke(args=["import", str(files / "one.txt")]).stderr


def test_many_take_few_statements(cast: Cast, tmp_path: Path, runner: FlaskCliRunner, queries: object) -> None:
    sent = []
    for number in (3, 60):
        folder = tmp_path / str(number)
        folder.mkdir()
        for one in range(number):
            (folder / f"{one}.txt").write_text(f"Headline {number} {one}\n\nSome words.", encoding="utf-8")
        with queries() as statements:  # type: ignore[operator]
            runner.invoke(args=["import", *map(str, sorted(folder.iterdir()))])
        sent.append(sum(1 for statement in statements if not statement.startswith("INSERT")))
    assert len(titles()) == 63
    assert sent[1] <= sent[0]
