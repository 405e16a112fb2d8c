"""Word documents (.docx): mammoth turns them into HTML, the reader of HTML does the rest."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from annotator.errors import Invalid
from annotator.extract.docx.package import Package, open_package
from annotator.extract.docx.properties import Properties, read_properties
from annotator.extract.html import read_html
from annotator.extract.opening import title_of
from annotator.extract.values import Extracted

_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='List Bullet'] => ul > li:fresh
p[style-name='List Number'] => ol > li:fresh
"""
_NOTE = re.compile(r'<li id="(?:foot|end)note-[^"]*">\s*(?:<p>)?')
_BACK = re.compile(r'\s*<a href="#(?:foot|end)note-ref-[^"]*">↑</a>')
_CHANGES = frozenset({"ins", "del", "moveFrom", "moveTo"})
_TEXT_BEARING = ("fldSimple", "oMath", "oMathPara", "altChunk")
_TRACKED = "Tracked changes are shown as accepted: insertions are in the text, deletions are not."
_COMMENTS = "Comments in the margin of the document were left out."
_LOST = "Some fields or formulas of the document could not be read; compare with the original."
_MADE = "The date is the day on which the document was made; correct it if the article ran on another."


def read_docx(data: bytes) -> Extracted:
    """Return the article in a Word document. Raises `Invalid` on `file`."""
    package = open_package(data)
    extracted = read_html(_numbered_notes(_to_html(package)), "file", whole=True)
    return _with_properties(extracted, read_properties(package.parts), package)


def _to_html(package: Package) -> str:
    import mammoth  # here, because a desk that reads no Word document needs none of it in memory

    try:
        result: Any = mammoth.convert_to_html(
            package.archive(),
            style_map=_STYLES,
            include_embedded_style_map=False,
            external_file_access=False,
            convert_image=lambda image: [],
        )
    except Exception:
        # mammoth names no errors of its own: a document that bends the format ends in whatever Python raises.
        raise Invalid({"file": "The Word document cannot be read. Save it again in Word, or paste the text."}) from None
    return str(result.value)


def _numbered_notes(html: str) -> str:
    """Give each foot- and endnote the number that stands in the text, and drop the arrow back."""
    number = 0

    def with_number(match: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return f"{match[0]}[{number}] "

    return _NOTE.sub(with_number, _BACK.sub("", html))


def _with_properties(extracted: Extracted, properties: Properties, package: Package) -> Extracted:
    index = title_of(extracted.drafts) if len(extracted.drafts) > 1 else None
    headline = extracted.drafts[index].text if index is not None else None
    title, drafts = extracted.title or properties.title or headline, list(extracted.drafts)
    if index is not None and drafts[index].type == "paragraph" and title == headline:
        drafts[index] = replace(drafts[index], type="heading", level=1)
    return replace(
        extracted,
        title=title,
        byline=extracted.byline or properties.creator,
        published_at=extracted.published_at or properties.created,
        language=properties.language,
        drafts=tuple(drafts),
        remarks=_remarks(package, bool(properties.created and not extracted.published_at)),
    )


def _remarks(package: Package, dated_by_file: bool) -> tuple[str, ...]:
    told = (
        (_TRACKED, bool(_CHANGES & package.elements)),
        (_COMMENTS, "comment" in package.elements),
        (_LOST, any(name in package.elements for name in _TEXT_BEARING)),
        (_MADE, dated_by_file),
    )
    return tuple(sentence for sentence, applies in told if applies)
