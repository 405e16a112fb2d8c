"""What a thousand applications in one run need not make a thousand times: addresses, templates and statements.

Every test has an application and a database of its own. All three are compiled anew for each, though they come out the
same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from annotator.extensions import db

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
_statements: defaultdict[str, LRUCache[Any, Any]] = defaultdict(lambda: LRUCache(2_000))


def quickened(app: Flask) -> Flask:
    """The same application, with templates and statements that are compiled once a run."""
    app.jinja_env.bytecode_cache = _templates
    with app.app_context():
        db.engine._compiled_cache = _statements[db.engine.dialect.name]
    return app


# SQLAlchemy keeps a compiled statement by its dialect. Those of the tests differ in nothing but their databases.
DefaultDialect.__eq__ = lambda one, other: type(one) is type(other)  # type: ignore[method-assign,assignment]
DefaultDialect.__hash__ = lambda one: hash(type(one))  # type: ignore[method-assign,assignment]


Rule._compile_builder = _compiled  # type: ignore[method-assign]
