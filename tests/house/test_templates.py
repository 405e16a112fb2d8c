"""What every template keeps to: no inline code, nothing unescaped, nothing imported in vain, none forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, nodes

from annotator.config import ROOT

FOLDER = ROOT / "templates"
TEMPLATES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.html"))
INLINE = {
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "an inline style": re.compile(r"<style|\sstyle\s*=", re.IGNORECASE),
    "a handler": re.compile(r"\son[a-z]+\s*=", re.IGNORECASE),
    "hx-on": re.compile(r"\bhx-on\b"),
    "a trigger filter": re.compile(r"""hx-trigger\s*=\s*["'][^"']*\["""),
    "computed values": re.compile(r"""hx-(?:vals|headers)\s*=\s*["']\s*(?:js|javascript):"""),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
}
environment = Environment(autoescape=True, extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"])


def text_of(name: str) -> str:
    """A template as it is written."""
    return (FOLDER / name).read_text(encoding="utf-8")


PARSED = {name: environment.parse(text_of(name)) for name in TEMPLATES}


def test_no_code_stands_in_the_markup() -> None:
    bare = {name: re.sub(r"(?s)\{#.*?#\}", "", text_of(name)) for name in TEMPLATES}
    found = [(name, what) for name, text in bare.items() for what, pattern in INLINE.items() if pattern.search(text)]
    assert found == []


def test_everything_is_escaped() -> None:
    filters = ((name, node.name) for name, parsed in PARSED.items() for node in parsed.find_all(nodes.Filter))
    assert [(name, used) for name, used in filters if used in ("safe", "forceescape")] == []
    assert [name for name, parsed in PARSED.items() if list(parsed.find_all(UNESCAPED))] == []


UNESCAPED = (nodes.ScopedEvalContextModifier, nodes.MarkSafe)


def test_what_is_imported_is_used() -> None:
    assert [(name, wanted) for name, parsed in PARSED.items() for wanted in _unused(parsed)] == []


def _unused(parsed: nodes.Template) -> Iterator[str]:
    used = {node.name for node in parsed.find_all(nodes.Name) if node.ctx == "load"}
    yield from (wanted for wanted in _imports(parsed) if wanted not in used)


def _imports(parsed: nodes.Template) -> Iterator[str]:
    for node in parsed.find_all(nodes.FromImport):
        yield from (wanted if isinstance(wanted, str) else wanted[1] for wanted in node.names)
    yield from (node.target for node in parsed.find_all(nodes.Import))


def test_no_template_is_forgotten() -> None:
    sources = [*(ROOT / "annotator").rglob("*.py"), *FOLDER.rglob("*.html")]
    told = {path: path.read_text(encoding="utf-8") for path in sources}
    assert [name for name in TEMPLATES if not _is_named(name, told)] == []


def _is_named(name: str, told: dict[Path, str]) -> bool:
    return any(f'"{name}"' in text or f"'{name}'" in text for path, text in told.items() if path != FOLDER / name)
