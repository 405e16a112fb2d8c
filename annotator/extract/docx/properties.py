"""What a Word document says of itself: its core properties and the language of its text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import defusedxml.ElementTree

from annotator.extract.dates import normal_date
from annotator.extract.html.metadata import tidy_language
from annotator.extract.values import LONGEST_VALUE

_TOOLS = frozenset({"python-docx", "microsoft office user", "user", "unknown", "admin", "author", "apache poi"})
_TEMPLATE_TITLES = frozenset({"document", "document1", "untitled", "word document"})


@dataclass(frozen=True, slots=True)
class Properties:
    """Title, author and day of making as the file tells them; None where it does not, or where only a
    program's name stands.
    """

    title: str | None = None
    creator: str | None = None
    created: str | None = None
    language: str | None = None


def read_properties(parts: Mapping[str, bytes]) -> Properties:
    """Return the properties in parts that have been scanned before (`open_package`)."""
    core = _parsed(parts.get("docProps/core.xml"))
    title, creator = _text(core, "title"), _text(core, "creator")
    created = normal_date(_text(core, "created") or "")
    return Properties(
        title=None if (title or "").casefold() in _TEMPLATE_TITLES else title,
        creator=None if (creator or "").casefold() in _TOOLS else creator,
        created=created[:10] if created else None,
        language=tidy_language(_text(core, "language")) or _text_language(_parsed(parts.get("word/styles.xml"))),
    )


def _parsed(content: bytes | None) -> Element | None:
    return defusedxml.ElementTree.fromstring(content, forbid_dtd=True) if content else None


def _text(root: Element | None, name: str) -> str | None:
    elements = root.iter() if root is not None else ()
    found = next((element.text for element in elements if _local(element.tag) == name and element.text), "")
    return " ".join((found or "").split())[:LONGEST_VALUE] or None


def _text_language(styles: Element | None) -> str | None:
    languages = (element for element in (styles.iter() if styles is not None else ()) if _local(element.tag) == "lang")
    first = next(languages, None)
    values = first.attrib.items() if first is not None else ()
    return next((tidy_language(value) for name, value in values if _local(name) == "val"), None)


def _local(name: str) -> str:
    return name.rpartition("}")[2]
