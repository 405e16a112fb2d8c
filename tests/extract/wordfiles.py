"""Word documents made of their parts, so that each test shows what stands in its file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = f"""<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{_PACKAGE}/content-types">
<Default Extension="xml" ContentType="application/xml"/>
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>"""
STYLES = f"""<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="de-AT"/></w:rPr></w:rPrDefault>
</w:docDefaults>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Quote"/></w:style>
<w:style w:type="paragraph" w:styleId="Aufz"><w:name w:val="List Bullet"/></w:style></w:styles>"""


def word(body: str, extra: Mapping[str, str | bytes] | None = None, links: Mapping[str, str] | None = None) -> bytes:
    """Return a .docx with this body, further members, and links by relationship id."""
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": _relationships({"rId1": (f"{R}/officeDocument", "word/document.xml", "")}),
        "word/_rels/document.xml.rels": _relationships(
            {key: (f"{R}/hyperlink", target, ' TargetMode="External"') for key, target in (links or {}).items()}
        ),
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>',
        **(extra or {}),
    }
    return zipped(members)


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """Return a deflated zip of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def paragraph(text: str, style: str = "") -> str:
    """Return a paragraph of one run."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def core(**properties: str) -> dict[str, str]:
    """Return the part with the core properties (title, creator, created, language)."""
    inside = "".join(f"<dc:{name}>{value}</dc:{name}>" for name, value in properties.items())
    text = f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="urn:dc">{inside}</cp:coreProperties>'
    return {"docProps/core.xml": text}


def notes(kind: str, text: str) -> dict[str, str]:
    """Return the part with one footnote, endnote or comment, of id 5."""
    attribute = ' w:author="Jane Doe"' if kind == "comment" else ""
    inside = f'<w:{kind} w:id="5"{attribute}>{paragraph(text)}</w:{kind}>'
    return {f"word/{kind}s.xml": f'<w:{kind}s xmlns:w="{W}">{inside}</w:{kind}s>'}


def _relationships(targets: Mapping[str, tuple[str, str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"{mode}/>'
        for key, (kind, target, mode) in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'
