"""The zip that a .docx is, opened with suspicion.

Limits stand before anything is unpacked. What is handed on is a new archive that holds the parts with text
and nothing else: no pictures, no embedded files, no macros.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

import defusedxml.sax
from defusedxml import DefusedXmlException

from annotator.errors import Invalid
from annotator.extract.decoding import PASTE_INSTEAD, seems_to_be
from annotator.extract.values import EMPTY, MOST_CHARACTERS

MOST_MEMBERS = 2_000
MOST_BYTES = 60_000_000
MOST_ELEMENTS = 100_000
MOST_ATTRIBUTES = 600_000
DEEPEST_ELEMENT = 100

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MAIN = "word/document.xml"
_PARTS = ("styles", "numbering", "footnotes", "endnotes", "comments")
_BROKEN = "The Word document is damaged or incomplete. Open it in Word, save it again, or paste the text."
_TOO_BIG = f"The Word document unpacks to more than can be read safely. {PASTE_INSTEAD}"
_UNSAFE = f"The Word document holds XML that no word processor writes. {PASTE_INSTEAD}"


@dataclass(slots=True)
class Package:
    """The parts of a .docx that hold text, each scanned, and the names of the elements seen in them."""

    parts: dict[str, bytes]
    elements: set[str] = field(default_factory=set)

    def archive(self) -> io.BytesIO:
        """Return the parts as an archive in memory."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
            for name, content in self.parts.items():
                archive.writestr(name, content)
        buffer.seek(0)
        return buffer


def open_package(data: bytes) -> Package:
    """Return the text parts of a .docx. Raises `Invalid` on `file` for anything that is not one, or not a
    safe one.
    """
    if not data:
        raise Invalid({"file": EMPTY})
    if data.startswith(_OLE):
        raise Invalid({"file": _why_ole(data)})
    if not data.startswith(b"PK"):
        raise Invalid({"file": _not_word(data)})
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            package = Package(_read_parts(archive))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        raise Invalid({"file": _BROKEN}) from None
    _scan(package)
    return package


def _why_ole(data: bytes) -> str:
    if _ENCRYPTED in data:
        return "The Word document is protected by a password. Remove it in Word and choose the file again."
    return "This is an old Word document (.doc). Save it as .docx, or paste the text."


def _not_word(data: bytes) -> str:
    seems = seems_to_be(data)
    return f"This looks like {seems}, not a Word document. Paste the text instead." if seems else _BROKEN


def _read_parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_BYTES:
        raise Invalid({"file": _TOO_BIG})
    sizes: Mapping[str, zipfile.ZipInfo] = {member.filename: member for member in members}
    if _MAIN not in sizes:
        raise Invalid({"file": "This is a zip file, but no Word document (.docx). Paste the text instead."})
    if any(member.flag_bits & 1 for member in members):
        raise Invalid({"file": "The Word document is protected by a password. Remove it and choose the file again."})
    return {name: archive.read(member) for name, member in sizes.items() if _is_text_part(name)}


def _is_text_part(name: str) -> bool:
    known = {_MAIN, "[Content_Types].xml", "_rels/.rels", "docProps/core.xml"}
    named = {f"word/{part}.xml" for part in _PARTS} | {f"word/_rels/{part}.xml.rels" for part in (*_PARTS, "document")}
    return name in known or name in named


class _Scanner(ContentHandler):
    """Counts what a parser that builds a tree would have to hold, over all parts together."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.elements = self.attributes = self.text = self.depth = 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        self.seen.add(name.rpartition(":")[2])
        self.elements += 1
        self.attributes += len(attrs)
        self.depth += 1
        if self.elements > MOST_ELEMENTS or self.attributes > MOST_ATTRIBUTES or self.depth > DEEPEST_ELEMENT:
            raise Invalid({"file": _TOO_BIG})

    def endElement(self, name: str) -> None:
        self.depth -= 1

    def characters(self, content: str) -> None:
        self.text += len(content)
        if self.text > 2 * MOST_CHARACTERS:
            raise Invalid({"file": _TOO_BIG})


def _scan(package: Package) -> None:
    """Read every part once without building anything, so that what is parsed later is small, flat and plain XML."""
    scanner = _Scanner()
    for name, content in package.parts.items():
        scanner.depth, scanner.seen = 0, set()
        try:
            defusedxml.sax.parseString(content, scanner, forbid_dtd=True)
        except DefusedXmlException:
            raise Invalid({"file": _UNSAFE}) from None
        except (SAXException, ValueError, LookupError):
            raise Invalid({"file": _BROKEN}) from None
        package.elements |= scanner.seen & {"comment"} if name == "word/comments.xml" else scanner.seen
