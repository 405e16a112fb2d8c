"""What every source file keeps to."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from annotator.config import ROOT

LONGEST_FILE, LONGEST_FUNCTION = 350, 50
FOLDERS = ("annotator", "migrations", "benchmarks", "templates", "static/js", "static/css", "tests")
ENDINGS = (".py", ".html", ".js", ".mjs", ".css")
EDGES = ("web", "api", "cli")
TRANSACTION = ("rollback", "remove", "connection")
SOCKETS = ("socket", "http.client", "urllib.request", "ftplib", "smtplib", "requests", "httpx", "urllib3", "aiohttp")
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")


def files(*folders: str) -> list[Path]:
    """The source files under these folders."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in ENDINGS)
    return sorted(path for path in found if "__pycache__" not in path.parts and "files" not in path.parts)


def named(path: Path) -> str:
    """A path as a test's name."""
    return str(path.relative_to(ROOT))


SOURCES = files(*FOLDERS)
PACKAGE = [path for path in files("annotator") if path.suffix == ".py"]
EDGE_FILES = [path for path in PACKAGE if path.relative_to(ROOT).parts[1] in EDGES]


def tree(path: Path) -> ast.Module:
    """A Python file, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(module: ast.Module) -> Iterator[str]:
    """The dotted names that a module imports."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{name.name}" for name in node.names)


def test_every_file_can_be_held_in_the_head() -> None:
    sizes = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {name: size for name, size in sizes.items() if size > LONGEST_FILE} == {}


def test_every_file_is_finished() -> None:
    assert [named(path) for path in SOURCES if UNFINISHED.search(path.read_text(encoding="utf-8"))] == []


def test_functions_are_short() -> None:
    made = ((path, node) for path in PACKAGE for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef))
    assert [f"{named(path)}: {node.name}" for path, node in made if _lines(node) > LONGEST_FUNCTION] == []


def _lines(node: ast.FunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_what_is_public_says_what_it_promises() -> None:
    assert [f"{named(path)}: {name}" for path in PACKAGE for name in _silent(tree(path))] == []


def _silent(module: ast.Module) -> Iterator[str]:
    if module.body and not ast.get_docstring(module):
        yield "the module"
    for node in module.body:
        public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        if public and not ast.get_docstring(node):
            yield node.name


def test_edges_ask_no_database() -> None:
    assert [f"{named(path)}: {name}" for path in EDGE_FILES for name in _asked(tree(path))] == []


def _asked(module: ast.Module) -> Iterator[str]:
    """What belongs into queries/ or services/: building queries, and using the session but for its transaction."""
    yield from (name for name in imported(module) if name.startswith("sqlalchemy.") and ".exc." not in name)
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and _is_session(node.value) and node.attr not in TRANSACTION:
            yield f"db.session.{node.attr}"


def _is_session(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "session" and isinstance(node.value, ast.Name)


def test_only_the_unit_of_work_commits() -> None:
    calls = {named(path) for path in PACKAGE for node in ast.walk(tree(path)) if _commits(node)}
    assert calls == {"annotator/db.py"}


def _commits(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"


def test_nothing_opens_a_connection_to_elsewhere() -> None:
    reached = ((path, name) for path in PACKAGE for name in imported(tree(path)) if name.startswith(SOCKETS))
    assert [f"{named(path)}: {name}" for path, name in reached if "net" not in path.parts] == []
