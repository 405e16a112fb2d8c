"""The packages that Annotator stands on: pinned, few, known, and from no place that is named."""

from __future__ import annotations

import re
import sys
from importlib.metadata import packages_distributions, version
from pathlib import Path

import pytest

from annotator.config import ROOT
from tests.house.test_sources import PACKAGE, imported, tree

MOST_PACKAGES = 45
PIN = re.compile(r"([A-Za-z0-9_.-]+)(?:\[[a-z]+\])?==([0-9][A-Za-z0-9.]*)(?: ; .+)?")
FILES = ("requirements.txt", "requirements-dev.txt")


def lines(name: str) -> list[str]:
    """The lines of a requirements file that ask for something."""
    kept = (line.strip() for line in (ROOT / name).read_text(encoding="utf-8").splitlines())
    return [line for line in kept if line and not line.startswith("#")]


def pins(name: str) -> dict[str, str]:
    """Package → version, as a requirements file says."""
    found = [PIN.fullmatch(line) for line in lines(name) if line != "-r requirements.txt"]
    return {match[1].lower().replace("_", "-"): match[2] for match in found if match}


@pytest.mark.parametrize("name", FILES)
def test_every_line_is_an_exact_pin(name: str) -> None:
    assert [line for line in lines(name) if not PIN.fullmatch(line) and line != "-r requirements.txt"] == []


@pytest.mark.parametrize("name", FILES)
def test_what_is_installed_is_what_is_pinned(name: str) -> None:
    assert {package: version(package) for package in pins(name)} == pins(name)


def test_there_are_few() -> None:
    assert len(pins("requirements.txt")) <= MOST_PACKAGES


def test_what_the_package_imports_is_asked_for_by_name() -> None:
    direct = (ROOT / "requirements.txt").read_text(encoding="utf-8").partition("# Asked for by those above.")[0]
    asked = {match[1].lower() for match in map(PIN.fullmatch, direct.splitlines()) if match}
    assert {name for name in _third_party() if not _distributions(name) & (asked | BY_FRAMEWORK)} == set()


BY_FRAMEWORK = {"click", "markupsafe", "jinja2"}
"""Parts of Flask's own interface."""


def _third_party() -> set[str]:
    names = {name.partition(".")[0] for path in PACKAGE for name in imported(tree(path))}
    return names - set(sys.stdlib_module_names) - {"annotator"}


def _distributions(name: str) -> set[str]:
    return {found.lower() for found in packages_distributions().get(name, [name])}


def test_no_file_names_where_packages_come_from() -> None:
    named = re.compile(r"index-url|find-links|trusted-host|\bpypi\.|pythonhosted|registry\.npm")
    places = [ROOT / name for name in (*FILES, "Makefile", "pyproject.toml", ".ci/run", ".ci/environment")]
    assert [path.name for path in places if named.search(Path(path).read_text(encoding="utf-8"))] == []
