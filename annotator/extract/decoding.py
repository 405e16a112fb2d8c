"""Bytes of a text file turned into a string, or refused with a sentence that says what they seem to be."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from annotator.errors import Invalid
from annotator.extract.values import EMPTY

PASTE_INSTEAD = "Open it, select all and paste the text instead."

_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word document or a password-protected one"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"SQLite format 3", "a database"),
    (b"\x1f\x8b", "a compressed file"),
    (b"ID3", "a sound recording"),
    (b"RIFF", "a picture, sound or film"),
    (b"\x7fELF", "a program"),
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META_CHARSET = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_LATIN = frozenset({"ascii", "iso8859-1", "cp1252"})
_NOT_TEXT = frozenset(
    {"utf-7", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "idna", "punycode"}
)
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_ODD_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_ODD = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f]")
_TYPOGRAPHY = frozenset("–—‘’“”„‚«»‹›…•·°§©®™€£¢¥½¼¾¿¡\u00a0\u00ad²³¹ªºµ×÷±†‡‰¶´¨¸¯")
_GARBLED = re.compile("â€[™œ˜“”¦\u009d]|Ã[©¨¤¶¼\u00adŸ]|Â[\u00a0»«°§]|\ufffd")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file and what to tell about how it was read."""

    text: str
    remarks: tuple[str, ...] = ()


def decode(data: bytes, *, markup: bool = False) -> Decoded:
    """Return the text in `data`: by its byte order mark, as UTF-8, by its declared charset (`markup`), as
    Windows-1252.

    Raises `Invalid` on `file` when it is empty, is no text, or mixes encodings.
    """
    if not data.strip(b" \t\r\n\x0b\x0c\x00"):
        raise Invalid({"file": EMPTY})
    if seems := seems_to_be(data):
        raise Invalid({"file": f"This looks like {seems}. {PASTE_INSTEAD}"})
    decoded = _by_mark(data) or _unmarked(data, markup)
    if not decoded.text.strip():
        raise Invalid({"file": EMPTY})
    _refuse_binary(decoded.text.count("\x00"), len(_ODD.findall(decoded.text)), len(decoded.text))
    return _with_warning(decoded)


def seems_to_be(data: bytes) -> str | None:
    """Return a name for the kind of file that begins with these bytes, when it is a well-known one that is
    not text.
    """
    if data[4:8] == b"ftyp":
        return "a film or picture"
    if data.startswith(b"PK\x03\x04"):
        is_word = b"word/document.xml" in data[:100_000] or b"word/document.xml" in data[-100_000:]
        return "a Word document (name it .docx)" if is_word else "a zip or office document"
    return next((name for magic, name in _MAGIC if data.startswith(magic)), None)


def _by_mark(data: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, len(mark))
    return None


def _strictly(data: bytes, encoding: str, skipped: int) -> Decoded:
    try:
        return Decoded(data.decode(encoding))
    except UnicodeDecodeError as error:
        where = f"byte {error.start + skipped + 1:,}"
        told = f"The file says it is {encoding.upper()}, but {where} is not. Save it as UTF-8, or paste the text."
        raise Invalid({"file": told}) from None


def _unmarked(data: bytes, markup: bool) -> Decoded:
    _refuse_binary(data.count(0), len(_ODD_BYTES.findall(data)), len(data))
    return _as_utf8(data) or (_as_declared(data) if markup else None) or _as_windows(data)


def _refuse_binary(nulls: int, odd: int, length: int) -> None:
    if nulls > length // 4:
        raise Invalid(
            {"file": f"This looks like UTF-16 without its byte order mark. Save it as UTF-8. {PASTE_INSTEAD}"}
        )
    if nulls or odd > max(3, length // 50):
        raise Invalid({"file": f"This looks like a program or a picture, not text. {PASTE_INSTEAD}"})


def _as_utf8(data: bytes) -> Decoded | None:
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        sound, broken = len(_MULTIBYTE.findall(data)), len(data.decode("utf-8", "ignore"))
        if sound > len(data.decode("utf-8", "replace")) - broken:
            raise Invalid({"file": _mixed(data, error.start)}) from None
        return None


def _mixed(data: bytes, offset: int) -> str:
    line = data.count(b"\n", 0, offset) + 1
    return (
        f"Most of the file is UTF-8, but byte {offset + 1:,} on line {line:,} is not. "
        "Correct that line and save it again as UTF-8, or paste the text."
    )


def _as_declared(data: bytes) -> Decoded | None:
    match = _META_CHARSET.search(data[:4096])
    try:
        name = codecs.lookup(match[1].decode("ascii")).name if match else ""
        if not name or name in _LATIN or name in _NOT_TEXT:
            return None
        return Decoded(data.decode(name))
    except (LookupError, UnicodeError, ValueError):
        return None


def _as_windows(data: bytes) -> Decoded:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise Invalid({"file": _unknown(data, error.start)}) from None
    beyond = [character for character in text if character > "\x7f"]
    if sum(c.isalpha() or c in _TYPOGRAPHY for c in beyond) < 0.9 * len(beyond) or len(beyond) > 0.3 * len(text):
        raise Invalid({"file": _unknown(data, next(i for i, byte in enumerate(data) if byte > 0x7F))})
    return Decoded(text, ("Read as Windows-1252; check the accents and quotation marks.",))


def _unknown(data: bytes, offset: int) -> str:
    return (
        f"The file is not UTF-8 (byte {offset + 1:,}, line {data.count(10, 0, offset) + 1:,}) nor any other "
        "encoding that can be told. Save it as UTF-8, or open it and paste the text."
    )


def _with_warning(decoded: Decoded) -> Decoded:
    garbled = _GARBLED.search(decoded.text)
    if garbled is None:
        return decoded
    told = (
        f"Garbled characters (“{garbled[0]}”) stand at character {garbled.start() + 1:,}; "
        "if they should be accents or quotation marks, save the file again as UTF-8."
    )
    return Decoded(decoded.text, (*decoded.remarks, told))
