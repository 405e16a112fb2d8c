"""What a thousand applications in one run need not make a thousand times: how addresses are built, and templates.

Every test has an application of its own. Flask compiles both anew for each, though they come out the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

_builders: dict[Any, Callable[..., tuple[str, str]]] = {}
_compile = Rule._compile_builder


def _compiled(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
    """Werkzeug's own answer, which depends on the parts of the address and its defaults alone."""
    key = tuple(rule._trace), repr(rule.defaults), append_unknown
    if key not in _builders:
        _builders[key] = _compile(rule, append_unknown)
    return _builders[key]


class Compiled(BytecodeCache):
    """Compiled templates, kept in memory by their names and sources."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what is kept of a template."""
        if (kept := self.kept.get((bucket.key, bucket.checksum))) is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template."""
        self.kept[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


_templates = Compiled()


def quickened(app: Flask) -> Flask:
    """The same application, with templates that are compiled once a run."""
    app.jinja_env.bytecode_cache = _templates
    return app


Rule._compile_builder = _compiled  # type: ignore[method-assign]
