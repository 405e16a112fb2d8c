"""Articles read from what people have: pasted text, HTML, and .txt, .md, .html and .docx files.

Bytes or text in, plain values out. No HTML leaves this package: markup is reduced to text, block types and
links.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

from annotator.errors import Invalid
from annotator.extract.decoding import decode
from annotator.extract.docx import read_docx
from annotator.extract.html import from_html, read_html
from annotator.extract.markdown import read_markdown
from annotator.extract.paste import from_paste, read_plain
from annotator.extract.values import MOST_CHARACTERS, READABLE, Extracted, checked

_MARKUP = (".html", ".htm")
_MARKDOWN = (".md", ".markdown")
_HTML_STARTS = ("<!doctype html", "<html")
_AS_HTML = "Read as HTML, because the file begins like a web page."


def from_file(data: bytes, filename: str) -> Extracted:
    """Read an article from a file, by its name's ending and by what is in it.

    Raises `Invalid` on `file` with a sentence that says what to do instead: another ending than `READABLE`,
    no text, an encoding that cannot be told, a damaged, protected or unsafe document, more than
    `MOST_CHARACTERS`.
    """
    suffix = PurePath(filename.lower()).suffix
    if suffix not in READABLE:
        endings = f"{', '.join(READABLE[:-1])} or {READABLE[-1]}"
        raise Invalid({"file": f"Choose a file that ends in {endings}, or paste the text."})
    return checked(read_docx(data) if suffix == ".docx" else _from_text_file(data, suffix), "file")


def _from_text_file(data: bytes, suffix: str) -> Extracted:
    decoded = decode(data, markup=suffix in _MARKUP)
    extracted = _read(decoded.text, suffix)
    return replace(extracted, remarks=(*decoded.remarks, *extracted.remarks))


def _read(text: str, suffix: str) -> Extracted:
    if suffix in _MARKUP:
        return read_html(text, "file")
    if text[:200].lstrip().lower().startswith(_HTML_STARTS):
        extracted = read_html(text, "file")
        return replace(extracted, remarks=(_AS_HTML, *extracted.remarks))
    return read_markdown(text) if suffix in _MARKDOWN else read_plain(text)


__all__ = ["MOST_CHARACTERS", "READABLE", "Extracted", "from_file", "from_html", "from_paste"]
