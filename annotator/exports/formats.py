"""The formats an article can go out in, by the name that pages, the API and the command use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from annotator.exports import native
from annotator.exports.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Format:
    """One format: how a file of it is called and served, one article in it, and many as a stream."""

    suffix: str
    media_type: str
    one: Callable[[Snapshot], bytes]
    many: Callable[[Iterable[Snapshot]], Iterator[bytes]]


FORMATS: dict[str, Format] = {
    "json": Format(".json", "application/json", native.to_bytes, native.array),
    "jsonl": Format(".jsonl", "application/jsonl", native.line, native.lines),
}
