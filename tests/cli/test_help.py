"""What `python -m annotator --help` says of a command is what the command says of itself, and costs no imports."""

from __future__ import annotations

import subprocess
import sys

import pytest

from annotator.cli import COMMANDS, load


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_says_what_the_command_says(name: str) -> None:
    told = (load(name).help or "").split("\n\n")[0].replace("\n", " ")
    assert told.startswith(COMMANDS[name][1])


def test_help_imports_neither_the_application_nor_a_command() -> None:
    asking = "import sys\nfrom annotator.cli import main\ntry:\n    main()\nfinally:\n    print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", asking, "--help"], capture_output=True, text=True, check=True, timeout=120
    )
    help_text, modules = done.stdout.rsplit("\n", 2)[0], set(done.stdout.split("\n")[-2].split())
    assert all(name in help_text for name in COMMANDS)
    assert not modules & {"annotator.app", "annotator.web", "sqlalchemy", "annotator.cli.users"}
