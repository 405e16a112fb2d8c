"""The same by command."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from flask.testing import FlaskCliRunner

from annotator.cli import desk
from annotator.config import ROOT
from annotator.services import passwords, people, tokens
from tests.cast import Cast

NEW = "nine loud geese march"


def run(runner: FlaskCliRunner, *words: str, typed: str | None = None) -> Result:
    return runner.invoke(args=list(words), input=typed)


def test_a_person_with_a_password_from_standard_input(runner: FlaskCliRunner) -> None:
    result = run(runner, "user", "add", "Mira", "--role", "lead", "--password-stdin", typed=f"{NEW}\n")
    assert (result.exit_code, result.stdout) == (0, "mira can sign in.\n")
    made = people.person("mira")
    assert (made.role, made.name) == ("lead", "Mira")
    assert passwords.matches(made.password_hash, NEW)


def test_a_person_without_one_gets_a_link_alone_on_standard_output(runner: FlaskCliRunner) -> None:
    result = run(runner, "user", "add", "mira", "--display-name", "Mira H.", "--address", "https://desk.example/")
    address = result.stdout.strip()
    assert address.startswith("https://desk.example/setup/")
    assert people.open_link(address.rpartition("/")[2]) == people.Opened("reset", "reviewer", "mira", "Mira H.")


def test_the_link_begins_where_the_server_listens(runner: FlaskCliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8123")
    assert run(runner, "user", "add", "mira").stdout.startswith("http://127.0.0.1:8123/setup/")


def test_people_are_listed(cast: Cast, runner: FlaskCliRunner) -> None:
    run(runner, "user", "add", "zoe")
    run(runner, "user", "disable", "BEN")
    assert run(runner, "user", "list").stdout.splitlines() == [
        "ada\tlead\tactive\tAda Okafor",
        "cleo\treviewer\tactive\tCleo Marchetti",
        "dan\tadmin\tactive\tDan Whitlock",
        "zoe\treviewer\tno password yet\tzoe",
        "ben\treviewer\tdisabled\tBen Lindqvist",
    ]
    assert run(runner, "user", "enable", "ben").exit_code == 0
    assert people.person("ben").active


def test_a_password_is_reset(cast: Cast, runner: FlaskCliRunner) -> None:
    link = run(runner, "user", "reset-password", "ben").stdout.strip()
    assert people.open_link(link.rpartition("/")[2]).username == "ben"
    assert run(runner, "user", "reset-password", "ben", "--password-stdin", typed=f"{NEW}\n").exit_code == 0
    assert passwords.matches(people.person("ben").password_hash, NEW)


def test_a_token_is_the_only_thing_on_standard_output(cast: Cast, runner: FlaskCliRunner) -> None:
    words = "token", "add", "ada", "nightly export", "--scope", "read", "--scope", "manage", "--expires", "30"
    secret = run(runner, *words).stdout.strip()
    actor = tokens.actor_of_token(secret)
    assert actor
    assert (actor.username, actor.scopes) == ("ada", {"read", "manage"})
    listed = run(runner, "token", "list", "ada").stdout
    assert "\tada\tread,manage\texpires " in listed
    assert secret not in listed
    assert run(runner, "token", "revoke", listed.split("\t")[0]).exit_code == 0
    assert tokens.actor_of_token(secret) is None
    assert run(runner, "token", "list").stdout == ""


def test_a_token_reads_only_unless_told_otherwise(cast: Cast, runner: FlaskCliRunner) -> None:
    actor = tokens.actor_of_token(run(runner, "token", "add", "ben", "reader").stdout.strip())
    assert actor
    assert actor.scopes == {"read"}


REFUSED = [
    (["user", "add", "b"], 1, "2 to 64 letters"),
    (["user", "add", "ben"], 1, "somebody called ben already"),
    (["user", "add", "mira", "--password-stdin"], 1, "at least 8 characters"),
    (["user", "disable", "nobody"], 1, "nobody with this user name"),
    (["user", "disable", "dan"], 1, "last admin"),
    (["user", "reset-password", "nobody"], 1, "nobody with this user name"),
    (["token", "add", "ben", "x", "--scope", "manage"], 1, "Choose at least one of read, annotate."),
    (["token", "list", "nobody"], 1, "nobody with this user name"),
    (["token", "revoke", "99"], 1, "no such token"),
    (["user", "add", "mira", "--role", "owner"], 2, "Usage:"),
    (["user", "add"], 2, "Usage:"),
    (["token", "add", "ben", "x", "--expires", "0"], 2, "Usage:"),
    (["token", "revoke", "first"], 2, "Usage:"),
]


@pytest.mark.parametrize(("words", "status", "sentence"), REFUSED)
def test_refusals_are_one_sentence_on_standard_error(
    cast: Cast, runner: FlaskCliRunner, words: list[str], status: int, sentence: str
) -> None:
    result = run(runner, *words, typed="short\n")
    assert result.exit_code == status
    assert sentence in result.stderr
    assert result.stdout == ""
    assert status == 2 or len(result.stderr.splitlines()) == 1


def test_the_program_itself(tmp_path: Path) -> None:
    """Through the real door, with a database that is not there yet and then is."""

    def call(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "annotator", *words]
        environ = {"ANNOTATOR_INSTANCE": str(tmp_path), "PATH": ""}
        return subprocess.run(command, env=environ, cwd=ROOT, text=True, capture_output=True, check=False)

    early = call("user", "list")
    assert (early.returncode, early.stdout) == (1, "")
    assert "python -m annotator init" in early.stderr
    assert call("init").returncode == 0
    assert call("user", "add", "mira").stdout.startswith("http://127.0.0.1:8000/setup/")
    assert call("user", "list").stdout == "mira\treviewer\tno password yet\tmira\n"


def test_help_names_every_command() -> None:
    from annotator.cli import COMMANDS

    shown = subprocess.run(
        [sys.executable, "-m", "annotator", "--help"], cwd=ROOT, text=True, capture_output=True, check=True
    ).stdout
    assert [name for name in COMMANDS if f"\n  {name}" not in shown] == []
    assert desk.name == "annotator"
